import { sql } from 'kysely'
import type { SqlDialect, StoreQuery } from '../store/sql-dialect.ts'
import type { Job } from './job-queue.ts'

/** A job under lease. Only who holds the `token` may end it: a worker that slept past its lease has lost it. */
export interface LeasedJob extends Job {
  readonly token: string
}

/** How far a page is, for people. */
export async function setProgress(query: StoreQuery, job: LeasedJob, linesRead: number): Promise<void> {
  await query
    .updateTable('jobs')
    .set({ lines_read: linesRead })
    .where('id', '=', job.id)
    .where('token', '=', job.token)
    .execute()
}

export async function extendLease(query: StoreQuery, job: LeasedJob, leaseUntil: number): Promise<void> {
  await query
    .updateTable('jobs')
    .set({ lease_until: leaseUntil })
    .where('id', '=', job.id)
    .where('token', '=', job.token)
    .execute()
}

/** Inside a transaction: whether the lease still holds; where it does, it holds until the transaction ends. */
export async function holdsLease(query: StoreQuery, dialect: SqlDialect, job: LeasedJob): Promise<boolean> {
  const row = await query
    .selectFrom('jobs')
    .select('id')
    .where('id', '=', job.id)
    .where('token', '=', job.token)
    .$if(dialect === 'postgres', (held) => held.forUpdate())
    .executeTakeFirst()
  return row !== undefined
}

const NO_LEASE = { token: null, lease_until: null, owner: null }

/** Ends a job that failed, where its lease still holds. */
export async function endAsFailed(query: StoreQuery, job: LeasedJob, error: string): Promise<void> {
  await query
    .updateTable('jobs')
    .set({ state: 'failed', error, run_at: 0, ...NO_LEASE })
    .where('id', '=', job.id)
    .where('token', '=', job.token)
    .execute()
}

/** Ends jobs that are done; the ids of those whose lease still held. */
export async function endAll(query: StoreQuery, jobs: readonly LeasedJob[]): Promise<ReadonlySet<string>> {
  if (jobs.length === 0) return new Set()
  const ended = await query
    .updateTable('jobs')
    .set({ state: 'done', error: null, run_at: 0, ...NO_LEASE })
    .where(
      'id',
      'in',
      jobs.map(({ id }) => id),
    )
    // A token is of one taking: none of these can be that of another's lease on one of these jobs.
    .where('token', 'in', [...new Set(jobs.map(({ token }) => token))])
    .returning('id')
    .execute()
  return new Set(ended.map(({ id }) => id))
}

/** Lets a job wait for another try from `runAt` (epoch ms) on, behind all that wait now: what has not been tried goes first. */
export async function requeueJob(query: StoreQuery, job: LeasedJob, error: string, runAt: number): Promise<void> {
  await query
    .updateTable('jobs')
    .set({ state: 'wait', error, run_at: runAt, seq: sql<number>`(select max(seq) + 1 from jobs)`, ...NO_LEASE })
    .where('id', '=', job.id)
    .where('token', '=', job.token)
    .execute()
}

/** Puts a job back as if it had never been taken. */
export async function returnJob(query: StoreQuery, job: LeasedJob): Promise<void> {
  await query
    .updateTable('jobs')
    .set({ state: 'wait', attempts: sql<number>`attempts - 1`, ...NO_LEASE })
    .where('id', '=', job.id)
    .where('token', '=', job.token)
    .execute()
}

/** Gives an abandoned job back to wait, or ends it as failed; counts the stall either way. */
export async function recordStall(
  query: StoreQuery,
  id: string,
  state: 'wait' | 'failed',
  error: string | null,
): Promise<void> {
  await query
    .updateTable('jobs')
    .set({ state, error, stalls: sql<number>`stalls + 1`, ...NO_LEASE })
    .where('id', '=', id)
    .execute()
}
