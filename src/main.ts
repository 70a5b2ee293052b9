import { availableParallelism, totalmem } from 'node:os'
import { basename, resolve } from 'node:path'
import { ERROR_KINDS, PipelineError } from './model/pipeline-error.ts'
import { UsageError } from './model/usage-error.ts'
import { renderInspection } from './publish/inspection/render-inspection.ts'
import { formatSteps } from './publish/inspection/summarize-steps.ts'
import { createProgressReporter, type MessageSink, type ProgressReporter } from './publish/progress-reporter.ts'
import { formatRunSummary, type RunSummary, toSummaryJson } from './publish/run-summary.ts'
import { formatStatus, toStatusJson } from './publish/status-text.ts'
import { formatTables, type TableFormat } from './publish/tables-output.ts'
import { NOBODY } from './queue/child-protocol.ts'
import { dictionariesId } from './queue/dictionaries-id.ts'
import { embeddedQueue } from './queue/embedded-queue.ts'
import { type IngestRun, ingest } from './queue/ingest.ts'
import { loadDictionaries } from './queue/load-dictionaries.ts'
import { PAGE_CHILD_SCRIPT } from './queue/page-child-script.ts'
import { createPagePool, type PagePool, type PoolLimits } from './queue/page-pool.ts'
import { parsePageSelection } from './queue/page-selection.ts'
import { type Limits, readLimits } from './queue/read-limits.ts'
import { STAGE_VERSIONS } from './queue/stages.ts'
import { summarizeDocuments } from './queue/summarize-documents.ts'
import type { WorkProgress } from './queue/work-off.ts'
import { openStore, type Store } from './store/open-store.ts'
import { localStore } from './store/store-location.ts'
import { toStoredError } from './store/stored-error.ts'

export { TABLE_FORMATS, type TableFormat } from './publish/tables-output.ts'

/** done: all is well. failed: nothing could be done. usage: the command was wrong. partial: done, with failures. */
export const EXIT_CODES = { done: 0, failed: 1, usage: 2, partial: 3 } as const

export const READERS = ['both', 'paddle', 'tesseract'] as const
export type Readers = (typeof READERS)[number]

/** What every command gets from the terminal. `stop`: begin nothing new. `abort`: let go of what is in work too. */
export interface Terminal {
  readonly messages: MessageSink
  readonly stop: AbortSignal
  readonly abort: AbortSignal
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Opens the processes in which documents are read; a command closes what it opened. */
  readonly openPool: (limits: PoolLimits) => PagePool
}

/** `output` goes to stdout. */
export interface CommandResult {
  readonly exitCode: number
  readonly output: string
}

export interface IngestCommand {
  readonly inputs: readonly string[]
  readonly out: string
  readonly jobs: number
  readonly pages: string
  readonly readers: Readers
  readonly showsProgress: boolean
  readonly output: 'nothing' | 'summary' | 'json'
}

const MIB = 1024 * 1024
/** What a page child is seen to need with both readers loaded. */
const USUAL_CHILD_MIB = 1024
const PAGES_PER_CHILD = 200

/** As many page processes as there are cores, fewer where memory would not hold them. */
export function defaultJobs(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / MIB / USUAL_CHILD_MIB)))
}

export function openPagePool(limits: PoolLimits): PagePool {
  return createPagePool(PAGE_CHILD_SCRIPT, limits)
}

function toPoolLimits(limits: Limits, size: number): PoolLimits {
  return { ...limits, size, recycleAfter: PAGES_PER_CHILD }
}

/** `gongkai ingest`. Throws PipelineError where nothing can come out; failures of documents are in the result. */
export async function runIngest(command: IngestCommand, terminal: Terminal): Promise<CommandResult> {
  parsePageSelection(command.pages)
  const limits = readLimits(terminal.environment)
  const begun = performance.now()
  const reporter = createProgressReporter(terminal.messages, command.showsProgress, () => performance.now())
  const directory = resolve(command.out)
  const store = await openStore(localStore(directory))
  const pool = terminal.openPool(toPoolLimits(limits, command.jobs))
  try {
    const plan = { versions: STAGE_VERSIONS, dictionariesId: dictionariesId(), maxPages: limits.maxPages }
    const run = await ingest(
      { store, queue: embeddedQueue(store), pool, plan, checkDictionaries: loadDictionaries },
      {
        inputs: command.inputs,
        selection: command.pages,
        readers: command.readers,
        maxFileMib: limits.maxFileMib,
        jobs: command.jobs,
        stop: terminal.stop,
        abort: terminal.abort,
        onProgress: (progress) => void report(reporter, store, progress),
      },
    )
    reporter.finish()
    const summary = await toRunSummary(run, store, (performance.now() - begun) / 1000, pool.peakMemoryMib())
    return concludeIngest(summary, command, terminal.messages)
  } finally {
    reporter.finish()
    await pool.close()
    await store.close()
  }
}

async function report(reporter: ProgressReporter, store: Store, progress: WorkProgress): Promise<void> {
  const { event } = progress
  if (event?.error != null && 'documentId' in event.job.payload) {
    const { fileName } = await store.documents.get(event.job.payload.documentId)
    const page = 'pageNumber' in event.job.payload ? `, page ${event.job.payload.pageNumber}` : ''
    const next = event.kind === 'retried' ? ' (it is tried again)' : ''
    reporter.say(`${fileName}${page}: ${event.error.code}: ${event.error.message}${next}`)
  }
  reporter.update(progress)
}

