import { type Command, Option } from 'commander'
import { type CommandResult, runPause, runResume, runRetry, runStatus, runWork, type Terminal } from '../main.ts'
import { addNotes } from './command-notes.ts'
import { addPlaceOptions, jobsOption, type PlaceFlags, parsePositive, toPlace } from './options.ts'

const WORK_NOTES = `Examples:
  gongkai work --queue redis://queue:6379 --store postgres://gongkai@db/gongkai --artefacts s3://budgets/2025
  gongkai work --out out --until-empty      a second process on the folder of an ingest that is running

Ctrl-C ends after the pages in work; a second one, or SIGTERM, gives them back at once.`

const STATUS_NOTES = `Examples:
  gongkai status --out out --json
  gongkai status --queue redis://queue:6379 --store postgres://gongkai@db/gongkai --watch`

const PAUSE_NOTES = `Examples:
  gongkai pause --out out
  gongkai pause --queue redis://queue:6379 --store postgres://gongkai@db/gongkai`

const RESUME_NOTES = `Examples:
  gongkai resume --out out`

const RETRY_NOTES = `Examples:
  GONGKAI_PAGE_TIMEOUT_S=600 gongkai retry --out out --code page/timeout
  gongkai retry report.pdf --out out && gongkai work --out out --until-empty`

type Conclude = (result: CommandResult) => void

const OUT = ['--out <dir>', 'the output folder'] as const

/** `work`, `status`, `retry`, `pause` and `resume`. */
export function addQueueCommands(program: Command, terminal: Terminal, conclude: Conclude): void {
  addWork(program, terminal, conclude)
  addStatus(program, terminal, conclude)
  addRetry(program, terminal, conclude)
  addPauseAndResume(program, terminal, conclude)
}

function addWork(program: Command, terminal: Terminal, conclude: Conclude): void {
  const command = addNotes(program.command('work'), WORK_NOTES)
    .description('take part in the work on a queue that ingest fills; any number of machines and processes may')
    .option(OUT[0], 'the output folder; with a shared store only for who is to write the output files too')
    .addOption(jobsOption())
    .option('--until-empty', 'end when nothing is left to do instead of waiting for more')
    .option('--no-progress', 'nothing on stderr but the closing line')
  addPlaceOptions(command).action(
    async (flags: PlaceFlags & { jobs: number; untilEmpty?: boolean; progress: boolean }) => {
      const { jobs, untilEmpty, progress } = flags
      const work = { place: toPlace(flags), jobs, staysOn: untilEmpty !== true, showsProgress: progress }
      conclude(await runWork(work, terminal))
    },
  )
}

function addStatus(program: Command, terminal: Terminal, conclude: Conclude): void {
  const command = addNotes(program.command('status'), STATUS_NOTES)
    .description('tell what is done and still to be done, how fast it goes, who works on what, and what failed')
    .option(...OUT)
    .option('--json', 'as JSON')
    .addOption(
      new Option('--watch [seconds]', 'show it again and again until nothing is left to do')
        .preset('2')
        .argParser(parsePositive),
    )
  addPlaceOptions(command).action(async (flags: PlaceFlags & { json?: boolean; watch?: number }) => {
    const format = flags.json === true ? 'json' : 'text'
    conclude(await runStatus({ place: toPlace(flags), format, everySeconds: flags.watch ?? null }, terminal))
  })
}

function addRetry(program: Command, terminal: Terminal, conclude: Conclude): void {
  const command = addNotes(program.command('retry'), RETRY_NOTES)
    .description('let failed pages and documents wait again, also those that no try would mend by itself')
    .argument('[document...]', 'file names or ids, or the beginning of an id (default: all)')
    .option(...OUT)
    .option('--code <code...>', 'only failures of these codes, such as page/timeout')
  addPlaceOptions(command).action(async (documents: string[], flags: PlaceFlags & { code?: string[] }) => {
    conclude(await runRetry({ place: toPlace(flags), documents, codes: flags.code ?? [] }, terminal))
  })
}

function addPauseAndResume(program: Command, terminal: Terminal, conclude: Conclude): void {
  const pause = addNotes(program.command('pause'), PAUSE_NOTES)
    .description('let all workers finish what they have and take nothing more')
    .option(...OUT)
  addPlaceOptions(pause).action(async (flags: PlaceFlags) => conclude(await runPause(toPlace(flags), terminal)))
  const resume = addNotes(program.command('resume'), RESUME_NOTES)
    .description('let the workers go on after a pause')
    .option(...OUT)
  addPlaceOptions(resume).action(async (flags: PlaceFlags) => conclude(await runResume(toPlace(flags), terminal)))
}
