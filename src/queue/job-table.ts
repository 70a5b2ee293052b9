import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { type ExpressionBuilder, sql } from 'kysely'
import type { Store } from '../store/open-store.ts'
import type { StoreSchema } from '../store/schema.ts'
import type { SqlDialect, StoreQuery } from '../store/sql-dialect.ts'
import type { LeasedJob } from './job-leases.ts'
import type { Job } from './job-queue.ts'
import { folderIdOf } from './publication.ts'
import { pauseIn } from './queue-pause.ts'
import { type NewJob, parsePayload, STAGE_NAMES, STAGE_PRIORITIES, type StageName } from './stages.ts'

export interface JobRow {
  readonly id: string
  readonly stage: string
  readonly payload: string
  readonly attempts: number
  readonly stalls: number
  readonly owner: string | null
}

export const JOB_COLUMNS = ['id', 'stage', 'payload', 'attempts', 'stalls', 'owner'] as const

/** The last part tells this process from an earlier one with the same number, as in a container that restarts. */
const THIS_PROCESS = `${hostname()}/${process.pid}/${randomUUID()}`

const ROWS_PER_STATEMENT = 100

/** Adds jobs, inside a transaction; one that waits or is being worked on stays, one that has ended runs again. */
export async function insertJobs(query: StoreQuery, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return
  const single = [...new Map(jobs.map((job) => [job.id, job])).values()]
  const last = await query
    .selectFrom('jobs')
    .select((the) => the.fn.max('seq').as('seq'))
    .executeTakeFirst()
  const rows = single.map((job, index) => toRow(job, (last?.seq ?? 0) + index + 1))
  for (let begin = 0; begin < rows.length; begin += ROWS_PER_STATEMENT) {
    await query
      .insertInto('jobs')
      .values(rows.slice(begin, begin + ROWS_PER_STATEMENT))
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet({ state: 'wait', attempts: 0, stalls: 0, run_at: 0, error: null })
          .where('jobs.state', 'in', ['done', 'failed']),
      )
      .execute()
  }
}

function toRow({ id, stage, payload }: NewJob, seq: number) {
  const checked = parsePayload(stage, payload)
  return {
    id,
    stage,
    document_id: 'documentId' in checked ? checked.documentId : null,
    page_number: 'pageNumber' in checked ? checked.pageNumber : null,
    payload: JSON.stringify(checked),
    priority: STAGE_PRIORITIES[stage],
    seq,
  }
}

/** Which jobs a process may take; `publishIds` is how the ids of its own folder's publishing begin, null where it has none. */
export interface Takeable {
  readonly stages: readonly StageName[]
  readonly publishIds: string | null
}

export function takeableBy(store: Store, wanted: readonly StageName[] = STAGE_NAMES): Takeable {
  const mayPublish = store.location.directory !== null && wanted.includes('publish')
  return {
    stages: wanted.filter((stage) => stage !== 'publish'),
    publishIds: mayPublish ? `publish__${folderIdOf(store)}__` : null,
  }
}

function isTakeable({ stages, publishIds }: Takeable) {
  return (the: ExpressionBuilder<StoreSchema, 'jobs'>) =>
    the.or([
      ...(stages.length === 0 ? [] : [the('stage', 'in', stages)]),
      ...(publishIds === null ? [] : [the('id', 'like', `${publishIds}%`)]),
    ])
}

/** Takes the next job that may run now and leases it until `leaseUntil` (epoch ms); null when there is none. In a pause only publishing is. */
export async function takeJob(
  query: StoreQuery,
  dialect: SqlDialect,
  now: number,
  leaseUntil: number,
  takeable: Takeable,
): Promise<LeasedJob | null> {
  const token = randomUUID()
  const row = await query
    .updateTable('jobs')
    .set(leaseOf(token, now, leaseUntil))
    .where('id', '=', (inner) =>
      inner
        .selectFrom('jobs')
        .select('id')
        .where('state', '=', 'wait')
        .where('run_at', '<=', now)
        .where(isTakeable(takeable))
        .where((the) => the.or([the('stage', '=', 'publish'), the.not(the.exists(pauseIn(the)))]))
        .orderBy('priority')
        .orderBy('seq')
        .limit(1)
        .$if(dialect === 'postgres', (waiting) => waiting.forUpdate().skipLocked()),
    )
    .returning(JOB_COLUMNS)
    .executeTakeFirst()
  return row === undefined ? null : { ...toJob(row), token }
}

/**
 * Takes the pages of one document that come next after one that was taken just now, `most` at most. Those that were tried
 * before, or whose worker vanished, are taken alone: what kills a worker must not look like the fault of its neighbours.
 */
export async function takePagesAfter(
  { query, dialect }: { readonly query: StoreQuery; readonly dialect: SqlDialect },
  { stage, payload }: NewJob,
  most: number,
  now: number,
  leaseUntil: number,
): Promise<readonly LeasedJob[]> {
  if (stage !== 'page' || !('documentId' in payload) || most < 1) return []
  const token = randomUUID()
  const rows = await query
    .updateTable('jobs')
    .set(leaseOf(token, now, leaseUntil))
    .where('id', 'in', (inner) =>
      inner
        .selectFrom((waiting) =>
          waiting
            .selectFrom('jobs')
            .select(['id', 'stage', 'document_id', 'attempts', 'stalls'])
            .where('state', '=', 'wait')
            .where('run_at', '<=', now)
            .orderBy('priority')
            .orderBy('seq')
            .limit(most)
            .$if(dialect === 'postgres', (some) => some.forUpdate().skipLocked())
            .as('next'),
        )
        .select('id')
        .where('stage', '=', stage)
        .where('document_id', '=', payload.documentId)
        .where('attempts', '=', 0)
        .where('stalls', '=', 0),
    )
    .returning([...JOB_COLUMNS, 'seq'])
    .execute()
  return rows.toSorted((a, b) => a.seq - b.seq).map((row) => ({ ...toJob(row), token }))
}

function leaseOf(token: string, now: number, leaseUntil: number) {
  return {
    state: 'active',
    token,
    lease_until: leaseUntil,
    owner: THIS_PROCESS,
    started_at: now,
    lines_read: null,
    attempts: sql<number>`attempts + 1`,
  } as const
}

export function toJob(row: JobRow): Job {
  const { id, attempts, stalls } = row
  const stage = row.stage as StageName
  return { id, stage, payload: parsePayload(stage, JSON.parse(row.payload)), attempt: attempts - stalls }
}

/** Jobs whose worker is gone: the lease ran out, or the process that held it on this machine no longer lives. */
export async function abandonedJobs(query: StoreQuery, dialect: SqlDialect, now: number): Promise<readonly JobRow[]> {
  const rows = await query
    .selectFrom('jobs')
    .select([...JOB_COLUMNS, 'lease_until'])
    .where('state', '=', 'active')
    .$if(dialect === 'postgres', (active) => active.forUpdate().skipLocked())
    .execute()
  return rows.filter((row) => (row.lease_until ?? 0) < now || isOwnerDead(row.owner))
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

export async function hasUnendedJobs(query: StoreQuery, takeable: Takeable): Promise<boolean> {
  const row = await query
    .selectFrom('jobs')
    .select('id')
    .where('state', 'in', ['wait', 'active'])
    .where(isTakeable(takeable))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
