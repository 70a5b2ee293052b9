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
import { addPlaceOptions, type PlaceFlags, toPlace } from './options.ts'

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
  const command = program
    .command('export')
    .description('write what was ingested as a dataset that other tools open; answers of reviewers are in it')
    .option('--out <dir>', 'the output folder of an ingest')
    .option('--format <formats>', `one or more of ${EXPORT_FORMATS.join(', ')}, with commas`, 'datapackage')
    .option('--to <dir>', 'the folder for the files (default: export in the output folder)')
    .addOption(new Option('--language <language>', 'of the evidence pages').choices(LANGUAGES).default('zh'))
    .addHelpText(
      'after',
      `
Examples:
  gongkai export --out out
  gongkai export --out out --format ${EXPORT_FORMATS.join(',')} --to dataset
  gongkai export --out out --format evidence --language en      then open out/export/evidence/index.html

Prints the files it wrote. The same input, version and answers give the same bytes. What the formats hold: docs/export.md`,
    )
  addPlaceOptions(command).action(async (flags: ExportFlags) => {
    const formats = parseExportFormats(flags.format)
    const { to = null, language } = flags
    conclude(await runExport({ place: toPlace(flags), formats, to, version, language }, terminal))
  })
}
