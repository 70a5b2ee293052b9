import type { PipelineError } from '../model/pipeline-error.ts'
import type { StoreTables } from '../store/open-store.ts'
import type { NewJob, StageName, StagePayload } from './stages.ts'

/** A failure that another try may mend is tried once more. */
export const MAX_ATTEMPTS = 2

/** A job whose worker vanishes this often is taken for the cause. */
export const MAX_STALLS = 10

/** A job that is being worked on. `attempt` counts from 1 and leaves out the times a worker vanished. */
export interface Job<Stage extends StageName = StageName> extends NewJob<Stage> {
  readonly attempt: number
}

/** Plain functions; what they return is data, so that the queue can keep it together with "done". */
export type Handlers<Outcome> = {
  readonly [Stage in StageName]: (payload: StagePayload<Stage>, context: JobContext) => Promise<Outcome>
} & {
  /**
   * Several pages of one document, asked of the same readers, for as long as they are quick: what the first of them gave, in
   * their order. Those that it gives nothing for are then done by themselves, and so are all of them when it throws what
   * is no trouble of the run.
   */
  readonly pages?: (
    payloads: readonly StagePayload<'page'>[],
    context: Pick<JobContext, 'signal'>,
  ) => Promise<readonly Outcome[]>
}

export interface JobContext {
  readonly jobId: string
  /** Aborted when the work must end at once; the job then goes back as if never taken. */
  readonly signal: AbortSignal
  /** To be told how far a page is, for people: lines read so far. */
  readonly onProgress: (linesRead: number) => void
}

/** A job and what its handler gave. */
export interface SettledJob<Outcome> {
  readonly job: NewJob
  readonly outcome: Outcome
}

/**
 * What the end of jobs means for the store. Both write to the tables of one transaction and return the jobs that
 * follow from it; both may be called again for the same end, when a worker died or a transaction was cut off, and then
 * leave the store the same. `settled` is told of one job or of several of one document, `failed` when no try is left.
 */
export interface JobEffects<Outcome> {
  settled(tables: StoreTables, settled: readonly SettledJob<Outcome>[]): Promise<readonly NewJob[]>
  failed(tables: StoreTables, job: NewJob, error: PipelineError): Promise<readonly NewJob[]>
}

/** 'started' twice: a page that was begun together with others is begun again by itself. */
export type JobEvent =
  | {
      readonly kind: 'started' | 'done' | 'retried' | 'failed'
      readonly job: NewJob
      readonly error: PipelineError | null
    }
  | { readonly kind: 'progress'; readonly job: NewJob; readonly error: null; readonly linesRead: number }

export interface WorkOptions<Outcome> {
  readonly handlers: Handlers<Outcome>
  readonly effects: JobEffects<Outcome>
  readonly concurrency: number
  /** 'empty' (the default): until nothing is left to do. 'stopped': also waits for jobs that are still to come. */
  readonly until?: 'empty' | 'stopped'
  /** Ends the work earlier: no further job is taken once this says so. Asked now and then, not after every job. */
  readonly isEnough?: () => Promise<boolean>
  /** The stages whose jobs are taken and waited for; all by default. Publishing is only ever that of the store's own folder. */
  readonly stages?: readonly StageName[]
  /** When aborted no further job is taken; those in work are finished. */
  readonly stop: AbortSignal
  /** When aborted those in work are given back too. */
  readonly abort: AbortSignal
  readonly onEvent?: (event: JobEvent) => void
}

export type JobState = 'wait' | 'active' | 'done' | 'failed'

/** By stage, how many jobs wait or are in work. */
export type JobsLeft = Readonly<Record<StageName, number>>

export type JobCounts = Readonly<Record<StageName, Readonly<Record<JobState, number>>>>

export interface FailedJob {
  readonly id: string
  readonly stage: StageName
  readonly error: string
}

/** A job in work: by whom (machine and process) and since when (epoch ms; null when the queue does not know). */
export interface ActiveJob {
  readonly job: NewJob
  readonly worker: string
  readonly since: number | null
  /** Lines of a page that have been read so far; null when nothing was told yet. */
  readonly linesRead: number | null
}

/**
 * What we need of a queue; every driver offers just this. There is no limit on jobs a minute: a job takes nothing but
 * processor and memory, which the number of lines of work bounds; what others must be spared, downloads from their hosts, is
 * slowed down where it happens.
 */
export interface JobQueue {
  /** Adds jobs. One that waits or is being worked on stays as it is; one that has ended runs again, with all its tries. */
  enqueue(jobs: readonly NewJob[]): Promise<void>
  /**
   * Works until told to stop, until it is enough, or until nothing waits and nothing is in work anywhere. Throws what concerns the whole
   * run: trouble of the output folder, the store, the queue or the dictionaries; the job in hand then goes back.
   */
  work<Outcome>(options: WorkOptions<Outcome>): Promise<void>
  counts(): Promise<JobCounts>
  /** Cheap, to be asked often; `counts` looks at all that ever was. */
  left(): Promise<JobsLeft>
  failed(): Promise<readonly FailedJob[]>
  active(): Promise<readonly ActiveJob[]>
  /** Lets no worker take a job any more until resumed, publishing left out; those in work are finished. */
  pause(): Promise<void>
  resume(): Promise<void>
  isPaused(): Promise<boolean>
  close(): Promise<void>
}
