import { type BoundingBox, centreIsInside, overlapArea } from '../../model/bounding-box.ts'
import type { Ruling } from '../../model/page.ts'
import { type RulingTrace, traceAt } from '../raster/find-rulings.ts'
import { findHorizontalRules } from '../raster/find-scan-tables.ts'
import { findLoosePrint, type LoosePrint, printBetween } from '../raster/find-text-pieces.ts'
import { ownersOfUnits, type ScanTable } from '../raster/grid.ts'
import type { InnerEdges } from '../raster/merge-units.ts'
import type { Bend } from '../raster/straighten.ts'
import { doubtAlignedCells } from '../table/doubt-aligned-cells.ts'
import { findAlignedGrids } from '../table/find-aligned-grids.ts'
import type { Grid } from '../table/grid.ts'
import { partSheets } from '../table/part-sheets.ts'
import { inReadingOrder } from '../table/reading-order.ts'
import type { PreparedPage } from './confirm-orientation.ts'
import { findOpenTables } from './find-open-tables.ts'
import { hangReadBodies } from './hang-read-bodies.ts'
import { scaleBox } from './map-to-points.ts'
import { type LooseWords, type PageEyes, readLooseWords } from './read-loose-words.ts'

/** Without vertical rulings nothing but the place of print parts the columns: which cells are sure is asked one by one. */
const ALIGNED_CONFIDENCE = 0.75
/** Edges of shaded rows look like rulings much fainter than print; strengths are measured up to this. */
const FAINTEST_RULE = 0.2
const STRONGEST_RULE = 120
/** Print wears off the ends of rules, and where the sheet lay uneven they are not equally long. */
const UNEVEN_ENDS = 0.03
/** Two tables are in one place when they share more than this of the smaller one. */
const MOSTLY = 0.5

/** Tables that have no grid, and the ruled ones in whose place some of them stand. */
export interface AlignedTables {
  readonly tables: readonly ScanTable[]
  readonly replaced: readonly ScanTable[]
}

/**
 * Tables of a scanned page that have no grid, top to bottom: print outside the ruled tables that stands in columns, by horizontal rules or alone,
 * and what stands in ruled tables whose rows no ruling parts. A detector, where there is one, tells which print is one line and how lines slope; the
 * reader is asked what is a figure. Where no print stands in columns neither is asked anything.
 * @throws the signal's reason when aborted
 */
export async function findTablesWithoutGrid(
  prepared: PreparedPage,
  eyes: PageEyes,
  signal: AbortSignal,
): Promise<AlignedTables> {
  const open = await findOpenTables(prepared, eyes, signal)
  const { tables: found, replaced: headings } = await findAlignedTables(prepared, open, eyes, signal)
  const opened = open.filter((table) => found.some((other) => hasMoreRows(other, table)))
  // What found no rows of its own stays as its rulings part it, and nothing stands twice.
  const kept = open.filter((table) => !opened.includes(table))
  const tables = found.filter(({ grid }) => !kept.some((table) => overlaps(table.grid.bbox, grid.bbox)))
  return { tables, replaced: [...opened, ...headings] }
}

async function findAlignedTables(
  prepared: PreparedPage,
  open: readonly ScanTable[],
  eyes: PageEyes,
  signal: AbortSignal,
): Promise<AlignedTables> {
  const { page, crops } = prepared
  const { scale } = eyes
  const closed = prepared.tables
    .map((table, index) => ({ table, cells: crops.tables[index]?.cells ?? [] }))
    .filter(({ table }) => !open.includes(table))
  const tables = closed.map(({ table }) => table)
  const rules = findLooseRules({ page, tables })
  const verticals = open.flatMap(({ traces }) => traces.filter(({ orientation }) => orientation === 'vertical'))
  const print = findLoosePrint(page, tables, [...rules, ...verticals], crops.glyphHeightPx)
  if (print === null) return { tables: [], replaced: [] }
  const taken = tables.map(({ grid }) => scaleBox(grid.bbox, scale))
  const found: ScanTable[] = []
  const replaced: ScanTable[] = []
  const columnEdges = open.flatMap(({ straightColumns }) => straightColumns.map((edge) => edge * scale))
  for (const sheet of await readSheets({ ...print, rules }, eyes, signal)) {
    const { words, bend } = sheet
    const rulings = sheet.rules.map((rule) => toRuling(rule, bend, scale))
    const hung = await hangReadBodies(closed, { words, bend, rulings }, UNEVEN_ENDS, eyes, signal)
    for (const { heading, grid, words: own, edges } of hung) {
      const doubts = doubtAlignedCells(grid, [...words, ...own], [...rulings, ...edges])
      const table = toScanTable(scaleGrid(grid, 1 / scale), [...heading.traces, ...sheet.rules], doubts, bend)
      const { printOnTraces } = heading
      found.push(printOnTraces === undefined ? table : { ...table, printOnTraces })
      replaced.push(heading)
    }
    const grids = findAlignedGrids(
      words.filter((word) => !hung.some(({ grid }) => centreIsInside(word.bbox, grid.bbox))),
      rulings,
      { taken: [...taken, ...hung.map(({ grid }) => grid.bbox)], headings: [], unevenEnds: UNEVEN_ENDS, columnEdges },
    )
    for (const grid of grids) {
      const traces = [...sheet.rules, ...verticals]
      found.push(toScanTable(scaleGrid(grid, 1 / scale), traces, doubtAlignedCells(grid, words, rulings), bend))
    }
  }
  return { tables: inReadingOrder(found), replaced }
}

