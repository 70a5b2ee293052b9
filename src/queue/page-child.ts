import { basename } from 'node:path'
import { encodeJpeg } from '../extract/raster/image-file.ts'
import type { Dictionaries } from '../model/dictionaries.ts'
import { assembleDocument, readExtracts } from './assemble-document.ts'
import type { ChildWork } from './child-protocol.ts'
import { createDocumentCache } from './document-file.ts'
import { loadDictionaries } from './load-dictionaries.ts'
import { createPageReader } from './open-page-reader.ts'
import { serveChild } from './serve-child.ts'

const JPEG_QUALITY = 82

const openDocument = createDocumentCache()
const readPage = createPageReader()
let dictionaries: Dictionaries | null = null

function knowledge(): Dictionaries {
  dictionaries ??= loadDictionaries()
  return dictionaries
}

const work: ChildWork = {
  async open(source) {
    const { title, pageCount } = await openDocument(source)
    return { title, pageCount }
  },
  async page({ pageNumber, readers, path, documentId }) {
    const file = await openDocument({ path, documentId })
    return readPage(await file.readPage(pageNumber), readers)
  },
  async assemble(request) {
    return assembleDocument(await readExtracts(request), knowledge(), request.fileName)
  },
  async inspect({ pageNumber, readers, path, documentId, dpi }) {
    const file = await openDocument({ path, documentId })
    const page = await file.readPage(pageNumber)
    const { extract } = await readPage(page, readers)
    const jpeg = await encodeJpeg(await page.render(dpi), JPEG_QUALITY)
    return {
      extract,
      outcome: assembleDocument([extract], knowledge(), basename(path)),
      words: page.words.map(({ text, bbox, origin }) => ({ text, bbox, origin })),
      rulings: page.rulings,
      picture: `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`,
    }
  },
}

serveChild(work)
