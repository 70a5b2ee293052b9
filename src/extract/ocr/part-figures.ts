import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight } from '../../model/bounding-box.ts'

/** A figure with decimals that a text follows without its unit, or that ends a text: two cells that nearly touch. */
const FIGURE_FIRST = /^([-(（]?\d[\d,]*\.\d{1,6}[)）]?)((?![元万亿千百个%％])(?:[\p{Script=Han}（【[]|[—－]、).+)$/u
const FIGURE_LAST = /^(.*\p{Script=Han}.*[\p{Script=Han}）】\]])(\d[\d,]*\.\d{2})$/u
/** Digits, points and brackets are narrower than Han: as shares of a line's height. */
const NARROW = 0.55
/** The gap stands this near (in line heights) to where the figure must end. */
const NEAR = 0.8

/** A text with its place on the page. */
export interface PlacedText {
  readonly text: string
  readonly bbox: BoundingBox
}

/**
 * Parts a figure from the text that it nearly touches (35.00 | 一、一般公共服务): in the column beside, figures end where texts begin. `gaps` are the
 * gaps in the print, in the box's unit; where none stands at the place the text stays whole.
 */
export function partFigures(
  { text, bbox }: PlacedText,
  gaps: readonly { readonly from: number; readonly to: number }[],
): readonly PlacedText[] {
  const [, before = '', after = ''] = FIGURE_FIRST.exec(text) ?? FIGURE_LAST.exec(text) ?? []
  if (before === '' || after === '') return [{ text, bbox }]
  const share = widthOf(before) / (widthOf(before) + widthOf(after))
  const expected = bbox.x0 + share * (bbox.x1 - bbox.x0)
  const off = ({ from, to }: { from: number; to: number }): number => Math.abs((from + to) / 2 - expected)
  const [gap] = gaps.toSorted((a, b) => off(a) - off(b))
  if (gap === undefined || off(gap) > NEAR * boxHeight(bbox)) return [{ text, bbox }]
  return [
    { text: before, bbox: { ...bbox, x1: gap.from } },
    { text: after, bbox: { ...bbox, x0: gap.to } },
  ]
}

function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character < '\u0100' ? NARROW : 1), 0)
}
