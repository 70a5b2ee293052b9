import { PipelineError } from '../model/pipeline-error.ts'
import { MAX_STALLS } from './job-queue.ts'
import type { NewJob } from './stages.ts'

/**
 * The failure of a job as a PipelineError. An error that is none is a defect met on one page or document: it is
 * reported as a crash of that part, so that one strange document does not end a batch.
 * A defect of publishing concerns everything and is thrown on.
 */
export function errorOfStage(job: NewJob, error: unknown): PipelineError {
  if (error instanceof PipelineError) return error
  if (job.stage === 'publish') throw error
  const detail = error instanceof Error ? error.message : String(error)
  if ('pageNumber' in job.payload) {
    return new PipelineError('page/crash', detail, { pageNumber: job.payload.pageNumber, cause: error })
  }
  return new PipelineError('document/crash', detail, { cause: error })
}

/** Trouble of the output folder, the database, the queue or the dictionaries belongs to the run, not to the job in hand. */
export function isTroubleOfRun(error: unknown): error is PipelineError {
  return error instanceof PipelineError && /^(output|store|queue|dictionaries)\//.test(error.code)
}

/** Why a job failed that no worker came back from. */
export function vanishedWorker(): Error {
  return new Error(`its worker vanished ${MAX_STALLS} times`)
}

/** What Redis answers where nobody expects it, such as that it has no memory left, is trouble of the queue. Always throws. */
export function toQueueTrouble(error: unknown): never {
  if (!(error instanceof Error) || error.name !== 'ReplyError') throw error
  throw new PipelineError('queue/unavailable', error.message, { cause: error })
}
