import { type Command, Option } from 'commander'
import {
  type CommandResult,
  EXPORT_FORMATS,
  parseExportFormats,
  type Readers,
  runIngest,
  type Terminal,
} from '../main.ts'
import { addNotes } from './command-notes.ts'
import {
  addPlaceOptions,
  jobsOption,
  type PlaceFlags,
  pagesOption,
  parseNatural,
  readersOption,
  toPlace,
} from './options.ts'
import { describeWith } from './speak-help.ts'

const INGEST_NOTES = `Examples:
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
optional. Downloads are kept in DIR/downloads and are not fetched again; each host is asked for one document at a time.`

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

/** `ingest`. */
export function addIngestCommand(
  program: Command,
  terminal: Terminal,
  version: string,
  conclude: (result: CommandResult) => void,
): void {
  const command = addNotes(program.command('ingest'), INGEST_NOTES)
    .description('read documents and write records.jsonl, documents.jsonl, checks.jsonl and a CSV a record type')
    .argument(
      '<input...>',
      'PDF files, folders (searched through), quoted patterns, addresses (https://…), or a manifest CSV (see below)',
    )
    .requiredOption('--out <dir>', 'the output folder; a second run does no work twice')
    .addOption(jobsOption().argParser(parseNatural))
    .addOption(pagesOption())
    .addOption(readersOption())
    .addOption(
      describeWith(
        new Option(
          '--format <formats>',
          'export the whole output folder when the reading has ended: {formats}, with commas',
        ),
        { formats: EXPORT_FORMATS.join(', ') },
      ),
    )
    .option('--allow-private-addresses', 'download also from addresses in private nets and of this machine')
    .option('--no-progress', 'nothing on stderr but the closing summary')
    .option('--summary', 'print the closing summary to stdout instead of stderr')
    .option('--json', 'print a summary as JSON to stdout')
  addPlaceOptions(command).action(async (inputs: string[], flags: IngestFlags) => {
    const output = flags.json === true ? 'json' : flags.summary === true ? 'summary' : 'nothing'
    const { out, jobs, pages, ocr: readers, progress } = flags
    const place = { ...toPlace(flags), out }
    const mayBePrivate = flags.allowPrivateAddresses === true
    const formats = flags.format === undefined ? [] : parseExportFormats(flags.format)
    const exported = { formats, version, language: 'zh' as const }
    const reading = { inputs, place, jobs, pages, readers, mayBePrivate, showsProgress: progress }
    conclude(await runIngest({ ...reading, output, exported }, terminal))
  })
}