/** What was read of each page on a sheet, which holds one or two side by side: each of two can lie in its own way. */
async function readSheets(
  print: LoosePrint,
  eyes: PageEyes,
  signal: AbortSignal,
): Promise<readonly (LooseWords & Pick<LoosePrint, 'rules'>)[]> {
  const whole = await readLooseWords(print, eyes, signal)
  const [first, second] = partSheets(whole.words)
  if (first === undefined || second === undefined) return [{ ...whole, rules: print.rules }]
  const last = Math.max(...first.map(({ bbox }) => bbox.x1))
  const fold = (last + Math.min(...second.map(({ bbox }) => bbox.x0))) / 2 / eyes.scale
  const sheets: (LooseWords & Pick<LoosePrint, 'rules'>)[] = []
  for (const side of [printBetween(print, 0, fold), printBetween(print, fold, Number.POSITIVE_INFINITY)]) {
    sheets.push({ ...(await readLooseWords(side, eyes, signal)), rules: side.rules })
  }
  return sheets
}

function hasMoreRows({ grid }: ScanTable, { grid: { rowEdges, bbox } }: ScanTable): boolean {
  return grid.rowEdges.length > rowEdges.length && overlaps(bbox, grid.bbox)
}

/** Whether one box lies in another for the most part. */
function overlaps(a: BoundingBox, b: BoundingBox): boolean {
  return overlapArea(a, b) > MOSTLY * Math.min(overlapArea(a, a), overlapArea(b, b))
}

/** Horizontal rules that belong to no ruled table. */
export function findLooseRules({ page, tables }: Pick<PreparedPage, 'page' | 'tables'>): readonly RulingTrace[] {
  return findHorizontalRules(page).filter((rule) => {
    const isTaken = tables.some(({ grid }) => centreIsInside(boxOf(rule), grow(grid.bbox)))
    return isAsDarkAsRules(rule, page.darkness.ink) && !isTaken
  })
}

/** Whether a stroke is dark enough for a ruling among print of this darkness (0 to 255). */
export function isAsDarkAsRules({ strength }: Pick<RulingTrace, 'strength'>, ink: number): boolean {
  return strength >= FAINTEST_RULE * Math.min(STRONGEST_RULE, ink)
}

export function toRuling(trace: RulingTrace, bend: Bend, scale: number): Ruling {
  const x = (trace.start + trace.end) / 2
  const y = traceAt(trace, x)
  return {
    orientation: trace.orientation,
    position: (y - bend.bendY(x, y)) * scale,
    start: (trace.start - bend.bendX(trace.start, y)) * scale,
    end: (trace.end - bend.bendX(trace.end, y)) * scale,
    thickness: trace.thickness * scale,
  }
}

export function scaleGrid(grid: Grid, scale: number): Grid {
  return {
    bbox: scaleBox(grid.bbox, scale),
    columnEdges: grid.columnEdges.map((edge) => edge * scale),
    rowEdges: grid.rowEdges.map((edge) => edge * scale),
    cells: grid.cells.map((cell) => ({ ...cell, bbox: scaleBox(cell.bbox, scale) })),
  }
}

/** `grid` lies on the straightened page; the table as the page bends. */
export function toScanTable(
  grid: Grid,
  rules: readonly RulingTrace[],
  doubtfulCells: readonly number[],
  bend: Bend,
): ScanTable {
  return {
    grid: bendGrid(grid, bend),
    structure: 'alignment',
    confidence: ALIGNED_CONFIDENCE,
    doubts: [],
    doubtfulCells,
    bend,
    straightRows: grid.rowEdges,
    straightColumns: grid.columnEdges,
    edges: edgesOf(grid),
    witness: null,
    agreement: null,
    traces: rules.filter((rule) => centreIsInside(boxOf(rule), grow(grid.bbox))),
  }
}

function bendGrid(grid: Grid, bend: Bend): Grid {
  const { bbox } = grid
  const [middle, level] = [(bbox.x0 + bbox.x1) / 2, (bbox.top + bbox.bottom) / 2]
  const cells = grid.cells.map((cell) => {
    const { x0, top, x1, bottom } = cell.bbox
    const [x, y] = [(x0 + x1) / 2, (top + bottom) / 2]
    const across = { x0: x0 + bend.bendX(x0, y), x1: x1 + bend.bendX(x1, y) }
    return { ...cell, bbox: { ...across, top: top + bend.bendY(x, top), bottom: bottom + bend.bendY(x, bottom) } }
  })
  const [corners, levels] = [
    [bbox.x0, middle, bbox.x1],
    [bbox.top, level, bbox.bottom],
  ]
  return {
    ...grid,
    rowEdges: grid.rowEdges.map((y) => y + bend.bendY(middle, y)),
    columnEdges: grid.columnEdges.map((x) => x + bend.bendX(x, level)),
    cells,
    bbox: {
      x0: Math.min(...levels.map((y) => bbox.x0 + bend.bendX(bbox.x0, y))),
      x1: Math.max(...levels.map((y) => bbox.x1 + bend.bendX(bbox.x1, y))),
      top: Math.min(...corners.map((x) => bbox.top + bend.bendY(x, bbox.top))),
      bottom: Math.max(...corners.map((x) => bbox.bottom + bend.bendY(x, bbox.bottom))),
    },
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

export function boxOf(rule: RulingTrace): BoundingBox {
  const at = traceAt(rule, (rule.start + rule.end) / 2)
  return rule.orientation === 'horizontal'
    ? { x0: rule.start, x1: rule.end, top: at, bottom: at }
    : { x0: at, x1: at, top: rule.start, bottom: rule.end }
}

/** A table's first and last rule lie on its edge. */
export function grow({ x0, top, x1, bottom }: BoundingBox): BoundingBox {
  return { x0: x0 - 4, top: top - 4, x1: x1 + 4, bottom: bottom + 4 }
}
