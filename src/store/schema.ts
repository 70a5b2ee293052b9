import type { Generated } from 'kysely'

/** One content (its SHA-256), however many names it has. `page_job_ids` and `error` are JSON. */
export interface DocumentsTable {
  document_id: string
  path: string
  file_name: string
  byte_size: number
  given_publisher: string | null
  given_fiscal_year: number | null
  given_district: string | null
  given_department: string | null
  source_url: string | null
  selection: string
  readers: string
  opened_id: string | null
  title: string | null
  page_count: number | null
  page_job_ids: Generated<string>
  assemble_id: string | null
  status: string
  error: string | null
}

/** The names under which a content was seen. */
export interface NamesTable {
  document_id: string
  path: string
  file_name: string
}

/** Deflated JSON by the SHA-256 of its text. */
export interface ArtefactsTable {
  hash: string
  body: Uint8Array
}

/** What each page job gave, an artefact or an error. */
export interface PagesTable {
  job_id: string
  document_id: string
  page_number: number
  kind: string | null
  reason: string | null
  table_count: number | null
  artefact: string | null
  error: string | null
  seconds: number
  /** Epoch ms; null for pages of early versions. */
  ended_at: number | null
}

/** What each assemble job gave. */
export interface AssembliesTable {
  job_id: string
  document_id: string
  artefact: string
  record_count: number
  accepted_count: number
  check_count: number
  holding_count: number
  contradicted_count: number
  unread_count: number
}

/** Which state of the store the files of an output folder hold. */
export interface PublicationsTable {
  folder: string
  state_id: string
  files: string
}

/** The embedded queue. Ids name stage, content, page and version, so work done is never done again. Times are epoch ms. */
export interface JobsTable {
  id: string
  stage: string
  document_id: string | null
  page_number: number | null
  payload: string
  state: Generated<string>
  priority: number
  attempts: Generated<number>
  stalls: Generated<number>
  run_at: Generated<number>
  lease_until: number | null
  started_at: number | null
  lines_read: number | null
  token: string | null
  owner: string | null
  error: string | null
  seq: number
}

/** What people said of fields, in the order in which it came. `body` is JSON. Rows are never changed. */
export interface JudgementsTable {
  seq: Generated<number>
  judgement_id: string
  document_id: string
  judged_at: string
  body: string
}

/** What the review page knows of a document; `index_id` says what it was made from. `body` is JSON. */
export interface ReviewIndexesTable {
  document_id: string
  index_id: string
  body: string
}

/** Which question somebody looks at, until when in epoch ms. */
export interface ReviewLocksTable {
  question_id: string
  reviewer: string
  held_until: number
}

/** The tables of a store, alike in SQLite and PostgreSQL. Migrations (migrations.ts) make them. */
export interface StoreSchema {
  documents: DocumentsTable
  names: NamesTable
  artefacts: ArtefactsTable
  pages: PagesTable
  assemblies: AssembliesTable
  publications: PublicationsTable
  jobs: JobsTable
  store_identity: { only_row: number; store_id: string }
  queue_switches: { only_row: number; is_paused: number }
  judgements: JudgementsTable
  review_indexes: ReviewIndexesTable
  review_locks: ReviewLocksTable
  schema_migrations: { name: string }
}
