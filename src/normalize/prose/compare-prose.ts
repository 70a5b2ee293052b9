import { Decimal } from 'decimal.js'
import type { Check, CheckMember, RecordDraft } from '../../model/record.ts'
import type { KeyFigureForm } from '../forms/key-figure-form.ts'
import { foldText } from '../match/fold-text.ts'
import { type Figure, totalsOf } from '../reconcile/compare-tables.ts'

/** A sum of money that a sentence states. */
interface Stated {
  readonly key: string
  readonly name: string
  readonly code: string | null
  readonly year: string | null
  readonly stage: string | null
  readonly sentence: string
  readonly yuan: Decimal
  readonly rounding: Decimal
  readonly member: CheckMember
}

/**
 * What the text says against what the tables say, and against itself: each subject and its table's total, a class and its
 * line, and the parts that a sentence gives against the whole that it states.
 */
export function compareProse(
  figures: readonly RecordDraft[],
  lines: readonly RecordDraft[],
  form: KeyFigureForm,
  fiscalYear: number | null,
): readonly Check[] {
  const stated = figures.flatMap(toStated)
  const stage = lines
    .map((line) => line.fields.find(({ name }) => name === 'stage')?.value)
    .find((each) => each !== undefined)
  const current = stated.filter(
    (each) =>
      (fiscalYear === null || each.year === String(fiscalYear)) && (stage === undefined || each.stage === stage),
  )
  return [
    ...withTables(current, lines, form),
    ...withClasses(current, lines),
    ...withParts(current, form),
    ...withProcurement(current, lines),
  ]
}

function toStated({ pageNumber, tableIndex, rowIndex, fields }: RecordDraft): readonly Stated[] {
  const tell = (name: string) => fields.find((field) => field.name === name)?.value ?? null
  const [key, value] = [tell('key'), fields.find(({ name }) => name === 'value')]
  if (key === null || value?.value == null || tell('unit') !== 'yuan') return []
  if (/_change$/.test(key)) return []
  const member = { pageNumber, tableIndex, rowIndex, field: 'value' }
  const rounding = roundingOf(value.raw)
  const sentence = tell('sentence') ?? ''
  return [
    {
      key,
      name: tell('name') ?? '',
      code: tell('line_code'),
      year: tell('year'),
      stage: tell('stage'),
      sentence,
      yuan: new Decimal(value.value),
      rounding,
      member,
    },
  ]
}

/** Half of the last place of a printed figure, in yuan ("289.45万元": 50). */
function roundingOf(raw: string): Decimal {
  const places = /\.(\d+)/.exec(raw)?.[1]?.length ?? 0
  const unit = raw.includes('亿') ? 1e8 : raw.includes('万') ? 1e4 : 1
  return new Decimal(unit).times(new Decimal(10).pow(-places)).dividedBy(2)
}

/** A subject against the total lines of its table; where it is stated several times, each statement is held against them. */
function withTables(stated: readonly Stated[], lines: readonly RecordDraft[], form: KeyFigureForm): readonly Check[] {
  return form.agreements.flatMap(({ key, table, or = [] }) => {
    const own = totalsOf(lines, table)
    if (own.length === 0) return []
    const totals = [...own, ...or.flatMap((path) => totalsOf(lines, path))]
    return stated
      .filter((each) => each.key === key)
      .map((each) => {
        const fitting = totals.find((total) => agrees(each, total)) ?? withCarriedOver(each, totals, stated)
        const total = fitting ?? nearest(each, own)
        return toCheck(each, total, `text "${shorten(each)}" and ${table}`, fitting !== null)
      })
  })
}

const CARRIED = ['carryover', 'closing_balance']

/** A text tells of this year alone, or of all that there is; the table may tell of the other: what was carried over lies between them. */
function withCarriedOver(each: Stated, totals: readonly Figure[], stated: readonly Stated[]): Figure | null {
  for (const carried of stated.filter(({ key, yuan }) => CARRIED.includes(key) && !yuan.isZero())) {
    for (const total of totals) {
      const moved = [total.yuan.plus(carried.yuan), total.yuan.minus(carried.yuan)]
      const yuan = moved.find((sum) => agrees(each, { ...total, yuan: sum }))
      if (yuan !== undefined) return { ...total, yuan, members: [...total.members, carried.member] }
    }
  }
  return null
}

function nearest({ yuan }: Stated, totals: readonly Figure[]): Figure {
  const sorted = totals.toSorted((a, b) => a.yuan.minus(yuan).abs().comparedTo(b.yuan.minus(yuan).abs()))
  return sorted[0] ?? { yuan: new Decimal(0), rounding: new Decimal(0), members: [] }
}

function agrees({ yuan, rounding }: Stated, total: Figure): boolean {
  return yuan.minus(total.yuan).abs().lessThanOrEqualTo(Decimal.max(rounding, total.rounding))
}

const CLASS_TABLES = ['general_public_budget', 'expenditure', 'fiscal_balance', 'balance', 'government_fund']

/**
 * A class that a sentence names ("一般公共服务支出1988.68万元") against its line in a table by function, by its code where both tell it.
 * A table may list it unit by unit, and a sentence may be of any of the tables: it is wrong where none of them says so.
 */
function withClasses(stated: readonly Stated[], lines: readonly RecordDraft[]): readonly Check[] {
  const byTable = CLASS_TABLES.map((table) =>
    lines.filter((line) => textOf(line, 'table') === table && textOf(line, 'classification') === 'function'),
  )
  return stated
    .filter(({ key }) => key === 'function_class')
    .flatMap((each) => {
      const figures = byTable.flatMap((own) => figuresOfClass(each, own))
      const [first] = figures
      if (first === undefined) return []
      const fitting = figures.find((figure) => agrees(each, figure))
      return [toCheck(each, fitting ?? first, `text "${shorten(each)}" and its line`, fitting !== undefined)]
    })
}

