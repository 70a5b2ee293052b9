import type { FieldDraft } from '../../model/record.ts'
import type { CellUse } from '../forms/classify-rows.ts'
import type { Form } from '../forms/form.ts'
import type { MoneyUnit } from '../money/find-money-unit.ts'
import { fenToYuan } from '../money/parse-amount.ts'
import type { MoneyRow } from '../reconcile/build-equations.ts'
import type { CheckedEquations } from '../reconcile/check-equations.ts'
import type { MoneySolution, SettledAmount } from '../reconcile/solve-money.ts'
import { createFieldDraft, supportOf } from './create-field-draft.ts'
import { draftMoneyField } from './draft-money-field.ts'

interface FundShare {
  readonly key: string
  readonly use: CellUse
  readonly settled: SettledAmount
}

/**
 * Fields that a page prints as one money column per source of funds: the source is the heading over the amount; and
 * where no column holds the amount itself, it is what stands there.
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
  const sourceColumn = form.columns.find(({ column }) => column === 'fund_source')
  if (sourceColumn !== undefined && !has('fund_source')) {
    const value = shares.map(({ use }) => use.assignment.headerText).join('、')
    const support = { ...supportOf(first.use.cell, null, () => null), readersAgreeing: 0, readersDisagreeing: 0 }
    const evidence = ['the amount stands under this heading']
    fields.push(
      createFieldDraft('fund_source', first.use, row.pageNumber, {
        value,
        flags: [],
        evidence,
        candidates: [],
        support,
        raw: value,
      }),
    )
  }
  const amountColumn = form.columns.find(({ column }) => column === 'amount')
  if (amountColumn === undefined || has('amount')) return fields
  const unit = units.get(first.key)
  if (unit === undefined) return fields
  const sum = shares.reduce((total, { settled }) => total + (settled.fen ?? 0), 0)
  const draft = draftMoneyField(
    amountColumn,
    row,
    first.use,
    unit,
    { ...first.settled, fen: sum },
    tallyOf(shares, checked),
  )
  const raw = shares.map(({ use }) => use.cell.text.trim()).join(' + ')
  const evidence = shares.length > 1 ? [`the ${shares.length} sources add up to ${fenToYuan(sum)} yuan`] : []
  fields.push({ ...draft, raw, evidence: [...draft.evidence, ...evidence] })
  return fields
}

function tallyOf(
  shares: readonly FundShare[],
  checked: CheckedEquations,
): { holding: number; contradicted: readonly string[] } {
  const tallies = shares.map(({ settled }) => checked.tally.get(settled.cell.key))
  const holding = Math.min(...tallies.map((tally) => tally?.holding ?? 0))
  return { holding, contradicted: tallies.flatMap((tally) => tally?.contradicted ?? []) }
}
