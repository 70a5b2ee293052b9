import { boxWidth } from '../../model/bounding-box.ts'
import type { PageExtract } from '../../model/page.ts'
import { type Table, tableToRows } from '../../model/table.ts'

/** One page's part of a table. `repeatedHeaderRows` counts its first rows that say again what the first part's said. */
export interface TablePart {
  readonly pageNumber: number
  readonly tableIndex: number
  readonly repeatedHeaderRows: number
}

/** A table that may go over page breaks, in page order. */
export interface TableGroup {
  readonly parts: readonly TablePart[]
}

/** Column edges agree within this share of the table's width. */
const EDGE_TOLERANCE = 0.012
/** Repeated headings are looked for in this many rows. */
const MOST_HEADER_ROWS = 6

/**
 * Which tables go on over page breaks: the last table of a page and the first of the next page (no blank page between)
 * with the same columns, where no text but a page's furniture (its number, running title, unit) stands between them.
 */
export function continueTables(pages: readonly PageExtract[]): TableGroup[] {
  const groups: { parts: TablePart[]; first: Table; last: Table }[] = []
  let open: { group: (typeof groups)[number]; page: PageExtract } | null = null
  for (const page of pages.toSorted((a, b) => a.pageNumber - b.pageNumber)) {
    const tables = page.tables.toSorted((a, b) => a.tableIndex - b.tableIndex)
    tables.forEach((table, index) => {
      const previous = index === 0 ? open : null
      if (previous !== null && goesOn(previous.group.last, previous.page, table, page)) {
        const repeatedHeaderRows = countRepeatedRows(previous.group.first, table)
        previous.group.parts.push({ pageNumber: page.pageNumber, tableIndex: table.tableIndex, repeatedHeaderRows })
        previous.group.last = table
        return
      }
      const part = { pageNumber: page.pageNumber, tableIndex: table.tableIndex, repeatedHeaderRows: 0 }
      groups.push({ parts: [part], first: table, last: table })
    })
    const lastTable = tables.at(-1)
    const group = groups.find((other) => other.last === lastTable)
    open = lastTable !== undefined && group !== undefined ? { group, page } : null
  }
  return groups.map(({ parts }) => ({ parts }))
}

function goesOn(above: Table, abovePage: PageExtract, below: Table, belowPage: PageExtract): boolean {
  if (belowPage.pageNumber !== abovePage.pageNumber + 1) return false
  if (!haveSameColumns(above, below)) return false
  const after = abovePage.lines.filter((line) => line.bbox.top >= above.bbox.bottom && !isFurniture(line.text))
  const before = belowPage.lines.filter((line) => line.bbox.bottom <= below.bbox.top && !isFurniture(line.text))
  if (after.length > 0) return false
  // A heading above the second part starts a new table, unless the first part stood under the very same one.
  const headings = new Set(abovePage.lines.map((line) => compact(line.text)))
  return before.every((line) => headings.has(compact(line.text)))
}

/** Page numbers, units and dates of print say nothing about where a table ends. */
function isFurniture(text: string): boolean {
  const plain = compact(text)
  return /^[-—–·第页共/\d]*$/.test(plain) || /^[（(]?(金额)?单位[:：]/.test(plain) || /续表?[）)]?$/.test(plain)
}

function compact(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '')
}

function haveSameColumns(above: Table, below: Table): boolean {
  if (above.columnCount !== below.columnCount || above.columnCount < 2) return false
  const tolerance = EDGE_TOLERANCE * Math.max(boxWidth(above.bbox), boxWidth(below.bbox))
  const [edgesAbove, edgesBelow] = [columnStarts(above), columnStarts(below)]
  return edgesAbove.every((edge, column) => {
    const other = edgesBelow[column]
    // A column that is merged away in every row of one part has no place of its own there.
    return edge === null || other === null || other === undefined || Math.abs(edge - other) <= tolerance
  })
}

function columnStarts(table: Table): (number | null)[] {
  return Array.from({ length: table.columnCount + 1 }, (_, column) => {
    const starting = table.cells.find((cell) => cell.column === column)
    const ending = table.cells.find((cell) => cell.column + cell.columnSpan === column)
    return starting?.bbox.x0 ?? ending?.bbox.x1 ?? null
  })
}

function countRepeatedRows(first: Table, next: Table): number {
  const [rowsAbove, rowsBelow] = [tableToRows(first), tableToRows(next)]
  let count = 0
  while (count < Math.min(MOST_HEADER_ROWS, rowsBelow.length)) {
    const [above, below] = [rowsAbove[count], rowsBelow[count]]
    if (above === undefined || below === undefined || !above.some((text) => text !== '')) break
    if (above.some((text, column) => compact(text) !== compact(below[column] ?? ''))) break
    count += 1
  }
  return count
}
