import { displayWidth, padDisplay } from '../language/display-width.ts'
import { sayError } from '../language/say-error.ts'
import { PLAIN_VOICE, type Voice } from '../language/voice.ts'
import { printableText } from './printable-text.ts'
import type { PublishedError } from './published-document.ts'
import { countStatuses, type DocumentSummary, labelled, type SummaryStatus, sayRows } from './run-summary.ts'

/** How many jobs of a stage are in each state. */
export interface StageCounts {
  readonly wait: number
  readonly active: number
  readonly done: number
  readonly failed: number
}

/** A job that somebody is working on. */
export interface InWork {
  readonly stage: string
  readonly fileName: string | null
  readonly pageNumber: number | null
  /** Machine and process. */
  readonly worker: string
  /** For how long; null when that is not known. */
  readonly seconds: number | null
  /** Lines of the page that have been read so far; null when none was told. */
  readonly linesRead: number | null
}

export interface StoreStatus {
  /** The output folder, or the address of the shared store as it may be shown. */
  readonly place: string
  readonly documents: readonly DocumentSummary[]
  readonly stages: Readonly<Record<string, StageCounts>>
  readonly isPaused: boolean
  /** Of the last minutes, over all workers. */
  readonly pagesPerMinute: number
  readonly inWork: readonly InWork[]
}

/** The state of an output folder or a shared store, for people. */
export function formatStatus(status: StoreStatus, voice: Voice = PLAIN_VOICE): string {
  const { place, documents, stages } = status
  const { say, paint } = voice
  const records = documents.reduce((total, document) => total + document.records, 0)
  const accepted = documents.reduce((total, document) => total + document.accepted, 0)
  const width = Math.max(...Object.keys(stages).map((stage) => displayWidth(stageIn(stage, voice))))
  const lines = [
    printableText(place),
    labelled('documents', `${documents.length}: ${countStatuses(documents, voice)}`, voice),
    labelled('rows', sayRows(records, accepted, say), voice),
    ...describePace(status, voice),
    `  ${paint('strong', say('jobs'))}`,
    ...Object.entries(stages).map(([stage, { wait, active, done, failed }]) => {
      const counts = { wait, active, done, failed }
      return `    ${padDisplay(stageIn(stage, voice), width)}  ${say('{wait} waiting, {active} in work, {done} done, {failed} failed', counts)}`
    }),
    ...describeWork(status.inWork, voice),
    ...describeFailures(documents, voice),
  ]
  return `${lines.join('\n')}\n`
}

/** What a stage of the work is called. */
function stageIn(stage: string, { say }: Voice): string {
  const stages: Readonly<Record<string, string>> = {
    document: say('document'),
    page: say('page'),
    assemble: say('assemble'),
    publish: say('publish'),
  }
  return stages[stage] ?? stage
}

const MINUTES_PER_HOUR = 60

/** How fast it goes and how long it may take, while there is something to do. */
function describePace({ stages, isPaused, pagesPerMinute }: StoreStatus, voice: Voice): readonly string[] {
  const { say } = voice
  const left = (stages.page?.wait ?? 0) + (stages.page?.active ?? 0)
  const minutes = left / pagesPerMinute
  const time =
    minutes >= 2 * MINUTES_PER_HOUR
      ? say('{hours} hours', { hours: Math.round(minutes / MINUTES_PER_HOUR) })
      : say('{minutes} min', { minutes: Math.ceil(minutes) })
  const rest = left > 0 && pagesPerMinute > 0 && !isPaused ? say('; {left} to go, about {time}', { left, time }) : ''
  const rate = say('{rate} pages a minute', { rate: pagesPerMinute.toFixed(1) })
  return [
    ...(isPaused ? [labelled('paused', say('nothing is begun until `gongkai resume`'), voice)] : []),
    ...(pagesPerMinute > 0 ? [labelled('pace', `${rate}${rest}`, voice)] : []),
  ]
}

