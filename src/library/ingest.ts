import { ingestDocuments } from '../commands/run-ingest.ts'
import { defaultJobs, openPagePool } from '../commands/terminal.ts'
import { localPlace } from '../commands/workplace.ts'
import type { RunSummary } from '../publish/run-summary.ts'

/** How documents are ingested. */
export interface IngestOptions {
  /** The output folder. A second run into the same folder does no work twice. */
  readonly out: string
  /** Pages read at the same time. Default: as many as there are cores and memory for. */
  readonly jobs?: number
  /** Which pages, such as `3-7` or `1,4,9-`. Default: all. */
  readonly pages?: string
  /** Who reads pixels. Default: both. */
  readonly readers?: 'both' | 'paddle' | 'tesseract'
  /** Also addresses in private nets are downloaded from. Default: they are refused. */
  readonly allowPrivateAddresses?: boolean
  /** Ends the work; what was done is kept, and the same call goes on from there. */
  readonly signal?: AbortSignal
  /** Told, line by line, how far the work is and what failed. */
  readonly onMessage?: (message: string) => void
}

const NO_EXPORT = { formats: [], version: '', language: 'zh' } as const

/**
 * Reads documents into an output folder as `gongkai ingest` does: records.jsonl, documents.jsonl, checks.jsonl and a CSV a
 * record type. `inputs` are files, folders, patterns, addresses (https://…) or manifests. Failures of documents are in the
 * summary; throws PipelineError where nothing can come out (`output/not-writable`, `dictionaries/damaged`, …).
 *
 * @example
 * const summary = await ingest(['reports/'], { out: 'out' })
 * console.log(summary.documents.map(({ fileName, status }) => [fileName, status]))
 */
export async function ingest(inputs: readonly string[], options: IngestOptions): Promise<RunSummary> {
  const { out, jobs = defaultJobs(), pages = 'all', readers = 'both', onMessage } = options
  const signal = options.signal ?? new AbortController().signal
  const messages = { isTerminal: false, write: (text: string) => onMessage?.(text.trimEnd()) }
  const { summary } = await ingestDocuments(
    {
      inputs,
      place: { ...localPlace(out), out },
      jobs,
      pages,
      readers,
      showsProgress: onMessage !== undefined,
      mayBePrivate: options.allowPrivateAddresses === true,
      exported: NO_EXPORT,
    },
    { messages, stop: signal, abort: signal, environment: process.env, openPool: openPagePool },
  )
  return summary
}
