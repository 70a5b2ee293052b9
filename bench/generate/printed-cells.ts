import { mergedRows } from './page-html.ts'
import { headerRows, type Sheet, type SheetRow } from './sheet.ts'

/**
 * The cells of one page's table as printed, row by row, headings included: what `gongkai tables` must give. A merged
 * cell's text stands in its first row and column, the rest are ''.
 */
export function printedCells({ columns }: Sheet, rows: readonly SheetRow[], hasHeader: boolean): string[][] {
  const head = headerRows(columns).map((cells) => {
    const texts = columns.map(() => '')
    for (const { column, text } of cells) texts[column] = text
    return texts
  })
  const body = rows.map((row, position) =>
    columns.map((column, index) => {
      if (index > 0 && index < row.labelSpan) return ''
      const isCovered = column.mergesDown === true && mergedRows(rows, position, index) === 0
      return isCovered ? '' : (row.cells[index] ?? '')
    }),
  )
  return hasHeader ? [...head, ...body] : body
}
