import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Table, tableToRows } from '../src/model/table.ts'
import { openStore } from '../src/store/open-store.ts'
import type { FoundTable } from './score-tables.ts'

/** The tables of every page that a run left in its store, by file name: what `gongkai tables` prints, read once only. */
export async function readFoundTables(directory: string): Promise<ReadonlyMap<string, readonly FoundTable[]>> {
  const store = await openStore(directory, 'existing')
  try {
    const byFile = new Map<string, FoundTable[]>()
    for (const line of readFileSync(join(directory, 'documents.jsonl'), 'utf8').split('\n')) {
      if (line === '') continue
      const document = JSON.parse(line) as { document_id: string; file_name: string }
      const rows = store.database.all<{ job_id: string }>(
        'select job_id from pages where document_id = ? and artefact is not null order by page_number',
        document.document_id,
      )
      const pages = store.pages.findAll(rows.map((row) => row.job_id))
      const tables = pages.flatMap((page) => store.pages.readExtract(page).tables)
      byFile.set(document.file_name, tables.map(toFound))
    }
    return byFile
  } finally {
    store.close()
  }
}

function toFound(table: Table): FoundTable {
  return { pageNumber: table.pageNumber, rows: tableToRows(table) }
}
