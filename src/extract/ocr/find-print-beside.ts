import type { ScanTable } from '../raster/grid.ts'
import { findColumnsBeside } from './find-columns-beside.ts'
import { findLooseRows, findRowsBeside, type LooseLine } from './find-rows-beside.ts'

/** What was not found to be in any table, in words, and the cells (indexes) of each table that are in doubt for it. */
export interface PrintOutside {
  readonly told: readonly string[]
  readonly doubtful: readonly (readonly number[])[]
}

/**
 * What of the print outside the tables of a page looks like a row or a column of one: the scan has lost its rulings. `glyph` is the height
 * of print in pixels.
 */
export function findPrintBeside(
  tables: readonly ScanTable[],
  lines: readonly LooseLine[],
  glyph: number,
): PrintOutside {
  if (tables.length === 0) {
    const told = findLooseRows(lines).map((text) => `without a table, this looks like a row of one: ${text}`)
    return { told, doubtful: [] }
  }
  const found = tables.map((table, index) => {
    const others = tables.filter((other) => other !== table)
    const rows = findRowsBeside(table, lines, glyph, others)
    const columns = findColumnsBeside(table, lines, glyph)
    const name = `table ${index + 1}`
    const told = [
      ...rows.map(({ text }) => `${name}: beside it stands what looks like a row of it: ${text}`),
      ...columns.map(({ text }) => `${name}: beside it stands what looks like a column of it: ${text}`),
    ]
    return { told, cells: [...rows, ...columns].flatMap(({ cells }) => cells) }
  })
  return { told: found.flatMap(({ told }) => told), doubtful: found.map(({ cells }) => cells) }
}
