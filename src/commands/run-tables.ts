import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { describeError } from '../language/say-error.ts'
import type { Voice } from '../language/voice.ts'
import { PipelineError } from '../model/pipeline-error.ts'
import type { Table } from '../model/table.ts'
import { UsageError } from '../model/usage-error.ts'
import { findingIn } from '../publish/findings.ts'
import { formatTables, TABLE_FORMATS, type TableFormat } from '../publish/tables-output.ts'
import { unpackExtract } from '../queue/packed-answers.ts'
import { parsePageSelection } from '../queue/page-selection.ts'
import { readLimits } from '../queue/read-limits.ts'
import { noSuchPage } from './no-such-page.ts'
import { type CommandResult, EXIT_CODES, type Readers, type Terminal, toPoolLimits, voiceOf } from './terminal.ts'

export interface TablesCommand {
  readonly file: string
  readonly pages: string
  readonly formats: readonly TableFormat[]
  /** The folder for one file a format; null: the only format goes to stdout. */
  readonly out: string | null
  readonly readers: Readers
  readonly jobs: number
}

/** Reads a list of formats such as csv,json; each once. Throws UsageError that names those there are. */
export function parseTableFormats(text: string): readonly TableFormat[] {
  const names = [...new Set(text.split(',').map((name) => name.trim().toLowerCase()))].filter((name) => name !== '')
  const known = TABLE_FORMATS.filter((format) => names.includes(format))
  const unknown = names.filter((name) => !known.some((format) => format === name))
  if (unknown.length > 0 || known.length === 0) {
    const values = { names: unknown.join(', '), known: TABLE_FORMATS.join(', ') }
    if (unknown.length > 0) throw new UsageError('unknown format {names}; there are {known}', values)
    throw new UsageError('no format was given; there are {known}', values)
  }
  return known
}

/** `gongkai tables`. A page that fails is told and left out. Throws UsageError and output/not-writable. */
export async function runTables(command: TablesCommand, terminal: Terminal): Promise<CommandResult> {
  if (command.formats.length > 1 && command.out === null) {
    throw new UsageError('more than one format goes into files: give their folder with --out')
  }
  const selection = parsePageSelection(command.pages)
  const voice = voiceOf(terminal)
  const { say } = voice
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
            terminal.messages.write(
              `${say('page {page}: {error}', { page: pageNumber, error: describeError(error, voice) })}\n`,
            )
            return null
          }),
      ),
    )
    const tables = readings.flatMap((reading) => (reading === null ? [] : unpackExtract(reading).tables))
    for (const notice of new Set(readings.map((reading) => reading?.notice ?? null))) {
      if (notice !== null) terminal.messages.write(`${findingIn(voice.language, notice)}\n`)
    }
    if (tables.length === 0) {
      const values = { count: pageNumbers.length, all: pageCount }
      terminal.messages.write(`${say('no table on {count} of {all} pages', values)}\n`)
    }
    const failed = failures.length === pageNumbers.length ? EXIT_CODES.failed : EXIT_CODES.partial
    return {
      exitCode: failures.length === 0 ? EXIT_CODES.done : failed,
      output: writeOut(command, tables, voice.language),
    }
  } finally {
    await pool.close()
  }
}

/** What goes to stdout: the tables, or the names of the files that hold them. */
function writeOut(
  { file, formats, out }: TablesCommand,
  tables: readonly Table[],
  language: Voice['language'],
): string {
  const name = basename(file)
  const texts = formats.map((format) => ({ format, text: formatTables(name, tables, format, language) }))
  if (out === null) return texts.map(({ text }) => text).join('')
  try {
    mkdirSync(out, { recursive: true })
    const paths = texts.map(({ format, text }) => {
      const path = join(out, `${name}.${format}`)
      writeFileSync(path, text)
      return path
    })
    return paths.map((path) => `${path}\n`).join('')
  } catch (error) {
    throw new PipelineError('output/not-writable', error instanceof Error ? error.message : String(error), {
      cause: error,
    })
  }
}
