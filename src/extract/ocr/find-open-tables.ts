import { groupBy } from '../../model/group-by.ts'
import type { ScanTable } from '../raster/grid.ts'
import type { LineImage } from '../raster/image.ts'
import type { PreparedPage } from './confirm-orientation.ts'
import type { PageEyes } from './read-loose-words.ts'
import { applyLook } from './vote-look.ts'

/** So many lines in so many cells of one row suggest that no ruling parts its rows. */
const FEWEST_LINES = 3
const FEWEST_CELLS = 3
/** As many lines as the usual cell of the row, this exactly. */
const ALIKE = 0.75
/** Numbers alone; between two columns that no ruling parts there may be several on a line. */
const NUMBERS = /^[\d.,，。·\s-]+$/

/**
 * Tables whose rulings part columns but not rows: several cells of one row hold as many lines, and one of them a number on
 * each. No cell of a table holds several numbers one below the other. @throws the signal's reason when aborted
 */
export async function findOpenTables(
  { tables, crops }: PreparedPage,
  { engine, look }: PageEyes,
  signal: AbortSignal,
): Promise<readonly ScanTable[]> {
  const open: ScanTable[] = []
  for (const [index, table] of tables.entries()) {
    const cells = crops.tables[index]?.cells ?? []
    for (const lines of tallCells(cells)) {
      const shown = lines.map((line) => applyLook(line, look))
      const readings = await engine.recognize(shown, 'any', signal)
      const numbers = readings.filter(({ text }) => NUMBERS.test(text) && /\d/.test(text))
      if (numbers.length < ALIKE * lines.length) continue
      open.push(table)
      break
    }
  }
  return open
}

/** The lines of cells of rows in which several cells hold about as many, those with the narrowest lines first. */
function tallCells(
  cells: readonly { readonly row: number; readonly rowSpan: number; readonly lines: readonly LineImage[] }[],
): readonly (readonly LineImage[])[] {
  const rows = groupBy(cells, ({ row }) => row)
  return [...rows.values()].flatMap((row) => {
    const tall = row.filter(({ rowSpan, lines }) => rowSpan === 1 && lines.length >= FEWEST_LINES)
    const counts = tall.map(({ lines }) => lines.length).toSorted((a, b) => a - b)
    const usual = counts[counts.length >> 1] ?? 0
    const alike = tall.filter(({ lines }) => lines.length >= ALIKE * usual && lines.length <= usual / ALIKE)
    if (alike.length < FEWEST_CELLS) return []
    return alike.map(({ lines }) => lines).toSorted((a, b) => widthOf(a) - widthOf(b))
  })
}

function widthOf(lines: readonly LineImage[]): number {
  return Math.max(...lines.map(({ bboxPx }) => bboxPx.x1 - bboxPx.x0))
}
