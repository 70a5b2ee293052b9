import type { Language } from '../publish/languages.ts'
import type { DatasetWriter } from './dataset-writer.ts'
import { openEvidenceWriter } from './evidence/write-evidence.ts'
import { openOcdsWriter } from './formats/ocds/write-ocds.ts'
import { openCsvWriter } from './formats/write-csv.ts'
import { openDataPackageWriter } from './formats/write-data-package.ts'
import { openJsonLinesWriter } from './formats/write-json-lines.ts'
import { openParquetWriter } from './formats/write-parquet.ts'
import { openSqliteWriter } from './formats/write-sqlite.ts'
import { openXlsxWriter } from './formats/write-xlsx.ts'
import type { PageSource } from './page-source.ts'
import { openPageTextWriter } from './page-text/write-page-texts.ts'
import type { CatalogueLinks } from './tables/catalogue-links.ts'

/** Where an export goes, and who makes it. */
export interface ExportContext {
  /** The folder under which the format makes its files. */
  readonly folder: string
  /** The version of gongkai. */
  readonly version: string
  /** What people read on pages made for them is written in. */
  readonly language: Language
  readonly pages: PageSource
}

/** What a writer of a format is given. */
interface WriterContext extends ExportContext {
  readonly links: CatalogueLinks
}

const WRITERS = {
  datapackage: ({ folder, version }: WriterContext) => openDataPackageWriter(folder, version),
  csv: ({ folder }: WriterContext) => openCsvWriter(folder),
  sqlite: ({ folder }: WriterContext) => openSqliteWriter(folder),
  xlsx: ({ folder }: WriterContext) => openXlsxWriter(folder),
  parquet: ({ folder }: WriterContext) => openParquetWriter(folder),
  jsonl: ({ folder }: WriterContext) => openJsonLinesWriter(folder),
  ocds: ({ folder, links }: WriterContext) => openOcdsWriter(folder, links),
  evidence: ({ folder, language, pages }: WriterContext) => openEvidenceWriter(folder, language, pages),
  hocr: ({ folder, version, pages }: WriterContext) => openPageTextWriter(folder, 'hocr', version, pages),
  alto: ({ folder, version, pages }: WriterContext) => openPageTextWriter(folder, 'alto', version, pages),
} satisfies Record<string, (context: WriterContext) => DatasetWriter | Promise<DatasetWriter>>

export type ExportFormat = keyof typeof WRITERS

export const EXPORT_FORMATS = Object.keys(WRITERS) as readonly ExportFormat[]

export function isExportFormat(name: string): name is ExportFormat {
  return Object.hasOwn(WRITERS, name)
}

/** Opens the writer of a format. */
export async function openWriter(format: ExportFormat, context: WriterContext): Promise<DatasetWriter> {
  return WRITERS[format](context)
}
