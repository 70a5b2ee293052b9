import { padDisplay } from '../language/display-width.ts'
import { sayError } from '../language/say-error.ts'
import { PLAIN_VOICE, type Voice } from '../language/voice.ts'
import { findingIn } from './findings.ts'
import { printableLine, printableText } from './printable-text.ts'
import type { PublishedError } from './published-document.ts'

/** How a document stands, for people: beside the published statuses, the work on it may not have ended. */
export const SUMMARY_STATUSES = ['complete', 'partial', 'failed', 'unfinished'] as const
/** How a document stands after a run. */
export type SummaryStatus = (typeof SUMMARY_STATUSES)[number]

/** What came of one document. `checksHolding` counts equations that hold, as printed or after a proven repair. */
export interface DocumentSummary {
  readonly documentId: string
  readonly fileName: string
  readonly status: SummaryStatus
  /** Why it failed; null when its work has not ended. */
  readonly error: PublishedError | null
  readonly pages: number
  readonly failedPages: readonly { readonly pageNumber: number; readonly error: PublishedError }[]
  readonly records: number
  readonly accepted: number
  readonly checks: number
  readonly checksHolding: number
  readonly checksContradicted: number
  /** Tables with amounts that gave no records. */
  readonly unreadTables: number
}

/** An input that could not be taken: not found, not downloaded, or not what its manifest says. */
export interface FailedInput {
  readonly path: string
  readonly error: PublishedError
}

/** A file whose content another one has, too: it is read once. */
export interface RepeatedInput {
  readonly path: string
  readonly sameAs: string
}

/** What a run of ingest came to. `directory` holds the output files; `seconds` are by the clock. */
export interface RunSummary {
  readonly directory: string
  readonly documents: readonly DocumentSummary[]
  readonly failedInputs: readonly FailedInput[]
  readonly repeated: readonly RepeatedInput[]
  readonly upToDate: number
  /** By the process that tells it. */
  readonly pagesRead: number
  /** Whether this process only queued pages (`--jobs 0`) and others read them. */
  readonly isReadByOthers: boolean
  readonly seconds: number
  /** What the reading had to go without, such as a reader that does not load. */
  readonly notices: readonly string[]
  readonly wasInterrupted: boolean
  readonly peakChildMemoryMib: number
}

const MOST_LISTED = 12
const STATUS_WIDTH = 'unfinished'.length
const LABEL_WIDTH = 'documents   '.length
const STYLES = { complete: 'good', partial: 'doubtful', failed: 'bad', unfinished: 'quiet' } as const

/** The block that closes an ingest, for people. */
export function formatRunSummary(summary: RunSummary, voice: Voice = PLAIN_VOICE): string {
  const lines = [
    '',
    ...listDocuments(summary.documents, voice),
    ...describeTrouble(summary, voice),
    '',
    ...describeTotals(summary, voice),
  ]
  return `${lines.join('\n')}\n`
}

/** Only complete documents are folded when there are many; those that want attention never are. */
function listDocuments(documents: readonly DocumentSummary[], voice: Voice): readonly string[] {
  const complete = documents.filter(({ status }) => status === 'complete')
  const folded = new Set(complete.slice(Math.max(0, MOST_LISTED - (documents.length - complete.length))))
  return [
    ...documents.filter((document) => !folded.has(document)).map((document) => describeDocument(document, voice)),
    ...(folded.size > 0 ? [`  ${voice.say('… and {count} more, all complete', { count: folded.size })}`] : []),
  ]
}

function describeDocument(document: DocumentSummary, { say, paint, language }: Voice): string {
  const { fileName, status, error, pages, failedPages, records, accepted, checks, checksHolding, unreadTables } =
    document
  const word = paint(STYLES[status], padDisplay(say(status), STATUS_WIDTH))
  const name = `  ${word} ${printableLine(fileName)}`
  if (status === 'unfinished') return name
  if (status === 'failed') return error === null ? name : `${name}: ${error.code}`
  const failed = failedPages.length === 0 ? '' : say(' ({count} failed)', { count: failedPages.length })
  const rows = records === 0 ? say('no rows') : say('{rows} rows, {accepted} accepted', { rows: records, accepted })
  const equations = say('{holding} of {checks} checks hold', { holding: checksHolding, checks })
  const unread = unreadTables === 0 ? [] : [paint('doubtful', countUnread(unreadTables, say))]
  const parts = [`${countPages(pages, say)}${failed}`, rows, ...(checks === 0 ? [] : [equations]), ...unread]
  return `${name}: ${parts.join(language === 'zh' ? '，' : ', ')}`
}

