import { Decimal } from 'decimal.js'
import type { Check, FieldDraft, RecordDraft } from '../model/record.ts'
import { codedColumn, draftCodedFields, printedParts, toQuery, withoutCodes } from './draft/draft-coded-fields.ts'
import { draftFundFields } from './draft/draft-fund-fields.ts'
import { draftLostAmount } from './draft/draft-lost-amount.ts'
import { draftMoneyField } from './draft/draft-money-field.ts'
import { draftBooleanField, draftMeasureBehind, draftQuantityField, measureOf } from './draft/draft-plain-fields.ts'
import { draftUnitFields, type KnownUnits } from './draft/draft-unit-fields.ts'
import { draftWordFields } from './draft/draft-word-fields.ts'
import { matchCodedColumn } from './draft/match-coded-column.ts'
import { knownLanguage, likelierWords } from './draft/match-free-words.ts'
import type { Matchers } from './draft/matchers.ts'
import { withProvenHeading } from './draft/proven-heading.ts'
import type { BodyRow, CellUse } from './forms/classify-rows.ts'
import type { FormTable } from './forms/find-form-tables.ts'
import type { Form, FormColumn } from './forms/form.ts'
import { buildEquations, type MoneyRow } from './reconcile/build-equations.ts'
import type { MoneySheet } from './reconcile/build-money-sheet.ts'
import { type CheckedEquations, checkEquations, NO_EQUATION } from './reconcile/check-equations.ts'
import type { ProseTotal } from './reconcile/find-prose-totals.ts'
import { type MoneySolution, solveMoney } from './reconcile/solve-money.ts'
import type { WorkBudget } from './reconcile/work-budget.ts'
import type { TrustedWords } from './trusted-words.ts'

/** What the tables of one document share. */
export interface DocumentContext {
  readonly matchers: Matchers
  readonly fiscalYear: number | null
  /** As the document states it outside its tables; a name that only the tables give cannot vouch for itself. */
  readonly publisher: string | null
  /** Whether the document's own characters name the publisher. */
  readonly publisherIsTrusted: boolean
  readonly prose: readonly ProseTotal[]
  /** What the document's trusted pages say. */
  readonly trusted: TrustedWords
  /** Edition of each scheme, where the document's own pairs decided it. */
  readonly editions: ReadonlyMap<string, string>
  /** What the sums of all its tables together may still cost. */
  readonly sums: WorkBudget
}

export interface NormalizedTable {
  readonly records: readonly RecordDraft[]
  readonly checks: readonly Check[]
}

/** The records of one form's table: its money settled by equations, its words and codes by the catalogues. */
export function normalizeTable(
  table: FormTable,
  rows: readonly BodyRow[],
  sheet: MoneySheet,
  context: DocumentContext,
): NormalizedTable {
  const { form } = table.header
  const prose = context.prose.filter(({ recordType }) => recordType === form.recordType)
  const equations = buildEquations(sheet.rows, prose)
  const solution = solveMoney(
    sheet.rows.flatMap(({ cells }) => [...cells.values()]),
    equations,
    context.sums,
  )
  const first = rows[0]
  const place = { pageNumber: first?.pageNumber ?? 1, tableIndex: first?.tableIndex ?? 1 }
  const checked = checkEquations(solution, solution.equations, place)
  const data = sheet.rows.filter(({ row }) => row.kind === 'data')
  const fields = new Map<BodyRow, FieldDraft[]>(data.map(({ row }) => [row, []]))
  const add = (row: BodyRow, drafts: readonly FieldDraft[]) => fields.get(row)?.push(...drafts)
  for (const column of form.columns) draftColumn(form, column, data, sheet, solution, checked, context, add)
  for (const money of data)
    add(money.row, draftFundFields(form, money, fields.get(money.row) ?? [], sheet.units, solution, checked))
  if (lacksMoney(table)) for (const { row } of data) add(row, draftLostAmount(form, row, fields.get(row) ?? []))
  const order = form.columns.flatMap((column) => column.fields)
  const records = data.map(
    ({ row, rowIndex }): RecordDraft => ({
      recordType: form.recordType,
      pageNumber: row.pageNumber,
      tableIndex: row.tableIndex,
      rowIndex: rowIndex ?? 0,
      fields: (fields.get(row) ?? []).toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name)),
    }),
  )
  return { records, checks: checked.checks }
}

/** Whether no column holds the amount of a line, whole or by source of funds. */
function lacksMoney({ header }: FormTable): boolean {
  return !header.assignments.some(({ role, column }) => role === 'fund' || column?.column === 'amount')
}

type AddDrafts = (row: BodyRow, drafts: readonly FieldDraft[]) => void

