/** What stands in the `{name}` places of a text. */
export type MessageValues = Readonly<Record<string, string | number>>

/** A text with its `{name}` places filled; a place without a value stays as it is. */
export function fillTemplate(template: string, values: MessageValues): string {
  return template.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}
