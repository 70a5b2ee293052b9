import { join } from 'node:path'
import type { PageExtract } from '../../model/page.ts'
import type { DatasetWriter } from '../dataset-writer.ts'
import type { PageSource } from '../page-source.ts'
import { stageFolder } from '../staged-folder.ts'
import type { PageTextSource } from './page-blocks.ts'
import { toAlto } from './to-alto.ts'
import { toHocr } from './to-hocr.ts'

const KINDS = {
  hocr: { toText: toHocr, extension: 'html' },
  alto: { toText: toAlto, extension: 'xml' },
} as const satisfies Record<
  string,
  { toText: (page: PageExtract, source: PageTextSource) => string; extension: string }
>

const SHORT_ID = 16

/** `<kind>/<first 16 digits of the document>/p007.<extension>` for every page that could be read. */
export function openPageTextWriter(
  folder: string,
  kind: keyof typeof KINDS,
  version: string,
  pages: PageSource,
): DatasetWriter {
  const { toText, extension } = KINDS[kind]
  const target = stageFolder(join(folder, kind))
  return {
    async add(_, document) {
      if (document === null) return
      const { documentId, fileName } = document
      for await (const page of pages.extracts(documentId)) {
        const name = `p${String(page.pageNumber).padStart(3, '0')}.${extension}`
        target.write(`${documentId.slice(0, SHORT_ID)}/${name}`, toText(page, { documentId, fileName, version }))
      }
    },
    async finish() {
      target.finish()
      return [join(folder, kind)]
    },
    discard: () => target.discard(),
  }
}
