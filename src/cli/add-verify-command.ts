import type { Command } from 'commander'
import { type CommandResult, runVerify, type Terminal } from '../main.ts'
import { UsageError } from '../model/usage-error.ts'
import { addNotes } from './command-notes.ts'
import { addPlaceOptions, jobsOption, type PlaceFlags, parsePositive, toPlace } from './options.ts'

const VERIFY_NOTES = `Examples:
  gongkai verify 3f9c0d1e2a4b5c6d-p007-t1-r003 --out out
  gongkai verify --all --sample 50 --out out --source reports/

The pages that a record stands on are read anew from the document, whose content must be the one that was ingested; the
rest of the document, and what people answered, is taken from the store. Nothing is written. A record is
  same         to the last letter
  reworded     the same values and grades; something that is told of them is not (evidence, confidence, place)
  differs      a value or a grade is another, or a field is missing
  missing      no such record comes out
  underivable  its page, or the document, cannot be read
Exit code 0 says that all are the same or reworded, 3 that some are not, 1 that none could be derived.`

interface VerifyFlags extends PlaceFlags {
  readonly out: string
  readonly all?: boolean
  readonly sample?: number
  readonly seed: string
  readonly source?: string
  readonly jobs: number
  readonly json?: boolean
}

/** `verify`. */
export function addVerifyCommand(
  program: Command,
  terminal: Terminal,
  conclude: (result: CommandResult) => void,
): void {
  const command = addNotes(program.command('verify'), VERIFY_NOTES)
    .description('derive published records again from their pages and compare them field by field')
    .argument('[record...]', 'ids of records, as in records.jsonl')
    .requiredOption('--out <dir>', 'the output folder of an ingest')
    .option('--all', 'all records of records.jsonl')
    .option('--sample <number>', 'with --all: so many of them, drawn; the same every time', parsePositive)
    .option('--seed <text>', 'draws others', 'gongkai')
    .option('--source <path>', 'the PDF, or the folder with the PDFs, where they no longer lie where they were read')
    .option('--json', 'as JSON')
    .addOption(jobsOption())
  addPlaceOptions(command).action(async (recordIds: string[], flags: VerifyFlags) => {
    assertChoice(recordIds, flags)
    const { out, sample, seed, source, jobs, json } = flags
    const place = { ...toPlace(flags), out }
    const format = json === true ? 'json' : 'text'
    const choice = { recordIds, sample: sample ?? null, seed, source: source ?? null }
    conclude(await runVerify({ place, ...choice, jobs, format }, terminal))
  })
}

function assertChoice(recordIds: readonly string[], { all, sample }: VerifyFlags): void {
  if (recordIds.length > 0 && all === true) throw new UsageError('name records, or take them --all')
  if (recordIds.length === 0 && all !== true) throw new UsageError('name a record by its id, or take them --all')
  if (sample !== undefined && all !== true) throw new UsageError('--sample draws from --all')
}
