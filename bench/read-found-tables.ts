import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Table, tableToRows } from '../src/model/table.ts'
import { openStore } from '../src/store/open-store.ts'
import { readExtract } from '../src/store/pages.ts'
import { localStore } from '../src/store/store-location.ts'
import type { FoundTable } from './score-tables.ts'

/** The tables of every page that a run left in its store, by file name: what `gongkai tables` prints, read once only. */
export async function readFoundTables(directory: string): Promise<ReadonlyMap<string, readonly FoundTable[]>> {
  const store = await openStore(localStore(directory), 'existing')
  try {
    const byFile = new Map<string, FoundTable[]>()
    for (const line of readFileSync(join(directory, 'documents.jsonl'), 'utf8').split('\n')) {
      if (line === '') continue
      const document = JSON.parse(line) as { document_id: string; file_name: string }
      const stored = await store.documents.get(document.document_id)
      const pages = await store.pages.findAll(stored.pageJobIds)
      const tables: Table[] = []
      for (const page of pages.filter(({ artefact }) => artefact !== null)) {
        tables.push(...(await readExtract(store.artefacts, page)).tables)
      }
      byFile.set(document.file_name, tables.map(toFound))
    }
    return byFile
  } finally {
    await store.close()
  }
}

function toFound(table: Table): FoundTable {
  return { pageNumber: table.pageNumber, rows: tableToRows(table) }
}
