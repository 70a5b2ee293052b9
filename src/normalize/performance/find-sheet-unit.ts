import { Decimal } from 'decimal.js'
import type { RecordDraft } from '../../model/record.ts'
import { foldText } from '../match/fold-text.ts'
import { findHeaderUnit, findStatedUnit, type MoneyUnit } from '../money/find-money-unit.ts'
import { parseAmount } from '../money/parse-amount.ts'
import type { PerformanceSheet } from './read-sheets.ts'

/** A project of fewer printed units than this is in 万元, of more in 元. */
const LARGEST_USUAL_WAN = 20_000
const UNITS = [
  ['元', 1],
  ['万元', 1e4],
] as const

/**
 * The unit of a sheet's money: as it states it, else the one with which the project's budget is what the prose says of a
 * project of that name (`figures`), else by the size of the figure, assumed.
 */
export function findSheetUnit(sheet: PerformanceSheet, figures: readonly RecordDraft[]): MoneyUnit {
  return statedUnit(sheet) ?? provenUnit(sheet, figures) ?? unitBySize(sheet)
}

function statedUnit({ tables, values }: PerformanceSheet): MoneyUnit | null {
  for (const { over, titles, view } of tables) {
    const short = view.table.cells.map(({ text }) => text).filter((text) => text.length <= 40)
    for (const text of [
      ...titles,
      ...over.map((line) => line.text),
      ...short.filter((each) => /单位[:：]/.test(each)),
    ]) {
      const unit = findStatedUnit(text, `the sheet says "${text.trim()}"`)
      if (unit !== null) return unit
    }
  }
  for (const { kind, label } of values) {
    const unit = kind === 'money' ? findHeaderUnit([label]) : null
    if (unit !== null) return unit
  }
  return unitOfHeadings(tables)
}

/** The unit that every heading of money in the sheet names in brackets (预算金额（万元）); null where they differ. */
function unitOfHeadings(tables: PerformanceSheet['tables']): MoneyUnit | null {
  const headings = tables.flatMap(({ view }) => view.table.cells.map(({ text }) => text.normalize('NFKC')))
  const units = headings
    .filter((text) => text.length <= 20 && /(?:资金|金额|预算|经费|投资|总额)\s*\(/.test(text))
    .flatMap((text) => findStatedUnit(text, `a heading of the sheet says "${text.trim()}"`) ?? [])
  const [first, ...others] = units
  return first === undefined || others.some(({ word }) => word !== first.word) ? null : first
}

function budgetOf({ values }: PerformanceSheet): Decimal | null {
  for (const field of ['current_budget', 'total_budget']) {
    const parsed = parseAmount(values.find((value) => value.field === field)?.text ?? '')
    if (parsed.kind === 'amount') return parsed.amount
  }
  return null
}

function provenUnit(sheet: PerformanceSheet, figures: readonly RecordDraft[]): MoneyUnit | null {
  const name = foldText(sheet.values.find(({ field }) => field === 'project_name')?.text ?? '')
  const budget = budgetOf(sheet)
  if (budget === null || name === '') return null
  const stated = figures.flatMap(({ fields }) => {
    const textOf = (field: string) => fields.find((each) => each.name === field)?.value ?? ''
    return textOf('key') === 'project' && foldText(textOf('name')) === name ? [new Decimal(textOf('value'))] : []
  })
  const found = UNITS.filter(([, factor]) => stated.some((yuan) => yuan.equals(budget.times(factor))))
  const [only, ...others] = found
  if (only === undefined || others.length > 0) return null
  return {
    word: only[0],
    yuanPerUnit: only[1],
    evidence: `only in ${only[0]} is the budget what the text states of the project`,
    isAssumed: false,
  }
}

function unitBySize(sheet: PerformanceSheet): MoneyUnit {
  const budget = budgetOf(sheet)
  const [word, yuanPerUnit] = budget?.greaterThan(LARGEST_USUAL_WAN) === true ? UNITS[0] : UNITS[1]
  return { word, yuanPerUnit, evidence: `no unit is printed; the budget has the size of ${word}`, isAssumed: true }
}
