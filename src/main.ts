import { basename, resolve } from 'node:path'
import {
  type CommandResult,
  describeError,
  EXIT_CODES,
  type Readers,
  type Terminal,
  toPoolLimits,
} from './commands/terminal.ts'
import { UsageError } from './model/usage-error.ts'
import { renderInspection } from './publish/inspection/render-inspection.ts'
import { formatSteps } from './publish/inspection/summarize-steps.ts'
import { formatTables, type TableFormat } from './publish/tables-output.ts'
import { NOBODY } from './queue/child-protocol.ts'
import { loadDictionaries } from './queue/load-dictionaries.ts'
import { parsePageSelection } from './queue/page-selection.ts'
import { readLimits } from './queue/read-limits.ts'

export { type IngestCommand, runIngest } from './commands/run-ingest.ts'
export { runPause, runResume, runRetry } from './commands/run-queue-commands.ts'
export { type ReviewCommand, runReview } from './commands/run-review.ts'
export { runStatus } from './commands/run-status.ts'
export { runWork } from './commands/run-work.ts'
export {
  type CommandResult,
  defaultJobs,
  describeError,
  EXIT_CODES,
  openPagePool,
  READERS,
  type Readers,
  type Terminal,
} from './commands/terminal.ts'
export { localPlace, type Place } from './commands/workplace.ts'
export { TABLE_FORMATS, type TableFormat } from './publish/tables-output.ts'

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
