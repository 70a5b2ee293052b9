import type { BoundingBox } from '../../model/bounding-box.ts'
import type { TextLine, Word } from '../../model/page.ts'
import type { Cell, Table } from '../../model/table.ts'
import { type CroppedPage, cropPageLines } from '../raster/crop-lines.ts'
import { findFusedRows } from '../raster/find-fused-rows.ts'
import type { ScanTable } from '../raster/grid.ts'
import type { ColorImage, LineImage, QuarterTurns } from '../raster/image.ts'
import { dropSlivers } from '../table/drop-slivers.ts'
import { inReadingOrder } from '../table/reading-order.ts'
import type { CellReading, ReaderAnswer } from './choose-reading.ts'
import { confirmOrientation, type PreparedPage } from './confirm-orientation.ts'
import { type AlignedTables, findTablesWithoutGrid } from './find-aligned-tables.ts'
import { findPrintBeside } from './find-print-beside.ts'
import type { LooseLine } from './find-rows-beside.ts'
import { guardEngine } from './guard-engine.ts'
import { leaveOutNoise } from './leave-out-noise.ts'
import { type BoxToPoints, boxToPoints } from './map-to-points.ts'
import { partFramedTables } from './part-framed-tables.ts'
import { readUntrustedWords } from './place-words.ts'
import { type CellsReading, type InkCell, type ReadCounts, type ReaderPair, readCells } from './read-cells.ts'
import { rememberReadings } from './remember-readings.ts'
import { applyLook, type LineLook, voteLook } from './vote-look.ts'

/** A picture of a page (or of a part of it) and where it lies on the page as displayed, in points. */
export interface ScanPicture {
  readonly pageNumber: number
  readonly image: ColorImage
  readonly placement: BoundingBox
  /** Whether the pixels are a rendering of the page, not an embedded picture's own. */
  readonly isPainted: boolean
  /** How it must be turned to stand upright, where that is known without a look at it. */
  readonly quarterTurns?: QuarterTurns
}

/** Print that was read together: a cell's, or one loose line's; with every answer, and what was made of them. */
export interface TracedReading {
  readonly lines: readonly LineImage[]
  readonly answers: readonly ReaderAnswer[]
  readonly reading: CellReading
}

/** How a picture was read, step by step: `cells` are those of each of `tables`, `loose` the lines outside them. */
export interface ScanTrace extends PreparedPage {
  readonly picture: ScanPicture
  readonly look: LineLook
  readonly cells: readonly (readonly TracedReading[])[]
  readonly loose: readonly TracedReading[]
}

/** Hears how a picture was read, when all is done; it gets what was made anyway and costs nothing. */
export type ScanListener = (trace: ScanTrace) => void

/** What was read; `lines` lie outside the tables. `counts` is what it took. */
export interface ScanReading {
  readonly tables: readonly Table[]
  readonly lines: readonly TextLine[]
  readonly warnings: readonly string[]
  readonly counts: ReadCounts
}

const STRUCTURE_DOUBTFUL = 0.7
/** From this share of doubtful cells on, none of the table can be trusted. */
const MANY_DOUBTFUL = 0.3

/**
 * Reads the tables and the text of a scanned page. `untrustedWords` (points) are a scanner's text layer: a third, weak
 * witness beside each cell. @throws PipelineError page/ocr-failed when a reader fails, the signal's reason when aborted
 */
export async function readScanPage(
  picture: ScanPicture,
  readers: ReaderPair,
  untrustedWords: readonly Word[],
  signal: AbortSignal,
  tell: ScanListener = () => undefined,
): Promise<ScanReading> {
  const { first, second, detector = null } = readers
  const guarded = {
    detector,
    first: rememberReadings(guardEngine(first, picture.pageNumber)),
    second: second === null ? null : guardEngine(second, picture.pageNumber),
  }
  return readUpright(picture, guarded, untrustedWords, signal, tell)
}

async function readUpright(
  picture: ScanPicture,
  readers: ReaderPair,
  untrustedWords: readonly Word[],
  signal: AbortSignal,
  tell: ScanListener,
): Promise<ScanReading> {
  const upright = await confirmOrientation(picture.image, readers.first, signal, picture.quarterTurns)
  const toPoints = boxToPoints(upright.page.toSource, picture.image, picture.placement)
  const look = await voteLook(readers.first, upright.crops, signal)
  const pointsPerPixel = (picture.placement.x1 - picture.placement.x0) / picture.image.width
  const eyes = { engine: readers.first, detector: readers.detector ?? null, look, scale: pointsPerPixel }
  const parted = { ...upright, tables: await partFramedTables(upright, eyes, signal) }
  const without = await findTablesWithoutGrid(parted, eyes, signal)
  const isFound = without.tables.length > 0 || parted.tables.some((table, index) => table !== upright.tables[index])
  const prepared = isFound ? withTables(parted, without) : upright
  const { tables: scanTables, crops: measured } = prepared
  const show = (line: LineImage) => applyLook(line, look)

  const outside = await readOutside(measured.textLines, show, readers, signal)
  const beside = findPrintBeside(scanTables, outside.lines, measured.glyphHeightPx)
  const warnings = [...warnAbout(measured, scanTables, look.factor, outside.noise), ...beside.told]
  const counts = { ...outside.counts }
  const tables: Table[] = []
  const traced: TracedReading[][] = []
  for (const [index, cropped] of measured.tables.entries()) {
    const cells = cropped.cells.map((cell) => ({ ...cell, lines: cell.lines.map(show) }))
    const read = await readCells(cells, readers, signal)
    counts.first += read.counts.first
    counts.second += read.counts.second
    traced.push(toTraced(cells, read))
    const scanTable = scanTables[index]
    if (scanTable === undefined) continue
    const doubtful = [
      ...new Set([...scanTable.doubtfulCells, ...findFusedRows(cropped.cells), ...(beside.doubtful[index] ?? [])]),
    ]
    const placed = cells.map((cell, i) => toCell(cell, read.readings[i], toPoints, untrustedWords))
    const table = toTable(picture.pageNumber, index + 1, scanTable, doubtful, placed, toPoints)
    tables.push(withoutSlivers(table, measured.glyphHeightPx * pointsPerPixel))
  }
  tell({ ...prepared, picture, look, cells: traced, loose: outside.traced })
  const lines = outside.lines.map(({ text, bboxPx }) => toTextLine(text, toPoints(bboxPx)))
  return { tables, lines, warnings, counts }
}

