import type { DatabaseSync, DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite'
import { PipelineError } from '../model/pipeline-error.ts'

export type SqlValue = string | number | null | Uint8Array

/** What the product needs of SQLite. Calls are synchronous; rows are plain objects of the caller's shape. */
export interface Database {
  exec(sql: string): void
  run(sql: string, ...values: readonly SqlValue[]): void
  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined
  all<Row>(sql: string, ...values: readonly SqlValue[]): readonly Row[]
  /** All or nothing; a transaction inside a transaction joins it. Throws what `work` throws. */
  transaction<Result>(work: () => Result): Result
  close(): void
}

const BUSY_TIMEOUT_MS = 10_000

/**
 * Opens a SQLite file, creating it where it is missing.
 * The built-in node:sqlite is used where Node has it, else the package of the same interface.
 * Throws PipelineError output/not-writable.
 */
export async function openDatabase(file: string): Promise<Database> {
  const DatabaseClass = await loadDatabaseClass()
  return translatingErrors(file, () => {
    const connection = new DatabaseClass(file, { timeout: BUSY_TIMEOUT_MS })
    // The timeout must stand before WAL is asked for: a process that starts beside others just after a kill would
    // otherwise meet SQLITE_BUSY_RECOVERY.
    connection.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`)
    connection.exec('pragma journal_mode = WAL; pragma synchronous = FULL; pragma foreign_keys = ON')
    return toDatabase(file, connection)
  })
}

async function loadDatabaseClass(): Promise<typeof DatabaseSync> {
  const builtIn = process.getBuiltinModule?.('node:sqlite') as { DatabaseSync: typeof DatabaseSync } | undefined
  return builtIn?.DatabaseSync ?? (await import('@photostructure/sqlite')).DatabaseSync
}

function toDatabase(file: string, connection: DatabaseSyncInstance): Database {
  const statements = new Map<string, StatementSyncInstance>()
  let isInTransaction = false

  function prepared(sql: string): StatementSyncInstance {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const fresh = connection.prepare(sql)
    statements.set(sql, fresh)
    return fresh
  }

  function transaction<Result>(work: () => Result): Result {
    if (isInTransaction) return work()
    translatingErrors(file, () => connection.exec('begin immediate'))
    isInTransaction = true
    try {
      const result = work()
      translatingErrors(file, () => connection.exec('commit'))
      return result
    } catch (error) {
      // A full disk rolls back by itself; a second rollback is then an error that must not hide the first.
      if (connection.isTransaction) connection.exec('rollback')
      throw error
    } finally {
      isInTransaction = false
    }
  }

  return {
    exec: (sql) => translatingErrors(file, () => connection.exec(sql)),
    run: (sql, ...values) => translatingErrors(file, () => void prepared(sql).run(...values)),
    get: <Row>(sql: string, ...values: readonly SqlValue[]) =>
      translatingErrors(file, () => prepared(sql).get(...values) as Row | undefined),
    all: <Row>(sql: string, ...values: readonly SqlValue[]) =>
      translatingErrors(file, () => prepared(sql).all(...values) as readonly Row[]),
    transaction,
    close: () => connection.close(),
  }
}

/** SQLite's words for "the disk or the folder does not let me". */
const NOT_WRITABLE = /readonly|read-only|unable to open|disk is full|disk I\/O|not a database|malformed/i

function translatingErrors<Result>(file: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof Error && NOT_WRITABLE.test(error.message)) {
      throw new PipelineError('output/not-writable', `${file}: ${error.message}`, { cause: error })
    }
    throw error
  }
}
