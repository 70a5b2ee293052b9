import type { HeaderPath } from './assign-columns.ts'
import { foldHeader } from './header-text.ts'

/** The headings over a column, folded: the lowest, those above it, and both as one. */
export interface PathTexts {
  readonly leaf: readonly string[]
  readonly parents: readonly string[]
  /** Every run of the path that ends in the leaf, two levels or more, joined to one word. */
  readonly joined: readonly string[]
}

/** Folds the texts of a header path. */
export function pathTexts(path: HeaderPath): PathTexts {
  const levels = path.map((texts) => [...new Set(texts.map(foldHeader))].filter((text) => text !== ''))
  const filled = levels.filter((texts) => texts.length > 0)
  const leaf = filled.at(-1) ?? []
  const ancestors = filled.slice(0, -1)
  const joined: string[] = []
  let tail = leaf[0] ?? ''
  for (const texts of ancestors.toReversed()) {
    tail = (texts[0] ?? '') + tail
    joined.push(tail)
  }
  return { leaf, parents: ancestors.flat(), joined }
}
