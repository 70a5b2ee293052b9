#!/usr/bin/env node
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError, Option } from 'commander'
import { addCompletionCommand } from './cli/add-completion-command.ts'
import { addDoctorCommand } from './cli/add-doctor-command.ts'
import { addExportCommand } from './cli/add-export-command.ts'
import { addIngestCommand } from './cli/add-ingest-command.ts'
import { addInspectCommand } from './cli/add-inspect-command.ts'
import { addQueueCommands } from './cli/add-queue-commands.ts'
import { addReviewCommand } from './cli/add-review-command.ts'
import { addTablesCommand } from './cli/add-tables-command.ts'
import { addTrimCommand } from './cli/add-trim-command.ts'
import { addVerifyCommand } from './cli/add-verify-command.ts'
import { addNotes } from './cli/command-notes.ts'
import { speakHelp } from './cli/speak-help.ts'
import { assertLanguage, isLanguage, takeLanguage } from './cli/take-language.ts'
import {
  type CommandResult,
  describeError,
  EXIT_CODES,
  LANGUAGES,
  openPagePool,
  outputVoiceOf,
  type Terminal,
  type Voice,
  voiceFor,
  voiceOf,
} from './main.ts'
import { PipelineError } from './model/pipeline-error.ts'
import { UsageError } from './model/usage-error.ts'

const VERSION = '0.1.0'

const PROGRAM_NOTES = `Exit codes:
  0  done
  1  nothing could be done: no input was found, the output folder cannot be used, the document or the dictionaries
     cannot be read, or it was stopped (Ctrl-C) before the end
  2  wrong usage
  3  done, with documents or pages that are partial or failed, even if all of them are; or inputs that were not found;
     of \`verify\`: a record is not what was published, or its page could not be read

Data goes to stdout, messages and progress to stderr.`

/** Builds the command line, which speaks with `voice`; `conclude` gets what a command came to. */
export function createProgram(
  terminal: Terminal,
  conclude: (result: CommandResult) => void,
  voice: Voice = outputVoiceOf(terminal),
): Command {
  const program = addNotes(new Command('gongkai'), PROGRAM_NOTES)
    .description('Turns published Chinese government budget PDFs into clean, checked, open data.')
    .version(VERSION)
    .addOption(
      new Option('--lang <language>', 'the language of help and messages (default: by the locale)').choices(LANGUAGES),
    )
    .exitOverride()
  addIngestCommand(program, terminal, VERSION, conclude)
  addInspectCommand(program, terminal, conclude)
  addTablesCommand(program, terminal, conclude)
  addReviewCommand(program, terminal, conclude)
  addExportCommand(program, terminal, VERSION, conclude)
  addVerifyCommand(program, terminal, conclude)
  addQueueCommands(program, terminal, conclude)
  addDoctorCommand(program, terminal, conclude)
  addTrimCommand(program, terminal, conclude)
  addCompletionCommand(program, conclude)
  speakHelp(program, voice, (text) => terminal.messages.write(text))
  return program
}

/** Runs a command line (without node and script) and returns its exit code. */
export async function runCommandLine(parameters: readonly string[], outer: Terminal): Promise<number> {
  const { language, others } = takeLanguage(parameters)
  const terminal = {
    ...outer,
    environment: { ...outer.environment, ...(isLanguage(language) ? { GONGKAI_LANG: language } : {}) },
  }
  let concluded: CommandResult = { exitCode: EXIT_CODES.done, output: '' }
  try {
    assertLanguage(language)
    const program = createProgram(terminal, (result) => {
      concluded = result
    })
    await program.parseAsync([...others], { from: 'user' })
    await writeOut(concluded.output)
    return concluded.exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.done : EXIT_CODES.usage
    terminal.messages.write(`gongkai: ${describeError(error, voiceOf(terminal))}\n`)
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
export function createTerminal(): Terminal {
  const [stop, abort] = [new AbortController(), new AbortController()]
  const { say } = voiceFor(process.env, false)
  const endNow = () => {
    stop.abort()
    abort.abort()
  }
  process.on('SIGTERM', endNow)
  process.on('SIGINT', () => {
    if (stop.signal.aborted) endNow()
    else process.stderr.write(`\n${say('stopping after the pages in work; Ctrl-C again stops at once')}\n`)
    stop.abort()
  })
  return {
    messages: { isTerminal: process.stderr.isTTY === true, write: (text) => void process.stderr.write(text) },
    stop: stop.signal,
    abort: abort.signal,
    environment: process.env,
    hasColors: process.stdout.isTTY === true,
    openPool: openPagePool,
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await runCommandLine(process.argv.slice(2), createTerminal())
}
