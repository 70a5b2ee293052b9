#!/usr/bin/env node
import { realpathSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { addCompletionCommand } from './cli/add-completion-command.ts'
import { addDoctorCommand } from './cli/add-doctor-command.ts'
import { addExportCommand } from './cli/add-export-command.ts'
import { addQueueCommands } from './cli/add-queue-commands.ts'
import { addReviewCommand } from './cli/add-review-command.ts'
import { addTablesCommand } from './cli/add-tables-command.ts'
import { addVerifyCommand } from './cli/add-verify-command.ts'
import {
  addPlaceOptions,
  jobsOption,
  type PlaceFlags,
  pagesOption,
  parseNatural,
  parsePositive,
  readersOption,
  toPlace,
} from './cli/options.ts'
import {
  type CommandResult,
  describeError,
  EXIT_CODES,
  EXPORT_FORMATS,
  openPagePool,
  parseExportFormats,
  type Readers,
  runIngest,
  runInspect,
  type Terminal,
} from './main.ts'
import { PipelineError } from './model/pipeline-error.ts'
import { UsageError } from './model/usage-error.ts'

const VERSION = '0.1.0'

const EXIT_HELP = `
Exit codes:
  0  done
  1  nothing could be done: no input was found, the output folder cannot be used, the document or the dictionaries
     cannot be read, or it was stopped (Ctrl-C) before the end
  2  wrong usage
  3  done, with documents or pages that are partial or failed, even if all of them are; or inputs that were not found;
     of \`verify\`: a record is not what was published, or its page could not be read

Data goes to stdout, messages and progress to stderr.`

interface IngestFlags extends PlaceFlags {
  readonly out: string
  readonly jobs: number
  readonly pages: string
  readonly ocr: Readers
  readonly progress: boolean
  readonly allowPrivateAddresses?: boolean
  readonly format?: string
  readonly summary?: boolean
  readonly json?: boolean
}

interface InspectFlags {
  readonly page: number
  readonly out?: string
  readonly ocr: Readers
  readonly readers: boolean
  readonly results?: string
}

/** Builds the command line; `conclude` gets what a command came to. */
export function createProgram(terminal: Terminal, conclude: (result: CommandResult) => void): Command {
  const program = new Command('gongkai')
    .description('Turns published Chinese government budget PDFs into clean, checked, open data.')
    .version(VERSION)
    .addHelpText('after', EXIT_HELP)
    .exitOverride()
  addIngest(program, terminal, conclude)
  addInspect(program, terminal, conclude)
  addTablesCommand(program, terminal, conclude)
  addReviewCommand(program, terminal, conclude)
  addExportCommand(program, terminal, VERSION, conclude)
  addVerifyCommand(program, terminal, conclude)
  addQueueCommands(program, terminal, conclude)
  addDoctorCommand(program, terminal, conclude)
  addCompletionCommand(program, conclude)
  return program
}

function addIngest(program: Command, terminal: Terminal, conclude: (result: CommandResult) => void): void {
  const command = program
    .command('ingest')
    .description('read documents and write records.jsonl, documents.jsonl, checks.jsonl and a CSV a record type')
    .argument(
      '<input...>',
      'PDF files, folders (searched through), quoted patterns, addresses (https://…), or a manifest CSV (see below)',
    )
    .requiredOption('--out <dir>', 'the output folder; a second run does no work twice')
    .addOption(jobsOption().argParser(parseNatural))
    .addOption(pagesOption())
    .addOption(readersOption())
    .option(
      '--format <formats>',
      `export the whole output folder when the reading has ended: ${EXPORT_FORMATS.join(', ')}, with commas`,
    )
    .option('--allow-private-addresses', 'download also from addresses in private nets and of this machine')
    .option('--no-progress', 'nothing on stderr but the closing summary')
    .option('--summary', 'print the closing summary to stdout instead of stderr')
    .option('--json', 'print a summary as JSON to stdout')
    .addHelpText(
      'after',
      `
Examples:
  gongkai ingest report.pdf --out out
  gongkai ingest reports/ 'more/**/*2025*.pdf' https://example.org/budget.pdf --out out --jobs 2
  gongkai ingest manifest.csv --out out --json > summary.json
  gongkai ingest reports/ --out out --format datapackage,xlsx       as \`gongkai export\` would, in out/export
  gongkai ingest reports/ --out out --jobs 0 --queue redis://queue:6379 --store postgres://gongkai@db/gongkai
                                    leaves the reading to \`gongkai work\` on other machines, and writes the files

Ctrl-C ends after the pages in work, a second one at once; the same command goes on from there.
Limits from the environment: GONGKAI_PAGE_TIMEOUT_S (28), GONGKAI_PAGE_MEMORY_MIB (2048),
GONGKAI_MAX_FILE_MIB (200), GONGKAI_MAX_PAGES (2000), GONGKAI_DOWNLOAD_TIMEOUT_S (300).

A manifest has a header row with a column path or url; publisher, fiscal_year, district, department and sha256 are
optional. Downloads are kept in DIR/downloads and are not fetched again; each host is asked for one document at a time.`,
    )
  addPlaceOptions(command).action(async (inputs: string[], flags: IngestFlags) => {
    const output = flags.json === true ? 'json' : flags.summary === true ? 'summary' : 'nothing'
    const { out, jobs, pages, ocr: readers, progress } = flags
    const place = { ...toPlace(flags), out }
    const mayBePrivate = flags.allowPrivateAddresses === true
    const formats = flags.format === undefined ? [] : parseExportFormats(flags.format)
    const exported = { formats, version: VERSION, language: 'zh' as const }
    const reading = { inputs, place, jobs, pages, readers, mayBePrivate, showsProgress: progress }
    conclude(await runIngest({ ...reading, output, exported }, terminal))
  })
}

function addInspect(program: Command, terminal: Terminal, conclude: (result: CommandResult) => void): void {
  program
    .command('inspect')
    .description('write one HTML page that shows every step of reading a page, from its pixels to fields and flags')
    .argument('<file>', 'a PDF or an image')
    .requiredOption('--page <number>', 'the page, from 1', parsePositive)
    .option('--out <file>', 'the HTML file (default: <file>-p<number>.html in the current folder)')
    .addOption(readersOption())
    .option(
      '--no-readers',
      'look at the pixels, rulings, grid and lines of a scan only: nobody reads, in a few seconds',
    )
    .addHelpText(
      'after',
      `
Shown, as pictures with layers to switch: the page as published, the pixels as read, rulings, the grid and how far two
ways to find it agree, lines of print, what each reader saw with the confidence of each character, the text layer, why
a reading was chosen, fields, grades and flags. The file works from disk, without a network. Fields are those of the
page read by itself; with --results they are made together with the document's other pages, as an ingest left them.

Examples:
  gongkai inspect report.pdf --page 7 --out page7.html
  gongkai inspect scan.png --page 1 --no-readers`,
    )
    .option(
      '--results <dir>',
      'the output folder of an ingest of this document: fields are then those of the whole of it',
    )
    .action(async (file: string, flags: InspectFlags) => {
      const readers = flags.readers ? flags.ocr : null
      const results = flags.results ?? null
      const result = await runInspect({ file, pageNumber: flags.page, readers, results }, terminal)
      const target = flags.out ?? `${basename(file)}-p${flags.page}.html`
      writeFileSync(target, result.output)
      conclude({ ...result, output: `${target}\n` })
    })
}

/** Runs a command line (without node and script) and returns its exit code. */
export async function runCommandLine(parameters: readonly string[], terminal: Terminal): Promise<number> {
  let concluded: CommandResult = { exitCode: EXIT_CODES.done, output: '' }
  const program = createProgram(terminal, (result) => {
    concluded = result
  })
  try {
    await program.parseAsync([...parameters], { from: 'user' })
    await writeOut(concluded.output)
    return concluded.exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.usage
    terminal.messages.write(`gongkai: ${describeError(error)}\n`)
    if (error instanceof UsageError) return EXIT_CODES.usage
    if (error instanceof PipelineError || terminal.abort.aborted) return EXIT_CODES.failed
    throw error
  }
}

/** Resolves when all of it is out; a reader that went away (`| head`) is no error. */
function writeOut(text: string): Promise<void> {
  if (text === '') return Promise.resolve()
  return new Promise((resolve) => {
    process.stdout.once('error', () => resolve())
    process.stdout.write(text, () => resolve())
  })
}

/** Ctrl-C once: stop after the work in hand; twice, or SIGTERM: at once. */
function createTerminal(): Terminal {
  const [stop, abort] = [new AbortController(), new AbortController()]
  const endNow = () => {
    stop.abort()
    abort.abort()
  }
  process.on('SIGTERM', endNow)
  process.on('SIGINT', () => {
    if (stop.signal.aborted) endNow()
    else process.stderr.write('\nstopping after the pages in work; Ctrl-C again stops at once\n')
    stop.abort()
  })
  return {
    messages: { isTerminal: process.stderr.isTTY === true, write: (text) => void process.stderr.write(text) },
    stop: stop.signal,
    abort: abort.signal,
    environment: process.env,
    openPool: openPagePool,
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await runCommandLine(process.argv.slice(2), createTerminal())
}