async function toRunSummary(
  run: IngestRun,
  store: Store,
  seconds: number,
  peakChildMemoryMib: number,
): Promise<RunSummary> {
  return {
    directory: store.directory,
    documents: await summarizeDocuments(store, run.documentIds),
    failedInputs: run.inputFailures.map(({ path, error }) => ({ path, error: toStoredError(error) })),
    upToDate: run.upToDate.length,
    pagesRead: run.pagesRead,
    notices: run.notices,
    seconds,
    wasInterrupted: run.wasInterrupted,
    peakChildMemoryMib,
  }
}

function concludeIngest(summary: RunSummary, command: IngestCommand, messages: MessageSink): CommandResult {
  const text = formatRunSummary(summary)
  if (command.output !== 'summary') messages.write(text)
  const json = `${JSON.stringify(toSummaryJson(summary), null, 2)}\n`
  const output = { nothing: '', summary: text, json }[command.output]
  return { exitCode: exitCodeOf(summary), output }
}

function exitCodeOf({ documents, failedInputs, wasInterrupted }: RunSummary): number {
  if (wasInterrupted || documents.length === 0) return EXIT_CODES.failed
  const isWhole = failedInputs.length === 0 && documents.every((document) => document.status === 'complete')
  return isWhole ? EXIT_CODES.done : EXIT_CODES.partial
}

export interface TablesCommand {
  readonly file: string
  readonly pages: string
  readonly format: TableFormat
  readonly readers: Readers
  readonly jobs: number
}

/** `gongkai tables`. A page that fails is told and left out. */
export async function runTables(command: TablesCommand, terminal: Terminal): Promise<CommandResult> {
  const selection = parsePageSelection(command.pages)
  const pool = terminal.openPool(toPoolLimits(readLimits(terminal.environment), command.jobs))
  const source = { path: resolve(command.file), documentId: null }
  try {
    const { pageCount } = await pool.run('open', source, terminal.abort)
    const pageNumbers = selection.filter(pageCount)
    if (pageNumbers.length === 0) throw noSuchPage(command.file, pageCount, `--pages ${command.pages}`)
    const failures: unknown[] = []
    const readings = await Promise.all(
      pageNumbers.map((pageNumber) =>
        pool
          .run('page', { ...source, pageNumber, readers: command.readers }, terminal.abort)
          .catch((error: unknown) => {
            failures.push(error)
            terminal.messages.write(`page ${pageNumber}: ${describeError(error)}\n`)
            return null
          }),
      ),
    )
    const tables = readings.flatMap((reading) => reading?.extract.tables ?? [])
    for (const notice of new Set(readings.map((reading) => reading?.notice ?? null))) {
      if (notice !== null) terminal.messages.write(`${notice}\n`)
    }
    if (tables.length === 0) terminal.messages.write(`no table on ${pageNumbers.length} of ${pageCount} pages\n`)
    const failed = failures.length === pageNumbers.length ? EXIT_CODES.failed : EXIT_CODES.partial
    return {
      exitCode: failures.length === 0 ? EXIT_CODES.done : failed,
      output: formatTables(basename(command.file), tables, command.format),
    }
  } finally {
    await pool.close()
  }
}

function noSuchPage(file: string, pageCount: number, asked: string): UsageError {
  const pages = pageCount === 1 ? '1 page' : `${pageCount} pages, 1 to ${pageCount}`
  return new UsageError(`${basename(file)} has ${pages}; ${asked} names none of them`)
}

export interface InspectCommand {
  readonly file: string
  readonly pageNumber: number
  /** null: pixels are looked at, and nobody reads. */
  readonly readers: Readers | null
}

const INSPECTION_DPI = 150

/** `gongkai inspect`: the HTML page; what each step came to is said on the way. Throws UsageError for a page that the document does not have. */
export async function runInspect(command: InspectCommand, terminal: Terminal): Promise<CommandResult> {
  loadDictionaries()
  const pool = terminal.openPool(toPoolLimits(readLimits(terminal.environment), 1))
  try {
    const { pageNumber, readers } = command
    const source = { path: resolve(command.file), documentId: null }
    const { pageCount } = await pool.run('open', source, terminal.abort)
    if (pageNumber > pageCount) throw noSuchPage(command.file, pageCount, `--page ${pageNumber}`)
    const request = { ...source, pageNumber, readers: readers ?? NOBODY, dpi: INSPECTION_DPI }
    const { page, outcome, notice } = await pool.run('inspect', request, terminal.abort)
    const inspection = { fileName: basename(command.file), page, isRead: readers !== null, ...outcome }
    if (notice !== null) terminal.messages.write(`${notice}\n`)
    terminal.messages.write(formatSteps(inspection))
    return { exitCode: EXIT_CODES.done, output: renderInspection(inspection) }
  } finally {
    await pool.close()
  }
}

/** `gongkai status`. Throws output/not-found where there is nothing to tell of. */
export async function runStatus(out: string, format: 'text' | 'json'): Promise<CommandResult> {
  const store = await openStore(localStore(resolve(out)), 'existing')
  try {
    const stages = await embeddedQueue(store).counts()
    const documents = await summarizeDocuments(store, await store.documents.ids())
    const status = { directory: store.directory, documents, stages }
    const output = format === 'json' ? `${JSON.stringify(toStatusJson(status), null, 2)}\n` : formatStatus(status)
    return { exitCode: EXIT_CODES.done, output }
  } finally {
    await store.close()
  }
}

/** An error in words: what happened and, where it is known, what to do. */
export function describeError(error: unknown): string {
  if (error instanceof PipelineError) return `${error.code}: ${error.message}\n  ${ERROR_KINDS[error.code].remedy}`
  return error instanceof Error ? error.message : String(error)
}
