import type { Table } from '../model/table.ts'
import type { DocumentInput } from './document-input.ts'
import { type OpenOptions, openDocument, type PagesOptions } from './open-document.ts'

/**
 * The tables of a PDF or picture, page by page and from top to bottom, with the spans, boxes and readings of their cells.
 * Throws what openDocument and the reading of a page throw.
 *
 * @example
 * const tables = await extractTables('scan.png', { readers: 'both' })
 * for (const table of tables) console.log(tableToRows(table))
 */
export async function extractTables(
  input: DocumentInput,
  options: OpenOptions & PagesOptions = {},
): Promise<readonly Table[]> {
  const document = await openDocument(input, options)
  try {
    const tables: Table[] = []
    for await (const page of document.pages(options)) tables.push(...page.tables)
    return tables
  } finally {
    await document.close()
  }
}
