import { join, relative, resolve } from 'node:path'
import { exportDataset } from '../export/export-dataset.ts'
import { EXPORT_FORMATS, type ExportFormat, isExportFormat } from '../export/export-formats.ts'
import { PipelineError } from '../model/pipeline-error.ts'
import { UsageError } from '../model/usage-error.ts'
import type { PublishedDocument } from '../publish/published-document.ts'
import { loadDictionaries } from '../queue/load-dictionaries.ts'
import { publishedDocuments } from '../queue/publication.ts'
import { type CommandResult, EXIT_CODES, type Terminal } from './terminal.ts'
import { openWorkplace, type Place } from './workplace.ts'

export interface ExportCommand {
  readonly place: Place
  readonly formats: readonly ExportFormat[]
  /** Where the files go; null: the folder `export` of the output folder. */
  readonly to: string | null
  readonly version: string
}

/** Reads a list of formats such as csv,sqlite; each once. Throws UsageError that names those there are. */
export function parseExportFormats(text: string): readonly ExportFormat[] {
  const names = [...new Set(text.split(',').map((name) => name.trim().toLowerCase()))].filter((name) => name !== '')
  const known = names.filter(isExportFormat)
  const unknown = names.filter((name) => !isExportFormat(name))
  if (unknown.length > 0 || known.length === 0) {
    const fault = unknown.length === 0 ? 'no format was given' : `unknown format ${unknown.join(', ')}`
    throw new UsageError(`${fault}; there are ${EXPORT_FORMATS.join(', ')}`)
  }
  return known
}

/** `gongkai export`. Ctrl-C ends it, and no file is replaced. Throws output/not-found where nothing was ingested, and output/not-writable. */
export async function runExport(command: ExportCommand, terminal: Terminal): Promise<CommandResult> {
  const { place, formats, version } = command
  const folder = resolve(command.to ?? folderBeside(place))
  const say = (notice: string) => terminal.messages.write(`${notice}\n`)
  const { store, close } = await openWorkplace(place, 'existing', say)
  try {
    if ((await store.documents.ids()).length === 0) {
      throw new PipelineError('output/not-found', `${place.out ?? 'the store'} has no documents`)
    }
    const counts = { documents: 0, records: 0, lacking: 0 }
    const documents = counted(publishedDocuments(store), counts)
    const context = { folder, version }
    const files = await exportDataset(documents, loadDictionaries().catalogues, formats, context, terminal.stop)
    say(`${counts.records} records of ${counts.documents} documents as ${formats.join(', ')} in ${folder}`)
    if (counts.lacking > 0) {
      say(`${counts.lacking} documents are partial or failed, so rows are missing; gongkai status tells which`)
    }
    return {
      exitCode: counts.lacking === 0 ? EXIT_CODES.done : EXIT_CODES.partial,
      output: files.map((file) => `${relative('', file)}\n`).join(''),
    }
  } catch (error) {
    if (!terminal.stop.aborted) throw error
    say('stopped; no file was replaced')
    return { exitCode: EXIT_CODES.failed, output: '' }
  } finally {
    await close()
  }
}

function folderBeside({ out }: Place): string {
  if (out === null) throw new UsageError('give the folder for the files with --to (or the output folder with --out)')
  return join(out, 'export')
}

async function* counted(
  documents: AsyncIterable<PublishedDocument>,
  counts: { documents: number; records: number; lacking: number },
): AsyncGenerator<PublishedDocument> {
  for await (const document of documents) {
    counts.documents += 1
    counts.records += document.records.length
    if (document.status !== 'complete') counts.lacking += 1
    yield document
  }
}
