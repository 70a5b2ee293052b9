import { pathToFileURL } from 'node:url'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { PipelineError } from '../model/pipeline-error.ts'
import {
  type DatabaseSync,
  type DatabaseSyncInstance,
  loadDatabaseClass,
  type StatementSyncInstance,
} from './sqlite-library.ts'
import { assertOutsideTransaction } from './transaction-guard.ts'
import { withoutNulls } from './without-nulls.ts'

const BUSY_TIMEOUT_MS = 10_000

export interface SqliteOptions {
  /** Whether every commit waits for the disk. */
  readonly syncsCommits?: boolean
  /** Whether the file may only be read and nobody changes it: nothing is left beside it then. */
  readonly isImmutable?: boolean
}

/**
 * SQLite under Kysely. One connection, whose users take turns. Every transaction takes the write lock at its beginning: one that only asked
 * for it halfway would be refused as soon as another process had written.
 * Throws PipelineError output/not-writable.
 */
export function sqliteDialect(file: string, options: SqliteOptions = {}): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => createDriver(file, options),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

function createDriver(file: string, options: SqliteOptions): Driver {
  const turns = createTurns()
  let database: DatabaseSyncInstance | null = null
  let connection: DatabaseConnection | null = null

  function exec(statement: string): void {
    translatingErrors(file, () => database?.exec(statement))
  }

  return {
    async init() {
      const DatabaseClass = await loadDatabaseClass()
      database = translatingErrors(file, () => openFile(DatabaseClass, file, options))
      connection = createConnection(file, database)
    },
    async acquireConnection() {
      assertOutsideTransaction()
      if (connection === null) throw new Error('the database is not open')
      await turns.take()
      return connection
    },
    beginTransaction: async () => exec('begin immediate'),
    commitTransaction: async () => exec('commit'),
    async rollbackTransaction() {
      // A full disk rolls back by itself; a second rollback is then an error that must not hide the first.
      if (database?.isTransaction) exec('rollback')
    },
    releaseConnection: async () => turns.giveBack(),
    async destroy() {
      database?.close()
    },
  }
}

function openFile(
  DatabaseClass: typeof DatabaseSync,
  file: string,
  { syncsCommits = false, isImmutable = false }: SqliteOptions,
): DatabaseSyncInstance {
  if (isImmutable) return new DatabaseClass(`${pathToFileURL(file).href}?immutable=1`, { readOnly: true })
  const database = new DatabaseClass(file, { timeout: BUSY_TIMEOUT_MS })
  // The timeout must stand before WAL is asked for: a process that starts beside others just after a kill would
  // otherwise meet SQLITE_BUSY_RECOVERY.
  database.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`)
  // Files of early versions have foreign keys, also on artefacts, which may now lie elsewhere.
  const waits = syncsCommits ? 'FULL' : 'NORMAL'
  database.exec(`pragma journal_mode = WAL; pragma synchronous = ${waits}; pragma foreign_keys = OFF`)
  return database
}

function createConnection(file: string, database: DatabaseSyncInstance): DatabaseConnection {
  const statements = new Map<string, StatementSyncInstance>()

  function prepared(sql: string): StatementSyncInstance {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const fresh = database.prepare(sql)
    statements.set(sql, fresh)
    return fresh
  }

  function execute<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
    const statement = prepared(sql)
    const values = (parameters as readonly (string | number | null | Uint8Array)[]).map(withoutNulls)
    if (statement.columns().length > 0) return { rows: statement.all(...values) as Row[] }
    return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) }
  }

  return {
    executeQuery: async <Row>(query: CompiledQuery) => translatingErrors(file, () => execute<Row>(query)),
    streamQuery: () => {
      throw new Error('SQLite answers are not streamed here')
    },
  }
}

/** Whoever asks gets the turn when those before have given it back. */
function createTurns(): { take(): Promise<void>; giveBack(): void } {
  const waiting: (() => void)[] = []
  let isTaken = false
  return {
    async take() {
      if (isTaken) await new Promise<void>((resolve) => waiting.push(resolve))
      isTaken = true
    },
    giveBack() {
      const next = waiting.shift()
      if (next === undefined) isTaken = false
      else next()
    },
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
