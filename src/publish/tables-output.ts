import { type Table, tableToRows } from '../model/table.ts'
import { escapeHtml } from './escape-html.ts'
import { fillPlaces, type Language } from './languages.ts'
import { toCsvLine } from './to-csv.ts'
import { roundTo, toBoxJson } from './to-json-lines.ts'

export const TABLE_FORMATS = ['csv', 'json', 'html'] as const
/** csv: all tables, set apart by an empty line. json: with spans, boxes and confidences. html: one page that can be looked at. */
export type TableFormat = (typeof TABLE_FORMATS)[number]

/** The tables of one file in the format asked for, ready to be written out; ends with a line end. Only HTML has words, in the `language`. */
export function formatTables(
  fileName: string,
  tables: readonly Table[],
  format: TableFormat,
  language: 'zh' | 'en' = 'en',
): string {
  switch (format) {
    case 'csv':
      return toCsv(tables)
    case 'json':
      return `${JSON.stringify(toJson(fileName, tables), null, 2)}\n`
    case 'html':
      return toHtml(fileName, tables, language)
  }
}

/** Several tables are set apart by an empty line; a merged cell's text stands once. */
function toCsv(tables: readonly Table[]): string {
  return tables
    .map((table) =>
      tableToRows(table)
        .map((row) => `${toCsvLine(row)}\n`)
        .join(''),
    )
    .join('\n')
}

function toJson(fileName: string, tables: readonly Table[]) {
  return {
    file_name: fileName,
    tables: tables.map((table) => ({
      page_number: table.pageNumber,
      table_index: table.tableIndex,
      bbox: toBoxJson(table.bbox),
      rows: tableToRows(table),
      cells: table.cells.map((cell) => ({
        row: cell.row,
        column: cell.column,
        row_span: cell.rowSpan,
        column_span: cell.columnSpan,
        text: cell.text,
        bbox: toBoxJson(cell.bbox),
        origin: cell.origin,
        confidence: cell.confidence === null ? null : roundTo(cell.confidence, 3),
      })),
    })),
  }
}

function toHtml(fileName: string, tables: readonly Table[], language: Language): string {
  const title = escapeHtml(fileName)
  return `<!doctype html>
<html lang="zh-Hans">
<head><meta charset="utf-8"><title>${title}</title>
<style>
body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem }
table { border-collapse: collapse; margin-bottom: 2rem }
caption { text-align: left; color: #555; padding: 0.25rem 0 }
td { border: 1px solid #999; padding: 0.15rem 0.5rem; white-space: pre-line; vertical-align: top }
</style></head>
<body>
<h1>${title}</h1>
${tables.map((table) => tableToHtml(table, language)).join('\n')}
</body>
</html>
`
}

const CAPTIONS: Readonly<Record<Language, string>> = {
  zh: '第 {page} 页，表 {table}',
  en: 'page {page}, table {table}',
}

function tableToHtml(table: Table, language: Language): string {
  const rows = Array.from({ length: table.rowCount }, (_, row) => {
    const cells = table.cells.filter((cell) => cell.row === row).toSorted((a, b) => a.column - b.column)
    return `<tr>${cells.map((cell) => `<td${span('rowspan', cell.rowSpan)}${span('colspan', cell.columnSpan)}>${escapeHtml(cell.text)}</td>`).join('')}</tr>`
  })
  const caption = fillPlaces(CAPTIONS[language], { page: table.pageNumber, table: table.tableIndex })
  return `<table>\n<caption>${caption}</caption>\n${rows.join('\n')}\n</table>`
}

function span(attribute: string, count: number): string {
  return count === 1 ? '' : ` ${attribute}="${count}"`
}
