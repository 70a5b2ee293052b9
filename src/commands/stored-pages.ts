import type { PageSource } from '../export/page-source.ts'
import type { MessageValues } from '../model/message-template.ts'
import { PipelineError } from '../model/pipeline-error.ts'
import type { PagePool } from '../queue/page-pool.ts'
import type { SourceFiles } from '../queue/source-files.ts'
import type { Store } from '../store/open-store.ts'
import { readExtract } from '../store/pages.ts'

export interface StoredPagesServices {
  readonly store: Store
  readonly pool: PagePool
  readonly files: SourceFiles
  readonly signal: AbortSignal
  readonly say: (text: string, values?: MessageValues) => void
}

/** Pages as a store has them, and as their documents show them. What cannot be shown is told once for each document. */
export function createPageSource({ store, pool, files, signal, say }: StoredPagesServices): PageSource {
  const told = new Set<string>()
  return {
    async *extracts(documentId) {
      const { pageJobIds } = await store.documents.get(documentId)
      for (const page of await store.pages.findAll(pageJobIds)) {
        if (page.artefact !== null) yield await readExtract(store.artefacts, page)
      }
    },
    async picture(documentId, pageNumber, dpi) {
      try {
        return await paint(documentId, pageNumber, dpi)
      } catch (error) {
        if (!(error instanceof PipelineError) || signal.aborted) throw error
        if (!told.has(documentId)) say(await describe(documentId, pageNumber, error))
        told.add(documentId)
        return null
      }
    },
  }

  async function paint(documentId: string, pageNumber: number, dpi: number): Promise<Uint8Array> {
    const { path, release } = await files.open(documentId)
    try {
      const { jpegBase64 } = await pool.run('picture', { path, documentId, pageNumber, dpi, quarterTurns: 0 }, signal)
      return new Uint8Array(Buffer.from(jpegBase64, 'base64'))
    } finally {
      release()
    }
  }

  async function describe(documentId: string, pageNumber: number, error: PipelineError): Promise<string> {
    const { fileName } = await store.documents.get(documentId)
    return `${fileName}, page ${pageNumber} cannot be shown: ${error.code}: ${error.message}`
  }
}
