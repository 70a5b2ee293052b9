import type { DatasetWriter } from './dataset-writer.ts'
import { openCsvWriter } from './formats/write-csv.ts'
import { openDataPackageWriter } from './formats/write-data-package.ts'
import { openJsonLinesWriter } from './formats/write-json-lines.ts'
import { openParquetWriter } from './formats/write-parquet.ts'
import { openSqliteWriter } from './formats/write-sqlite.ts'
import { openXlsxWriter } from './formats/write-xlsx.ts'

/** What a writer of a format is given. */
export interface ExportContext {
  /** The folder under which the format makes its files. */
  readonly folder: string
  /** The version of gongkai. */
  readonly version: string
}

const WRITERS = {
  datapackage: ({ folder, version }: ExportContext) => openDataPackageWriter(folder, version),
  csv: ({ folder }: ExportContext) => openCsvWriter(folder),
  sqlite: ({ folder }: ExportContext) => openSqliteWriter(folder),
  xlsx: ({ folder }: ExportContext) => openXlsxWriter(folder),
  parquet: ({ folder }: ExportContext) => openParquetWriter(folder),
  jsonl: ({ folder }: ExportContext) => openJsonLinesWriter(folder),
} satisfies Record<string, (context: ExportContext) => DatasetWriter | Promise<DatasetWriter>>

export type ExportFormat = keyof typeof WRITERS

export const EXPORT_FORMATS = Object.keys(WRITERS) as readonly ExportFormat[]

export function isExportFormat(name: string): name is ExportFormat {
  return Object.hasOwn(WRITERS, name)
}

/** Opens the writer of a format. */
export async function openWriter(format: ExportFormat, context: ExportContext): Promise<DatasetWriter> {
  return WRITERS[format](context)
}
