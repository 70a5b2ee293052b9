import type { Flag } from '../../model/flag.ts'
import type { FieldDraft, Support } from '../../model/record.ts'
import type { BodyRow, CellUse } from '../forms/classify-rows.ts'
import type { Form } from '../forms/form.ts'
import { headerSimilarity } from '../forms/header-text.ts'
import type { MoneyUnit } from '../money/find-money-unit.ts'
import { fenToYuan } from '../money/parse-amount.ts'
import type { MoneyRow } from '../reconcile/build-equations.ts'
import type { CheckedEquations, EquationTally } from '../reconcile/check-equations.ts'
import type { MoneySolution, SettledAmount } from '../reconcile/solve-money.ts'
import { createFieldDraft, supportOf } from './create-field-draft.ts'
import { draftMoneyField } from './draft-money-field.ts'

interface FundShare {
  readonly key: string
  readonly use: CellUse
  readonly settled: SettledAmount
}

/**
 * Fields that a page prints as one money column per source (or nature) of funds: under a heading that says so (资金来源),
 * the source is the name over the only filled column; and where no column holds the amount itself, it is what stands
 * there. Money columns under no such heading name amounts, no source.
 */
export function draftFundFields(
  form: Form,
  money: MoneyRow,
  drafted: readonly FieldDraft[],
  units: ReadonlyMap<string, MoneyUnit>,
  solution: MoneySolution,
  checked: CheckedEquations,
): readonly FieldDraft[] {
  const { row } = money
  const shares = [...money.cells].flatMap(([key, cell]): readonly FundShare[] => {
    const use = row.uses.get(key)
    const settled = solution.amounts.get(cell.key)
    return key.startsWith('fund/') && use !== undefined && settled?.fen ? [{ key, use, settled }] : []
  })
  const [first] = shares
  if (first === undefined) return []
  const fields: FieldDraft[] = []
  const has = (name: string) => drafted.some((draft) => draft.name === name)
  for (const field of ['fund_source', 'fund_nature'] as const) {
    const own = shares.filter(({ use }) => use.assignment.fundField === field)
    const [only] = own
    if (only !== undefined && own.length === 1 && !has(field) && form.columns.some(({ column }) => column === field))
      fields.push(draftHeading(field, only, form, row))
  }
  const amountColumn = form.columns.find(({ column }) => column === 'amount')
  if (amountColumn === undefined || has('amount')) return fields
  const unit = units.get(first.key)
  if (unit === undefined) return fields
  // The same money may be told twice, by source and by nature: one of the two is the sum.
  const parts = shares.filter(({ use }) => use.assignment.fundField === first.use.assignment.fundField)
  const sum = parts.reduce((total, { settled }) => total + (settled.fen ?? 0), 0)
  const draft = draftMoneyField(
    amountColumn,
    row,
    first.use,
    unit,
    { ...first.settled, fen: sum },
    tallyOf(parts, checked),
  )
  const raw = parts.map(({ use }) => use.cell.text.trim()).join(' + ')
  const evidence = parts.length > 1 ? [`the ${parts.length} sources add up to ${fenToYuan(sum)} yuan`] : []
  fields.push({ ...draft, raw, evidence: [...draft.evidence, ...evidence] })
  return fields
}

/** The heading over the row's only filled column. */
function draftHeading(field: 'fund_source' | 'fund_nature', { use }: FundShare, form: Form, row: BodyRow): FieldDraft {
  const raw = use.assignment.headerText
  const value = nameOfFund(use, form)
  const flags: Flag[] = value === raw ? [] : [{ code: 'name-restored', detail: `read as ${raw}` }]
  // The heading was read as one of the listed sources; the cell below it was read for its amount, not for this.
  const isListed = use.assignment.isExact
  const support: Support = {
    ...supportOf(use.cell, null, () => null),
    readersAgreeing: 0,
    readersDisagreeing: 0,
    catalogue: isListed ? 'agrees' : 'none',
  }
  const evidence = ['the amount stands under this heading']
  return createFieldDraft(field, use, row.pageNumber, { value, flags, evidence, candidates: [], support, raw })
}

const ALIKE = 0.7

/** The heading as printed; on a scan a listed source that it resembles most stands in its place: glyphs alike are folded. */
function nameOfFund({ cell, assignment }: CellUse, form: Form): string {
  if (cell.origin === 'text' || form.fundColumns.includes(assignment.headerText)) return assignment.headerText
  const [best] = form.fundColumns
    .map((name) => ({ name, alike: headerSimilarity(assignment.headerText, name) }))
    .toSorted((a, b) => b.alike - a.alike)
  return best !== undefined && best.alike >= ALIKE ? best.name : assignment.headerText
}

function tallyOf(shares: readonly FundShare[], checked: CheckedEquations): EquationTally {
  const tallies = shares.map(({ settled }) => checked.tally.get(settled.cell.key))
  const holding = Math.min(...tallies.map((tally) => tally?.holding ?? 0))
  return {
    holding,
    contradicted: tallies.flatMap((tally) => tally?.contradicted ?? []),
    beside: tallies.flatMap((tally) => tally?.beside ?? []),
  }
}
