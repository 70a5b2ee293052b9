import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, unionOfBoxes } from '../../model/bounding-box.ts'

/** A line of text, cut at its wide gaps. */
export interface TextRow {
  readonly bbox: BoundingBox
  readonly segments: readonly TextPiece[]
  /** The same cut finer: where a table is certain, cells may stand near each other. */
  readonly pieces: readonly TextPiece[]
  /** Uncut: a column of codes can stand hardly apart from the names beside it. */
  readonly words: readonly TextPiece[]
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

export function toTextRow(line: Pick<TextRow, 'words' | 'bbox'>): TextRow {
  return {
    bbox: line.bbox,
    segments: piecesOf(line.words, CELL_GAP_EM),
    pieces: piecesOf(line.words, NARROW_GAP_EM),
    words: line.words,
  }
}

/** Cuts the pieces of a line also where an edge between columns parts two words. */
export function cutAtEdges(row: TextRow, edges: readonly number[]): TextRow {
  const cut = ({ bbox }: TextPiece, next: TextPiece): boolean => {
    const middle = (bbox.x1 + next.bbox.x0) / 2
    const slack = Math.abs(next.bbox.x0 - bbox.x1) / 2 + 0.5
    return edges.some((edge) => Math.abs(edge - middle) <= slack)
  }
  return { ...row, pieces: piecesOf(row.words, NARROW_GAP_EM, cut) }
}

/** Cuts a line at its gaps of `gapEm` ems and more, and wherever else `isCut` says. */
function piecesOf(
  words: readonly TextPiece[],
  gapEm: number,
  isCut: (word: TextPiece, next: TextPiece) => boolean = () => false,
): readonly TextPiece[] {
  const groups: TextPiece[][] = []
  for (const word of words) {
    const last = groups.at(-1)?.at(-1)
    const em = Math.min(boxHeight(word.bbox), last === undefined ? Number.POSITIVE_INFINITY : boxHeight(last.bbox))
    const isNear = last !== undefined && word.bbox.x0 - last.bbox.x1 < gapEm * em && !isCut(last, word)
    if (isNear) groups.at(-1)?.push(word)
    else groups.push([word])
  }
  return groups.flatMap((group) => {
    const bbox = unionOfBoxes(group.map((word) => word.bbox))
    return bbox === null ? [] : [{ text: group.map((word) => word.text).join(' '), bbox }]
  })
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
