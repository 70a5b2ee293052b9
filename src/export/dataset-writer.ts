import type { PublishedDocument } from '../publish/published-document.ts'
import type { TableRows } from './tables/table-definition.ts'

/** Writes the dataset in one format. What is added stays in the order in which it came. */
export interface DatasetWriter {
  /** `document` is null for the rows of the catalogues, which come first. */
  add(rows: TableRows, document: PublishedDocument | null): void | Promise<void>
  /** Puts the files in place and names them; of very many only where to begin, or their folder. */
  finish(): Promise<readonly string[]>
  /** Gives up and leaves nothing half-written; after finish it does nothing. */
  discard(): void
}
