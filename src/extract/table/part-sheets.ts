import { boxHeight } from '../../model/bounding-box.ts'
import type { Word } from '../../model/page.ts'
import { isAmountText } from './amount-text.ts'
import { type TextRow, toTextRow } from './text-rows.ts'
import { groupLines } from './words-to-lines.ts'

/** Between two pages on one sheet stands no print over so many heights of it. */
const NARROWEST_FOLD = 2
/** The narrower of two pages is no less than this share of the wider one. */
const LEAST_SHARE = 0.5
/** Each page has so many lines of several texts. */
const FEWEST_ROWS = 2
/** So many headings that stand on both pages in the same order are those of one table that goes on. */
const FEWEST_HEADINGS = 5
/** 公开03表 in a corner is the number of a form, no title. */
const TITLE = /\p{Script=Han}{3}表(?:[（(].{1,8}[)）])?$/u
/** A title stands in the middle of its page, within this share of the page's width. */
const OFF_CENTRE = 0.1
const LONGEST_TITLE = 60
const MONEY_UNIT = /单位\s*[:：]?\s*(?:人民币)?[百千万亿]{0,2}元/
/** Ticks, staples and strokes of a pen stand in a fold, too. */
const NO_PRINT = /^[^\p{Script=Han}\d]{1,2}$/u

/**
 * Words of pages that lie side by side on one sheet, left to right; all in one where the sheet is one page. Each page has its own title, its own unit of
 * money, or the headings of the other one again: the two sides of one table (income and expenditure) have one title over both.
 */
export function partSheets<W extends Word>(words: readonly W[]): readonly (readonly W[])[] {
  const print = words.filter(({ text }) => !NO_PRINT.test(text))
  const fold = foldsOf(print).find((place) => areTwoPages(...sidesOf(print, place)))
  return fold === undefined ? [words] : sidesOf(words, fold)
}

function sidesOf<W extends Word>(words: readonly W[], fold: number): readonly [readonly W[], readonly W[]] {
  const isLeft = ({ bbox }: W): boolean => (bbox.x0 + bbox.x1) / 2 < fold
  return [words.filter(isLeft), words.filter((word) => !isLeft(word))]
}

/** Middles of the stretches that no word reaches into, the widest first, where both sides can be pages. */
function foldsOf(words: readonly Word[]): readonly number[] {
  const heights = words.map(({ bbox }) => boxHeight(bbox)).toSorted((a, b) => a - b)
  const height = heights[heights.length >> 1] ?? 0
  const sorted = words.map(({ bbox }) => bbox).toSorted((a, b) => a.x0 - b.x0)
  const [start, end] = [sorted[0]?.x0 ?? 0, Math.max(...sorted.map(({ x1 }) => x1))]
  const gaps: { from: number; to: number }[] = []
  let reached = start
  for (const { x0, x1 } of sorted) {
    if (x0 - reached >= NARROWEST_FOLD * height) gaps.push({ from: reached, to: x0 })
    reached = Math.max(reached, x1)
  }
  return gaps
    .filter(({ from, to }) => Math.min(from - start, end - to) >= LEAST_SHARE * Math.max(from - start, end - to))
    .toSorted((a, b) => b.to - b.from - (a.to - a.from))
    .map(({ from, to }) => (from + to) / 2)
}

function areTwoPages(left: readonly Word[], right: readonly Word[]): boolean {
  const pages = [left, right].map((side) => groupLines(side).map(toTextRow))
  const [one, other] = [pages[0] ?? [], pages[1] ?? []]
  if ([one, other].some((rows) => rows.filter(isSplit).length < FEWEST_ROWS)) return false
  const heads = [one, other].map(headOf)
  const haveTitles = heads.every((head, index) => head.some((row) => isTitle(row, pages[index] ?? [])))
  return haveTitles || heads.every((head) => head.some(isUnit)) || haveSameHeadings(one, other)
}

function isSplit({ segments }: TextRow): boolean {
  return segments.length >= 2
}

/** The lines before the first one with a figure beside other texts. */
function headOf(rows: readonly TextRow[]): readonly TextRow[] {
  const first = rows.findIndex(
    ({ segments }) => segments.length >= 3 && segments.some(({ text }) => isAmountText(text)),
  )
  return first < 0 ? rows : rows.slice(0, first)
}

function isTitle({ segments, bbox }: TextRow, page: readonly TextRow[]): boolean {
  const text = compact(segments[0]?.text ?? '')
  const [x0, x1] = [Math.min(...page.map((row) => row.bbox.x0)), Math.max(...page.map((row) => row.bbox.x1))]
  const isCentred = Math.abs(bbox.x0 + bbox.x1 - x0 - x1) / 2 <= OFF_CENTRE * (x1 - x0)
  return segments.length === 1 && text.length <= LONGEST_TITLE && TITLE.test(text) && isCentred
}

function isUnit({ segments }: TextRow): boolean {
  return MONEY_UNIT.test(segments.at(-1)?.text ?? '') && segments.length <= 3
}

function haveSameHeadings(left: readonly TextRow[], right: readonly TextRow[]): boolean {
  const textsOf = (row: TextRow): readonly string[] => row.segments.map(({ text }) => compact(text))
  const known = new Set(right.map((row) => textsOf(row).join('|')))
  return left.some((row) => {
    const texts = textsOf(row)
    return texts.length >= FEWEST_HEADINGS && !texts.some((text) => /\d/.test(text)) && known.has(texts.join('|'))
  })
}

function compact(text: string): string {
  return text.replaceAll(/\s/g, '')
}
