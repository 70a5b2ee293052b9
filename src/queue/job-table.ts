import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Database } from '../store/open-database.ts'
import type { FailedJob, Job, JobState } from './job-queue.ts'
import { type NewJob, parsePayload, STAGE_PRIORITIES, type StageName } from './stages.ts'

/** A job under lease. Only who holds the `token` may end it: a worker that slept past its lease has lost it. */
export interface LeasedJob extends Job {
  readonly token: string
}

export interface JobRow {
  readonly id: string
  readonly stage: StageName
  readonly payload: string
  readonly attempts: number
  readonly stalls: number
  readonly owner: string | null
}

/** The last part tells this process from an earlier one with the same number, as in a container that restarts. */
const THIS_PROCESS = `${hostname()}/${process.pid}/${randomUUID()}`

/** Adds jobs; one that waits or is being worked on stays, one that has ended runs again. */
export function insertJobs(database: Database, jobs: readonly NewJob[]): void {
  if (jobs.length === 0) return
  database.transaction(() => {
    let seq = database.get<{ last: number }>('select coalesce(max(seq), 0) as last from jobs')?.last ?? 0
    for (const { id, stage, payload } of jobs) {
      const checked = parsePayload(stage, payload)
      seq += 1
      database.run(
        `insert into jobs(id, stage, document_id, page_number, payload, priority, seq) values (?, ?, ?, ?, ?, ?, ?)
         on conflict(id) do update set state = 'wait', attempts = 0, stalls = 0, run_at = 0, error = null
         where state in ('done', 'failed')`,
        id,
        stage,
        'documentId' in checked ? checked.documentId : null,
        'pageNumber' in checked ? checked.pageNumber : null,
        JSON.stringify(checked),
        STAGE_PRIORITIES[stage],
        seq,
      )
    }
  })
}

/** Takes the next job that may run now and leases it until `leaseUntil` (epoch ms); null when there is none. */
export function takeJob(database: Database, now: number, leaseUntil: number): LeasedJob | null {
  const token = randomUUID()
  const row = database.get<JobRow>(
    `update jobs set state = 'active', token = ?, lease_until = ?, owner = ?, attempts = attempts + 1
     where id = (select id from jobs where state = 'wait' and run_at <= ? order by priority, seq limit 1)
     returning id, stage, payload, attempts, stalls, owner`,
    token,
    leaseUntil,
    THIS_PROCESS,
    now,
  )
  return row === undefined ? null : { ...toJob(row), token }
}

export function toJob(row: JobRow): Job {
  const { id, stage, attempts, stalls } = row
  return { id, stage, payload: parsePayload(stage, JSON.parse(row.payload)), attempt: attempts - stalls }
}

export function extendLease(database: Database, job: LeasedJob, leaseUntil: number): void {
  database.run('update jobs set lease_until = ? where id = ? and token = ?', leaseUntil, job.id, job.token)
}

export function holdsLease(database: Database, job: LeasedJob): boolean {
  return database.get('select 1 as held from jobs where id = ? and token = ?', job.id, job.token) !== undefined
}

/** Ends a lease. `runAt` (epoch ms) is for a job that goes back to wait. */
export function releaseJob(database: Database, job: LeasedJob, state: JobState, error: string | null, runAt = 0): void {
  database.run(
    `update jobs set state = ?, error = ?, run_at = ?, token = null, lease_until = null, owner = null
     where id = ? and token = ?`,
    state,
    error,
    runAt,
    job.id,
    job.token,
  )
}

/** Puts a job back as if it had never been taken. */
export function returnJob(database: Database, job: LeasedJob): void {
  database.run(
    `update jobs set state = 'wait', attempts = attempts - 1, token = null, lease_until = null, owner = null
     where id = ? and token = ?`,
    job.id,
    job.token,
  )
}

/** Jobs whose worker is gone: the lease ran out, or the process that held it on this machine no longer lives. */
export function abandonedJobs(database: Database, now: number): readonly JobRow[] {
  return database
    .all<JobRow & { lease_until: number }>(
      "select id, stage, payload, attempts, stalls, owner, lease_until from jobs where state = 'active'",
    )
    .filter((row) => row.lease_until < now || isOwnerDead(row.owner))
}

/** Gives an abandoned job back to wait, or ends it as failed; counts the stall either way. */
export function recordStall(database: Database, id: string, state: 'wait' | 'failed', error: string | null): void {
  database.run(
    `update jobs set state = ?, stalls = stalls + 1, error = ?, token = null, lease_until = null, owner = null
     where id = ?`,
    state,
    error,
    id,
  )
}

function isOwnerDead(owner: string | null): boolean {
  const [host, pid] = (owner ?? '').split('/')
  if (owner === THIS_PROCESS || host !== hostname() || pid === undefined) return false
  if (Number(pid) === process.pid) return true
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

export type JobCounts = Readonly<Record<StageName, Readonly<Record<JobState, number>>>>

export function countJobs(database: Database): JobCounts {
  const rows = database.all<{ stage: StageName; state: JobState; jobs: number }>(
    'select stage, state, count(*) as jobs from jobs group by stage, state',
  )
  const count = (stage: StageName, state: JobState) =>
    rows.find((row) => row.stage === stage && row.state === state)?.jobs ?? 0
  const ofStage = (stage: StageName): Record<JobState, number> => ({
    wait: count(stage, 'wait'),
    active: count(stage, 'active'),
    done: count(stage, 'done'),
    failed: count(stage, 'failed'),
  })
  return {
    document: ofStage('document'),
    page: ofStage('page'),
    assemble: ofStage('assemble'),
    publish: ofStage('publish'),
  }
}

export function hasUnendedJobs(database: Database): boolean {
  return database.get("select 1 as found from jobs where state in ('wait', 'active') limit 1") !== undefined
}

export function failedJobs(database: Database): readonly FailedJob[] {
  return database
    .all<{ id: string; stage: StageName; error: string | null }>(
      "select id, stage, error from jobs where state = 'failed' order by seq",
    )
    .map(({ id, stage, error }) => ({ id, stage, error: error ?? '' }))
}
