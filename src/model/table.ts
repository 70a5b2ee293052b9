import { z } from 'zod'
import { BoundingBox } from './bounding-box.ts'
import { LinePosteriors } from './line-posteriors.ts'

/**
 * Who read a text. text-layer: a trusted layer (not a reading at all, the document's own characters);
 * untrusted-text-layer: a scanner's layer, a weak witness; paddle and tesseract: OCR engines.
 */
export type ReaderName = 'text-layer' | 'untrusted-text-layer' | 'paddle' | 'tesseract'
/** Its schema. @hidden */
export const ReaderName: z.ZodType<ReaderName> = z.enum(['text-layer', 'untrusted-text-layer', 'paddle', 'tesseract'])

/** One character as read. */
export interface CharacterReading {
  readonly text: string
  /** The engine's own, 0 to 1. */
  readonly confidence: number
  /** What else it could be, best first. */
  readonly alternatives: readonly { readonly text: string; readonly confidence: number }[]
}
/** Its schema. @hidden */
export const CharacterReading: z.ZodType<CharacterReading> = z
  .object({
    text: z.string(),
    confidence: z.number().min(0).max(1),
    alternatives: z.array(z.object({ text: z.string(), confidence: z.number() }).readonly()).readonly(),
  })
  .readonly()

/** What one reader saw in one cell. */
export interface Reading {
  readonly reader: ReaderName
  /** Top to bottom, without line ends. */
  readonly lines: readonly string[]
  /** The engine's own for the least sure line, 0 to 1; null for text layers. It is not a calibrated confidence. */
  readonly confidence: number | null
  readonly characters: readonly CharacterReading[]
  /**
   * Where the engine gives them, those of the same pixels, one for each line; a reading that is put together otherwise has
   * none.
   */
  readonly posteriors?: readonly LinePosteriors[] | undefined
}
/** Its schema. @hidden */
export const Reading: z.ZodType<Reading> = z
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

/** A cell of a table. */
export interface Cell {
  /** 0-based position of its first row in the grid. */
  readonly row: number
  /** 0-based position of its first column in the grid. */
  readonly column: number
  /** Rows of the grid that it takes, from 1. */
  readonly rowSpan: number
  /** Columns of the grid that it takes, from 1. */
  readonly columnSpan: number
  readonly bbox: BoundingBox
  /** The best reading, its lines joined; empty for an empty cell. */
  readonly text: string
  /** text: characters of a trusted text layer; ocr: read from pixels. */
  readonly origin: 'text' | 'ocr'
  /** The best reading's, 0 to 1; null for text layers and empty cells. */
  readonly confidence: number | null
  /** All readings, the best first; none for an empty cell. */
  readonly readings: readonly Reading[]
  /** Codes of doubts about the cell, each explained in docs/flags.md. */
  readonly flags: readonly string[]
}
/** Its schema. @hidden */
export const Cell: z.ZodType<Cell> = z
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

/** A table of one page: the wall between `extract` and `normalize`. */
export interface Table {
  readonly pageNumber: number
  /** 1-based, top to bottom on the page. */
  readonly tableIndex: number
  readonly bbox: BoundingBox
  readonly rowCount: number
  readonly columnCount: number
  /** How the grid was found: lines that the PDF draws, lines among the pixels, or text that stands in columns. */
  readonly structure: 'vector-rulings' | 'pixel-rulings' | 'alignment'
  /** How well the witnesses of the grid agree, 0 to 1. */
  readonly structureConfidence: number
  /** Every cell once, also empty ones; a merged cell has spans. */
  readonly cells: readonly Cell[]
}
/** Its schema. @hidden */
export const Table: z.ZodType<Table> = z
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

/** The table as rows of strings; a merged cell's text stands in its first row and column, the rest are ''. */
export function tableToRows(table: Table): string[][] {
  const rows = Array.from({ length: table.rowCount }, () => Array.from({ length: table.columnCount }, () => ''))
  for (const cell of table.cells) {
    const row = rows[cell.row]
    if (row !== undefined) row[cell.column] = cell.text
  }
  return rows
}
