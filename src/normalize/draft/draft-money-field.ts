import { Decimal } from 'decimal.js'
import type { Flag } from '../../model/flag.ts'
import type { Candidate, FieldDraft } from '../../model/record.ts'
import type { BodyRow, CellUse } from '../forms/classify-rows.ts'
import type { FormColumn } from '../forms/form.ts'
import type { MoneyUnit } from '../money/find-money-unit.ts'
import { fenToYuan, parseAmount, toYuan, withoutMisreadSign } from '../money/parse-amount.ts'
import type { EquationTally } from '../reconcile/check-equations.ts'
import type { SettledAmount } from '../reconcile/solve-money.ts'
import { createFieldDraft, supportOf } from './create-field-draft.ts'

const MAX_CANDIDATES = 5

/** A money field in yuan with two places: the settled figure with the equations that speak for and against it. */
export function draftMoneyField(
  column: FormColumn,
  row: BodyRow,
  use: CellUse,
  unit: MoneyUnit,
  settled: SettledAmount,
  tally: EquationTally,
): FieldDraft {
  const [field = ''] = column.fields
  const value = settled.fen === null ? null : fenToYuan(settled.fen)
  const own = supportOf(use.cell, value, (text) =>
    toYuanText(settled.cell.isSigned ? withoutMisreadSign(text) : text, unit),
  )
  const support = {
    ...own,
    form: value === null && settled.how !== 'empty' ? ('misfits' as const) : ('fits' as const),
    equationsHolding: tally.holding,
    equationsContradicted: tally.contradicted.length,
    // What is pinned by an equation with a suspect in it is pinned to nothing.
    pinned: settled.pinned && tally.holding > 0,
  }
  const flags = moneyFlags(column, settled, unit, tally, use)
  const evidence = [`printed in ${unit.word}: ${unit.evidence}`, ...settled.evidence]
  const finding = { value, flags, evidence, candidates: candidatesOf(settled), support }
  return { ...createFieldDraft(field, use, row.pageNumber, finding), isMoney: true }
}

function toYuanText(text: string, unit: MoneyUnit): string | null {
  const parsed = parseAmount(text)
  return parsed.kind === 'amount' ? toYuan(parsed.amount, parsed.suffix ?? unit.yuanPerUnit) : null
}

function moneyFlags(
  column: FormColumn,
  settled: SettledAmount,
  unit: MoneyUnit,
  tally: EquationTally,
  use: CellUse,
): readonly Flag[] {
  const flags: Flag[] = []
  const { how, cell } = settled
  if (how === 'empty' && column.isRequired && parseAmount(use.cell.text).kind === 'empty')
    flags.push({ code: 'value-missing', detail: 'the cell is empty' })
  if (how === 'none') flags.push({ code: 'amount-unreadable', detail: unreadableBecause(use.cell.text, unit) })
  if (how === 'repaired') flags.push({ code: 'amount-repaired', detail: settled.evidence[0] ?? `read as ${cell.raw}` })
  if (how === 'inferred')
    flags.push({ code: 'amount-inferred', detail: settled.options[0]?.how ?? `read as ${cell.raw}` })
  if (unit.isAssumed && how !== 'empty') flags.push({ code: 'unit-assumed', detail: unit.evidence })
  if (unit.doubt !== undefined && how !== 'empty') flags.push({ code: 'unit-contradicted', detail: unit.doubt })
  for (const detail of tally.contradicted) flags.push({ code: 'equation-contradicted', detail })
  if (tally.contradicted.length === 0)
    for (const detail of tally.beside) flags.push({ code: 'beside-contradiction', detail })
  return flags
}

function unreadableBecause(text: string, unit: MoneyUnit): string {
  const parsed = parseAmount(text)
  if (parsed.kind !== 'amount') return text
  return `${text} is ${parsed.amount.times(new Decimal(parsed.suffix ?? unit.yuanPerUnit)).toFixed()} yuan, with fractions of a fen`
}

function candidatesOf({ options, fen, how }: SettledAmount): readonly Candidate[] {
  if (how === 'printed' || how === 'empty') return []
  const sum = options.reduce((total, { weight }) => total + weight, 0) || 1
  const chosen = options.find((option) => option.fen === fen)
  const others = options.filter((option) => option !== chosen).slice(0, MAX_CANDIDATES)
  const listed = [...(chosen === undefined ? [] : [chosen]), ...others].map((option) => ({
    value: fenToYuan(option.fen),
    label: fenToYuan(option.fen),
    probability: option.weight / sum,
    evidence: option.how,
  }))
  const value = fen === null || chosen !== undefined ? null : fenToYuan(fen)
  const missing = value === null ? [] : [{ value, label: value, probability: 0, evidence: 'what an equation leaves' }]
  return [...missing, ...listed].slice(0, MAX_CANDIDATES)
}
