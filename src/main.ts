import { basename, resolve } from 'node:path'
import { noSuchPage } from './commands/no-such-page.ts'
import {
  type CommandResult,
  describeError,
  EXIT_CODES,
  type Readers,
  type Terminal,
  toPoolLimits,
} from './commands/terminal.ts'
import { formatTables, type TableFormat } from './publish/tables-output.ts'
import { parsePageSelection } from './queue/page-selection.ts'
import { readLimits } from './queue/read-limits.ts'

export { type ExportCommand, parseExportFormats, runExport } from './commands/run-export.ts'
export { type IngestCommand, runIngest } from './commands/run-ingest.ts'
export { type InspectCommand, runInspect } from './commands/run-inspect.ts'
export { runPause, runResume, runRetry } from './commands/run-queue-commands.ts'
export { type ReviewCommand, runReview } from './commands/run-review.ts'
export { runStatus } from './commands/run-status.ts'
export { runVerify, type VerifyCommand } from './commands/run-verify.ts'
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
export { EXPORT_FORMATS, type ExportFormat } from './export/export-formats.ts'
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
