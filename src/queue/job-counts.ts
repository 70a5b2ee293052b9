import type { StoreQuery } from '../store/sql-dialect.ts'
import type { ActiveJob, FailedJob, JobCounts, JobState, JobsLeft } from './job-queue.ts'
import { JOB_COLUMNS, toJob } from './job-table.ts'
import { mapStages, STAGE_PRIORITIES, type StageName } from './stages.ts'

export async function countJobs(query: StoreQuery): Promise<JobCounts> {
  const rows = await query
    .selectFrom('jobs')
    .select((the) => ['stage', 'state', the.fn.countAll<number>().as('jobs')])
    .groupBy(['stage', 'state'])
    .execute()
  const count = (stage: StageName, state: JobState) =>
    rows.find((row) => row.stage === stage && row.state === state)?.jobs ?? 0
  return mapStages((stage) => ({
    wait: count(stage, 'wait'),
    active: count(stage, 'active'),
    done: count(stage, 'done'),
    failed: count(stage, 'failed'),
  }))
}

/** By the index on states, so that it costs nothing for jobs that have ended. */
export async function countUnended(query: StoreQuery): Promise<JobsLeft> {
  const rows = await query
    .selectFrom('jobs')
    .select((the) => ['priority', the.fn.countAll<number>().as('jobs')])
    .where('state', 'in', ['wait', 'active'])
    .groupBy('priority')
    .execute()
  return mapStages((stage) => rows.find(({ priority }) => priority === STAGE_PRIORITIES[stage])?.jobs ?? 0)
}

export async function failedJobs(query: StoreQuery): Promise<readonly FailedJob[]> {
  const rows = await query
    .selectFrom('jobs')
    .select(['id', 'stage', 'error'])
    .where('state', '=', 'failed')
    .orderBy('seq')
    .execute()
  return rows.map(({ id, stage, error }) => ({ id, stage: stage as StageName, error: error ?? '' }))
}

export async function activeJobs(query: StoreQuery): Promise<readonly ActiveJob[]> {
  const rows = await query
    .selectFrom('jobs')
    .select([...JOB_COLUMNS, 'started_at', 'lines_read'])
    .where('state', '=', 'active')
    .orderBy('started_at')
    .execute()
  return rows.map((row) => {
    const { id, stage, payload } = toJob(row)
    const worker = (row.owner ?? '').split('/').slice(0, 2).join('/')
    return { job: { id, stage, payload }, worker, since: row.started_at, linesRead: row.lines_read }
  })
}
