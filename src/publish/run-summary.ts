import { printableText } from './printable-text.ts'
import type { PublishedError } from './published-document.ts'

/** What came of one document. `checksHolding` counts equations that hold, as printed or after a proven repair. */
export interface DocumentSummary {
  readonly documentId: string
  readonly fileName: string
  readonly status: 'complete' | 'partial' | 'failed'
  readonly error: PublishedError | null
  readonly pages: number
  readonly failedPages: readonly { readonly pageNumber: number; readonly error: PublishedError }[]
  readonly records: number
  readonly accepted: number
  readonly checks: number
  readonly checksHolding: number
  readonly checksContradicted: number
}

export interface FailedInput {
  readonly path: string
  readonly error: PublishedError
}

export interface RunSummary {
  readonly directory: string
  readonly documents: readonly DocumentSummary[]
  readonly failedInputs: readonly FailedInput[]
  readonly upToDate: number
  readonly pagesRead: number
  readonly seconds: number
  readonly wasInterrupted: boolean
  readonly peakChildMemoryMib: number
}

const MOST_LISTED = 12

/** The block that closes an ingest, for people. */
export function formatRunSummary(summary: RunSummary): string {
  const lines = [
    '',
    ...summary.documents.slice(0, MOST_LISTED).map(describeDocument),
    ...(summary.documents.length > MOST_LISTED ? [`  … and ${summary.documents.length - MOST_LISTED} more`] : []),
    ...describeTrouble(summary),
    '',
    ...describeTotals(summary),
  ]
  return `${printableText(lines.join('\n'))}\n`
}

function describeDocument(document: DocumentSummary): string {
  const { fileName, status, pages, records, accepted, checks, checksHolding } = document
  if (status === 'failed') return `  failed    ${fileName}`
  const rows = records === 0 ? 'no procurement rows' : `${records} rows, ${accepted} accepted`
  const equations = checks === 0 ? '' : `, ${checksHolding} of ${checks} checks hold`
  return `  ${status.padEnd(9)} ${fileName}: ${count(pages, 'page')}, ${rows}${equations}`
}

/** Every failure with its code and what to do about it; the same remedy is given once. */
function describeTrouble({ documents, failedInputs }: RunSummary): readonly string[] {
  const troubles = [
    ...failedInputs.map(({ path, error }) => ({ where: path, error })),
    ...documents.flatMap((document) => [
      ...(document.error === null ? [] : [{ where: document.fileName, error: document.error }]),
      ...document.failedPages.map(({ pageNumber, error }) => ({
        where: `${document.fileName}, page ${pageNumber}`,
        error,
      })),
    ]),
  ]
  const codes = [...new Set(troubles.map(({ error }) => error.code))].sort()
  return codes.flatMap((code) => {
    const same = troubles.filter(({ error }) => error.code === code)
    return [
      '',
      `  ${code}`,
      ...same.slice(0, MOST_LISTED).map(({ where, error }) => `    ${where}: ${error.message}`),
      ...(same.length > MOST_LISTED ? [`    … and ${same.length - MOST_LISTED} more`] : []),
      `    ${same[0]?.error.remedy ?? ''}`,
    ]
  })
}

function describeTotals(summary: RunSummary): readonly string[] {
  const { documents, failedInputs, upToDate, pagesRead, seconds, directory } = summary
  const withStatus = (status: DocumentSummary['status']) => documents.filter((document) => document.status === status)
  const sum = (of: (document: DocumentSummary) => number) =>
    documents.reduce((total, document) => total + of(document), 0)
  const records = sum((document) => document.records)
  const accepted = sum((document) => document.accepted)
  const statuses = (['complete', 'partial', 'failed'] as const).map(
    (status) => `${withStatus(status).length} ${status}`,
  )
  return [
    `  documents   ${statuses.join(', ')}${failedInputs.length > 0 ? `, ${failedInputs.length} not found or unreadable` : ''}${upToDate > 0 ? ` (${upToDate} up to date)` : ''}`,
    `  pages       ${pagesRead} read in ${seconds.toFixed(1)} s`,
    `  rows        ${records}: ${accepted} accepted, ${records - accepted} for review`,
    `  checks      ${sum((document) => document.checksHolding)} of ${sum((document) => document.checks)} hold${contradictions(sum((document) => document.checksContradicted))}`,
    summary.wasInterrupted
      ? '  stopped     nothing is lost; the same command goes on from here'
      : `  files       ${directory}: records.jsonl, documents.jsonl, checks.jsonl, procurement_line.csv, service_purchase_line.csv`,
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