/** The form's column of measures, where the table has none of its own and prints them behind its quantities (6台). */
function measureBehind(
  form: Form,
  used: readonly { readonly row: BodyRow; readonly use: CellUse }[],
): FormColumn | null {
  const measure = form.columns.find(({ column }) => column === 'unit_of_measure') ?? null
  const isPrinted = used.some(({ row }) => row.uses.has('unit_of_measure/whole'))
  const isBehind = used.some(({ use }) => measureOf(use.cell.text) !== null)
  return !isPrinted && isBehind ? measure : null
}

function draftColumn(
  form: Form,
  column: FormColumn,
  data: readonly MoneyRow[],
  sheet: MoneySheet,
  solution: MoneySolution,
  checked: CheckedEquations,
  context: DocumentContext,
  add: AddDrafts,
): void {
  const key = `${column.column}/whole`
  if (column.kind === 'coded') {
    draftCodedColumn(column, data, context, add)
    return
  }
  const used = data.flatMap((money) => {
    const use = money.row.uses.get(key)
    return use === undefined ? [] : [{ money, row: money.row, use }]
  })
  if (column.kind === 'name' || column.kind === 'vocabulary') {
    const drafts = draftWordFields(column, used, context)
    for (const [index, { row }] of used.entries()) add(row, drafts.slice(index, index + 1))
    return
  }
  const measure = column.kind === 'quantity' ? measureBehind(form, used) : null
  for (const { money, row, use } of used) {
    if (column.kind === 'boolean') add(row, [draftBooleanField(column, row, use)])
    else if (column.kind === 'quantity') {
      add(row, [draftQuantityField(column, row, use, quantityByEquation(money, solution))])
      if (measure !== null) add(row, draftMeasureBehind(measure, row, use))
    } else {
      const cell = money.cells.get(key)
      const settled = cell === undefined ? undefined : solution.amounts.get(cell.key)
      const unit = sheet.units.get(key)
      if (cell === undefined || settled === undefined || unit === undefined) continue
      add(row, [draftMoneyField(column, row, use, unit, settled, checked.tally.get(cell.key) ?? NO_EQUATION)])
    }
  }
}

function draftCodedColumn(
  column: FormColumn,
  data: readonly MoneyRow[],
  context: DocumentContext,
  add: AddDrafts,
): void {
  const cells = codedColumn(
    data.map(({ row }) => row),
    column.column,
  )
  const present = withoutCodes(
    cells.filter(
      ({ whole, code, name, digits }) => whole !== null || code !== null || name !== null || digits.length > 0,
    ),
  )
  if (column.scheme === 'unit') {
    const drafts = draftUnitFields(column, present, context.matchers.glyphCosts, knownUnits(context))
    for (const [index, each] of present.entries()) add(each.row, drafts[index] ?? [])
    return
  }
  const printed = printedParts(present)
  const matches = matchCodedColumn(
    column,
    present.map((each) => ({ cells: each, query: toQuery(each) })),
    context,
  )
  const proven = withProvenHeading(present, matches)
  for (const [index, each] of proven.entries())
    add(each.row, draftCodedFields(column, each, printed, matches[index] ?? null))
}

/** A body whose place goes without saying begins with its level (省农业农村厅, 区财政局): no pair of a word runs over that border. */
const LEVEL = /^[省市区县州盟旗镇乡](?=\p{Script=Han}{3})/u

function knownUnits({ publisher, publisherIsTrusted, matchers, trusted }: DocumentContext): KnownUnits {
  const bodies = publisher === null ? [] : [publisher, ...matchers.aliasesOf(publisher)]
  const names = bodies.flatMap((body) => [body, `${body}本级`, `${body}机关`, `${body}（本级）`, `${body}（机关）`])
  const likelierNames = (name: string) => {
    const level = LEVEL.exec(name)?.[0] ?? ''
    const words = likelierWords(name.slice(level.length), matchers, trusted).map((word) => level + word)
    return [...matchers.nearPlaces(name), ...words]
  }
  const language = knownLanguage(matchers, trusted)
  return { names, areTrusted: publisherIsTrusted, mendPlace: matchers.mendPlace, language, likelierNames }
}

/** Amount over price, where both are sure and it comes out even. */
function quantityByEquation({ cells }: MoneyRow, solution: MoneySolution): string | null {
  const fenOf = (key: string) => {
    const settled = solution.amounts.get(cells.get(key)?.key ?? '')
    return settled === undefined || settled.how === 'inferred' ? null : settled.fen
  }
  const price = fenOf('unit_price/whole')
  const amount = fenOf('amount/whole')
  if (price === null || amount === null || price <= 0) return null
  const quantity = new Decimal(amount).dividedBy(price)
  return quantity.decimalPlaces() <= 2 ? quantity.toFixed() : null
}
