import { setTimeout as sleep } from 'node:timers/promises'
import { type Dialect, PostgresDialect, type PostgresPoolClient, type PostgresQueryResult } from 'kysely'
import pg from 'pg'
import { PipelineError } from '../model/pipeline-error.ts'
import { hideSecrets } from './store-location.ts'
import { withoutNulls } from './without-nulls.ts'

export interface PostgresOptions {
  /**
   * Whether a server is waited for that was never reached. By default it is not, as the address may be wrong; one that
   * was reached and goes away is waited for in any case, as a restart takes seconds.
   */
  readonly isKnownToBeThere?: boolean
  /** Told when a server is waited for, and when it is back. */
  readonly onNotice?: (notice: string) => void
}

const PATIENCE_MS = 60_000
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 3000
const CONNECT_TIMEOUT_MS = 10_000
const MOST_CONNECTIONS = 10

/** Types whose values pg gives as text: whole numbers that here never exceed 2^53. */
const INT8 = 20

/**
 * PostgreSQL under Kysely. A server that goes away is waited for: single statements are sent again on a fresh
 * connection, a transaction that was cut off throws store/unavailable and is to be run again as a whole.
 * Throws PipelineError store/unavailable when patience ends, or at once when the server refuses the user or database.
 */
export function postgresDialect(url: string, options: PostgresOptions = {}): Dialect {
  const { isKnownToBeThere = false, onNotice = () => undefined } = options
  let hasBeenReached = isKnownToBeThere
  let isAway = false
  const pool = new pg.Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'gongkai',
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) },
  })
  // An idle connection that breaks is replaced when the next one is wanted.
  pool.on('error', () => undefined)

  async function connect(): Promise<pg.PoolClient> {
    const begun = Date.now()
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        const client = await pool.connect()
        client.on('error', ignoreBrokenClient)
        hasBeenReached = true
        if (isAway) onNotice(`${hideSecrets(url)} is back`)
        isAway = false
        return client
      } catch (error) {
        const patienceMs = hasBeenReached || isStartingUp(error) ? PATIENCE_MS : 0
        if (!isConnectionLoss(error) || Date.now() + pauseMs > begun + patienceMs) throw toUnavailable(error)
        if (!isAway) onNotice(`${hideSecrets(url)} cannot be reached; waiting for it`)
        isAway = true
        await sleep(pauseMs)
      }
    }
  }

  return new PostgresDialect({
    pool: { connect: async () => patientClient(await connect(), connect), end: () => pool.end() },
  })
}

/** The query in hand, or the next one, tells of the break. */
const ignoreBrokenClient = (): void => undefined

/** A client that replaces a lost connection, except inside a transaction, of which the server has forgotten all. */
function patientClient(first: pg.PoolClient, connect: () => Promise<pg.PoolClient>): PostgresPoolClient {
  let client = first
  let isInTransaction = false
  let isBroken = false

  async function query<Row>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>> {
    if (sql === 'begin') isInTransaction = true
    if (sql === 'rollback' && isBroken) return { command: 'UPDATE', rowCount: 0, rows: [] }
    try {
      return await send<Row>(sql, parameters)
    } catch (error) {
      if (isConflict(error)) throw toUnavailable(error)
      if (!isConnectionLoss(error)) throw error
      isBroken = true
      if (isInTransaction) throw toUnavailable(error)
      release()
      client = await connect()
      isBroken = false
      return await send<Row>(sql, parameters)
    } finally {
      if (sql === 'commit' || sql === 'rollback') isInTransaction = false
    }
  }

  async function send<Row>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>> {
    return (await client.query(sql, parameters.map(withoutNulls))) as unknown as PostgresQueryResult<Row>
  }

  function release(): void {
    client.release(isBroken)
    // The pool watches its idle clients itself; a broken one it has thrown away may still complain.
    if (!isBroken) client.off('error', ignoreBrokenClient)
  }

  return { query: query as PostgresPoolClient['query'], release }
}

/** What the system says of a connection, and PostgreSQL's classes 08 (connection) and 57P (shutting down). */
const SYSTEM_LOSSES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'EHOSTUNREACH', 'ENETUNREACH']
const SERVER_LOSSES = /^(08|57P0[123])/
const LOSS_WORDS = /Connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed/i

/** It is there, and will be ready in a moment. */
function isStartingUp(error: unknown): boolean {
  return error instanceof Error && codeOf(error) === '57P03'
}

function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  return SYSTEM_LOSSES.includes(code) || SERVER_LOSSES.test(code) || LOSS_WORDS.test(error.message)
}

/** Two transactions that wait for each other, or cannot be put in an order: one of them is to be run again. */
function isConflict(error: unknown): boolean {
  return error instanceof Error && ['40001', '40P01'].includes(codeOf(error))
}

function codeOf(error: Error): string {
  const own = (error as NodeJS.ErrnoException).code
  const [inner] = error instanceof AggregateError ? (error.errors as NodeJS.ErrnoException[]) : []
  return own ?? inner?.code ?? ''
}

/** pg's messages name host, port, user and database, never the password. */
function toUnavailable(error: unknown): PipelineError {
  if (error instanceof PipelineError) return error
  const detail = error instanceof Error ? error.message || codeOf(error) : String(error)
  return new PipelineError('store/unavailable', detail, { cause: error })
}
