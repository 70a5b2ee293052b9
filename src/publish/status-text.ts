import { printableText } from './printable-text.ts'
import { countStatuses, type DocumentSummary, type SummaryStatus } from './run-summary.ts'

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
export function formatStatus(status: StoreStatus): string {
  const { place, documents, stages } = status
  const records = documents.reduce((total, document) => total + document.records, 0)
  const accepted = documents.reduce((total, document) => total + document.accepted, 0)
  const width = Math.max(...Object.keys(stages).map((stage) => stage.length))
  return `${printableText(
    [
      place,
      `  documents   ${documents.length}: ${countStatuses(documents)}`,
      `  rows        ${records}: ${accepted} accepted, ${records - accepted} for review`,
      ...describePace(status),
      '  jobs',
      ...Object.entries(stages).map(
        ([stage, { wait, active, done, failed }]) =>
          `    ${stage.padEnd(width)}  ${wait} waiting, ${active} in work, ${done} done, ${failed} failed`,
      ),
      ...describeWork(status.inWork),
      ...describeFailures(documents),
    ].join('\n'),
  )}\n`
}

const MINUTES_PER_HOUR = 60

/** How fast it goes and how long it may take, while there is something to do. */
function describePace({ stages, isPaused, pagesPerMinute }: StoreStatus): readonly string[] {
  const left = (stages.page?.wait ?? 0) + (stages.page?.active ?? 0)
  const minutes = left / pagesPerMinute
  const about =
    minutes >= 2 * MINUTES_PER_HOUR ? `${Math.round(minutes / MINUTES_PER_HOUR)} hours` : `${Math.ceil(minutes)} min`
  const rest = left > 0 && pagesPerMinute > 0 && !isPaused ? `; ${left} to go, about ${about}` : ''
  return [
    ...(isPaused ? ['  paused      nothing is begun until `gongkai resume`'] : []),
    ...(pagesPerMinute > 0 ? [`  pace        ${pagesPerMinute.toFixed(1)} pages a minute${rest}`] : []),
  ]
}

function describeWork(inWork: readonly InWork[]): readonly string[] {
  if (inWork.length === 0) return []
  const lines = inWork.map(({ stage, fileName, pageNumber, worker, seconds, linesRead }) => {
    const page = pageNumber === null ? ` (${stage})` : `, page ${pageNumber}`
    const time = seconds === null ? '' : `, for ${Math.round(seconds)} s`
    const lines = linesRead === null ? '' : `, ${linesRead} lines read`
    return `    ${worker}  ${fileName ?? stage}${fileName === null ? '' : page}${time}${lines}`
  })
  return ['  in work', ...lines]
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
