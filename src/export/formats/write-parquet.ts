import { join } from 'node:path'
import { type ColumnSource, parquetWriteBuffer, type SchemaElement } from 'hyparquet-writer'
import type { DatasetWriter } from '../dataset-writer.ts'
import { openFileTarget } from '../file-target.ts'
import { DATASET_TABLES } from '../tables/dataset-tables.ts'
import type { Row } from '../tables/table-definition.ts'
import { type ParquetColumn, type ParquetKind, toParquetColumns } from './to-parquet-columns.ts'

/** Digits that an INT64 holds. */
const PRECISION_OF_INT64 = 18
const BYTES_OF_LARGEST_DECIMAL = 16

const PLAIN: Readonly<Record<Exclude<ParquetKind, 'decimal'>, Omit<SchemaElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
}

/** `parquet/<table>.parquet`: typed columns, exact decimals, Snappy. The tables are put together in memory. */
export function openParquetWriter(folder: string): DatasetWriter {
  const rowsOf = new Map<string, Row[]>(DATASET_TABLES.map(({ name }) => [name, []]))
  return {
    add(rows) {
      for (const [name, kept] of rowsOf) for (const row of rows.get(name) ?? []) kept.push(row)
    },
    async finish() {
      return DATASET_TABLES.map((table) => {
        const target = openFileTarget(join(folder, 'parquet', `${table.name}.parquet`))
        target.write(toParquet(toParquetColumns(table, rowsOf.get(table.name) ?? [])))
        return target.finish().path
      })
    },
    discard: () => undefined,
  }
}

function toParquet(columns: readonly ParquetColumn[]): Uint8Array {
  const schema: SchemaElement[] = [{ name: 'root', num_children: columns.length }, ...columns.map(toElement)]
  const columnData: ColumnSource[] = columns.map(({ name, values }) => ({ name, data: [...values] }))
  return new Uint8Array(parquetWriteBuffer({ columnData, schema, createdBy: 'gongkai' }))
}

function toElement({ name, kind, precision, scale, isRequired }: ParquetColumn): SchemaElement {
  const repetition = { repetition_type: isRequired ? 'REQUIRED' : 'OPTIONAL' } as const
  if (kind !== 'decimal') return { name, ...PLAIN[kind], ...repetition }
  const decimal = { converted_type: 'DECIMAL', precision, scale, ...repetition } as const
  if (precision <= PRECISION_OF_INT64) return { name, type: 'INT64', ...decimal }
  return { name, type: 'FIXED_LEN_BYTE_ARRAY', type_length: BYTES_OF_LARGEST_DECIMAL, ...decimal }
}
