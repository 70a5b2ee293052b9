/** A number as its digits, which JSON takes however many they are: no binary fraction ever stands for a figure. */
export interface ExactNumber {
  readonly digits: string
}

/** What is left undefined is left out. */
export type ExactJson =
  | string
  | ExactNumber
  | readonly ExactJson[]
  | { readonly [property: string]: ExactJson | undefined }

/** A plain decimal as JSON has it; null for a text that is none. */
export function exactNumber(text: string): ExactNumber | null {
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? { digits: text } : null
}

/** JSON on one line, numbers with every digit that they were given. */
export function toExactJson(value: ExactJson): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(toExactJson).join(',')}]`
  if (isExactNumber(value)) return value.digits
  const parts = Object.entries(value).flatMap(([name, part]) =>
    part === undefined ? [] : [`${JSON.stringify(name)}:${toExactJson(part)}`],
  )
  return `{${parts.join(',')}}`
}

function isList(value: ExactJson): value is readonly ExactJson[] {
  return Array.isArray(value)
}

function isExactNumber(value: object): value is ExactNumber {
  return 'digits' in value && Object.keys(value).length === 1
}
