import { join, resolve } from 'node:path'
import type { Voice } from '../language/voice.ts'
import { UsageError } from '../model/usage-error.ts'
import { formatRunSummary, type RunSummary, toSummaryJson } from '../publish/run-summary.ts'
import { type IngestRun, ingest } from '../queue/ingest.ts'
import { loadDictionaries } from '../queue/load-dictionaries.ts'
import { parsePageSelection } from '../queue/page-selection.ts'
import { summarizeDocuments } from '../queue/summarize-documents.ts'
import type { Store } from '../store/open-store.ts'
import { toStoredError } from '../store/stored-error.ts'
import { atWork } from './at-work.ts'
import { describeExport, type ExportChoice, exportFolder, exportStore } from './run-export.ts'
import type { StoredPagesServices } from './stored-pages.ts'
import { type CommandResult, EXIT_CODES, outputVoiceOf, type Readers, type Terminal, voiceOf } from './terminal.ts'
import type { Place } from './workplace.ts'

export interface IngestCommand {
  readonly inputs: readonly string[]
  readonly place: Place & { readonly out: string }
  readonly jobs: number
  readonly pages: string
  readonly readers: Readers
  readonly showsProgress: boolean
  /** Addresses in private nets may be downloaded from too. */
  readonly mayBePrivate: boolean
  readonly output: 'nothing' | 'summary' | 'json'
  /** What is exported of the whole output folder when the reading has ended. */
  readonly exported: ExportChoice
}

/** How a run ended: the reading, and the words for the export that followed. */
export interface IngestEnd {
  readonly summary: RunSummary
  readonly exported: { readonly text: string; readonly isDone: boolean } | null
}

const BYTES_PER_MIB = 1024 * 1024

/** `gongkai ingest`. Throws PipelineError where nothing can come out; failures of documents are in the result. */
export async function runIngest(command: IngestCommand, terminal: Terminal): Promise<CommandResult> {
  return concludeIngest(await ingestDocuments(command, terminal), command, terminal)
}

/** Takes documents from inputs to output files. Throws PipelineError where nothing can come out. */
export async function ingestDocuments(command: Omit<IngestCommand, 'output'>, terminal: Terminal): Promise<IngestEnd> {
  parsePageSelection(command.pages)
  if (command.jobs === 0 && command.place.store === 'sqlite') {
    throw new UsageError('--jobs 0 leaves the reading to other machines: give the store that they share with --store')
  }
  const begun = performance.now()
  return atWork(command, 'create', terminal, async ({ services, options, limits, say, finishProgress }) => {
    const run = await ingest(
      { ...services, checkDictionaries: loadDictionaries },
      {
        ...options,
        inputs: command.inputs,
        selection: command.pages,
        readers: command.readers,
        maxFileMib: limits.maxFileMib,
        download: {
          folder: join(services.store.directory, 'downloads'),
          maxBytes: limits.maxFileMib * BYTES_PER_MIB,
          timeoutMs: limits.downloadTimeoutMs,
          pauseMs: limits.downloadPauseMs,
          mayBePrivate: command.mayBePrivate,
          onDownloaded: ({ done, failed, total }) =>
            failed === 0
              ? say('{done} of {all} documents downloaded', { done, all: total })
              : say('{done} of {all} documents downloaded, {failed} failed', { done, all: total, failed }),
        },
      },
    )
    finishProgress()
    const exported = run.wasInterrupted
      ? null
      : await exportIngested(command, { ...services, signal: terminal.stop, say }, voiceOf(terminal))
    const seconds = (performance.now() - begun) / 1000
    const peakChildMemoryMib = services.pool.peakMemoryMib()
    const summary = {
      ...(await toRunSummary(run, services.store)),
      seconds,
      peakChildMemoryMib,
      isReadByOthers: command.jobs === 0,
    }
    return { summary, exported }
  })
}

/** The export of `--format`; null when none was asked for, or nothing is there to be exported. */
async function exportIngested(
  { exported, place }: Pick<IngestCommand, 'exported' | 'place'>,
  services: StoredPagesServices,
  voice: Voice,
): Promise<IngestEnd['exported']> {
  if (exported.formats.length === 0 || (await services.store.documents.ids()).length === 0) return null
  const folder = resolve(exportFolder(place.out))
  const run = await exportStore(services, folder, exported)
  if (run === null) return { text: voice.say('the export was stopped; no file was replaced'), isDone: false }
  return { text: describeExport(run, folder, exported, voice), isDone: true }
}

async function toRunSummary(
  run: IngestRun,
  store: Store,
): Promise<Omit<RunSummary, 'seconds' | 'peakChildMemoryMib' | 'isReadByOthers'>> {
  return {
    directory: store.directory,
    documents: await summarizeDocuments(store, run.documentIds),
    failedInputs: run.inputFailures.map(({ path, error }) => ({ path, error: toStoredError(error) })),
    repeated: run.repeated,
    upToDate: run.upToDate.length,
    pagesRead: run.pagesRead,
    notices: run.notices,
    wasInterrupted: run.wasInterrupted,
  }
}

function concludeIngest({ summary, exported }: IngestEnd, command: IngestCommand, terminal: Terminal): CommandResult {
  const { messages } = terminal
  if (exported !== null) messages.write(`${exported.text}\n`)
  if (command.output !== 'summary') messages.write(formatRunSummary(summary, voiceOf(terminal)))
  const json = `${JSON.stringify(toSummaryJson(summary), null, 2)}\n`
  const output = { nothing: '', summary: formatRunSummary(summary, outputVoiceOf(terminal)), json }[command.output]
  return { exitCode: exported?.isDone === false ? EXIT_CODES.failed : exitCodeOf(summary), output }
}

function exitCodeOf({ documents, failedInputs, wasInterrupted }: RunSummary): number {
  if (wasInterrupted || documents.length === 0) return EXIT_CODES.failed
  const isWhole = failedInputs.length === 0 && documents.every((document) => document.status === 'complete')
  return isWhole ? EXIT_CODES.done : EXIT_CODES.partial
}
