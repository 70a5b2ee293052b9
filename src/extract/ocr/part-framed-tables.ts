import { centreIsInside } from '../../model/bounding-box.ts'
import type { Ruling } from '../../model/page.ts'
import type { RulingTrace } from '../raster/find-rulings.ts'
import { findHorizontalRules } from '../raster/find-scan-tables.ts'
import { findFramedPrint, type LoosePrint } from '../raster/find-text-pieces.ts'
import type { ScanTable } from '../raster/grid.ts'
import { doubtAlignedCells } from '../table/doubt-aligned-cells.ts'
import { findFramedGrid } from '../table/find-framed-grid.ts'
import type { PreparedPage } from './confirm-orientation.ts'
import { boxOf, grow, isAsDarkAsRules, scaleGrid, toRuling, toScanTable } from './find-aligned-tables.ts'
import { type PageEyes, readLooseWords } from './read-loose-words.ts'

/** What is said of a table of one column whose print stands in columns that nobody could make out. */
const UNPARTED = 'its print stands in columns, and nothing was found that parts them'

/**
 * The ruled tables of a page, those of one column parted where their print stands in columns: only a frame was drawn around the table, perhaps with a
 * rule under its headings. Where no columns can be made out the table says so, and all its cells are in doubt. A page without such frames costs no reading.
 * @throws the signal's reason when aborted
 */
export async function partFramedTables(
  { page, tables, crops }: PreparedPage,
  eyes: PageEyes,
  signal: AbortSignal,
): Promise<readonly ScanTable[]> {
  const rules = tables.map((table) => rulesInside(table, findHorizontalRules(page), page.darkness.ink))
  const framed = findFramedPrint(page, tables, rules, crops.glyphHeightPx)
  const parted: ScanTable[] = []
  for (const [index, table] of tables.entries()) {
    const print = framed[index] ?? null
    const columns = print === null ? table : await partFrame(table, print, rules[index] ?? [], eyes, signal)
    parted.push(columns ?? inDoubt(table))
  }
  return parted
}

/** Horizontal rules in a frame that part none of its rows: they lie under headings over some of the columns. */
function rulesInside({ grid, traces }: ScanTable, rules: readonly RulingTrace[], ink: number): readonly RulingTrace[] {
  return rules.filter((rule) => {
    return !traces.includes(rule) && isAsDarkAsRules(rule, ink) && centreIsInside(boxOf(rule), grow(grid.bbox))
  })
}

/** The table in a frame; null where no columns can be made out. */
async function partFrame(
  frame: ScanTable,
  print: LoosePrint,
  rules: readonly RulingTrace[],
  eyes: PageEyes,
  signal: AbortSignal,
): Promise<ScanTable | null> {
  const { words, bend } = await readLooseWords(print, eyes, signal)
  const { scale } = eyes
  const inner = rules.map((rule) => toRuling(rule, bend, scale))
  const levels = levelsOf(frame, (x, y) => ({ x: x - bend.bendX(x, y), y: y - bend.bendY(x, y) }))
  const all = [...levels.map((level) => scaleRuling(level, scale)), ...inner]
  const grid = findFramedGrid(words, all)
  if (grid === null) return null
  const { printOnTraces } = frame
  return {
    ...toScanTable(scaleGrid(grid, 1 / scale), rules, doubtAlignedCells(grid, words, all), bend),
    traces: [...frame.traces, ...rules],
    ...(printOnTraces === undefined ? {} : { printOnTraces }),
  }
}

/** The edges between the rows of a frame, in pixels of the page that is straightened by `straighten`. */
function levelsOf(
  { grid: { rowEdges, columnEdges } }: ScanTable,
  straighten: (x: number, y: number) => { readonly x: number; readonly y: number },
): readonly Ruling[] {
  const [left, right] = [columnEdges[0] ?? 0, columnEdges.at(-1) ?? 0]
  return rowEdges.map((y) => ({
    orientation: 'horizontal',
    position: straighten((left + right) / 2, y).y,
    start: straighten(left, y).x,
    end: straighten(right, y).x,
    thickness: 1,
  }))
}

function scaleRuling(ruling: Ruling, scale: number): Ruling {
  const [position, start, end] = [ruling.position * scale, ruling.start * scale, ruling.end * scale]
  return { ...ruling, position, start, end, thickness: ruling.thickness * scale }
}

function inDoubt(table: ScanTable): ScanTable {
  return { ...table, doubts: [...table.doubts, UNPARTED], doubtfulCells: table.grid.cells.map((_, index) => index) }
}
