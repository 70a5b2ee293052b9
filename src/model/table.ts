import { z } from 'zod'
import { BoundingBox } from './bounding-box.ts'
import { LinePosteriors } from './line-posteriors.ts'

/**
 * Who read a text. text-layer: a trusted layer (not a reading at all, the document's own characters);
 * untrusted-text-layer: a scanner's layer, a weak witness; paddle and tesseract: OCR engines.
 */
export const ReaderName = z.enum(['text-layer', 'untrusted-text-layer', 'paddle', 'tesseract'])
export type ReaderName = z.infer<typeof ReaderName>

/** One character as read: its engine confidence (0 to 1) and what else it could be, best first. */
export const CharacterReading = z
  .object({
    text: z.string(),
    confidence: z.number().min(0).max(1),
    alternatives: z.array(z.object({ text: z.string(), confidence: z.number() }).readonly()).readonly(),
  })
  .readonly()
export type CharacterReading = z.infer<typeof CharacterReading>

/**
 * What one reader saw in one cell. `lines` are top to bottom, without line ends; `confidence` is the engine's own
 * (0 to 1, the least sure line), null for text layers. It is not our calibrated confidence. `posteriors`, where the engine
 * gives them, are those of the same pixels, one for each line; a reading that is put together otherwise has none.
 */
export const Reading = z
  .object({
    reader: ReaderName,
    lines: z.array(z.string()).readonly(),
    confidence: z.number().min(0).max(1).nullable(),
    characters: z.array(CharacterReading).readonly(),
    posteriors: z.array(LinePosteriors).readonly().optional(),
  })
  .refine(
    ({ lines, posteriors }) => posteriors === undefined || posteriors.length === lines.length,
    'one for each line',
  )
  .readonly()
export type Reading = z.infer<typeof Reading>

/**
 * A cell of a table. `row` and `column` are 0-based positions of its first row and column in the grid.
 * `text` is the best reading, lines joined; `readings` holds all, the best first; an empty cell has text '' and none.
 */
export const Cell = z
  .object({
    row: z.number().int().min(0),
    column: z.number().int().min(0),
    rowSpan: z.number().int().min(1),
    columnSpan: z.number().int().min(1),
    bbox: BoundingBox,
    text: z.string(),
    origin: z.enum(['text', 'ocr']),
    confidence: z.number().min(0).max(1).nullable(),
    readings: z.array(Reading).readonly(),
    flags: z.array(z.string()).readonly(),
  })
  .readonly()
export type Cell = z.infer<typeof Cell>

/**
 * A table of one page: the wall between `extract` and `normalize`. `tableIndex` is 1-based, top to bottom on the page.
 * `structure` says how the grid was found; `structureConfidence` (0 to 1) how well its witnesses agree.
 */
export const Table = z
  .object({
    pageNumber: z.number().int().min(1),
    tableIndex: z.number().int().min(1),
    bbox: BoundingBox,
    rowCount: z.number().int().min(1),
    columnCount: z.number().int().min(1),
    structure: z.enum(['vector-rulings', 'pixel-rulings', 'alignment']),
    structureConfidence: z.number().min(0).max(1),
    cells: z.array(Cell).readonly(),
  })
  .readonly()
export type Table = z.infer<typeof Table>

/** The table as rows of strings; a merged cell's text stands in its first row and column, the rest are ''. */
export function tableToRows(table: Table): string[][] {
  const rows = Array.from({ length: table.rowCount }, () => Array.from({ length: table.columnCount }, () => ''))
  for (const cell of table.cells) {
    const row = rows[cell.row]
    if (row !== undefined) row[cell.column] = cell.text
  }
  return rows
}
