import type { Reading } from '../../model/table.ts'
import type { TextPageExtract } from './extract-text-page.ts'

/** What a text layer gives that nobody trusts and that no picture can correct: the same cells and lines, as a weak witness's. */
export function distrustText({ tables, lines }: TextPageExtract): TextPageExtract {
  return {
    tables: tables.map((table) => ({
      ...table,
      cells: table.cells.map((cell) => ({ ...cell, origin: 'ocr', readings: cell.readings.map(asUntrusted) })),
    })),
    lines: lines.map((line) => ({ ...line, origin: 'untrusted-text' })),
  }
}

function asUntrusted(reading: Reading): Reading {
  return { ...reading, reader: 'untrusted-text-layer' }
}
