import { type Selectable, sql } from 'kysely'
import type { DocumentsTable } from './schema.ts'
import { selectIn } from './select-in.ts'
import type { SqlDialect, StoreQuery } from './sql-dialect.ts'
import { parseStoredError, type StoredError } from './stored-error.ts'

export type DocumentStatus = 'complete' | 'partial' | 'failed'

/** One content, by its SHA-256. `selection` is 'all' or the pages asked for, such as '3-7,9'. */
export interface StoredDocument {
  readonly documentId: string
  readonly path: string
  readonly fileName: string
  readonly byteSize: number
  readonly givenPublisher: string | null
  readonly givenFiscalYear: number | null
  readonly givenDistrict: string | null
  readonly givenDepartment: string | null
  /** Where it was downloaded from; null for a file that was there. */
  readonly sourceUrl: string | null
  readonly selection: string
  readonly readers: string
  /** The job that opened the document or found that it cannot be opened; null before. */
  readonly openedId: string | null
  readonly title: string | null
  readonly pageCount: number | null
  /** The jobs of the pages that the selection means, in page order; empty until the document has been opened. */
  readonly pageJobIds: readonly string[]
  readonly assembleId: string | null
  readonly status: DocumentStatus
  readonly error: StoredError | null
}

export type DocumentInput = Pick<
  StoredDocument,
  | 'documentId'
  | 'path'
  | 'fileName'
  | 'byteSize'
  | 'givenPublisher'
  | 'givenFiscalYear'
  | 'givenDistrict'
  | 'givenDepartment'
  | 'sourceUrl'
  | 'selection'
  | 'readers'
>

export interface DocumentName {
  readonly path: string
  readonly fileName: string
}

/** The documents of one output folder. */
export interface DocumentTable {
  /** Adds a document or renews what was asked of it; what is known of its content stays. */
  register(input: DocumentInput, unfinished: StoredError): Promise<void>
  /** Replaces the names under which this content was seen; a path that held other content before now holds this. */
  setNames(documentId: string, names: readonly DocumentName[]): Promise<void>
  /** Sorted by path. */
  namesOf(documentId: string): Promise<readonly DocumentName[]>
  /** Keeps what opening gave; `pageCount` is null when the document cannot be opened. */
  setOpened(documentId: string, opened: Pick<StoredDocument, 'openedId' | 'title' | 'pageCount'>): Promise<void>
  setPlan(documentId: string, pageJobIds: readonly string[], assembleId: string): Promise<void>
  setStatus(documentId: string, status: DocumentStatus, error: StoredError | null): Promise<void>
  /** Where its bytes were found. Throws like `get`, and is cheaper for a document of many pages. */
  pathOf(documentId: string): Promise<string>
  /** The job that puts its pages together; null where that is not planned. Throws like `get`, and is as cheap as `pathOf`. */
  assembleIdOf(documentId: string): Promise<string | null>
  find(documentId: string): Promise<StoredDocument | null>
  /** Throws when there is none: a job speaks of a document that was never registered. */
  get(documentId: string): Promise<StoredDocument>
  /** Those of these documents that are known, in the order asked. */
  getAll(documentIds: readonly string[]): Promise<readonly StoredDocument[]>
  /**
   * Inside a transaction: lets no other transaction that locks this document pass until this one has ended. Who ends the
   * last page of a document can only be told one page at a time.
   */
  lock(documentId: string): Promise<void>
  /** All documents that still have a name, sorted by id: content that was replaced under its only name is left out. */
  ids(): Promise<readonly string[]>
}

