import { Kysely, sql } from 'kysely'
import { loadDatabaseClass } from './sqlite-library.ts'

/** What a PostgreSQL server says of itself. */
export interface DatabaseState {
  readonly version: string
  /** Whether this user may make the tables of a store. */
  readonly mayCreate: boolean
}

/** Asks a PostgreSQL server. Throws store/unavailable when it cannot be reached or refuses the user. */
export async function checkDatabase(address: string): Promise<DatabaseState> {
  const { postgresDialect } = await import('./postgres-dialect.ts')
  const database = new Kysely<Record<string, never>>({ dialect: postgresDialect(address) })
  try {
    const { rows } = await sql<{ version: string; may_create: boolean | null }>`
      select current_setting('server_version') as version,
        has_schema_privilege(current_schema(), 'CREATE') as may_create`.execute(database)
    return { version: rows[0]?.version ?? '', mayCreate: rows[0]?.may_create === true }
  } finally {
    await database.destroy()
  }
}

/** Opens a SQLite database in memory; returns its version. Throws what the library throws. */
export async function checkSqlite(): Promise<string> {
  const Database = await loadDatabaseClass()
  const database = new Database(':memory:')
  try {
    const row = database.prepare('select sqlite_version() as version').get() as { version?: unknown } | undefined
    return String(row?.version)
  } finally {
    database.close()
  }
}
