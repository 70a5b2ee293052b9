import { printableText } from './printable-text.ts'
import { countStatuses, type DocumentSummary, type SummaryStatus } from './run-summary.ts'

/** How many jobs of a stage are in each state. */
export interface StageCounts {
  readonly wait: number
  readonly active: number
  readonly done: number
  readonly failed: number
}

export interface StoreStatus {
  readonly directory: string
  readonly documents: readonly DocumentSummary[]
  readonly stages: Readonly<Record<string, StageCounts>>
}

/** The state of an output folder, for people. */
export function formatStatus({ directory, documents, stages }: StoreStatus): string {
  const records = documents.reduce((total, document) => total + document.records, 0)
  const accepted = documents.reduce((total, document) => total + document.accepted, 0)
  const width = Math.max(...Object.keys(stages).map((stage) => stage.length))
  return `${printableText(
    [
      directory,
      `  documents   ${documents.length}: ${countStatuses(documents)}`,
      `  rows        ${records}: ${accepted} accepted, ${records - accepted} for review`,
      '  jobs',
      ...Object.entries(stages).map(
        ([stage, { wait, active, done, failed }]) =>
          `    ${stage.padEnd(width)}  ${wait} waiting, ${active} in work, ${done} done, ${failed} failed`,
      ),
      ...describeFailures(documents),
    ].join('\n'),
  )}\n`
}

function describeFailures(documents: readonly DocumentSummary[]): readonly string[] {
  return documents.flatMap((document) => [
    ...(document.error === null
      ? []
      : [
          '',
          `  ${document.fileName}: ${document.error.code}`,
          `    ${document.error.message}`,
          `    ${document.error.remedy}`,
        ]),
    ...document.failedPages.flatMap(({ pageNumber, error }) => [
      '',
      `  ${document.fileName}, page ${pageNumber}: ${error.code}`,
      `    ${error.message}`,
      `    ${error.remedy}`,
    ]),
  ])
}

/** The same for programs; keys are stable. */
export function toStatusJson({ directory, documents, stages }: StoreStatus) {
  const number = (status: SummaryStatus) => documents.filter((found) => found.status === status).length
  return {
    out: directory,
    documents: {
      total: documents.length,
      complete: number('complete'),
      partial: number('partial'),
      failed: number('failed'),
      unfinished: number('unfinished'),
    },
    records: documents.reduce((total, document) => total + document.records, 0),
    accepted: documents.reduce((total, document) => total + document.accepted, 0),
    jobs: stages,
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
