import type { Database } from './open-database.ts'
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
  'documentId' | 'path' | 'fileName' | 'byteSize' | 'givenPublisher' | 'givenFiscalYear' | 'selection' | 'readers'
>

export interface DocumentName {
  readonly path: string
  readonly fileName: string
}

/** The documents of one output folder. */
export interface DocumentTable {
  /** Adds a document or renews what was asked of it; what is known of its content stays. */
  register(input: DocumentInput, unfinished: StoredError): void
  /** Replaces the names under which this content was seen; a path that held other content before now holds this. */
  setNames(documentId: string, names: readonly DocumentName[]): void
  namesOf(documentId: string): readonly DocumentName[]
  /** Keeps what opening gave; `pageCount` is null when the document cannot be opened. */
  setOpened(documentId: string, opened: Pick<StoredDocument, 'openedId' | 'title' | 'pageCount'>): void
  setPlan(documentId: string, pageJobIds: readonly string[], assembleId: string): void
  setStatus(documentId: string, status: DocumentStatus, error: StoredError | null): void
  find(documentId: string): StoredDocument | null
  /** Throws when there is none: a job speaks of a document that was never registered. */
  get(documentId: string): StoredDocument
  /** All documents that still have a name, sorted by id: content that was replaced under its only name is left out. */
  ids(): readonly string[]
}

interface DocumentRow {
  readonly document_id: string
  readonly path: string
  readonly file_name: string
  readonly byte_size: number
  readonly given_publisher: string | null
  readonly given_fiscal_year: number | null
  readonly selection: string
  readonly readers: string
  readonly opened_id: string | null
  readonly title: string | null
  readonly page_count: number | null
  readonly page_job_ids: string
  readonly assemble_id: string | null
  readonly status: string
  readonly error: string | null
}

export function documentsIn(database: Database): DocumentTable {
  const find = (documentId: string): StoredDocument | null => {
    const row = database.get<DocumentRow>('select * from documents where document_id = ?', documentId)
    return row === undefined ? null : toDocument(row)
  }
  return {
    find,
    register: (input, unfinished) => registerDocument(database, input, unfinished),
    setNames: (documentId, names) =>
      database.transaction(() => {
        database.run('delete from names where document_id = ?', documentId)
        for (const { path, fileName } of names) {
          database.run('delete from names where path = ?', path)
          database.run('insert into names(document_id, path, file_name) values (?, ?, ?)', documentId, path, fileName)
        }
      }),
    namesOf: (documentId) =>
      database.all<DocumentName>(
        'select path, file_name as fileName from names where document_id = ? order by path',
        documentId,
      ),
    setOpened: (documentId, { openedId, title, pageCount }) =>
      database.run(
        'update documents set opened_id = ?, title = ?, page_count = ? where document_id = ?',
        openedId,
        title,
        pageCount,
        documentId,
      ),
    setPlan: (documentId, pageJobIds, assembleId) =>
      database.run(
        'update documents set page_job_ids = ?, assemble_id = ? where document_id = ?',
        JSON.stringify(pageJobIds),
        assembleId,
        documentId,
      ),
    setStatus: (documentId, status, error) =>
      database.run(
        'update documents set status = ?, error = ? where document_id = ?',
        status,
        error === null ? null : JSON.stringify(error),
        documentId,
      ),
    get(documentId) {
      const document = find(documentId)
      if (document === null) throw new Error(`document ${documentId} was never registered`)
      return document
    },
    ids: () =>
      database
        .all<{ document_id: string }>('select distinct document_id from names order by document_id')
        .map((row) => row.document_id),
  }
}

function registerDocument(database: Database, input: DocumentInput, unfinished: StoredError): void {
  database.run(
    `insert into documents(document_id, path, file_name, byte_size, given_publisher, given_fiscal_year, selection,
       readers, status, error)
     values (?, ?, ?, ?, ?, ?, ?, ?, 'failed', ?)
     on conflict(document_id) do update set path = excluded.path, file_name = excluded.file_name,
       given_publisher = coalesce(excluded.given_publisher, given_publisher),
       given_fiscal_year = coalesce(excluded.given_fiscal_year, given_fiscal_year),
       selection = excluded.selection, readers = excluded.readers`,
    input.documentId,
    input.path,
    input.fileName,
    input.byteSize,
    input.givenPublisher,
    input.givenFiscalYear,
    input.selection,
    input.readers,
    JSON.stringify(unfinished),
  )
}

function toDocument(row: DocumentRow): StoredDocument {
  return {
    documentId: row.document_id,
    path: row.path,
    fileName: row.file_name,
    byteSize: row.byte_size,
    givenPublisher: row.given_publisher,
    givenFiscalYear: row.given_fiscal_year,
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
