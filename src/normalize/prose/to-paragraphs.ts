import { type BoundingBox, unionOfBoxes } from '../../model/bounding-box.ts'
import type { PageExtract, TextLine } from '../../model/page.ts'
import { foldHan } from '../draft/text-of-cell.ts'

/** One line's part of a paragraph's text, from `start` (0-based) to before `end`. */
interface Span {
  readonly start: number
  readonly end: number
  readonly pageNumber: number
  readonly bbox: BoundingBox
  readonly origin: TextLine['origin']
}

/**
 * Lines that belong together, without blanks and quotation marks, full-width signs folded. A heading is a paragraph of its
 * own. `spans` say where each part stands.
 */
export interface Paragraph {
  readonly text: string
  readonly isHeading: boolean
  readonly spans: readonly Span[]
}

const NUMBERED =
  /^(?:第[一二三四五六七八九十]+(?:部分|章|节)|[一二三四五六七八九十]+、|[(](?:[一二三四五六七八九十]+|\d{1,2})[)]|\d{1,2}(?:[、.．](?!\d)))/
const PAGE_NUMBER = /^[-—–\s]*\d{1,3}[-—–\s]*$/
/** A title without a number ("科技创新专项经费情况说明"). */
const TITLE = /^[^,。;:]{3,30}情况说明$/
/** A line that ends this near to the right margin, in its own heights, goes on below. */
const WRAPPED = 2.5
const LONGEST_HEADING = 40

/** The prose of a document. Paragraphs go on over page breaks; untrusted layers say nothing. */
export function toParagraphs(pages: readonly PageExtract[]): readonly Paragraph[] {
  const paragraphs: { text: string; isHeading: boolean; spans: Span[] }[] = []
  let isOpen = false
  for (const page of pages) {
    const right = Math.max(0, ...page.lines.map(({ bbox }) => bbox.x1))
    for (const line of page.lines) {
      const text = foldProse(line.text)
      if (text === '' || PAGE_NUMBER.test(text) || line.origin === 'untrusted-text') continue
      const begins = NUMBERED.test(text) || TITLE.test(text)
      const isHeading = begins && isHeadingLine(text, line, right)
      const current = paragraphs.at(-1)
      if (!isOpen || begins || current === undefined || current.isHeading) {
        paragraphs.push({ text: '', isHeading, spans: [] })
      }
      const own = paragraphs.at(-1)
      if (own === undefined) continue
      own.spans.push({
        start: own.text.length,
        end: own.text.length + text.length,
        pageNumber: page.pageNumber,
        bbox: line.bbox,
        origin: line.origin,
      })
      own.text += text
      isOpen = !isHeading
    }
  }
  return paragraphs
}

function isHeadingLine(text: string, { bbox }: TextLine, right: number): boolean {
  if (text.length > LONGEST_HEADING || /[。,;]/.test(text) || /\d(?:\.\d|万|元|人)|\((?:类|款)\)/.test(text))
    return false
  return (
    TITLE.test(text) || bbox.x1 < right - WRAPPED * (bbox.bottom - bbox.top) || /(?:说明|情况|概况|安排)$/.test(text)
  )
}

/** The text as phrases are listed: no blanks, no quotation marks, brackets and signs of one width. */
export function foldProse(text: string): string {
  return foldHan(text)
    .normalize('NFKC')
    .replaceAll(/[\s“”"'‘’「」]/g, '')
}

/** Where a part of a paragraph stands: the page on which it begins, and the box of its lines there. */
export function placeOf(
  { spans }: Paragraph,
  start: number,
  end: number,
): { readonly pageNumber: number; readonly bbox: BoundingBox; readonly origin: TextLine['origin'] } {
  const touched = spans.filter((span) => span.start < end && span.end > start)
  const pageNumber = touched[0]?.pageNumber ?? 1
  const boxes = touched.filter((span) => span.pageNumber === pageNumber).map(({ bbox }) => bbox)
  const bbox = unionOfBoxes(boxes) ?? { x0: 0, top: 0, x1: 0, bottom: 0 }
  return { pageNumber, bbox, origin: touched.some(({ origin }) => origin === 'ocr') ? 'ocr' : 'text' }
}