interface Trouble {
  readonly code: string
  readonly remedy: string
  readonly text: string
  /** One page of many may be folded; a document or an input may not. */
  readonly isPage: boolean
}

function toTrouble(error: PublishedError, where: string, voice: Voice, isPage = false): Trouble {
  const { code, remedy, message } = sayError(error, voice)
  return { code, remedy, text: message.includes(where) ? message : `${where}: ${message}`, isPage }
}

/** Every failure with its code and what to do about it; the same remedy is given once. */
function describeTrouble({ documents, failedInputs }: RunSummary, voice: Voice): readonly string[] {
  const { say, paint } = voice
  const troubles = [
    ...failedInputs.map(({ path, error }) => toTrouble(error, path, voice)),
    ...documents.flatMap(({ fileName, error, failedPages }) => [
      ...(error === null ? [] : [toTrouble(error, fileName, voice)]),
      ...failedPages.map((page) => {
        const where = say('{place}, page {page}', { place: fileName, page: page.pageNumber })
        return toTrouble(page.error, where, voice, true)
      }),
    ]),
  ]
  const codes = [...new Set(troubles.map(({ code }) => code))].sort()
  return codes.flatMap((code) => {
    const same = troubles.filter((trouble) => trouble.code === code)
    const folded = new Set(same.filter(({ isPage }) => isPage).slice(MOST_LISTED))
    return [
      '',
      `  ${paint('bad', code)}`,
      ...same.filter((trouble) => !folded.has(trouble)).map(({ text }) => `    ${printableLine(text)}`),
      ...(folded.size > 0 ? [`    ${describeFolded(folded.size, say)}`] : []),
      `    ${paint('strong', same[0]?.remedy ?? '')}`,
    ]
  })
}

function describeFolded(count: number, say: Voice['say']): string {
  return count === 1 ? say('… and 1 page more') : say('… and {count} pages more', { count })
}

/** '3 complete, 0 partial, 1 failed'; the unfinished are told of where there are some. */
export function countStatuses(documents: readonly DocumentSummary[], { say, language }: Voice = PLAIN_VOICE): string {
  const numbers = SUMMARY_STATUSES.map((status) => ({
    status,
    number: documents.filter((document) => document.status === status).length,
  }))
  return numbers
    .filter(({ status, number }) => status !== 'unfinished' || number > 0)
    .map(({ status, number }) => `${number} ${say(status)}`)
    .join(language === 'zh' ? '，' : ', ')
}

/** A line of a block: what it is about, and what there is to say. */
export function labelled(label: string, text: string, { say, paint }: Voice): string {
  return `  ${paint('strong', padDisplay(say(label), LABEL_WIDTH))}${text}`
}

function describeTotals(summary: RunSummary, voice: Voice): readonly string[] {
  const { documents, failedInputs, upToDate, directory } = summary
  const { say } = voice
  const sum = (of: (document: DocumentSummary) => number) =>
    documents.reduce((total, document) => total + of(document), 0)
  const records = sum((document) => document.records)
  const accepted = sum((document) => document.accepted)
  const [checks, holding] = [sum((document) => document.checks), sum((document) => document.checksHolding)]
  const contradicted = sum((document) => document.checksContradicted)
  const missing =
    failedInputs.length > 0 ? say(', {count} not found or unreadable', { count: failedInputs.length }) : ''
  const known = upToDate > 0 ? say(' ({count} up to date)', { count: upToDate }) : ''
  const wrong = contradicted === 0 ? '' : say(', {count} contradicted', { count: contradicted })
  const end = summary.wasInterrupted
    ? labelled('stopped', say('nothing is lost; the same command goes on from here'), voice)
    : labelled(
        'files',
        say('{folder}: records.jsonl, documents.jsonl, checks.jsonl, a CSV for each record type', {
          folder: printableText(directory),
        }),
        voice,
      )
  return [
    labelled('documents', `${countStatuses(documents, voice)}${missing}${known}`, voice),
    ...describeRepeated(summary.repeated, voice),
    labelled('pages', sayPages(summary, say), voice),
    labelled('rows', sayRows(records, accepted, say), voice),
    labelled('checks', `${say('{holding} of {checks} hold', { holding, checks })}${wrong}`, voice),
    ...describeUnread(summary, voice),
    ...describeQueued(summary, voice),
    ...summary.notices.map((notice) => labelled('note', printableText(findingIn(voice.language, notice)), voice)),
    end,
  ]
}

