import { escapeHtml } from './escape-html.ts'

/** Text that is HTML already. Made by `html` alone, so that nothing of a document gets in unescaped. */
export interface Html {
  readonly markup: string
}

export type HtmlPart = string | number | Html | null | undefined | false | readonly HtmlPart[]

/** A template whose values are escaped, unless they are HTML already; lists are joined, null and false are nothing. */
export function html(texts: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  const markup = texts.map((text, index) => (index === 0 ? text : toMarkup(parts[index - 1]) + text)).join('')
  return { markup }
}

function toMarkup(part: HtmlPart): string {
  if (part === null || part === undefined || part === false) return ''
  if (typeof part === 'string') return escapeHtml(part)
  if (typeof part === 'number') return String(part)
  return isList(part) ? part.map(toMarkup).join('') : part.markup
}

function isList(part: object): part is readonly HtmlPart[] {
  return Array.isArray(part)
}
