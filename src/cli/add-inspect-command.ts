import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { type CommandResult, type Readers, runInspect, type Terminal } from '../main.ts'
import { addNotes } from './command-notes.ts'
import { parsePositive, readersOption } from './options.ts'

const INSPECT_NOTES = `Shown, as pictures with layers to switch: the page as published, the pixels as read, rulings, the grid and how far two
ways to find it agree, lines of print, what each reader saw with the confidence of each character, the text layer, why
a reading was chosen, fields, grades and flags. The file works from disk, without a network. Fields are those of the
page read by itself; with --results they are made together with the document's other pages, as an ingest left them.

Examples:
  gongkai inspect report.pdf --page 7 --out page7.html
  gongkai inspect scan.png --page 1 --no-readers`

interface InspectFlags {
  readonly page: number
  readonly out?: string
  readonly ocr: Readers
  readonly readers: boolean
  readonly results?: string
}

/** `inspect`. */
export function addInspectCommand(
  program: Command,
  terminal: Terminal,
  conclude: (result: CommandResult) => void,
): void {
  addNotes(program.command('inspect'), INSPECT_NOTES)
    .description('write one HTML page that shows every step of reading a page, from its pixels to fields and flags')
    .argument('<file>', 'a PDF or an image')
    .requiredOption('--page <number>', 'the page, from 1', parsePositive)
    .option('--out <file>', 'the HTML file (default: <file>-p<number>.html in the current folder)')
    .addOption(readersOption())
    .option(
      '--no-readers',
      'look at the pixels, rulings, grid and lines of a scan only: nobody reads, in a few seconds',
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
