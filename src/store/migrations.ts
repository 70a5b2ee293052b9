import type { SqlDialect } from './sql-dialect.ts'

/** A step from one form of the tables to the next; a step that was released is never changed, a new one is added. */
export interface Migration {
  readonly name: string
  readonly statements: (dialect: SqlDialect) => readonly string[]
}

/** In the order in which they are applied. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-documents-pages-jobs', statements: createFirstTables },
  { name: '0002-shared-stores', statements: prepareForSharing },
  { name: '0003-judgements', statements: createJudgements },
  { name: '0004-origins', statements: addOrigins },
  { name: '0005-progress', statements: () => ['alter table jobs add column lines_read integer'] },
  { name: '0006-review-locks', statements: createReviewLocks },
  {
    name: '0007-unread-tables',
    statements: () => ['alter table assemblies add column unread_count integer not null default 0'],
  },
]

/**
 * No foreign keys: rows are named by content and never deleted under one another, and artefacts may lie outside the
 * database. "if not exists" takes over the files of versions before migrations were counted.
 */
function createFirstTables(dialect: SqlDialect): readonly string[] {
  const strict = dialect === 'sqlite' ? 'strict' : ''
  const bytes = dialect === 'sqlite' ? 'blob' : 'bytea'
  const epochMs = dialect === 'sqlite' ? 'integer' : 'bigint'
  return [
    `create table if not exists documents (
      document_id text primary key,
      path text not null,
      file_name text not null,
      byte_size integer not null,
      given_publisher text,
      given_fiscal_year integer,
      selection text not null,
      readers text not null,
      opened_id text,
      title text,
      page_count integer,
      page_job_ids text not null default '[]',
      assemble_id text,
      status text not null,
      error text
    ) ${strict}`,
    `create table if not exists names (
      document_id text not null,
      path text not null,
      file_name text not null,
      primary key (document_id, path)
    ) ${strict}`,
    `create table if not exists artefacts (hash text primary key, body ${bytes} not null) ${strict}`,
    `create table if not exists pages (
      job_id text primary key,
      document_id text not null,
      page_number integer not null,
      kind text,
      reason text,
      table_count integer,
      artefact text,
      error text,
      seconds real not null
    ) ${strict}`,
    'create index if not exists pages_by_document on pages(document_id, page_number)',
    `create table if not exists assemblies (
      job_id text primary key,
      document_id text not null,
      artefact text not null,
      record_count integer not null,
      accepted_count integer not null,
      check_count integer not null,
      holding_count integer not null,
      contradicted_count integer not null
    ) ${strict}`,
    `create table if not exists publications (
      only_row integer primary key check (only_row = 1),
      state_id text not null,
      files text not null
    ) ${strict}`,
    `create table if not exists jobs (
      id text primary key,
      stage text not null,
      document_id text,
      page_number integer,
      payload text not null,
      state text not null default 'wait',
      priority integer not null,
      attempts integer not null default 0,
      stalls integer not null default 0,
      run_at ${epochMs} not null default 0,
      lease_until ${epochMs},
      token text,
      owner text,
      error text,
      seq integer not null
    ) ${strict}`,
    'create index if not exists jobs_to_pick on jobs(state, priority, seq)',
    'create index if not exists jobs_by_document on jobs(document_id, stage)',
  ]
}

/** A store that machines share has a name of its own, several output folders, and people who ask who works on what. */
function prepareForSharing(dialect: SqlDialect): readonly string[] {
  const strict = dialect === 'sqlite' ? 'strict' : ''
  const epochMs = dialect === 'sqlite' ? 'integer' : 'bigint'
  return [
    `create table store_identity (only_row integer primary key check (only_row = 1), store_id text not null) ${strict}`,
    `create table queue_switches (only_row integer primary key check (only_row = 1), is_paused integer not null) ${strict}`,
    `alter table jobs add column started_at ${epochMs}`,
    `alter table pages add column ended_at ${epochMs}`,
    'create index pages_by_end on pages(ended_at)',
    'drop table publications',
    `create table publications (folder text primary key, state_id text not null, files text not null) ${strict}`,
  ]
}

/** The triggers make "only ever added" a fact and not a habit. */
function createJudgements(dialect: SqlDialect): readonly string[] {
  const strict = dialect === 'sqlite' ? 'strict' : ''
  const counter = dialect === 'sqlite' ? 'integer primary key autoincrement' : 'bigserial primary key'
  return [
    `create table judgements (
      seq ${counter},
      judgement_id text not null unique,
      document_id text not null,
      judged_at text not null,
      body text not null
    ) ${strict}`,
    'create index judgements_by_document on judgements(document_id, seq)',
    `create table review_indexes (document_id text primary key, index_id text not null, body text not null) ${strict}`,
    ...(dialect === 'sqlite' ? KEEP_IN_SQLITE : KEEP_IN_POSTGRES),
  ]
}

const KEEP_IN_SQLITE = ['update', 'delete'].map(
  (event) => `create trigger judgements_no_${event} before ${event} on judgements
    begin select raise(abort, 'judgements are only ever added'); end`,
)

const KEEP_IN_POSTGRES = [
  `create function refuse_judgement_change() returns trigger language plpgsql as
    $$ begin raise exception 'judgements are only ever added'; end $$`,
  `create trigger judgements_no_change before update or delete or truncate on judgements
    execute function refuse_judgement_change()`,
]

/** What a manifest says of a document, and the address that it was downloaded from. */
function addOrigins(): readonly string[] {
  return ['given_district', 'given_department', 'source_url'].map(
    (column) => `alter table documents add column ${column} text`,
  )
}

/** Who looks at which question, for all review pages on the store. */
function createReviewLocks(dialect: SqlDialect): readonly string[] {
  const strict = dialect === 'sqlite' ? 'strict' : ''
  const epochMs = dialect === 'sqlite' ? 'integer' : 'bigint'
  return [
    `create table review_locks (question_id text primary key, reviewer text not null, held_until ${epochMs} not null) ${strict}`,
  ]
}
