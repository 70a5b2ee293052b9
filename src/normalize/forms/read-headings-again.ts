import type { FormTable } from './find-form-tables.ts'
import { assignHeadings, headerPath } from './find-header.ts'

/**
 * A scanned table whose later pages print its header again, with columns known by all of its headings: what is damaged on one page can
 * be read on another.
 */
export function readHeadingsAgain<T extends FormTable>(table: T): T {
  const { header, segments } = table
  const view = segments[0]?.view
  const later = segments.slice(1).flatMap(({ view: other, headingStart }) => {
    return headingStart === undefined ? [] : [{ other, headingStart }]
  })
  const isScanned = view?.table.cells.some(({ origin }) => origin === 'ocr') === true
  if (view === undefined || later.length === 0 || !isScanned) return table
  const depth = header.headerEnd - header.headerStart
  const again = (column: number) =>
    later.map(({ other, headingStart }) => headerPath(other, column, headingStart, headingStart + depth))
  const assignments = assignHeadings(view, header.form, header.headerStart, header.headerEnd, again)
  return { ...table, header: { ...header, assignments } }
}
