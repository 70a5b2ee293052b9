import { type Command, Option } from 'commander'
import {
  type CommandResult,
  parseTableFormats,
  type Readers,
  runTables,
  TABLE_FORMATS,
  type Terminal,
} from '../main.ts'
import { addNotes } from './command-notes.ts'
import { jobsOption, pagesOption, readersOption } from './options.ts'
import { describeWith } from './speak-help.ts'

const TABLES_NOTES = `Examples:
  gongkai tables scan.png > tables.csv
  gongkai tables report.pdf --pages 3-7 --format json
  gongkai tables report.pdf --format csv,json,html --out tables`

interface TablesFlags {
  readonly format: string
  readonly out?: string
  readonly pages: string
  readonly ocr: Readers
  readonly jobs: number
}

/** `tables`. */
export function addTablesCommand(
  program: Command,
  terminal: Terminal,
  conclude: (result: CommandResult) => void,
): void {
  addNotes(program.command('tables'), TABLES_NOTES)
    .description('print the tables of any PDF or image, scanned or not; knows nothing of budgets')
    .argument('<file>', 'a PDF or an image (PNG, JPEG, TIFF, WebP)')
    .addOption(
      describeWith(new Option('--format <formats>', 'one or more of {formats}, with commas').default('csv'), {
        formats: TABLE_FORMATS.join(', '),
      }),
    )
    .option('--out <dir>', 'write <file>.<format> into this folder instead of printing')
    .addOption(pagesOption())
    .addOption(readersOption())
    .addOption(jobsOption())
    .action(async (file: string, { format, out, pages, ocr: readers, jobs }: TablesFlags) => {
      const formats = parseTableFormats(format)
      conclude(await runTables({ file, formats, out: out ?? null, pages, readers, jobs }, terminal))
    })
}
