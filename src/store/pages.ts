import { PageExtract, type PageKind } from '../model/page.ts'
import type { ErrorCode } from '../model/pipeline-error.ts'
import type { ArtefactStore } from './artefacts.ts'
import type { PagesTable } from './schema.ts'
import { selectIn } from './select-in.ts'
import type { StoreQuery } from './sql-dialect.ts'
import { parseStoredError, type StoredError } from './stored-error.ts'

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

/** A page that was read; its extract lies among the artefacts. */
export interface ReadPage {
  readonly pageNumber: number
  readonly kind: PageKind
  readonly reason: string
  readonly tableCount: number
  readonly artefact: string
  readonly seconds: number
}

export interface ReadPageOfJob {
  readonly jobId: string
  readonly page: ReadPage
}

export interface PageTable {
  /** Keeps what some pages of a document gave under the ids of their jobs; the same job writing again replaces itself. */
  save(documentId: string, pages: readonly ReadPageOfJob[]): Promise<void>
  /** Keeps why a page could not be read. A page that was read stays as it is: a late failure takes nothing away. */
  saveError(jobId: string, documentId: string, pageNumber: number, error: StoredError): Promise<void>
  has(jobId: string): Promise<boolean>
  /** Those of these jobs that have left nothing yet, in their order. */
  missing(jobIds: readonly string[]): Promise<readonly string[]>
  /** The pages of these jobs, in their order; those not yet read are left out. */
  findAll(jobIds: readonly string[]): Promise<readonly StoredPage[]>
  /** The pages of these jobs that failed, in their order. */
  findFailed(jobIds: readonly string[]): Promise<readonly StoredPage[]>
  /** How many pages have ended since then (epoch ms), well or not, and when the first of them did. */
  endedSince(epochMs: number): Promise<{ readonly pages: number; readonly firstAt: number | null }>
  /** Forgets those failures of a document that are chosen by their code, so that they count as not read; returns how many. */
  forgetErrors(documentId: string, isChosen: (code: ErrorCode) => boolean): Promise<number>
}

export function pagesIn(query: StoreQuery): PageTable {
  return {
    async save(documentId, pages) {
      if (pages.length === 0) return
      await query
        .insertInto('pages')
        .values(pages.map((page) => toRow(documentId, page)))
        .onConflict((conflict) =>
          conflict
            .column('job_id')
            .doUpdateSet((the) => Object.fromEntries(SAVED_COLUMNS.map((name) => [name, the.ref(`excluded.${name}`)]))),
        )
        .execute()
    },
    async saveError(jobId, documentId, pageNumber, error) {
      const row = { error: JSON.stringify(error), ended_at: Date.now() }
      await query
        .insertInto('pages')
        .values({ job_id: jobId, document_id: documentId, page_number: pageNumber, seconds: 0, ...row })
        .onConflict((conflict) => conflict.column('job_id').doUpdateSet(row).where('pages.artefact', 'is', null))
        .execute()
    },
    has: async (jobId) => (await missingOf(query, [jobId])).length === 0,
    missing: (jobIds) => missingOf(query, jobIds),
    findAll: (jobIds) => findIn(query, jobIds, 'all'),
    findFailed: (jobIds) => findIn(query, jobIds, 'failed'),
    async endedSince(epochMs) {
      const row = await query
        .selectFrom('pages')
        .select((the) => [the.fn.countAll<number>().as('pages'), the.fn.min('ended_at').as('firstAt')])
        .where('ended_at', '>=', epochMs)
        .executeTakeFirstOrThrow()
      return { pages: row.pages, firstAt: row.firstAt }
    },
    async forgetErrors(documentId, isChosen) {
      const rows = await query
        .selectFrom('pages')
        .selectAll()
        .where('document_id', '=', documentId)
        .where('error', 'is not', null)
        .execute()
      const forgotten = rows.map(toPage).filter(({ error }) => error !== null && isChosen(error.code))
      for (const { jobId } of forgotten) await query.deleteFrom('pages').where('job_id', '=', jobId).execute()
      return forgotten.length
    },
  }
}

const SAVED_COLUMNS = [
  'document_id',
  'page_number',
  'kind',
  'reason',
  'table_count',
  'artefact',
  'error',
  'seconds',
  'ended_at',
] as const

function toRow(documentId: string, { jobId, page }: ReadPageOfJob) {
  const { pageNumber, kind, reason, tableCount, artefact, seconds } = page
  return {
    job_id: jobId,
    document_id: documentId,
    page_number: pageNumber,
    kind,
    reason,
    table_count: tableCount,
    artefact,
    error: null,
    seconds,
    ended_at: Date.now(),
  }
}

async function missingOf(query: StoreQuery, jobIds: readonly string[]): Promise<readonly string[]> {
  const rows = await selectIn(jobIds, (some) =>
    query.selectFrom('pages').select('job_id').where('job_id', 'in', some).execute(),
  )
  const found = new Set(rows.map((row) => row.job_id))
  return jobIds.filter((jobId) => !found.has(jobId))
}

async function findIn(
  query: StoreQuery,
  jobIds: readonly string[],
  which: 'all' | 'failed',
): Promise<readonly StoredPage[]> {
  const rows = await selectIn(jobIds, (some) =>
    query
      .selectFrom('pages')
      .selectAll()
      .where('job_id', 'in', some)
      .$if(which === 'failed', (failing) => failing.where('error', 'is not', null))
      .execute(),
  )
  const pages = new Map(rows.map((row) => [row.job_id, toPage(row)]))
  return jobIds.flatMap((jobId) => pages.get(jobId) ?? [])
}

/** Opens what was seen on a page; throws when the page failed. */
export async function readExtract(artefacts: ArtefactStore, page: StoredPage): Promise<PageExtract> {
  if (page.artefact === null) throw new Error(`page ${page.jobId} has no artefact`)
  return PageExtract.parse(JSON.parse(await artefacts.get(page.artefact)))
}

function toPage(row: PagesTable): StoredPage {
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
