import type { Cell } from '../../model/table.ts'
import { looksLikeMoney, parseAmount } from '../money/parse-amount.ts'
import { isMeasure } from '../money/parse-quantity.ts'
import type { FormColumn } from './form.ts'
import { cellsOfRow, compactText, type TableView } from './table-view.ts'
import { kindOfLabel } from './total-labels.ts'

const MOSTLY = 0.75
const SHORT_WORD = 4

/** A code of the catalogue of what governments buy: goods A, works B, services C. */
const ITEM_CODE = /^[A-C]\d{4,}$/
/** The same beside the name of what is bought. */
const CODE_AND_NAME =
  /(?<![\p{L}\d])[A-C]\d{4,}(?!\d).*\p{Script=Han}|\p{Script=Han}.*(?<![A-Za-z\d])[A-C]\d{4,}(?!\d)/u
/** The schemes whose codes are digits alone. */
const CODES_OF_DIGITS: readonly string[] = ['functional-expenditure', 'economic-department', 'economic-government']

/** A month, a quarter, half a year, a day, or from one to the other: when something is done, and no name. */
const DATE =
  /^(?:(?:\d{2}|\d{4})(?:年度?|[./-]))?(?:第?[一二三四1-4]季度|[上下]半年|全年|(?:\d{1,2}月?[-~～—至、])?\d{1,2}月份?[上中下]?[旬底末初]?(?:\d{1,2}日)?(?:前|起)?|\d{1,2}[./-]\d{1,2})$/
const isDate = (text: string): boolean => DATE.test(text.normalize('NFKC'))

/** An answer to what a heading asks (是否中小企业), as no figure is printed. */
const isAnswer = (text: string): boolean => /^[是否√×✓✗]$/u.test(text)

/** Whether the cells under a heading can be what the form column holds; a column of blanks can be anything. */
export function fitsContent(view: TableView, bodyStart: number, column: number, formColumn: FormColumn): boolean {
  const texts = textsOf(view, bodyStart, column)
  if (texts.length === 0) return true
  const share = (holds: (text: string) => boolean) => texts.filter(holds).length / texts.length
  if (formColumn.kind === 'money' || formColumn.kind === 'quantity')
    return share(isAnswer) < 0.5 && share((text) => /[\d０-９OoSlI一—-]/.test(text) || text.length <= 3) > 0.4
  if (formColumn.column === 'unit_of_measure') return share((text) => [...text].length <= SHORT_WORD) > 0.7
  if (share(isDate) >= 0.5) return false
  if (CODES_OF_DIGITS.includes(formColumn.scheme ?? '') && share(holdsItemCode) >= 0.5) return false
  if (formColumn.column === 'unit') return share(isMeasure) < 0.5
  return share(looksLikeMoney) < 0.5
}

/** Whether nearly all cells of a column are codes of items: alone (`code`), or each with its name (`whole`). */
export function holdsItems(view: TableView, bodyStart: number, column: number, part: 'code' | 'whole'): boolean {
  const texts = textsOf(view, bodyStart, column).filter((text) => kindOfLabel(text) === null)
  const pattern = part === 'code' ? ITEM_CODE : CODE_AND_NAME
  return texts.filter((text) => pattern.test(text.normalize('NFKC'))).length > MOSTLY * texts.length
}

/**
 * Whether nearly all cells of a column are sums of money, and a row of totals has one too: what prices and numbers of
 * things have not.
 */
export function holdsSums(view: TableView, bodyStart: number, column: number): boolean {
  const texts = textsOf(view, bodyStart, column)
  if (texts.filter(isSum).length <= MOSTLY * texts.length || texts.length < FEWEST_SUMS) return false
  const rows = Array.from({ length: view.rowCount - bodyStart }, (_, index) => bodyStart + index)
  return rows.some((row) => {
    const hasLabel = cellsOfRow(view, row).some((cell) => kindOfLabel(compactText(cell)) === 'total')
    return hasLabel && isSum(compactText(view.cellAt(row, column)))
  })
}

/**
 * Whether nearly all cells of a column, and two at least, are units of measure, plain numbers, words that can be names, answers by 是 or 否,
 * or codes of digits alone.
 */
export function holdsPlain(view: TableView, bodyStart: number, column: number, what: PlainContent): boolean {
  const texts = textsOf(view, bodyStart, column).filter((text) => kindOfLabel(text) === null)
  return texts.length > 1 && texts.filter(PLAIN[what]).length > MOSTLY * texts.length
}

const PLAIN = {
  measures: isMeasure,
  numbers: (text: string) => parseAmount(text).kind === 'amount',
  names: (text: string) => WORDS.test(text) && !isDate(text) && !holdsItemCode(text),
  answers: (text: string) => /^[是否]$/u.test(text),
  codes: (text: string) => /^\d{3,14}$/.test(text.normalize('NFKC')),
}
export type PlainContent = keyof typeof PLAIN
/** Four Han glyphs or more, and no figures. */
const WORDS = /^(?:\P{N}*\p{Script=Han}){4}\P{N}*$/u

/** Two lines and their total. */
const FEWEST_SUMS = 3

/** Money, with or without a sign of currency before it, though that is misread. */
function isSum(text: string): boolean {
  return looksLikeMoney(text) || looksLikeMoney(text.replace(/^([-－−]?)[^\d]/u, '$1'))
}

/**
 * Whether the heading over a column is damaged beyond reading: nothing is left of it on a scan, no reader is sure of what is, or
 * two readers see quite different words.
 */
export function isDamagedHeading(view: TableView, column: number, start: number, end: number): boolean {
  const rows = Array.from({ length: end - start }, (_, index) => end - 1 - index)
  const cells = rows.map((row) => view.cellAt(row, column)).filter((cell) => cell !== null)
  const lowest = cells.find((cell) => compactText(cell) !== '')
  if (lowest === undefined) return cells.some(({ origin }) => origin === 'ocr')
  return lowest.origin === 'ocr' && (lowest.flags.includes('reading-weak') || haveNothingInCommon(lowest))
}

/** Whether one reader sees none of the glyphs that the other one sees. */
function haveNothingInCommon({ readings }: Cell): boolean {
  const [first = '', second = ''] = READERS.map((name) =>
    compact(readings.find(({ reader }) => reader === name)?.lines.join('') ?? ''),
  )
  return first !== '' && second !== '' && ![...first].some((glyph) => second.includes(glyph))
}

const READERS = ['paddle', 'tesseract']
const compact = (text: string) => text.replaceAll(/\s/g, '')

function holdsItemCode(text: string): boolean {
  const folded = text.normalize('NFKC')
  return ITEM_CODE.test(folded) || CODE_AND_NAME.test(folded)
}

function textsOf(view: TableView, bodyStart: number, column: number): readonly string[] {
  const texts: string[] = []
  for (let row = bodyStart; row < view.rowCount; row += 1) {
    const cell = view.cellAt(row, column)
    if (cell !== null && cell.row === row && cell.columnSpan === 1 && compactText(cell) !== '')
      texts.push(compactText(cell))
  }
  return texts
}
