import { openDocumentBytes, readBytes, usePage } from '../queue/document-file.ts'
import { createPageReader } from '../queue/open-page-reader.ts'
import { type DocumentInput, pathOfInput } from './document-input.ts'
import type { PageReading } from './page-reading.ts'

/** Reads in this process, one page at a time; the OCR readers are opened with the first page that needs them. */
export async function readInProcess(input: DocumentInput, readers: string): Promise<PageReading> {
  const path = pathOfInput(input)
  // pdf.js takes the bytes it is given for its own: the caller keeps those it has.
  const bytes = input instanceof Uint8Array ? new Uint8Array(input) : readBytes(path ?? '')
  const file = await openDocumentBytes(bytes)
  const reader = createPageReader()
  let last: Promise<unknown> = Promise.resolve()

  return {
    title: file.title,
    pageCount: file.pageCount,
    width: 1,
    readPage(pageNumber, signal) {
      const page = last.then(async () => {
        signal.throwIfAborted()
        const { extract } = await usePage(file, pageNumber, (page) => reader.read(page, readers, { signal }))
        signal.throwIfAborted()
        return extract
      })
      last = page.catch(() => undefined)
      return page
    },
    async close() {
      await last
      await reader.close()
      await file.close()
    },
  }
}
