import { randomUUID } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Dialect, Kysely } from 'kysely'
import { PipelineError } from '../model/pipeline-error.ts'
import { type ArtefactStore, artefactsInBlobs, artefactsInTable } from './artefacts.ts'
import { type AssemblyTable, assembliesIn } from './assemblies.ts'
import { type BlobStore, openBlobs } from './blobs.ts'
import { type DocumentTable, documentsIn } from './documents.ts'
import { type JudgementTable, judgementsIn } from './judgements.ts'
import { migrate } from './migrate.ts'
import { type PageTable, pagesIn } from './pages.ts'
import type { PostgresOptions } from './postgres-dialect.ts'
import { type PublicationTable, publicationsIn } from './publications.ts'
import { isWritable, type ReadableFile, removeCopy, toReadable } from './read-only-file.ts'
import { type ReviewIndexTable, reviewIndexesIn } from './review-indexes.ts'
import { type ReviewLockTable, reviewLocksIn } from './review-locks.ts'
import type { StoreSchema } from './schema.ts'
import type { SqlDialect, StoreQuery } from './sql-dialect.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import { hideSecrets, type StoreLocation } from './store-location.ts'
import { runInsideTransaction } from './transaction-guard.ts'

/** The tables of a store, on their own or inside one transaction. */
export interface StoreTables {
  readonly query: StoreQuery
  readonly dialect: SqlDialect
  readonly documents: DocumentTable
  readonly pages: PageTable
  readonly assemblies: AssemblyTable
  readonly publications: PublicationTable
  readonly judgements: JudgementTable
  readonly reviewIndexes: ReviewIndexTable
  readonly reviewLocks: ReviewLockTable
}

