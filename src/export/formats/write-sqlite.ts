import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '../../publish/replace-file.ts'
import { removeLeftovers } from '../../publish/write-outputs.ts'
import { loadDatabaseClass } from '../../store/sqlite-library.ts'
import type { DatasetWriter } from '../dataset-writer.ts'
import { temporaryName } from '../file-target.ts'
import { DATASET_TABLES } from '../tables/dataset-tables.ts'
import type { ColumnType } from '../tables/table-definition.ts'
import { CREATE_TABLES, CREATE_VIEWS_AND_INDEXES, insertStatement } from './sqlite-statements.ts'

/** `dataset.sqlite`: every table with its keys, views and full-text search. */
export async function openSqliteWriter(folder: string): Promise<DatasetWriter> {
  const path = join(folder, 'dataset.sqlite')
  const temporary = temporaryName(path)
  removeLeftovers(folder)
  rmSync(temporary, { force: true })
  const DatabaseClass = await loadDatabaseClass()
  const database = new DatabaseClass(temporary)
  let isOpen = true
  // Nobody reads the file before it is whole, so its journal need not be a file (none at all is refused by SQLite's defensive mode).
  database.exec(
    'pragma page_size = 4096; pragma journal_mode = memory; pragma synchronous = off; pragma foreign_keys = off',
  )
  database.exec('begin')
  for (const statement of CREATE_TABLES) database.exec(statement)
  const inserts = DATASET_TABLES.map(({ name, columns }) => ({
    name,
    types: columns.map(({ type }) => type),
    statement: database.prepare(insertStatement(name, columns)),
  }))
  const close = () => {
    isOpen = false
    database.close()
  }
  return {
    add(rows) {
      for (const { name, types, statement } of inserts) {
        for (const row of rows.get(name) ?? [])
          statement.run(...row.map((value, index) => toSqlite(value, types[index])))
      }
    },
    async finish() {
      for (const statement of CREATE_VIEWS_AND_INDEXES) database.exec(statement)
      database.exec('commit')
      database.exec('vacuum')
      close()
      replaceFile(temporary, path)
      return [path]
    },
    discard() {
      if (!isOpen) return
      close()
      rmSync(temporary, { force: true })
    },
  }
}

function toSqlite(value: string | null, type: ColumnType | undefined): string | number | null {
  if (value === null) return null
  if (type === 'integer' || type === 'measure') return Number(value)
  return type === 'boolean' ? Number(value === 'true') : value
}