/** What the lines of one table say of a class: each, and all of them together where there are several. */
function figuresOfClass({ code, name }: Stated, lines: readonly RecordDraft[]): readonly Figure[] {
  const named = lines.filter((line) => foldText(textOf(line, 'line_name') ?? '') === foldText(name))
  const coded = code === null ? [] : lines.filter((line) => textOf(line, 'line_code') === code)
  const meant = coded.length > 0 ? coded : named
  const figureOf = (line: RecordDraft, field: string): readonly Figure[] => {
    const yuan = textOf(line, field)
    const members = [{ ...placeOfLine(line), field }]
    return yuan === null ? [] : [{ yuan: new Decimal(yuan), rounding: new Decimal(0), members }]
  }
  const own = meant.flatMap((line) => figureOf(line, 'total'))
  // Beside the money of all sources the sentence may mean that of the budget which most tables are about.
  const ofBudget = meant.flatMap((line) => figureOf(line, 'general_public_budget'))
  const all: Figure = {
    yuan: own.reduce((sum, { yuan }) => sum.plus(yuan), new Decimal(0)),
    rounding: new Decimal(0),
    members: own.flatMap(({ members }) => members),
  }
  const isOneClass = new Set(meant.map((line) => textOf(line, 'line_code'))).size === 1
  return [...own, ...(own.length > 1 && isOneClass ? [all] : []), ...ofBudget]
}

function textOf({ fields }: RecordDraft, name: string): string | null {
  return fields.find((field) => field.name === name)?.value ?? null
}

/** The parts that stand in the sentence of their whole, or in the next. */
function withParts(stated: readonly Stated[], form: KeyFigureForm): readonly Check[] {
  return form.sums.flatMap(({ whole, parts }) =>
    stated
      .filter(({ key }) => key === whole)
      .flatMap((each) => {
        const at = stated.indexOf(each)
        const found = parts.flatMap(
          (part) => stated.slice(at).find((other) => other.key === part && isBeside(other, each)) ?? [],
        )
        if (found.length < 2) return []
        const sum = found.reduce((total, { yuan }) => total.plus(yuan), new Decimal(0))
        const rounding = found.reduce((total, part) => total.plus(part.rounding), each.rounding)
        const figure: Figure = { yuan: sum, rounding, members: found.map(({ member }) => member) }
        // Parts that the sentence leaves out may be what is missing.
        if (found.length < parts.length && sum.lessThan(each.yuan)) return []
        const isSame = each.yuan.minus(sum).abs().lessThanOrEqualTo(rounding.minus(each.rounding))
        return [toCheck(each, figure, `text "${shorten(each)}" and its parts`, isSame)]
      }),
  )
}

/** Whether a part stands in the sentence of its whole, or in one that begins with 其中 right after. */
function isBeside(part: Stated, whole: Stated): boolean {
  const distance = part.member.rowIndex - whole.member.rowIndex
  return part.sentence === whole.sentence || (/^其中/.test(part.sentence) && distance <= NEAR)
}

const NEAR = 8
const PROCURED = [
  ['procurement_goods', 'A'],
  ['procurement_works', 'B'],
  ['procurement_services', 'C'],
] as const

/** Goods, works and services that the text states against the lines of the procurement tables by the letter of their codes. */
function withProcurement(stated: readonly Stated[], lines: readonly RecordDraft[]): readonly Check[] {
  const items = lines
    .filter(({ recordType }) => recordType === 'procurement_line')
    .map((line) => {
      const told = (name: string) => line.fields.find((field) => field.name === name)?.value ?? null
      return { line, code: told('item_code'), amount: told('amount') }
    })
  if (items.length === 0 || items.some(({ code, amount }) => code === null || amount === null)) return []
  return PROCURED.flatMap(([key, letter]) => {
    const each = stated.find((found) => found.key === key)
    if (each === undefined) return []
    const own = items.filter(({ code }) => code?.startsWith(letter) === true)
    const figure: Figure = {
      yuan: own.reduce((sum, { amount }) => sum.plus(amount ?? 0), new Decimal(0)),
      rounding: new Decimal(0),
      members: own.map(({ line }) => ({ ...placeOfLine(line), field: 'amount' })),
    }
    return [toCheck(each, figure, `text "${shorten(each)}" and the lines of code ${letter}`, agrees(each, figure))]
  })
}

function placeOfLine({ pageNumber, tableIndex, rowIndex }: RecordDraft): Omit<CheckMember, 'field'> {
  return { pageNumber, tableIndex, rowIndex }
}

const SHORTEST = 30

function shorten({ name, sentence }: Stated): string {
  const at = Math.max(0, sentence.indexOf(name))
  return sentence.slice(at, at + SHORTEST)
}

function toCheck(stated: Stated, found: Figure, where: string, holds: boolean): Check {
  return {
    kind: 'prose-agreement',
    where: `page ${stated.member.pageNumber}, ${where}`,
    pageNumber: stated.member.pageNumber,
    tableIndex: stated.member.tableIndex,
    members: [stated.member, ...found.members],
    expected: stated.yuan.toFixed(2),
    found: found.yuan.toFixed(2),
    difference: found.yuan.minus(stated.yuan).toFixed(2),
    outcome: holds ? 'holds' : 'contradicted',
  }
}
