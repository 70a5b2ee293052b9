import type { BoundingBox } from '../../model/bounding-box.ts'
import { centreIsInside } from '../../model/bounding-box.ts'
import type { Word } from '../../model/page.ts'
import type { Cell, Table } from '../../model/table.ts'
import type { Grid, GridCell } from './grid.ts'
import { joinBrokenLines } from './join-text.ts'
import { groupLines, lineText } from './words-to-lines.ts'

/** A word that may run down the page instead of along it. */
export interface DirectedWord extends Word {
  readonly isVertical?: boolean
  /** Degrees, clockwise as displayed. */
  readonly angle?: number
}

/** What a table is called on its page and how its grid was found. */
export interface TableIdentity {
  readonly pageNumber: number
  readonly tableIndex: number
  readonly structure: Table['structure']
  readonly structureConfidence: number
}

/** Puts words into the cells of a grid: a word belongs where its centre lies. Grid and words are in points. */
export function wordsToTable(grid: Grid, words: readonly DirectedWord[], identity: TableIdentity): Table {
  const byCell = new Map<GridCell, DirectedWord[]>()
  for (const word of words) {
    const cell = grid.cells.find((candidate) => centreIsInside(word.bbox, candidate.bbox))
    if (cell !== undefined) byCell.set(cell, [...(byCell.get(cell) ?? []), word])
  }
  return {
    ...identity,
    bbox: grid.bbox,
    rowCount: grid.rowEdges.length - 1,
    columnCount: grid.columnEdges.length - 1,
    cells: grid.cells.map((cell) => toCell(cell, byCell.get(cell) ?? [])),
  }
}

function toCell(cell: GridCell, words: readonly DirectedWord[]): Cell {
  const lines = cellLines(words)
  const { row, column, rowSpan, columnSpan, bbox } = cell
  return {
    row,
    column,
    rowSpan,
    columnSpan,
    bbox,
    text: joinBrokenLines(lines),
    origin: 'text',
    confidence: null,
    readings: lines.length === 0 ? [] : [{ reader: 'text-layer', lines, confidence: null, characters: [] }],
    flags: [],
  }
}

/** The lines of a cell in reading order; text that runs down the page is read column by column. */
function cellLines(words: readonly DirectedWord[]): string[] {
  const turned = words.filter((word) => word.isVertical === true || (word.angle ?? 0) !== 0)
  if (turned.length * 2 <= words.length) return groupLines(words).map((line) => lineText(line.words))
  const angle = turned[0]?.angle ?? 0
  const turn = turned[0]?.isVertical === true ? 90 : angle
  return groupLines(words.map((word) => ({ ...word, bbox: unturnBox(word.bbox, turn) }))).map((line) =>
    lineText(line.words),
  )
}

/** Turns a box back by quarter turns, so that text that ran at `angle` runs to the right. Only order matters here. */
export function unturnBox(box: BoundingBox, angle: number): BoundingBox {
  if (angle === 90) return { x0: box.top, x1: box.bottom, top: -box.x1, bottom: -box.x0 }
  if (angle === 180) return { x0: -box.x1, x1: -box.x0, top: -box.bottom, bottom: -box.top }
  if (angle === 270) return { x0: -box.bottom, x1: -box.top, top: box.x0, bottom: box.x1 }
  return box
}