export function documentsIn(query: StoreQuery, dialect: SqlDialect): DocumentTable {
  const getAll = async (documentIds: readonly string[]) => {
    const rows = await selectIn(documentIds, (some) =>
      query.selectFrom('documents').selectAll().where('document_id', 'in', some).execute(),
    )
    const found = new Map(rows.map((row) => [row.document_id, toDocument(row)]))
    return documentIds.flatMap((documentId) => found.get(documentId) ?? [])
  }
  const find = async (documentId: string) => (await getAll([documentId]))[0] ?? null
  const update = async (documentId: string, change: Partial<Omit<DocumentsTable, 'page_job_ids'>>) => {
    await query.updateTable('documents').set(change).where('document_id', '=', documentId).execute()
  }
  /** Without the list of its pages, which may be long. */
  const columnsOf = async (documentId: string) => {
    const row = await query
      .selectFrom('documents')
      .select(['path', 'assemble_id'])
      .where('document_id', '=', documentId)
      .executeTakeFirst()
    if (row === undefined) throw neverRegistered(documentId)
    return row
  }
  return {
    find,
    getAll,
    register: (input, unfinished) => registerDocument(query, input, unfinished),
    setNames: (documentId, names) => setNames(query, documentId, names),
    namesOf: (documentId) =>
      query
        .selectFrom('names')
        .select(['path', 'file_name as fileName'])
        .where('document_id', '=', documentId)
        .orderBy(inBytes('path', dialect))
        .execute(),
    setOpened: (documentId, { openedId, title, pageCount }) =>
      update(documentId, { opened_id: openedId, title, page_count: pageCount }),
    async setPlan(documentId, pageJobIds, assembleId) {
      await query
        .updateTable('documents')
        .set({ page_job_ids: JSON.stringify(pageJobIds), assemble_id: assembleId })
        .where('document_id', '=', documentId)
        .execute()
    },
    setStatus: (documentId, status, error) =>
      update(documentId, { status, error: error === null ? null : JSON.stringify(error) }),
    pathOf: async (documentId) => (await columnsOf(documentId)).path,
    assembleIdOf: async (documentId) => (await columnsOf(documentId)).assemble_id,
    async get(documentId) {
      const document = await find(documentId)
      if (document === null) throw neverRegistered(documentId)
      return document
    },
    async lock(documentId) {
      // SQLite has one writer at a time, from the beginning of its transaction.
      if (dialect === 'sqlite') return
      await query
        .selectFrom('documents')
        .select('document_id')
        .where('document_id', '=', documentId)
        .forUpdate()
        .execute()
    },
    async ids() {
      const rows = await query.selectFrom('names').select('document_id').distinct().execute()
      return rows.map((row) => row.document_id).toSorted()
    },
  }
}

function neverRegistered(documentId: string): Error {
  return new Error(`document ${documentId} was never registered`)
}

/** PostgreSQL would else sort by the language of the server, and every server differently. */
function inBytes(column: 'path', dialect: SqlDialect) {
  return dialect === 'sqlite' ? sql.ref(column) : sql`${sql.ref(column)} collate "C"`
}

async function setNames(query: StoreQuery, documentId: string, names: readonly DocumentName[]): Promise<void> {
  await query.deleteFrom('names').where('document_id', '=', documentId).execute()
  for (const { path, fileName } of names) {
    await query.deleteFrom('names').where('path', '=', path).execute()
    await query.insertInto('names').values({ document_id: documentId, path, file_name: fileName }).execute()
  }
}

async function registerDocument(query: StoreQuery, input: DocumentInput, unfinished: StoredError): Promise<void> {
  await query
    .insertInto('documents')
    .values({
      document_id: input.documentId,
      path: input.path,
      file_name: input.fileName,
      byte_size: input.byteSize,
      given_publisher: input.givenPublisher,
      given_fiscal_year: input.givenFiscalYear,
      given_district: input.givenDistrict,
      given_department: input.givenDepartment,
      source_url: input.sourceUrl,
      selection: input.selection,
      readers: input.readers,
      status: 'failed',
      error: JSON.stringify(unfinished),
    })
    .onConflict((conflict) =>
      conflict.column('document_id').doUpdateSet({
        path: input.path,
        file_name: input.fileName,
        selection: input.selection,
        readers: input.readers,
        ...(input.givenPublisher === null ? {} : { given_publisher: input.givenPublisher }),
        ...(input.givenFiscalYear === null ? {} : { given_fiscal_year: input.givenFiscalYear }),
        ...(input.givenDistrict === null ? {} : { given_district: input.givenDistrict }),
        ...(input.givenDepartment === null ? {} : { given_department: input.givenDepartment }),
        ...(input.sourceUrl === null ? {} : { source_url: input.sourceUrl }),
      }),
    )
    .execute()
}

function toDocument(row: Selectable<DocumentsTable>): StoredDocument {
  return {
    documentId: row.document_id,
    path: row.path,
    fileName: row.file_name,
    byteSize: row.byte_size,
    givenPublisher: row.given_publisher,
    givenFiscalYear: row.given_fiscal_year,
    givenDistrict: row.given_district,
    givenDepartment: row.given_department,
    sourceUrl: row.source_url,
    selection: row.selection,
    readers: row.readers,
    openedId: row.opened_id,
    title: row.title,
    pageCount: row.page_count,
    pageJobIds: JSON.parse(row.page_job_ids) as string[],
    assembleId: row.assemble_id,
    status: row.status as DocumentStatus,
    error: parseStoredError(row.error),
  }
}
