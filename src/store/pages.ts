import { PageExtract, type PageKind } from '../model/page.ts'
import type { ArtefactStore } from './artefacts.ts'
import type { Database } from './open-database.ts'
import { isRetryableCode, parseStoredError, type StoredError } from './stored-error.ts'

/** What one page job left: an artefact with its kind, or an error. `seconds` is for people, never published. */
export interface StoredPage {
  readonly jobId: string
  readonly documentId: string
  readonly pageNumber: number
  readonly kind: PageKind | null
  readonly reason: string | null
  readonly tableCount: number
  readonly artefact: string | null
  readonly error: StoredError | null
  readonly seconds: number
}

export interface PageTable {
  /** Keeps what a page gave under its job id; the same job writing again replaces itself. */
  save(jobId: string, documentId: string, extract: PageExtract, seconds: number): void
  saveError(jobId: string, documentId: string, pageNumber: number, error: StoredError): void
  has(jobId: string): boolean
  /** The pages of these jobs, in their order; those not yet read are left out. */
  findAll(jobIds: readonly string[]): readonly StoredPage[]
  /** Opens the artefact of a page; throws when the page failed. */
  readExtract(page: StoredPage): PageExtract
  /** Forgets the failures of a document that another try may mend, so that they count as not read. */
  forgetRetryable(documentId: string): void
}

interface PageRow {
  readonly job_id: string
  readonly document_id: string
  readonly page_number: number
  readonly kind: string | null
  readonly reason: string | null
  readonly table_count: number | null
  readonly artefact: string | null
  readonly error: string | null
  readonly seconds: number
}

const INSERT = `insert or replace into
  pages(job_id, document_id, page_number, kind, reason, table_count, artefact, error, seconds)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?)`

export function pagesIn(database: Database, artefacts: ArtefactStore): PageTable {
  return {
    save(jobId, documentId, extract, seconds) {
      const { pageNumber, kind, reason, tables } = extract
      const hash = artefacts.put(JSON.stringify(extract))
      database.run(INSERT, jobId, documentId, pageNumber, kind, reason, tables.length, hash, null, seconds)
    },
    saveError(jobId, documentId, pageNumber, error) {
      database.run(INSERT, jobId, documentId, pageNumber, null, null, null, null, JSON.stringify(error), 0)
    },
    has: (jobId) => database.get('select 1 as found from pages where job_id = ?', jobId) !== undefined,
    findAll: (jobIds) =>
      jobIds.flatMap((jobId) => {
        const row = database.get<PageRow>('select * from pages where job_id = ?', jobId)
        return row === undefined ? [] : [toPage(row)]
      }),
    readExtract(page) {
      if (page.artefact === null) throw new Error(`page ${page.jobId} has no artefact`)
      return PageExtract.parse(JSON.parse(artefacts.get(page.artefact)))
    },
    forgetRetryable(documentId) {
      const failed = database.all<PageRow>(
        'select * from pages where document_id = ? and error is not null',
        documentId,
      )
      for (const page of failed.map(toPage)) {
        if (page.error !== null && isRetryableCode(page.error.code)) {
          database.run('delete from pages where job_id = ?', page.jobId)
        }
      }
    },
  }
}

function toPage(row: PageRow): StoredPage {
  return {
    jobId: row.job_id,
    documentId: row.document_id,
    pageNumber: row.page_number,
    kind: row.kind as PageKind | null,
    reason: row.reason,
    tableCount: row.table_count ?? 0,
    artefact: row.artefact,
    error: parseStoredError(row.error),
    seconds: row.seconds,
  }
}
