import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, unionOfBoxes } from '../../model/bounding-box.ts'
import type { Word } from '../../model/page.ts'
import type { WordLine } from './words-to-lines.ts'

/** A line of text, cut at its wide gaps. */
export interface TextRow {
  readonly bbox: BoundingBox
  readonly segments: readonly TextPiece[]
  /** The same cut finer: where a table is certain, cells may stand near each other. */
  readonly pieces: readonly TextPiece[]
}

export interface TextPiece {
  readonly text: string
  readonly bbox: BoundingBox
}

/** Lines whose heights overlap, as those of cells that wrap differently do. */
export interface TextBand {
  readonly bbox: BoundingBox
  readonly rows: readonly TextRow[]
  readonly segments: readonly TextPiece[]
}

/** A gap of this many ems suggests two cells; a line of prose has few of them. */
const CELL_GAP_EM = 1
/** Cells of a table that was found may stand this near. */
const NARROW_GAP_EM = 0.4
/** Lines of one band overlap by more than this share of the lower one's height. */
const OVERLAP = 0.15

export function toTextRow(line: WordLine): TextRow {
  return { bbox: line.bbox, segments: piecesOf(line, CELL_GAP_EM), pieces: piecesOf(line, NARROW_GAP_EM) }
}

/** Cuts a line at its gaps of `gapEm` ems and more. */
function piecesOf(line: WordLine, gapEm: number): readonly TextPiece[] {
  const groups: Word[][] = []
  for (const word of line.words) {
    const last = groups.at(-1)?.at(-1)
    const em = Math.min(boxHeight(word.bbox), last === undefined ? Infinity : boxHeight(last.bbox))
    if (last !== undefined && word.bbox.x0 - last.bbox.x1 < gapEm * em) groups.at(-1)?.push(word)
    else groups.push([word])
  }
  return groups.map((group) => ({
    text: group.map((word) => word.text).join(' '),
    bbox: unionOfBoxes(group.map((word) => word.bbox)) ?? line.bbox,
  }))
}

/** Gathers lines, given top to bottom, that overlap in height. */
export function rowsToBands(rows: readonly TextRow[]): TextBand[] {
  const groups: TextRow[][] = []
  let bottom = Number.NEGATIVE_INFINITY
  for (const row of rows.toSorted((a, b) => a.bbox.top - b.bbox.top)) {
    const group = groups.at(-1)
    if (group !== undefined && row.bbox.top < bottom - OVERLAP * boxHeight(row.bbox)) group.push(row)
    else groups.push([row])
    bottom = Math.max(groups.at(-1)?.length === 1 ? row.bbox.bottom : bottom, row.bbox.bottom)
  }
  return groups.map((group) => ({
    bbox: unionOfBoxes(group.map((row) => row.bbox)) ?? { x0: 0, top: 0, x1: 0, bottom: 0 },
    rows: group,
    segments: group.flatMap((row) => row.segments),
  }))
}