/** What was read outside the tables; `noise` is how many marks were left out. */
interface OutsideReading {
  readonly lines: readonly LooseLine[]
  readonly traced: readonly TracedReading[]
  readonly counts: ReadCounts
  readonly noise: number
}

/** Reads print outside the tables; a line that nobody can read is none. */
async function readOutside(
  textLines: readonly LineImage[],
  show: (line: LineImage) => LineImage,
  readers: ReaderPair,
  signal: AbortSignal,
): Promise<OutsideReading> {
  const shown = textLines.map(show)
  const { print, noise } = await leaveOutNoise(shown, readers.first, signal)
  const loose = print.map((index) => ({ row: -1, column: -1, columnSpan: 1, lines: shown.slice(index, index + 1) }))
  const read = await readCells(loose, readers, signal)
  const lines = print.flatMap((place, index) => {
    const [line, text] = [textLines[place], read.readings[index]?.text ?? '']
    return line === undefined || text === '' ? [] : [{ text, bboxPx: line.bboxPx }]
  })
  return { lines, traced: toTraced(loose, read), counts: read.counts, noise }
}

/** The page with more tables, its print shared out anew. */
function withTables(prepared: PreparedPage, { tables, replaced }: AlignedTables): PreparedPage {
  const { page } = prepared
  const all = inReadingOrder([...prepared.tables.filter((table) => !replaced.includes(table)), ...tables])
  return { page, tables: all, crops: cropPageLines(page, all) }
}

function toTraced(cells: readonly InkCell[], { readings, answers }: CellsReading): TracedReading[] {
  return readings.map((reading, index) => ({
    lines: cells[index]?.lines ?? [],
    answers: answers[index] ?? [],
    reading,
  }))
}

function toTextLine(text: string, bbox: BoundingBox): TextLine {
  return { text, bbox, origin: 'ocr' }
}

function warnAbout(page: CroppedPage, tables: readonly ScanTable[], factor: number, noise: number): string[] {
  const warnings = tables.flatMap((table, index) => table.doubts.map((doubt) => `table ${index + 1}: ${doubt}`))
  if (factor !== 1) {
    warnings.push(`glyphs measured as ${page.glyphHeightPx.toFixed(0)} px high read better at ${factor} times that`)
  }
  if (noise > 0) warnings.push(`${noise} marks outside the tables are no print`)
  return warnings
}

function toCell(
  cell: { row: number; column: number; rowSpan: number; columnSpan: number; bboxPx: BoundingBox },
  reading: CellReading | undefined,
  toPoints: BoxToPoints,
  untrustedWords: readonly Word[],
): Cell {
  const bbox = toPoints(cell.bboxPx)
  const layer = readUntrustedWords(untrustedWords, bbox)
  const { row, column, rowSpan, columnSpan } = cell
  return {
    row,
    column,
    rowSpan,
    columnSpan,
    bbox,
    text: reading?.text ?? '',
    origin: 'ocr',
    confidence: reading?.confidence ?? null,
    readings: [...(reading?.readings ?? []), ...(layer === null ? [] : [layer])],
    flags: [...(reading?.flags ?? [])],
  }
}

/** Numbers of rows and columns are those that are left. */
function withoutSlivers(table: Table, glyphHeight: number): Table {
  const cells = dropSlivers(table.cells, glyphHeight)
  if (cells === table.cells) return table
  const rowCount = Math.max(0, ...cells.map(({ row, rowSpan }) => row + rowSpan))
  const columnCount = Math.max(0, ...cells.map(({ column, columnSpan }) => column + columnSpan))
  return { ...table, cells, rowCount, columnCount }
}

function toTable(
  pageNumber: number,
  tableIndex: number,
  { grid, confidence, structure }: ScanTable,
  doubtfulCells: readonly number[],
  cells: readonly Cell[],
  toPoints: BoxToPoints,
): Table {
  const isDoubtful = confidence < STRUCTURE_DOUBTFUL || doubtfulCells.length > MANY_DOUBTFUL * cells.length
  const doubtful = new Set(doubtfulCells)
  return {
    pageNumber,
    tableIndex,
    bbox: toPoints(grid.bbox),
    rowCount: grid.rowEdges.length - 1,
    columnCount: grid.columnEdges.length - 1,
    structure,
    structureConfidence: Math.max(0, Math.min(1, confidence)),
    cells: cells.map((cell, index) =>
      isDoubtful || doubtful.has(index) ? { ...cell, flags: [...cell.flags, 'structure-uncertain'] } : cell,
    ),
  }
}
