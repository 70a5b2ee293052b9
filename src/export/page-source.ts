import type { PageExtract } from '../model/page.ts'

/** The pages of a document themselves; only formats that show them ask. */
export interface PageSource {
  /** What was seen on the pages that could be read, in their order. */
  extracts(documentId: string): AsyncIterable<PageExtract>
  /** A page as JPEG; null where it cannot be shown, which the user has been told. */
  picture(documentId: string, pageNumber: number, dpi: number): Promise<Uint8Array | null>
}
