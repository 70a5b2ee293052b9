import { printableText } from './printable-text.ts'
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
}

/** An input that could not be taken: not found, not downloaded, or not what its manifest says. */
export interface FailedInput {
  readonly path: string
  readonly error: PublishedError
}

/** What a run of ingest came to. `directory` holds the output files; `seconds` are by the clock. */
export interface RunSummary {
  readonly directory: string
  readonly documents: readonly DocumentSummary[]
  readonly failedInputs: readonly FailedInput[]
  readonly upToDate: number
  readonly pagesRead: number
  readonly seconds: number
  /** What the reading had to go without, such as a reader that does not load. */
  readonly notices: readonly string[]
  readonly wasInterrupted: boolean
  readonly peakChildMemoryMib: number
}

const MOST_LISTED = 12
const STATUS_WIDTH = 'unfinished'.length

/** The block that closes an ingest, for people. */
export function formatRunSummary(summary: RunSummary): string {
  const lines = ['', ...listDocuments(summary.documents), ...describeTrouble(summary), '', ...describeTotals(summary)]
  return `${printableText(lines.join('\n'))}\n`
}

/** Only complete documents are folded when there are many; those that want attention never are. */
function listDocuments(documents: readonly DocumentSummary[]): readonly string[] {
  const complete = documents.filter(({ status }) => status === 'complete')
  const folded = new Set(complete.slice(Math.max(0, MOST_LISTED - (documents.length - complete.length))))
  return [
    ...documents.filter((document) => !folded.has(document)).map(describeDocument),
    ...(folded.size > 0 ? [`  … and ${folded.size} more, all complete`] : []),
  ]
}

function describeDocument(document: DocumentSummary): string {
  const { fileName, status, error, pages, failedPages, records, accepted, checks, checksHolding } = document
  const name = `  ${status.padEnd(STATUS_WIDTH)} ${fileName}`
  if (status === 'unfinished') return name
  if (status === 'failed') return error === null ? name : `${name}: ${error.code}`
  const failed = failedPages.length === 0 ? '' : ` (${failedPages.length} failed)`
  const rows = records === 0 ? 'no rows' : `${records} rows, ${accepted} accepted`
  const equations = checks === 0 ? '' : `, ${checksHolding} of ${checks} checks hold`
  return `${name}: ${count(pages, 'page')}${failed}, ${rows}${equations}`
}

interface Trouble {
  readonly code: string
  readonly remedy: string
  readonly text: string
  /** One page of many may be folded; a document or an input may not. */
  readonly isPage: boolean
}

function toTrouble({ code, remedy, message }: PublishedError, where: string, isPage = false): Trouble {
  return { code, remedy, text: message.includes(where) ? message : `${where}: ${message}`, isPage }
}

/** Every failure with its code and what to do about it; the same remedy is given once. */
function describeTrouble({ documents, failedInputs }: RunSummary): readonly string[] {
  const troubles = [
    ...failedInputs.map(({ path, error }) => toTrouble(error, path)),
    ...documents.flatMap(({ fileName, error, failedPages }) => [
      ...(error === null ? [] : [toTrouble(error, fileName)]),
      ...failedPages.map((page) => toTrouble(page.error, `${fileName}, page ${page.pageNumber}`, true)),
    ]),
  ]
  const codes = [...new Set(troubles.map(({ code }) => code))].sort()
  return codes.flatMap((code) => {
    const same = troubles.filter((trouble) => trouble.code === code)
    const folded = new Set(same.filter(({ isPage }) => isPage).slice(MOST_LISTED))
    return [
      '',
      `  ${code}`,
      ...same.filter((trouble) => !folded.has(trouble)).map(({ text }) => `    ${text}`),
      ...(folded.size > 0 ? [`    … and ${count(folded.size, 'page')} more`] : []),
      `    ${same[0]?.remedy ?? ''}`,
    ]
  })
}

/** '3 complete, 0 partial, 1 failed'; the unfinished are told of where there are some. */
export function countStatuses(documents: readonly DocumentSummary[]): string {
  const numbers = SUMMARY_STATUSES.map((status) => ({
    status,
    number: documents.filter((document) => document.status === status).length,
  }))
  return numbers
    .filter(({ status, number }) => status !== 'unfinished' || number > 0)
    .map(({ status, number }) => `${number} ${status}`)
    .join(', ')
}

function describeTotals(summary: RunSummary): readonly string[] {
  const { documents, failedInputs, upToDate, pagesRead, seconds, directory } = summary
  const sum = (of: (document: DocumentSummary) => number) =>
    documents.reduce((total, document) => total + of(document), 0)
  const records = sum((document) => document.records)
  const accepted = sum((document) => document.accepted)
  return [
    `  documents   ${countStatuses(documents)}${failedInputs.length > 0 ? `, ${failedInputs.length} not found or unreadable` : ''}${upToDate > 0 ? ` (${upToDate} up to date)` : ''}`,
    `  pages       ${pagesRead} read in ${seconds.toFixed(1)} s`,
    `  rows        ${records}: ${accepted} accepted, ${records - accepted} for review`,
    `  checks      ${sum((document) => document.checksHolding)} of ${sum((document) => document.checks)} hold${contradictions(sum((document) => document.checksContradicted))}`,
    ...summary.notices.map((notice) => `  note        ${notice}`),
    summary.wasInterrupted
      ? '  stopped     nothing is lost; the same command goes on from here'
      : `  files       ${directory}: records.jsonl, documents.jsonl, checks.jsonl, a CSV for each record type`,
  ]
}

function contradictions(number: number): string {
  return number === 0 ? '' : `, ${number} contradicted`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
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
    })),
    failed_inputs: summary.failedInputs,
  }
}
