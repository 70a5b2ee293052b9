import type { Command } from 'commander'
import {
  type CommandResult,
  parseTableFormats,
  type Readers,
  runTables,
  TABLE_FORMATS,
  type Terminal,
} from '../main.ts'
import { jobsOption, pagesOption, readersOption } from './options.ts'

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
  program
    .command('tables')
    .description('print the tables of any PDF or image, scanned or not; knows nothing of budgets')
    .argument('<file>', 'a PDF or an image (PNG, JPEG, TIFF, WebP)')
    .option('--format <formats>', `one or more of ${TABLE_FORMATS.join(', ')}, with commas`, 'csv')
    .option('--out <dir>', 'write <file>.<format> into this folder instead of printing')
    .addOption(pagesOption())
    .addOption(readersOption())
    .addOption(jobsOption())
    .addHelpText(
      'after',
      `
Examples:
  gongkai tables scan.png > tables.csv
  gongkai tables report.pdf --pages 3-7 --format json
  gongkai tables report.pdf --format csv,json,html --out tables`,
    )
    .action(async (file: string, { format, out, pages, ocr: readers, jobs }: TablesFlags) => {
      const formats = parseTableFormats(format)
      conclude(await runTables({ file, formats, out: out ?? null, pages, readers, jobs }, terminal))
    })
}