/** Everything that is kept of one output folder: in a SQLite file inside it, or in a PostgreSQL database that machines share. */
export interface Store extends StoreTables {
  readonly location: StoreLocation
  /** Tells this store from every other: 32 hex digits. */
  readonly storeId: string
  /** The output folder; throws for a store that was opened without one. */
  readonly directory: string
  readonly artefacts: ArtefactStore
  /** The place that machines share beside the database; null where there is none. */
  readonly blobs: BlobStore | null
  /**
   * All or nothing. `work` uses the tables that it is given and nothing else of the store, and may be called again when
   * the connection was lost or another transaction was in the way. Throws what `work` throws.
   */
  transaction<Result>(work: (tables: StoreTables) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

export interface StoreOptions extends PostgresOptions {
  /**
   * Whether every commit to SQLite waits for the disk, and so outlasts a power cut: for what people say. What machines make can
   * be made again, and a power cut takes at most its last seconds; a process that is killed loses nothing either way.
   */
  readonly syncsCommits?: boolean
  /** Whether nothing will be written: a SQLite file then need not be writable, and is read as it is when it is opened. */
  readonly isForReading?: boolean
}

const STORE_FILE = 'gongkai.sqlite'

/**
 * Opens the store of an output folder and brings its tables to this version's form.
 * `mode` create makes folder and file where they are missing; existing wants them and throws output/not-found.
 * Throws output/not-writable where the folder or the file cannot be written, store/unavailable where PostgreSQL cannot
 * be reached.
 */
export async function openStore(
  location: StoreLocation,
  mode: 'create' | 'existing' = 'create',
  options: StoreOptions = {},
): Promise<Store> {
  const { directory, database } = location
  if (directory !== null && mode === 'create') makeWritable(directory)
  const file = database === null ? sqliteFile(location, mode) : ''
  const dialect = database === null ? 'sqlite' : 'postgres'
  const readable = database === null ? findReadable(file, options) : null
  const query = new Kysely<StoreSchema>({
    dialect:
      database === null
        ? sqliteDialect(readable?.file ?? file, { ...options, ...readable })
        : await loadPostgresDialect(database, options),
  })
  const storeId = await prepareTables(query, dialect, database === null ? file : hideSecrets(database)).catch(
    (error: unknown) => {
      removeCopy(readable?.copiedTo ?? null)
      throw database === null ? tellReadOnly(error, file) : error
    },
  )
  const blobs = location.artefacts === null ? null : await openBlobs(location.artefacts)
  return {
    ...tablesOn(query, dialect),
    // The processes that read artefacts open what was opened here.
    location: { ...location, directory: readable?.copiedTo ?? directory },
    storeId,
    get directory() {
      if (directory === null) throw new Error('a store without an output folder was asked for it')
      return directory
    },
    blobs,
    artefacts: blobs === null ? artefactsInTable(query) : artefactsInBlobs(blobs),
    transaction: (work) => runTransaction(query, dialect, work),
    close: async () => {
      blobs?.close()
      await query.destroy()
      removeCopy(readable?.copiedTo ?? null)
    },
  }
}

/** How to open a SQLite file that may only be read; null where it can be written, or must be. */
function findReadable(file: string, { isForReading = false }: StoreOptions): ReadableFile | null {
  return isForReading && !isWritable(file) ? toReadable(file) : null
}

/** Says which commands would do where a file may only be read. */
function tellReadOnly(error: unknown, file: string): unknown {
  const isAnswered = !(error instanceof PipelineError) || error.code !== 'output/not-writable' || isWritable(file)
  if (isAnswered) return error
  const detail = `${file} may only be read: status, export, verify and inspect do with that, all else writes into it`
  return new PipelineError('output/not-writable', detail, { cause: error })
}

/** The library is loaded for those only who need it. */
async function loadPostgresDialect(url: string, options: PostgresOptions): Promise<Dialect> {
  const { postgresDialect } = await import('./postgres-dialect.ts')
  return postgresDialect(url, options)
}

function sqliteFile({ directory }: StoreLocation, mode: 'create' | 'existing'): string {
  if (directory === null) throw new Error('a store in SQLite lies in its output folder')
  const file = join(directory, STORE_FILE)
  if (mode === 'existing' && !existsSync(file)) throw new PipelineError('output/not-found', directory)
  return file
}

/** Returns the id of the store, which the first to open it gives. */
async function prepareTables(query: StoreQuery, dialect: SqlDialect, place: string): Promise<string> {
  try {
    await migrate(query, dialect, place)
    const known = await query.selectFrom('store_identity').select('store_id').executeTakeFirst()
    if (known !== undefined) return known.store_id
    await query
      .insertInto('store_identity')
      .values({ only_row: 1, store_id: randomUUID().replaceAll('-', '') })
      .onConflict((conflict) => conflict.column('only_row').doNothing())
      .execute()
    return (await query.selectFrom('store_identity').select('store_id').executeTakeFirstOrThrow()).store_id
  } catch (error) {
    await query.destroy()
    throw error
  }
}

function tablesOn(query: StoreQuery, dialect: SqlDialect): StoreTables {
  return {
    query,
    dialect,
    documents: documentsIn(query, dialect),
    pages: pagesIn(query),
    assemblies: assembliesIn(query),
    publications: publicationsIn(query),
    judgements: judgementsIn(query, dialect),
    reviewIndexes: reviewIndexesIn(query),
    reviewLocks: reviewLocksIn(query),
  }
}

const TRANSACTION_TRIES = 5
const RETRY_PAUSE_MS = 100

/** The connection is waited for by the dialect; here a transaction that was cut off, or lost against another, begins anew. */
async function runTransaction<Result>(
  query: StoreQuery,
  dialect: SqlDialect,
  work: (tables: StoreTables) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await query
        .transaction()
        .execute((transaction) => runInsideTransaction(() => work(tablesOn(transaction, dialect))))
    } catch (error) {
      const isCutOff = error instanceof PipelineError && error.code === 'store/unavailable'
      if (!isCutOff || tries === TRANSACTION_TRIES) throw error
      await sleep(RETRY_PAUSE_MS * tries)
    }
  }
}

function makeWritable(directory: string): void {
  try {
    makeFolder(directory)
    accessSync(directory, constants.W_OK)
  } catch (error) {
    throw new PipelineError('output/not-writable', error instanceof Error ? error.message : directory, { cause: error })
  }
}

/**
 * Makes a folder and the parents that are missing, one at a time from the nearest that is there: with `recursive`,
 * mkdirSync never returns where the system denies that the parent is there, as under /proc.
 */
function makeFolder(directory: string): void {
  const found = statSync(directory, { throwIfNoEntry: false })
  if (found?.isDirectory()) return
  if (found !== undefined) throw new Error(`${directory} is a file, not a folder`)
  const parent = dirname(directory)
  makeFolder(parent)
  accessSync(parent, constants.W_OK)
  try {
    mkdirSync(directory)
  } catch (error) {
    // Another run may have made it just now.
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) throw error
  }
}
