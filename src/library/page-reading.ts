import type { PageExtract } from '../model/page.ts'

/** How one document's pages are read: in this process, or in processes of their own. */
export interface PageReading {
  readonly title: string | null
  readonly pageCount: number
  /** Pages that are read at the same time. */
  readonly width: number
  /** Throws PipelineError page/*, or the reason of `signal` when that is aborted. */
  readonly readPage: (pageNumber: number, signal: AbortSignal) => Promise<PageExtract>
  readonly close: () => Promise<void>
}
