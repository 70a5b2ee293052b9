import type { BudgetForm } from './budget-form.ts'
import type { BudgetLine } from './classify-lines.ts'
import { foldHeader } from './header-text.ts'

/**
 * The depths of lines that have no numbers, by what they are called: 财政拨款 is what the budgets pay that are listed right below it
 * (`parts` of a measure), so these stand below it. The first of the parts must come first, the others follow at once. Budgets that are listed once
 * more, right below what was carried over (its `repeatedParts`), stand below that: the list has had them as income.
 */
export function withPartsBelow(lines: readonly BudgetLine[], { measures }: BudgetForm): readonly BudgetLine[] {
  const measureOf = (line: BudgetLine): BudgetForm['measures'][number] | null => {
    if (line.name?.kind !== 'line') return null
    const name = foldHeader(line.name.name)
    return measures.find(({ headers }) => headers.includes(name)) ?? null
  }
  const known = new Set<string>()
  let open: { readonly depth: number; readonly parts: readonly string[]; hasFirst: boolean } | null = null
  return lines.map((line): BudgetLine => {
    const named = measureOf(line)
    const measure = line.name?.numbering === null ? named : null
    const at: number = open?.parts.indexOf(measure?.field ?? '') ?? -1
    if (open !== null && (at === 0 || (at > 0 && open.hasFirst))) {
      open.hasFirst = true
      return { ...line, depth: open.depth + 1 }
    }
    if (named !== null) known.add(named.field)
    const [first] = measure?.repeatedParts ?? []
    const repeated = first !== undefined && known.has(first) ? measure?.repeatedParts : undefined
    const parts = measure?.parts ?? repeated
    open = parts === undefined ? null : { depth: line.depth, parts, hasFirst: false }
    return line
  })
}