function describeWork(inWork: readonly InWork[], voice: Voice): readonly string[] {
  const { say, paint } = voice
  if (inWork.length === 0) return []
  const lines = inHand(inWork).map(({ stage, fileName, pageNumber, lastPage, worker, seconds, linesRead }) => {
    const page =
      pageNumber === null
        ? ` (${stageIn(stage, voice)})`
        : pageNumber === lastPage
          ? say(', page {page}', { page: pageNumber })
          : say(', pages {first} to {last}', { first: pageNumber, last: lastPage ?? pageNumber })
    const time = seconds === null ? '' : say(', for {seconds} s', { seconds: Math.round(seconds) })
    const lines = linesRead === null ? '' : say(', {count} lines read', { count: linesRead })
    return `    ${printableText(`${worker}  ${fileName ?? stageIn(stage, voice)}`)}${fileName === null ? '' : page}${time}${lines}`
  })
  return [`  ${paint('strong', say('in work'))}`, ...lines]
}

interface InHand extends InWork {
  readonly lastPage: number | null
}

/** Pages of a document that one worker took together are one line; of them all, the one in work has been so for longest. */
function inHand(inWork: readonly InWork[]): readonly InHand[] {
  const lines: InHand[] = []
  const byPage = inWork.toSorted((a, b) => (a.pageNumber ?? 0) - (b.pageNumber ?? 0))
  for (const one of byPage) {
    const before = lines.findIndex(
      ({ worker, fileName, lastPage }) =>
        worker === one.worker && fileName === one.fileName && lastPage !== null && lastPage + 1 === one.pageNumber,
    )
    const first = lines[before]
    if (first === undefined) lines.push({ ...one, lastPage: one.pageNumber })
    else {
      const seconds = first.seconds === null ? one.seconds : Math.max(first.seconds, one.seconds ?? 0)
      lines[before] = { ...first, seconds, linesRead: first.linesRead ?? one.linesRead, lastPage: one.pageNumber }
    }
  }
  return lines
}

function describeFailures(documents: readonly DocumentSummary[], voice: Voice): readonly string[] {
  return documents.flatMap(({ fileName, error, failedPages }) => [
    ...(error === null ? [] : describeFailure(fileName, error, voice)),
    ...failedPages.flatMap((page) => {
      const where = voice.say('{place}, page {page}', { place: fileName, page: page.pageNumber })
      return describeFailure(where, page.error, voice)
    }),
  ])
}

function describeFailure(where: string, error: PublishedError, voice: Voice): readonly string[] {
  const { code, message, remedy } = sayError(error, voice)
  return [
    '',
    `  ${printableText(where)}: ${voice.paint('bad', code)}`,
    `    ${printableText(message)}`,
    `    ${remedy}`,
  ]
}

/** The same for programs; keys are stable. */
export function toStatusJson({ place, documents, stages, isPaused, pagesPerMinute, inWork }: StoreStatus) {
  const number = (status: SummaryStatus) => documents.filter((found) => found.status === status).length
  return {
    out: place,
    documents: {
      total: documents.length,
      complete: number('complete'),
      partial: number('partial'),
      failed: number('failed'),
      unfinished: number('unfinished'),
    },
    records: documents.reduce((total, document) => total + document.records, 0),
    accepted: documents.reduce((total, document) => total + document.accepted, 0),
    paused: isPaused,
    pages_per_minute: Math.round(pagesPerMinute * 10) / 10,
    jobs: stages,
    in_work: inWork.map(({ stage, fileName, pageNumber, worker, seconds, linesRead }) => ({
      stage,
      file_name: fileName,
      page_number: pageNumber,
      worker,
      seconds: seconds === null ? null : Math.round(seconds * 10) / 10,
      lines_read: linesRead,
    })),
    failures: documents
      .filter((document) => document.error !== null || document.failedPages.length > 0)
      .map(({ documentId, fileName, error, failedPages }) => ({
        document_id: documentId,
        file_name: fileName,
        error,
        failed_pages: failedPages.map((page) => ({ page_number: page.pageNumber, error: page.error })),
      })),
  }
}
