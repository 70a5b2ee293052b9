import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, centreIsInside } from '../../model/bounding-box.ts'
import type { Ruling, Word } from '../../model/page.ts'
import { type RulingTrace, traceAt } from '../raster/find-rulings.ts'
import { findHorizontalRules } from '../raster/find-scan-tables.ts'
import { findTextPieces, type TextPieceImage } from '../raster/find-text-pieces.ts'
import { ownersOfUnits, type ScanTable } from '../raster/grid.ts'
import type { InnerEdges } from '../raster/merge-units.ts'
import { FLAT } from '../raster/straighten.ts'
import { isAmountText } from '../table/amount-text.ts'
import { doubtAlignedCells } from '../table/doubt-aligned-cells.ts'
import { findAlignedGrids } from '../table/find-aligned-grids.ts'
import type { Grid } from '../table/grid.ts'
import type { PreparedPage } from './confirm-orientation.ts'
import { scaleBox } from './map-to-points.ts'
import type { OcrEngine } from './ocr-engine.ts'
import { applyLook, type LineLook } from './vote-look.ts'

/** Without vertical rulings nothing but the place of print parts the columns: which cells are sure is asked one by one. */
const ALIGNED_CONFIDENCE = 0.75
/** Edges of shaded rows look like rulings much fainter than print; strengths are measured up to this. */
const FAINTEST_RULE = 0.2
const STRONGEST_RULE = 120

/**
 * Tables of a scanned page that have no grid, top to bottom: print outside the ruled tables that stands in columns, by horizontal rules or alone.
 * The reader is asked what is a figure; where no print stands in columns it is asked nothing. `scale` is points a pixel.
 * @throws the signal's reason when aborted
 */
export async function findAlignedTables(
  { page, tables, crops }: PreparedPage,
  engine: OcrEngine,
  look: LineLook,
  scale: number,
  signal: AbortSignal,
): Promise<readonly ScanTable[]> {
  const rules = findHorizontalRules(page).filter((rule) => {
    return (
      isAsDarkAsRules(rule, page.darkness.ink) &&
      !tables.some(({ grid }) => centreIsInside(boxOf(rule), grow(grid.bbox)))
    )
  })
  const pieces = findTextPieces(page, tables, rules, crops.glyphHeightPx)
  if (pieces.length === 0) return []
  const readings = await engine.recognize(
    pieces.map(({ line }) => applyLook(line, look)),
    'any',
    signal,
  )
  const words = joinAtPunctuation(pieces.flatMap((piece, index) => toWord(piece, readings[index]?.text ?? '', scale)))
  const taken = tables.map(({ grid }) => scaleBox(grid.bbox, scale))
  const grids = findAlignedGrids(
    words,
    rules.map((rule) => toRuling(rule, scale)),
    { taken, headings: [] },
  )
  return grids.map((grid) => toScanTable(scaleGrid(grid, 1 / scale), rules, doubtAlignedCells(grid, words)))
}

/** Whether a stroke is dark enough for a ruling among print of this darkness (0 to 255). */
export function isAsDarkAsRules({ strength }: Pick<RulingTrace, 'strength'>, ink: number): boolean {
  return strength >= FAINTEST_RULE * Math.min(STRONGEST_RULE, ink)
}

function toWord({ bboxPx }: TextPieceImage, read: string, scale: number): Word[] {
  const text = read.trim()
  return text === '' ? [] : [{ text, bbox: scaleBox(bboxPx, scale), origin: 'ocr' }]
}

/** Marks as wide as a glyph have their ink on one side: the gap on the other is no gap between two texts. */
const OPENS_WORD = /^[（(【《“‘〔、，：；。]/
const CLOSES_WORD = /[）)】》”’〕，、：；。]$/
const WIDEST_BEARING = 0.95

/** Joins the words of a line that such a mark alone sets apart. `words` come line by line, left to right. */
export function joinAtPunctuation(words: readonly Word[]): Word[] {
  const joined: Word[] = []
  for (const word of words) {
    const last = joined.at(-1)
    const isLevel = last !== undefined && last.bbox.top < word.bbox.bottom && last.bbox.bottom > word.bbox.top
    const gap = isLevel ? word.bbox.x0 - last.bbox.x1 : Number.POSITIVE_INFINITY
    const isFigure = last !== undefined && (isAmountText(word.text) || isAmountText(last.text))
    const isMarked = last !== undefined && !isFigure && (OPENS_WORD.test(word.text) || CLOSES_WORD.test(last.text))
    if (last === undefined || !isMarked || gap < 0 || gap > WIDEST_BEARING * boxHeight(word.bbox)) joined.push(word)
    else joined[joined.length - 1] = { ...last, text: last.text + word.text, bbox: { ...last.bbox, x1: word.bbox.x1 } }
  }
  return joined
}

function toRuling(trace: RulingTrace, scale: number): Ruling {
  return {
    orientation: trace.orientation,
    position: traceAt(trace, (trace.start + trace.end) / 2) * scale,
    start: trace.start * scale,
    end: trace.end * scale,
    thickness: trace.thickness * scale,
  }
}

function scaleGrid(grid: Grid, scale: number): Grid {
  return {
    bbox: scaleBox(grid.bbox, scale),
    columnEdges: grid.columnEdges.map((edge) => edge * scale),
    rowEdges: grid.rowEdges.map((edge) => edge * scale),
    cells: grid.cells.map((cell) => ({ ...cell, bbox: scaleBox(cell.bbox, scale) })),
  }
}

function toScanTable(grid: Grid, rules: readonly RulingTrace[], doubtfulCells: readonly number[]): ScanTable {
  return {
    grid,
    structure: 'alignment',
    confidence: ALIGNED_CONFIDENCE,
    doubts: [],
    doubtfulCells,
    bend: FLAT,
    straightRows: grid.rowEdges,
    straightColumns: grid.columnEdges,
    edges: edgesOf(grid),
    witness: null,
    agreement: null,
    traces: rules.filter((rule) => centreIsInside(boxOf(rule), grow(grid.bbox))),
  }
}

/** An edge stands wherever two cells meet. */
function edgesOf(grid: Grid): InnerEdges {
  const owners = ownersOfUnits(grid)
  const [rows, columns] = [grid.rowEdges.length - 1, grid.columnEdges.length - 1]
  const parts = (a: number, b: number): number => (owners[a] === owners[b] ? 0 : 1)
  return {
    rows,
    columns,
    right: (row, column) => parts(row * columns + column, row * columns + column + 1),
    below: (row, column) => parts(row * columns + column, (row + 1) * columns + column),
  }
}

function boxOf(rule: RulingTrace): BoundingBox {
  const y = traceAt(rule, (rule.start + rule.end) / 2)
  return { x0: rule.start, x1: rule.end, top: y, bottom: y }
}

/** A table's first and last rule lie on its edge. */
function grow({ x0, top, x1, bottom }: BoundingBox): BoundingBox {
  return { x0: x0 - 4, top: top - 4, x1: x1 + 4, bottom: bottom + 4 }
}
