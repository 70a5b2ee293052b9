import { boxHeight, unionOfBoxes } from '../../model/bounding-box.ts'
import type { Ruling } from '../../model/page.ts'
import type { TextPiece } from './text-rows.ts'

/** Lines of one text share their left side, middle or right side within this many heights. */
const ALIGNED = 0.4
/** Lines of one text follow each other at the usual leading, or this much more. */
const LEADING_SLACK = 1.18
const WIDEST_LEADING = 1.8
const CLOSEST_LINES = 0.9
/** Middles nearer than this many heights are on one level. */
const SAME_LEVEL = 0.35

/** The distance between the lines of one text, the least that occurs between texts one over the other. In points. */
export function findLeading(pieces: readonly TextPiece[]): number {
  const pitches = pieces.flatMap((lower) => {
    const above = pieces.filter((upper) => isStacked(upper, lower))
    return above.length === 0 ? [] : [Math.min(...above.map((upper) => middleY(lower) - middleY(upper)))]
  })
  return Math.min(Number.POSITIVE_INFINITY, ...pitches)
}

/**
 * Joins the lines of headings to whole texts, from the bottom up. A text over another one is its first line where it
 * stands at the leading of lines and nothing beside the lower one lacks a heading of its own: then it is the heading of all of them. No text goes on
 * under one of the horizontal `rules`.
 */
export function joinHeadingLines(
  pieces: readonly TextPiece[],
  leading: number,
  rules: readonly Ruling[] = [],
): TextPiece[] {
  let cells = [...pieces]
  for (const piece of pieces.toSorted((a, b) => middleY(b) - middleY(a))) {
    const lower = cells.filter((cell) => cell !== piece && isStacked(piece, firstLine(cell, piece)))
    const below = lower.toSorted((a, b) => a.bbox.top - b.bbox.top)[0]
    if (below === undefined || !cells.includes(piece)) continue
    const pitch = middleY(firstLine(below, piece)) - middleY(piece)
    const isWrapped = pitch <= Math.min(LEADING_SLACK * leading, WIDEST_LEADING * boxHeight(piece.bbox))
    if (!isWrapped || isOverSeveral(piece, below, cells) || isRuledOff(piece, below, rules)) continue
    const bbox = unionOfBoxes([piece.bbox, below.bbox]) ?? piece.bbox
    cells = [...cells.filter((cell) => cell !== piece && cell !== below), { text: piece.text + below.text, bbox }]
  }
  return cells
}

/** The first line of a cell of several lines, which are as high as `like`. */
function firstLine({ text, bbox }: TextPiece, like: TextPiece): TextPiece {
  return { text, bbox: { ...bbox, bottom: Math.min(bbox.bottom, bbox.top + boxHeight(like.bbox)) } }
}

function isStacked(upper: TextPiece, lower: TextPiece): boolean {
  const height = Math.max(boxHeight(upper.bbox), boxHeight(lower.bbox))
  const pitch = middleY(lower) - middleY(upper)
  if (pitch < CLOSEST_LINES * height || pitch > 3 * height) return false
  const [a, b] = [upper.bbox, lower.bbox]
  return [a.x0 - b.x0, a.x1 - b.x1, (a.x0 + a.x1 - b.x0 - b.x1) / 2].some(
    (distance) => Math.abs(distance) <= ALIGNED * height,
  )
}

function isRuledOff(upper: TextPiece, lower: TextPiece, rules: readonly Ruling[]): boolean {
  const [x0, x1] = [Math.max(upper.bbox.x0, lower.bbox.x0), Math.min(upper.bbox.x1, lower.bbox.x1)]
  return rules.some(({ position, start, end }) => {
    const isBetween = position > middleY(upper) && position < middleY(firstLine(lower, upper))
    return isBetween && start <= x0 && end >= x1
  })
}

/** Whether texts on both sides of the lower one, on its level, have nothing over them. */
function isOverSeveral(upper: TextPiece, lower: TextPiece, cells: readonly TextPiece[]): boolean {
  const height = boxHeight(upper.bbox)
  const orphans = cells.filter((cell) => {
    const isLevel = Math.abs(middleY(cell) - middleY(lower)) < SAME_LEVEL * height
    const isFree = cells.every((other) => {
      const isOver = middleY(other) < cell.bbox.top && other.bbox.x0 < cell.bbox.x1 && other.bbox.x1 > cell.bbox.x0
      return other === upper || !isOver
    })
    return cell !== lower && isLevel && isFree
  })
  // What lies between the nearest ones and the text would be nearer.
  const isLeft = orphans.some(({ bbox }) => bbox.x1 <= lower.bbox.x0 && isNext(bbox.x1, lower.bbox.x0, cells, lower))
  const isRight = orphans.some(({ bbox }) => bbox.x0 >= lower.bbox.x1 && isNext(lower.bbox.x1, bbox.x0, cells, lower))
  return isLeft && isRight
}

function isNext(from: number, to: number, cells: readonly TextPiece[], beside: TextPiece): boolean {
  return !cells.some(({ bbox }) => {
    const isLevel = bbox.top < beside.bbox.bottom && bbox.bottom > beside.bbox.top
    return isLevel && (bbox.x0 + bbox.x1) / 2 > from && (bbox.x0 + bbox.x1) / 2 < to
  })
}

export function middleY({ bbox }: TextPiece): number {
  return (bbox.top + bbox.bottom) / 2
}
