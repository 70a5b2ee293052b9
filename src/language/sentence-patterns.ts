/** An English sentence and its Chinese, with the same `{name}` places. */
export type SentencePair = readonly [english: string, chinese: string]

export interface PlaceRules {
  /** What a place may hold, as the source of a pattern, where not any text will do. */
  readonly forms: Readonly<Record<string, string>>
  /** What stands in a place, in Chinese. `{told}` is never asked for: it holds a sentence of the same kind. */
  readonly sayPlace: (name: string, text: string) => string
}

interface Pattern {
  readonly start: string
  readonly form: RegExp
  readonly chinese: string
}

const ANY = '.+?'
/** A sentence in a sentence in a sentence, and so on. */
const DEEPEST = 4
const PLACES = /\{(\w+)\}/g

/** Gives the Chinese of sentences that were made of these patterns, the first that fits; null for any other. */
export function createTranslator(
  pairs: readonly SentencePair[],
  { forms, sayPlace }: PlaceRules,
): (text: string) => string | null {
  const patterns: readonly Pattern[] = pairs.map(([english, chinese]) => ({
    start: english.split('{')[0] ?? '',
    form: toForm(english, forms),
    chinese,
  }))
  function translate(text: string, depth: number): string | null {
    if (depth > DEEPEST) return null
    for (const { start, form, chinese } of patterns) {
      const found = text.startsWith(start) ? form.exec(text) : null
      if (found === null) continue
      return chinese.replaceAll(PLACES, (_place, name: string) => {
        const held = found.groups?.[name] ?? ''
        return name === 'told' ? (translate(held, depth + 1) ?? held) : sayPlace(name, held)
      })
    }
    return null
  }
  return (text) => translate(text, 0)
}

function toForm(english: string, forms: PlaceRules['forms']): RegExp {
  const parts = english.split(/(\{\w+\})/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    return name === undefined ? part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&') : `(?<${name}>${forms[name] ?? ANY})`
  })
  return new RegExp(`^${parts.join('')}$`, 's')
}
