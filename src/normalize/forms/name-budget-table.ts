import type { BudgetForm, BudgetTableKind } from './budget-form.ts'
import { wordSimilarity } from './header-text.ts'

/** Longer lines are sentences, not titles. */
const LONGEST_TITLE = 48
const FUZZY_FROM = 4
const FUZZY_SIMILARITY = 0.75

/** What the titles over a table say it is: kinds from the likeliest, or that it is some other table. */
export type NamedTable =
  | { readonly kind: 'named'; readonly tables: readonly BudgetTableKind[]; readonly title: string }
  | { readonly kind: 'excluded'; readonly title: string }
  | { readonly kind: 'none' }

/**
 * Finds the title among the lines over a table, nearest first. Titles differ from district to district (部门收支总体情况表,
 * 收支预算总表, 公开01表 收入支出决算总表), so a kind is told by the words that a title has and lacks.
 */
export function nameBudgetTable(titles: readonly string[], form: BudgetForm, isRead: boolean): NamedTable {
  for (const line of titles) {
    const title = line.normalize('NFKC').replaceAll(/[\s“”"'‘’]/g, '')
    if (!isTitle(title)) continue
    const excluded = form.excluded.find((word) => holds(title, word, false))
    if (excluded !== undefined) return { kind: 'excluded', title }
    const tables = form.tables.filter((table) => fits(title, table, isRead))
    if (tables.length > 0) return { kind: 'named', tables, title }
  }
  return { kind: 'none' }
}

function isTitle(title: string): boolean {
  const bare = title.replaceAll(/[([【〔][^)\]】〕]*[)\]】〕]/g, '')
  return title.length <= LONGEST_TITLE && !/[。；，]/.test(title) && /表|预算$|决算$|情况$/.test(bare)
}

function fits(title: string, { has, lacks }: BudgetTableKind, isRead: boolean): boolean {
  return (
    has.every((words) => words.some((word) => holds(title, word, isRead))) &&
    !lacks.some((word) => holds(title, word, false))
  )
}

/** Whether the title holds the word; in a title that was read from pixels a glyph may be wrong. */
function holds(title: string, word: string, isRead: boolean): boolean {
  if (title.includes(word)) return true
  const glyphs = [...title]
  const { length } = [...word]
  if (!isRead || length < FUZZY_FROM) return false
  return glyphs.some(
    (_, start) => wordSimilarity(glyphs.slice(start, start + length).join(''), word) >= FUZZY_SIMILARITY,
  )
}
