import { join } from 'node:path'
import { BYTE_ORDER_MARK, defuseFormula, toCsvLine } from '../../publish/to-csv.ts'
import { type FinishedFile, openFileTarget } from '../file-target.ts'
import type { Row, TableDefinition, TableRows } from '../tables/table-definition.ts'

/** A CSV a table. */
export interface CsvFiles {
  add(rows: TableRows): void
  finish(): ReadonlyMap<string, FinishedFile>
  discard(): void
}

/** Opens `<table>.csv` in a folder for every table: UTF-8 with BOM, CRLF, an empty cell where there is no value. */
export function openCsvFiles(folder: string, tables: readonly TableDefinition[]): CsvFiles {
  const targets = tables.map(({ name, columns }) => {
    const target = openFileTarget(join(folder, `${name}.csv`))
    target.write(`${BYTE_ORDER_MARK}${toCsvLine(columns.map((column) => column.name))}\r\n`)
    return { name, target }
  })
  return {
    add(rows) {
      for (const { name, target } of targets) {
        const text = (rows.get(name) ?? []).map(toCsvRow).join('')
        if (text !== '') target.write(text)
      }
    },
    finish: () => new Map(targets.map(({ name, target }) => [name, target.finish()])),
    discard() {
      for (const { target } of targets) target.discard()
    },
  }
}

function toCsvRow(row: Row): string {
  return `${toCsvLine(row.map((value) => defuseFormula(value ?? '')))}\r\n`
}
