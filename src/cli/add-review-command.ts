import { type Command, InvalidArgumentError, Option } from 'commander'
import { type CommandResult, type ReviewCommand, runReview, type Terminal } from '../main.ts'
import { addNotes } from './command-notes.ts'
import { addPlaceOptions, type PlaceFlags, parseNatural, toPlace } from './options.ts'

const REVIEW_NOTES = `Examples:
  gongkai review --out out
  gongkai review --out out --export mine.jsonl
  GONGKAI_REVIEW_TOKEN=… gongkai review --out out --host 0.0.0.0 --port 8080

Press ? on the page for its keys. Ctrl-C ends it and writes the output files with what was answered.`

interface ReviewFlags extends PlaceFlags {
  readonly port: number
  readonly host: string
  readonly token?: string
  readonly reviewer?: string
  readonly audit: number
  readonly auditSeed: string
  readonly export?: string
  readonly import?: string
}

const USUAL_PORT = 7080
const LARGEST_PORT = 65_535
const USUAL_AUDIT_SHARE = 0.02

/** `review`. */
export function addReviewCommand(
  program: Command,
  terminal: Terminal,
  conclude: (result: CommandResult) => void,
): void {
  const command = addNotes(program.command('review'), REVIEW_NOTES)
    .description('serve the page on which a person settles what the machine is not sure of')
    .requiredOption('--out <dir>', 'the output folder of an ingest')
    .option('--port <number>', 'the port; 0 takes any that is free', parsePort, USUAL_PORT)
    .option('--host <address>', 'where to listen; anything but this machine needs --token', '127.0.0.1')
    .option('--token <text>', 'what reviewers must enter; better in GONGKAI_REVIEW_TOKEN')
    .option('--reviewer <name>', 'who answers (default: the name of the account)')
    .addOption(
      new Option('--audit <percent>', 'share of accepted fields that are asked blind')
        .argParser(parsePercent)
        .default(USUAL_AUDIT_SHARE, '2'),
    )
    .option('--audit-seed <text>', 'draws other fields for the audit', 'gongkai')
    .option('--export <file>', 'write all judgements (.jsonl or .csv) and end')
    .option('--import <file>', 'take in judgements that were exported elsewhere and end')
  addPlaceOptions(command).action(async (flags: ReviewFlags) => {
    conclude(await runReview(toReviewCommand(flags, terminal), terminal))
  })
}

function toReviewCommand(flags: ReviewFlags, terminal: Terminal): ReviewCommand {
  return {
    place: toPlace(flags),
    port: flags.port,
    host: flags.host,
    token: flags.token ?? terminal.environment.GONGKAI_REVIEW_TOKEN ?? null,
    reviewer: flags.reviewer ?? null,
    auditShare: flags.audit,
    auditSeed: flags.auditSeed,
    exportTo: flags.export ?? null,
    importFrom: flags.import ?? null,
  }
}

function parsePort(text: string): number {
  const port = parseNatural(text)
  if (port > LARGEST_PORT) throw new InvalidArgumentError(`It must be 0 to ${LARGEST_PORT}.`)
  return port
}

function parsePercent(text: string): number {
  const percent = Number(text)
  if (!(percent >= 0 && percent <= 100)) throw new InvalidArgumentError('It must be 0 to 100.')
  return percent / 100
}
