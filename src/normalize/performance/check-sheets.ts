import { Decimal } from 'decimal.js'
import type { Check, CheckMember, RecordDraft } from '../../model/record.ts'
import { foldText } from '../match/fold-text.ts'

interface Amount {
  readonly name: string
  readonly yuan: Decimal
  readonly member: CheckMember
}

const SOURCES = ['source_fiscal', 'source_transfer', 'source_special_account', 'source_other']

/**
 * What the sheets say of the money of the projects: cost lines and sources of each against its budget, its budget against
 * the department's list, the project table and the prose, and all together against the project expenditure.
 */
export function checkSheets(records: readonly RecordDraft[], others: readonly RecordDraft[]): readonly Check[] {
  const projects = records.filter((record) => record.recordType === 'performance_project')
  const sheets = projects.filter(
    (record) => textOf(record, 'sheet') === 'project' && textOf(record, 'current_budget') !== null,
  )
  const listed = projects.filter((record) => !sheets.includes(record) && textOf(record, 'current_budget') !== null)
  const lists = listed.flatMap((record) => amountOf(record, 'current_budget', 'project_name'))
  const budgets = sheets.flatMap((sheet) => amountOf(sheet, 'current_budget', 'project_name'))
  return [
    ...sheets.flatMap((sheet) => ownSums(sheet, records)),
    ...elsewhere(budgets, lists, "the department's list"),
    ...elsewhere(budgets, projectLines(others), 'the table of projects'),
    ...elsewhere(budgets, statedProjects(others), 'the text'),
    ...elsewhere(lists, statedProjects(others), 'the text'),
    ...budgets.flatMap((budget) => boughtWithin(budget, others)),
    ...wholeOf(budgets, others, 'the sheets of all projects'),
    ...wholeOf(lists, others, "the department's list"),
  ]
}

function textOf({ fields }: RecordDraft, name: string): string | null {
  return fields.find((field) => field.name === name)?.value ?? null
}

function amountOf(record: RecordDraft, field: string, nameField: string): readonly Amount[] {
  const [value, name] = [textOf(record, field), textOf(record, nameField)]
  if (value === null || name === null) return []
  const { pageNumber, tableIndex, rowIndex } = record
  return [{ name: foldText(name), yuan: new Decimal(value), member: { pageNumber, tableIndex, rowIndex, field } }]
}

function ownSums(sheet: RecordDraft, records: readonly RecordDraft[]): readonly Check[] {
  const [budget] = amountOf(sheet, 'current_budget', 'project_name')
  if (budget === undefined) return []
  const lines = records
    .filter((record) => record.recordType === 'performance_cost_line')
    .flatMap((record) => amountOf(record, 'amount', 'project_name'))
    .filter(({ name }) => name === budget.name)
  const sources = SOURCES.flatMap((field) => amountOf(sheet, field, 'project_name'))
  return [
    ...(lines.length === 0 ? [] : [toCheck(`${budget.name}: its cost lines`, budget, lines)]),
    ...(sources.length === 0 ? [] : [toCheck(`${budget.name}: its sources`, budget, sources)]),
  ]
}

function elsewhere(budgets: readonly Amount[], others: readonly Amount[], where: string): readonly Check[] {
  return budgets.flatMap((budget) => {
    const own = others.filter(({ name }) => name === budget.name)
    if (own.length === 0) return []
    // A project may have a line for each class that its money is for, or be told of several times.
    const checks = [own, ...own.map((one) => [one])].map((parts) => toCheck(`${budget.name}: ${where}`, budget, parts))
    return checks.find(({ outcome }) => outcome === 'holds') ?? checks[0] ?? []
  })
}

/** What is bought for a project is no more than its budget. */
function boughtWithin(budget: Amount, others: readonly RecordDraft[]): readonly Check[] {
  const bought = others
    .filter(({ recordType }) => recordType === 'procurement_line')
    .flatMap((record) => amountOf(record, 'amount', 'project_name'))
    .filter(({ name }) => name === budget.name)
  if (bought.length === 0) return []
  const check = toCheck(`${budget.name}: its procurement lines`, budget, bought)
  const isWithin = new Decimal(check.found ?? 0).lessThanOrEqualTo(budget.yuan)
  return [{ ...check, kind: 'part-not-above-whole', outcome: isWithin ? 'holds' : 'contradicted' }]
}

function projectLines(records: readonly RecordDraft[]): readonly Amount[] {
  return records
    .filter((record) => record.recordType === 'budget_line' && textOf(record, 'table') === 'project')
    .flatMap((record) => amountOf(record, 'total', 'line_name'))
}

function statedProjects(records: readonly RecordDraft[]): readonly Amount[] {
  return records
    .filter((record) => record.recordType === 'key_figure' && textOf(record, 'key') === 'project')
    .flatMap((record) => amountOf(record, 'value', 'name'))
}

/** All projects together are the project expenditure, where the text names just these projects. */
function wholeOf(budgets: readonly Amount[], records: readonly RecordDraft[], where: string): readonly Check[] {
  const named = new Set(statedProjects(records).map(({ name }) => name))
  const whole = records
    .filter((record) => record.recordType === 'key_figure' && textOf(record, 'key') === 'project_expenditure')
    .flatMap((record) => amountOf(record, 'value', 'key'))[0]
  const isComplete = named.size > 1 && budgets.length === named.size && budgets.every(({ name }) => named.has(name))
  return whole === undefined || !isComplete ? [] : [toCheck(where, whole, budgets)]
}

function toCheck(where: string, whole: Amount, parts: readonly Amount[]): Check {
  const sum = parts.reduce((total, { yuan }) => total.plus(yuan), new Decimal(0))
  const difference = sum.minus(whole.yuan)
  return {
    kind: 'project-agreement',
    where,
    pageNumber: whole.member.pageNumber,
    tableIndex: whole.member.tableIndex,
    members: [whole.member, ...parts.map(({ member }) => member)],
    expected: whole.yuan.toFixed(2),
    found: sum.toFixed(2),
    difference: difference.toFixed(2),
    outcome: difference.isZero() ? 'holds' : 'contradicted',
  }
}
