import { type Command, Option } from 'commander'
import {
  type CommandResult,
  EXPORT_FORMATS,
  LANGUAGES,
  type Language,
  parseExportFormats,
  runExport,
  type Terminal,
} from '../main.ts'
import { addNotes } from './command-notes.ts'
import { addPlaceOptions, type PlaceFlags, toPlace } from './options.ts'
import { describeWith } from './speak-help.ts'

const EXPORT_NOTES = `Examples:
  gongkai export --out out
  gongkai export --out out --format ${EXPORT_FORMATS.join(',')} --to dataset
  gongkai export --out out --format evidence --language en      then open out/export/evidence/index.html

Prints the files it wrote. The same input, version and answers give the same bytes. What the formats hold: docs/export.md`

interface ExportFlags extends PlaceFlags {
  readonly format: string
  readonly to?: string
  readonly language: Language
}

/** `export`. */
export function addExportCommand(
  program: Command,
  terminal: Terminal,
  version: string,
  conclude: (result: CommandResult) => void,
): void {
  const command = addNotes(program.command('export'), EXPORT_NOTES)
    .description('write what was ingested as a dataset that other tools open; answers of reviewers are in it')
    .option('--out <dir>', 'the output folder of an ingest')
    .addOption(
      describeWith(new Option('--format <formats>', 'one or more of {formats}, with commas').default('datapackage'), {
        formats: EXPORT_FORMATS.join(', '),
      }),
    )
    .option('--to <dir>', 'the folder for the files (default: export in the output folder)')
    .addOption(new Option('--language <language>', 'of the evidence pages').choices(LANGUAGES).default('zh'))
  addPlaceOptions(command).action(async (flags: ExportFlags) => {
    const formats = parseExportFormats(flags.format)
    const { to = null, language } = flags
    conclude(await runExport({ place: toPlace(flags), formats, to, version, language }, terminal))
  })
}
