import { Decimal } from 'decimal.js'
import type { Check, CheckMember, RecordDraft } from '../../model/record.ts'
import type { BudgetForm } from '../forms/budget-form.ts'
import { foldText } from '../match/fold-text.ts'

/** Money that one table states in one or more cells. */
export interface Figure {
  readonly yuan: Decimal
  /** Half of the last place that was printed, in yuan. */
  readonly rounding: Decimal
  readonly members: readonly CheckMember[]
}

/** What two tables of a document say of the same money: their totals, and each class of expenditure. */
export function compareTables(records: readonly RecordDraft[], form: BudgetForm): readonly Check[] {
  const lines = records.filter(({ recordType }) => recordType === 'budget_line')
  const totals = form.agreements.flatMap(({ left, right, isUsual, usualIfTitled = [] }) => {
    const isOften = isUsual === true || [left, right].some((path) => isTitled(lines, path, usualIfTitled))
    const where = `${left} and ${right}`
    const checks = totalsOf(lines, left).flatMap((a) => totalsOf(lines, right).map((b) => compare(a, b, where)))
    const [likeliest] = checks
    // A table may end in this year's total and in one with the balances: one of them is the other table's.
    const holding = checks.find(({ outcome }) => outcome === 'holds')
    return holding ?? (isOften ? undefined : likeliest) ?? []
  })
  return [...totals, ...compareClasses(lines)]
}

/** Whether a title of the table has one of the words. */
function isTitled(lines: readonly RecordDraft[], path: string, words: readonly string[]): boolean {
  const [table = ''] = path.split('/')
  return lines.some(({ fields }) => {
    const named = fields.find(({ name }) => name === 'table')
    return named?.value === table && words.some((word) => named.raw.includes(word))
  })
}

/**
 * The totals of `table/side/field`, the first printed first; the only line of a table is its total. `field@name` means the
 * total line of that name alone (人员经费合计), `field|other` the other where the table has no such field.
 */
export function totalsOf(lines: readonly RecordDraft[], path: string): readonly Figure[] {
  const [table = '', side = '', told = ''] = path.split('/')
  const [fields = '', lineName] = told.split('@')
  const own = lines.filter(
    (line) => textOfField(line, 'table') === table && (side === '' || textOfField(line, 'side') === side),
  )
  const field = fields.split('|').find((each) => own.some((line) => textOfField(line, each) !== null)) ?? ''
  const totals = own.filter(
    (line) =>
      textOfField(line, 'line_kind') === 'total' &&
      (lineName === undefined || textOfField(line, 'line_name') === lineName),
  )
  const figures = (totals.length > 0 || own.length !== 1 || lineName !== undefined ? totals : own).flatMap(
    (line) => figureOf(line, field) ?? [],
  )
  const isSplit =
    totals.length > 1 &&
    totals.every((line) => !WHOLE.test((textOfField(line, 'line_name') ?? '').replaceAll(/\s/g, '')))
  // 人员经费合计 beside 公用经费合计 are the two halves of one table.
  return isSplit && side === '' && figures.length > 0 ? [sumOf(figures)] : figures
}

/** A total of all that the table tells (合计, 收入总计), beside which others are parts of it. */
const WHOLE = /^合计$|总计$|总合计$/

function sumOf(figures: readonly Figure[]): Figure {
  return {
    yuan: figures.reduce((sum, { yuan }) => sum.plus(yuan), new Decimal(0)),
    rounding: figures[0]?.rounding ?? new Decimal(0),
    members: figures.flatMap(({ members }) => members),
  }
}

const BY_CLASS = ['balance', 'expenditure', 'fiscal_balance', 'general_public_budget']

/** Every class of function (一般公共服务支出) in the tables that follow it, against the table before. */
function compareClasses(lines: readonly RecordDraft[]): readonly Check[] {
  const byTable = BY_CLASS.map((table) => ({ table, classes: classesOf(lines, table) })).filter(
    ({ classes }) => classes.size > 0,
  )
  const pairs = [
    ['balance', 'expenditure'],
    ['fiscal_balance', 'general_public_budget'],
  ] as const
  return pairs.flatMap(([left, right]) => {
    const a = byTable.find(({ table }) => table === left)?.classes
    const b = byTable.find(({ table }) => table === right)?.classes
    if (a === undefined || b === undefined) return []
    return [...a].flatMap(([name, figure]) => {
      const other = b.get(name)
      return other === undefined ? [] : [compare(figure, other, `${name} in ${left} and in ${right}`)]
    })
  })
}

function classesOf(lines: readonly RecordDraft[], table: string): ReadonlyMap<string, Figure> {
  const own = lines.filter(
    (line) =>
      textOfField(line, 'table') === table &&
      textOfField(line, 'classification') === 'function' &&
      textOfField(line, 'level') === '1',
  )
  const field = table === 'fiscal_balance' ? 'general_public_budget' : 'total'
  const byName = new Map<string, readonly Figure[]>()
  for (const line of own) {
    const figure = figureOf(line, field)
    const name = foldText(textOfField(line, 'line_name') ?? '')
    if (figure !== null && !figure.yuan.isZero()) byName.set(name, [...(byName.get(name) ?? []), figure])
  }
  // A table may list its classes unit by unit.
  return new Map([...byName].map(([name, figures]) => [name, sumOf(figures)]))
}

function textOfField({ fields }: RecordDraft, name: string): string | null {
  return fields.find((field) => field.name === name)?.value ?? null
}

function figureOf({ pageNumber, tableIndex, rowIndex, fields }: RecordDraft, name: string): Figure | null {
  const field = fields.find((each) => each.name === name)
  if (field === undefined || field.value === null) return null
  const yuan = new Decimal(field.value)
  const inWan = field.evidence.some((text) => text.startsWith('printed in 万元'))
  return { yuan, rounding: new Decimal(inWan ? 50 : 0), members: [{ pageNumber, tableIndex, rowIndex, field: name }] }
}

/** Two figures agree when they are the same to the place of the coarser one. */
function compare(a: Figure, b: Figure, where: string): Check {
  const difference = b.yuan.minus(a.yuan)
  const isOneRounded = !a.rounding.equals(b.rounding)
  const tolerance = isOneRounded ? Decimal.max(a.rounding, b.rounding) : new Decimal(0)
  return {
    kind: 'table-agreement',
    where,
    pageNumber: a.members[0]?.pageNumber ?? 1,
    tableIndex: a.members[0]?.tableIndex ?? 1,
    members: [...a.members, ...b.members],
    expected: a.yuan.toFixed(2),
    found: b.yuan.toFixed(2),
    difference: difference.toFixed(2),
    outcome: difference.abs().lessThanOrEqualTo(tolerance) ? 'holds' : 'contradicted',
  }
}
