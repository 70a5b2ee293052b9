import { readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { describeError } from '../language/say-error.ts'
import type { Voice } from '../language/voice.ts'
import { UsageError } from '../model/usage-error.ts'
import { findingIn } from '../publish/findings.ts'
import { proposeDictionaryDiff } from '../queue/dictionary-proposals.ts'
import { readFieldLists } from '../queue/field-lists.ts'
import { readFieldNames } from '../queue/field-names.ts'
import { loadDictionaries } from '../queue/load-dictionaries.ts'
import { readLimits } from '../queue/read-limits.ts'
import { createReviewRepository } from '../queue/review-repository.ts'
import { openSourceFiles } from '../queue/source-files.ts'
import { parseJudgements, toJudgementLines, toJudgementsCsv } from '../review/judgements-text.ts'
import { mergeJudgements } from '../review/merge-judgements.ts'
import type { PublisherNames } from '../review/propose-aliases.ts'
import { isGenuine } from '../store/judgements.ts'
import type { Store } from '../store/open-store.ts'
import { openPictureFolder } from '../store/picture-folder.ts'
import { LOOPBACK, openReview } from '../web/open-review.ts'
import type { ReviewDesk } from '../web/review-desk.ts'
import { planWork } from './at-work.ts'
import { type CommandResult, EXIT_CODES, type Terminal, toPoolLimits, voiceOf } from './terminal.ts'
import { openWorkplace, type Place } from './workplace.ts'

export interface ReviewCommand {
  readonly place: Place
  readonly port: number
  readonly host: string
  readonly token: string | null
  readonly reviewer: string | null
  /** Share of accepted fields that are asked blind, 0 to 1. */
  readonly auditShare: number
  readonly auditSeed: string
  /** Files of judgements: written or taken in instead of opening the page. */
  readonly exportTo: string | null
  readonly importFrom: string | null
}

/** One child shows pages, another puts documents together again. */
const CHILDREN = 2
const SHORTEST_TOKEN = 12
/** In the output folder: removed with it. */
const PICTURES = '.review-pictures'

/** `gongkai review`. Serves until the terminal says stop. Throws output/not-found and UsageError. */
export async function runReview(command: ReviewCommand, terminal: Terminal): Promise<CommandResult> {
  assertSafe(command)
  const say = (notice: string) => terminal.messages.write(`${findingIn(voiceOf(terminal).language, notice)}\n`)
  const { store, close } = await openWorkplace(command.place, 'existing', say, { syncsCommits: true })
  try {
    if (command.exportTo !== null) return await exportJudgements(store, command.exportTo, voiceOf(terminal))
    if (command.importFrom !== null) return await importJudgements(store, command.importFrom, voiceOf(terminal))
    return await serveReview(command, store, terminal)
  } finally {
    await close()
  }
}

function assertSafe({ host, token }: ReviewCommand): void {
  if (LOOPBACK.includes(host)) return
  if (token === null) throw new UsageError('--host {host} lets other machines in and needs --token', { host })
  if (token.length < SHORTEST_TOKEN)
    throw new UsageError('--token must have at least {count} characters', { count: SHORTEST_TOKEN })
}

async function serveReview(command: ReviewCommand, store: Store, terminal: Terminal): Promise<CommandResult> {
  const voice = voiceOf(terminal)
  const dictionaries = loadDictionaries()
  const limits = readLimits(terminal.environment)
  const pool = terminal.openPool(toPoolLimits(limits, CHILDREN))
  const files = openSourceFiles(store)
  const { kinds, lists } = readFieldLists(dictionaries)
  const { directory } = store.location
  const repository = createReviewRepository({
    store,
    pictures: directory === null ? null : openPictureFolder(join(directory, PICTURES)),
    pool,
    files,
    plan: planWork(limits),
    signal: terminal.abort,
  })
  try {
    const review = await openReview(repository, {
      host: command.host,
      port: command.port,
      token: command.token,
      reviewer: command.reviewer ?? userInfo().username,
      audit: { share: command.auditShare, seed: command.auditSeed },
      dictionaries,
      fieldKinds: kinds,
      fieldSchemes: lists,
      fieldNames: readFieldNames(dictionaries),
      proposals: (desk) => proposeDictionaryDiff(desk.judgements(), namesOf(desk), dictionaries),
      onFailure: (error) => {
        // A picture that is still being painted at the end is given up, which is no failure.
        if (!terminal.stop.aborted) terminal.messages.write(`gongkai: ${describeError(error, voice)}\n`)
      },
    }).catch((error: unknown) => {
      throw explainListening(error, command)
    })
    terminal.messages.write(`${voice.say('review at {url}', { url: review.url })}\n`)
    terminal.messages.write(`${voice.say('Ctrl-C ends it and writes the output files')}\n`)
    await untilStopped(terminal.stop)
    terminal.messages.write(`${voice.say('writing the output files')}\n`)
    await review.close()
    return { exitCode: EXIT_CODES.done, output: '' }
  } finally {
    await pool.close()
    files.close()
  }
}

function namesOf(desk: ReviewDesk): readonly PublisherNames[] {
  return desk
    .documents()
    .map(({ documentId, publisher, index }) => ({ documentId, given: publisher, own: index?.publisher ?? null }))
}

/** What the system says of an address that cannot be listened on, in words for the user. */
function explainListening(error: unknown, { host, port }: ReviewCommand): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return new UsageError('port {port} is taken: choose another with --port', { port })
  if (code === 'EACCES')
    return new UsageError('port {port} is not allowed: choose one above 1023 with --port', { port })
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new UsageError('this machine has no address {host}', { host })
  return error
}

function untilStopped(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve()
  return new Promise((done) => stop.addEventListener('abort', () => done(), { once: true }))
}

async function exportJudgements(store: Store, file: string, { say }: Voice): Promise<CommandResult> {
  const judgements = mergeJudgements(await store.judgements.all(), [])
  writeFileSync(file, file.endsWith('.csv') ? `\uFEFF${toJudgementsCsv(judgements)}` : toJudgementLines(judgements))
  return {
    exitCode: EXIT_CODES.done,
    output: `${say('{count} judgements in {file}', { count: judgements.length, file })}\n`,
  }
}

/** A judgement that is not what its id says was changed after it was given, and nothing of the file is taken in. */
async function importJudgements(store: Store, file: string, { say }: Voice): Promise<CommandResult> {
  const judgements = readJudgements(file)
  const changed = judgements.findIndex((judgement) => !isGenuine(judgement))
  if (changed >= 0)
    throw new UsageError('{file}: judgement {number} was changed after it was given', { file, number: changed + 1 })
  const added = await store.transaction((tables) => tables.judgements.add(judgements))
  const known = judgements.length - added
  return {
    exitCode: EXIT_CODES.done,
    output: `${say('{added} judgements added, {known} were there already', { added, known })}\n`,
  }
}

function readJudgements(file: string) {
  try {
    return parseJudgements(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError('{file}: {reason}', { file, reason: error instanceof Error ? error.message : String(error) })
  }
}
