/** Bump with every change of the tables below; an older file is refused with a remedy, a newer one too. */
export const SCHEMA_VERSION = 1

/**
 * documents: one row a content (its SHA-256), however many names it has (`names`).
 * jobs: the embedded queue. Their ids name stage, content, page and version, so work done is never done again.
 * publications: which state of the store the output files hold.
 * pages: what each page job gave, an artefact or an error. assemblies: what each assemble job gave.
 * artefacts: deflated JSON by the SHA-256 of its text.
 */
export const SCHEMA = `
create table if not exists documents (
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
) strict;
create table if not exists names (
  document_id text not null references documents(document_id),
  path text not null,
  file_name text not null,
  primary key (document_id, path)
) strict;
create table if not exists artefacts (hash text primary key, body blob not null) strict;
create table if not exists pages (
  job_id text primary key,
  document_id text not null references documents(document_id),
  page_number integer not null,
  kind text,
  reason text,
  table_count integer,
  artefact text references artefacts(hash),
  error text,
  seconds real not null
) strict;
create index if not exists pages_by_document on pages(document_id, page_number);
create table if not exists assemblies (
  job_id text primary key,
  document_id text not null references documents(document_id),
  artefact text not null references artefacts(hash),
  record_count integer not null,
  accepted_count integer not null,
  check_count integer not null,
  holding_count integer not null,
  contradicted_count integer not null
) strict;
create table if not exists publications (
  only_row integer primary key check (only_row = 1),
  state_id text not null,
  files text not null
) strict;
create table if not exists jobs (
  id text primary key,
  stage text not null,
  document_id text,
  page_number integer,
  payload text not null,
  state text not null default 'wait',
  priority integer not null,
  attempts integer not null default 0,
  stalls integer not null default 0,
  run_at integer not null default 0,
  lease_until integer,
  token text,
  owner text,
  error text,
  seq integer not null
) strict;
create index if not exists jobs_to_pick on jobs(state, priority, seq);
create index if not exists jobs_by_document on jobs(document_id, stage);
`
