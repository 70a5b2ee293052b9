import { mkdirSync } from 'node:fs'
import type { Catalogue } from '../model/catalogue.ts'
import { PipelineError } from '../model/pipeline-error.ts'
import type { PublishedDocument } from '../publish/published-document.ts'
import { isDiskError } from '../publish/write-outputs.ts'
import type { DatasetWriter } from './dataset-writer.ts'
import { type ExportContext, type ExportFormat, openWriter } from './export-formats.ts'
import { createCatalogueLinks } from './tables/catalogue-links.ts'
import { documentToRows } from './tables/document-to-rows.ts'

/**
 * Writes documents in several formats in one pass; they come sorted and one at a time. Resolves to the files.
 * Each file is put in place only when it is whole. Throws PipelineError output/not-writable, and what `signal` says.
 */
export async function exportDataset(
  documents: AsyncIterable<PublishedDocument>,
  catalogues: readonly Catalogue[],
  formats: readonly ExportFormat[],
  context: ExportContext,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const writers: DatasetWriter[] = []
  try {
    mkdirSync(context.folder, { recursive: true })
    const links = createCatalogueLinks(catalogues)
    for (const format of formats) writers.push(await openWriter(format, { ...context, links }))
    for (const writer of writers) await writer.add(links.rows, null)
    for await (const document of documents) {
      signal.throwIfAborted()
      const rows = documentToRows(document, links)
      for (const writer of writers) await writer.add(rows, document)
    }
    const files: string[] = []
    for (const writer of writers) files.push(...(await writer.finish()))
    return files
  } catch (error) {
    if (!isDiskError(error)) throw error
    throw new PipelineError('output/not-writable', error.message, { cause: error })
  } finally {
    for (const writer of writers) writer.discard()
  }
}
