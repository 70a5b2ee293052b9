import type { PipelineError } from '../model/pipeline-error.ts'

/** What a manifest says of a document; null where it says nothing. */
export interface InputDetails {
  /** Publisher and year win over what the document says. */
  readonly publisher: string | null
  readonly fiscalYear: number | null
  readonly district: string | null
  readonly department: string | null
  /** The hash that the content must have: 64 hex digits. */
  readonly sha256: string | null
}

export const NO_DETAILS: InputDetails = {
  publisher: null,
  fiscalYear: null,
  district: null,
  department: null,
  sha256: null,
}

/** A file to ingest, under an absolute path. `url` is where it was downloaded from. */
export interface InputFile extends InputDetails {
  readonly path: string
  readonly fileName: string
  readonly url: string | null
}

/** A document that is still to be downloaded. */
export interface InputUrl extends InputDetails {
  readonly url: string
}

/** `path` is what was asked for, as it was given. */
export interface InputFailure {
  readonly path: string
  readonly error: PipelineError
}

export interface Inputs {
  readonly files: readonly InputFile[]
  readonly urls: readonly InputUrl[]
  readonly failures: readonly InputFailure[]
}

/** What both know; the first to say something is believed. */
export function mergeDetails<Input extends InputDetails>(known: Input | undefined, input: Input): Input {
  if (known === undefined) return input
  return {
    ...known,
    publisher: known.publisher ?? input.publisher,
    fiscalYear: known.fiscalYear ?? input.fiscalYear,
    district: known.district ?? input.district,
    department: known.department ?? input.department,
    sha256: known.sha256 ?? input.sha256,
  }
}
