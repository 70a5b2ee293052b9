import { setTimeout as sleep } from 'node:timers/promises'
import { UsageError } from '../model/usage-error.ts'
import { findingIn } from '../publish/findings.ts'
import { formatStatus, type StoreStatus, toStatusJson } from '../publish/status-text.ts'
import type { ActiveJob } from '../queue/job-queue.ts'
import { summarizeDocuments } from '../queue/summarize-documents.ts'
import { hideSecrets } from '../store/store-location.ts'
import { type CommandResult, EXIT_CODES, outputVoiceOf, type Terminal, voiceOf } from './terminal.ts'
import { openWorkplace, type Place, type Workplace } from './workplace.ts'

export interface StatusCommand {
  readonly place: Place
  readonly format: 'text' | 'json'
  /** Shows it again and again, so many seconds apart, until nothing is left to do; null: once. */
  readonly everySeconds: number | null
}

const MS_PER_SECOND = 1000
const MS_PER_MINUTE = 60_000
/** Pages a minute are those of the last minutes: a batch has quick and slow parts. */
const PACE_MINUTES = 5
const SHORTEST_PACE_MS = 10_000
const CLEAR_SCREEN = '\u001b[2J\u001b[H'

/** `gongkai status`. Throws output/not-found where there is nothing to tell of. */
export async function runStatus(command: StatusCommand, terminal: Terminal): Promise<CommandResult> {
  const { place, format, everySeconds } = command
  if (everySeconds !== null && format === 'json')
    throw new UsageError('--watch is for people; call --json again instead')
  const say = (notice: string) => terminal.messages.write(`${findingIn(voiceOf(terminal).language, notice)}\n`)
  const workplace = await openWorkplace(place, 'existing', say, { isForReading: true })
  try {
    let status = await readStatus(place, workplace)
    while (everySeconds !== null && !terminal.stop.aborted && isUnderWay(status)) {
      terminal.messages.write(
        `${terminal.messages.isTerminal ? CLEAR_SCREEN : ''}${formatStatus(status, voiceOf(terminal))}`,
      )
      await sleep(everySeconds * MS_PER_SECOND, undefined, { signal: terminal.stop }).catch(() => undefined)
      status = await readStatus(place, workplace)
    }
    const output =
      format === 'json'
        ? `${JSON.stringify(toStatusJson(status), null, 2)}\n`
        : formatStatus(status, outputVoiceOf(terminal))
    return { exitCode: EXIT_CODES.done, output }
  } finally {
    await workplace.close()
  }
}

function isUnderWay({ stages }: StoreStatus): boolean {
  return Object.values(stages).some(({ wait, active }) => wait + active > 0)
}

async function readStatus({ out, store: address }: Place, { store, queue }: Workplace): Promise<StoreStatus> {
  const now = Date.now()
  const documents = await summarizeDocuments(store, await store.documents.ids())
  const { pages, firstAt } = await store.pages.endedSince(now - PACE_MINUTES * MS_PER_MINUTE)
  const minutes = Math.max(now - (firstAt ?? now), SHORTEST_PACE_MS) / MS_PER_MINUTE
  const fileNames = new Map(documents.map(({ documentId, fileName }) => [documentId, fileName]))
  return {
    place: out === null ? hideSecrets(address) : store.directory,
    documents,
    stages: await queue.counts(),
    isPaused: await queue.isPaused(),
    pagesPerMinute: pages / minutes,
    inWork: (await queue.active()).map((active) => toInWork(active, fileNames, now)),
  }
}

function toInWork({ job, worker, since, linesRead }: ActiveJob, fileNames: ReadonlyMap<string, string>, now: number) {
  const { payload, stage } = job
  const documentId = 'documentId' in payload ? payload.documentId : null
  return {
    stage,
    fileName: documentId === null ? null : (fileNames.get(documentId) ?? documentId),
    pageNumber: 'pageNumber' in payload ? payload.pageNumber : null,
    worker,
    seconds: since === null ? null : Math.max(0, (now - since) / MS_PER_SECOND),
    linesRead,
  }
}
