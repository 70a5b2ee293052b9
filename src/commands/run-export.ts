import { join, relative, resolve } from 'node:path'
import { exportDataset } from '../export/export-dataset.ts'
import { EXPORT_FORMATS, type ExportFormat, isExportFormat } from '../export/export-formats.ts'
import type { Voice } from '../language/voice.ts'
import type { MessageValues } from '../model/message-template.ts'
import { PipelineError } from '../model/pipeline-error.ts'
import { UsageError } from '../model/usage-error.ts'
import type { Language } from '../publish/languages.ts'
import type { PublishedDocument } from '../publish/published-document.ts'
import { loadDictionaries } from '../queue/load-dictionaries.ts'
import { publishedDocuments } from '../queue/publication.ts'
import { readLimits } from '../queue/read-limits.ts'
import { openSourceFiles } from '../queue/source-files.ts'
import { createPageSource, type StoredPagesServices } from './stored-pages.ts'
import { type CommandResult, defaultJobs, EXIT_CODES, type Terminal, toPoolLimits, voiceOf } from './terminal.ts'
import { openWorkplace, type Place } from './workplace.ts'

/** What is to be exported, and as what. */
export interface ExportChoice {
  /** None: nothing is exported. */
  readonly formats: readonly ExportFormat[]
  readonly version: string
  /** Of the pages that people read. */
  readonly language: Language
}

export interface ExportCommand extends ExportChoice {
  readonly place: Place
  /** Where the files go; null: the folder `export` of the output folder. */
  readonly to: string | null
}

/** What an export came to. `lacking` counts documents that are partial or failed. */
export interface ExportRun {
  readonly files: readonly string[]
  readonly documents: number
  readonly records: number
  readonly lacking: number
}

/** Reads a list of formats such as csv,sqlite; each once. Throws UsageError that names those there are. */
export function parseExportFormats(text: string): readonly ExportFormat[] {
  const names = [...new Set(text.split(',').map((name) => name.trim().toLowerCase()))].filter((name) => name !== '')
  const known = names.filter(isExportFormat)
  const unknown = names.filter((name) => !isExportFormat(name))
  if (unknown.length > 0 || known.length === 0) {
    const values = { names: unknown.join(', '), known: EXPORT_FORMATS.join(', ') }
    if (unknown.length > 0) throw new UsageError('unknown format {names}; there are {known}', values)
    throw new UsageError('no format was given; there are {known}', values)
  }
  return known
}

/** `gongkai export`. Ctrl-C ends it, and no file is replaced. Throws output/not-found where nothing was ingested, and output/not-writable. */
export async function runExport(command: ExportCommand, terminal: Terminal): Promise<CommandResult> {
  const { place } = command
  const folder = resolve(command.to ?? folderBeside(place))
  const voice = voiceOf(terminal)
  const say = (text: string, values?: MessageValues) => terminal.messages.write(`${voice.say(text, values)}\n`)
  const { store, close } = await openWorkplace(place, 'existing', say, { isForReading: true })
  // No process is started until a page is to be shown.
  const pool = terminal.openPool(toPoolLimits(readLimits(terminal.environment), defaultJobs()))
  const files = openSourceFiles(store)
  try {
    if ((await store.documents.ids()).length === 0) {
      throw new PipelineError('output/not-found', `${place.out ?? 'the store'} has no documents`)
    }
    const run = await exportStore({ store, pool, files, signal: terminal.stop, say }, folder, command)
    if (run === null) {
      say('stopped; no file was replaced')
      return { exitCode: EXIT_CODES.failed, output: '' }
    }
    say(describeExport(run, folder, command, voice))
    return {
      exitCode: run.lacking === 0 ? EXIT_CODES.done : EXIT_CODES.partial,
      output: run.files.map((file) => `${relative('', file)}\n`).join(''),
    }
  } finally {
    await pool.close()
    files.close()
    await close()
  }
}

/** The folder for an export that names none. */
export function exportFolder(out: string): string {
  return join(out, 'export')
}

/** Exports all that a store has; null when the signal ended it. Throws output/not-writable. */
export async function exportStore(
  services: StoredPagesServices,
  folder: string,
  { formats, version, language }: ExportChoice,
): Promise<ExportRun | null> {
  const { store, signal, say } = services
  const counts = { documents: 0, records: 0, lacking: 0 }
  const total = (await store.documents.ids()).length
  const documents = counted(publishedDocuments(store), counts, (done) =>
    say('{done} of {all} documents exported', { done, all: total }),
  )
  const context = { folder, version, language, pages: createPageSource(services) }
  try {
    const files = await exportDataset(documents, loadDictionaries().catalogues, formats, context, signal)
    return { files, ...counts }
  } catch (error) {
    if (!signal.aborted) throw error
    return null
  }
}

/** An export in words, without a line end. */
export function describeExport(
  { documents, records, lacking }: ExportRun,
  folder: string,
  choice: ExportChoice,
  { say }: Voice,
): string {
  const values = { records, documents, formats: choice.formats.join(', '), folder, lacking }
  const done = say('{records} records of {documents} documents as {formats} in {folder}', values)
  if (lacking === 0) return done
  const missing = '{lacking} documents are partial or failed, so rows are missing; gongkai status tells which'
  return `${done}\n${say(missing, values)}`
}

function folderBeside({ out }: Place): string {
  if (out === null) throw new UsageError('give the folder for the files with --to (or the output folder with --out)')
  return exportFolder(out)
}

/** Longer exports tell now and then how far they are. */
const TELL_AFTER_MS = 5000

async function* counted(
  documents: AsyncIterable<PublishedDocument>,
  counts: { documents: number; records: number; lacking: number },
  tell: (done: number) => void,
): AsyncGenerator<PublishedDocument> {
  let toldAt = performance.now()
  for await (const document of documents) {
    if (performance.now() - toldAt > TELL_AFTER_MS) {
      toldAt = performance.now()
      tell(counts.documents)
    }
    counts.documents += 1
    counts.records += document.records.length
    if (document.status !== 'complete') counts.lacking += 1
    yield document
  }
}
