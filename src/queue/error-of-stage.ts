import { PipelineError } from '../model/pipeline-error.ts'
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
