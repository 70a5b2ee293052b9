import { z } from 'zod'
import { ERROR_KINDS, type ErrorCode, type PipelineError } from '../model/pipeline-error.ts'

/** A PipelineError as it is kept and published. */
export interface StoredError {
  readonly code: ErrorCode
  readonly message: string
  readonly remedy: string
}

const StoredErrorSchema = z.object({
  code: z.custom<ErrorCode>((code) => typeof code === 'string' && code in ERROR_KINDS),
  message: z.string(),
  remedy: z.string(),
})

export function toStoredError(error: PipelineError): StoredError {
  return { code: error.code, message: error.message, remedy: error.remedy }
}

export function parseStoredError(text: string | null): StoredError | null {
  return text === null ? null : StoredErrorSchema.parse(JSON.parse(text))
}

export function isRetryableCode(code: ErrorCode): boolean {
  return ERROR_KINDS[code].retryable
}
