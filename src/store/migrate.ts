import { sql } from 'kysely'
import { PipelineError } from '../model/pipeline-error.ts'
import { MIGRATIONS, type Migration } from './migrations.ts'
import type { SqlDialect, StoreQuery } from './sql-dialect.ts'

/** Any number will do, as long as every process that migrates takes the same. */
const MIGRATION_LOCK = 20_240_601

/**
 * Brings the tables of a database to the form that this version works on. Several processes may do so at once.
 * Throws PipelineError output/not-writable, naming `place`, for a database that a later version wrote.
 */
export async function migrate(
  query: StoreQuery,
  dialect: SqlDialect,
  place: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  if (await isUpToDate(query, dialect, migrations)) return
  await query.transaction().execute(async (transaction) => {
    if (dialect === 'postgres') await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction)
    await sql`create table if not exists schema_migrations (name text primary key)`.execute(transaction)
    const applied = await appliedNames(transaction)
    const unknown = applied.find((name) => !migrations.some((migration) => migration.name === name))
    if (unknown !== undefined) {
      throw new PipelineError('output/not-writable', `${place} was written by another version of gongkai (${unknown})`)
    }
    for (const { name, statements } of migrations) {
      if (applied.includes(name)) continue
      for (const statement of statements(dialect)) await sql.raw(statement).execute(transaction)
      await transaction.insertInto('schema_migrations').values({ name }).execute()
    }
  })
}

async function isUpToDate(query: StoreQuery, dialect: SqlDialect, migrations: readonly Migration[]): Promise<boolean> {
  const { rows } = await (dialect === 'postgres'
    ? sql`select 1 as found where to_regclass('schema_migrations') is not null`
    : sql`select 1 as found from sqlite_master where name = 'schema_migrations'`
  ).execute(query)
  if (rows.length === 0) return false
  const applied = await appliedNames(query)
  return applied.length === migrations.length && migrations.every(({ name }) => applied.includes(name))
}

async function appliedNames(query: StoreQuery): Promise<readonly string[]> {
  const rows = await query.selectFrom('schema_migrations').select('name').execute()
  return rows.map((row) => row.name)
}