/** Files that are another one are read once; a person may wonder where they are. */
function describeRepeated(repeated: readonly RepeatedInput[], voice: Voice): readonly string[] {
  const told = repeated.slice(0, MOST_LISTED).map(({ path, sameAs }) => {
    const files = { path: printableText(path), other: printableText(sameAs) }
    return labelled('repeated', voice.say('{path} has the content of {other}, which is read once', files), voice)
  })
  const more = repeated.length - told.length
  return more === 0 ? told : [...told, labelled('', voice.say('… and {count} more', { count: more }), voice)]
}

function sayPages({ documents, pagesRead, isReadByOthers, seconds }: RunSummary, say: Voice['say']): string {
  const time = seconds.toFixed(1)
  if (!isReadByOthers) return say('{count} read in {seconds} s', { count: pagesRead, seconds: time })
  const ended = documents.filter(({ status }) => status !== 'unfinished')
  const count = ended.reduce((total, { pages, failedPages }) => total + pages - failedPages.length, 0)
  return say('{count} read, none of them by this process (--jobs 0), which waited {seconds} s', {
    count,
    seconds: time,
  })
}

/** Tables that have figures and of which nothing was made: their rows are in no output, and somebody should know. */
function describeUnread({ documents }: RunSummary, voice: Voice): readonly string[] {
  const count = documents.reduce((total, { unreadTables }) => total + unreadTables, 0)
  if (count === 0) return []
  const text = voice.say('{tables}: `unused_tables` in documents.jsonl says where and why', {
    tables: countUnread(count, voice.say),
  })
  return [labelled('tables', voice.paint('doubtful', text), voice)]
}

function countUnread(count: number, say: Voice['say']): string {
  return count === 1
    ? say('1 table with figures gave no rows')
    : say('{count} tables with figures gave no rows', { count })
}

/** What a run that only queued pages leaves to others. */
function describeQueued({ documents, isReadByOthers }: RunSummary, voice: Voice): readonly string[] {
  if (!isReadByOthers || documents.every(({ status }) => status !== 'unfinished')) return []
  const text =
    'the unfinished wait in the queue: `gongkai work` on any machine reads them, `gongkai status` tells how far it is'
  return [labelled('note', voice.say(text), voice)]
}

/** '5: 3 accepted, 2 for review'. */
export function sayRows(rows: number, accepted: number, say: Voice['say']): string {
  return say('{rows}: {accepted} accepted, {review} for review', { rows, accepted, review: rows - accepted })
}

function countPages(count: number, say: Voice['say']): string {
  return count === 1 ? say('1 page') : say('{count} pages', { count })
}

/** The same for programs; keys are stable. */
export function toSummaryJson(summary: RunSummary) {
  const { documents } = summary
  const sum = (of: (document: DocumentSummary) => number) =>
    documents.reduce((total, document) => total + of(document), 0)
  const records = sum((document) => document.records)
  const accepted = sum((document) => document.accepted)
  return {
    out: summary.directory,
    interrupted: summary.wasInterrupted,
    repeated: summary.repeated.map(({ path, sameAs }) => ({ path, same_as: sameAs })),
    up_to_date: summary.upToDate,
    pages_read: summary.pagesRead,
    seconds: Math.round(summary.seconds * 10) / 10,
    notices: summary.notices,
    peak_child_memory_mib: Math.round(summary.peakChildMemoryMib),
    records,
    accepted,
    for_review: records - accepted,
    checks: sum((document) => document.checks),
    checks_holding: sum((document) => document.checksHolding),
    checks_contradicted: sum((document) => document.checksContradicted),
    unread_tables: sum((document) => document.unreadTables),
    documents: documents.map((document) => ({
      document_id: document.documentId,
      file_name: document.fileName,
      status: document.status,
      error: document.error,
      pages: document.pages,
      failed_pages: document.failedPages.map(({ pageNumber, error }) => ({ page_number: pageNumber, error })),
      records: document.records,
      accepted: document.accepted,
      checks: document.checks,
      checks_holding: document.checksHolding,
      checks_contradicted: document.checksContradicted,
      unread_tables: document.unreadTables,
    })),
    failed_inputs: summary.failedInputs,
  }
}
