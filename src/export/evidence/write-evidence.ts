import { join } from 'node:path'
import type { Language } from '../../publish/languages.ts'
import type { PublishedDocument } from '../../publish/published-document.ts'
import type { DatasetWriter } from '../dataset-writer.ts'
import type { PageSource } from '../page-source.ts'
import { type StagedFolder, stageFolder } from '../staged-folder.ts'
import { renderDocumentPage } from './document-page.ts'
import { type DocumentSite, toDocumentSite } from './document-site.ts'
import { EVIDENCE_STYLE } from './evidence-style.ts'
import { evidenceWords } from './evidence-texts.ts'
import type { PagePicture } from './picture-view.ts'
import { renderRecordPage } from './record-page.ts'
import { type IndexEntry, renderIndex, toIndexEntry } from './site-index.ts'
import { documentFolder, INDEX, pictureFile, recordFile, STYLE } from './site-places.ts'
import { renderTablePage } from './table-page.ts'

/** Enough for print of 6 pt to be judged by eye. */
const PICTURE_DPI = 150

/** `evidence/`: a site of plain pages that opens from the disk, from all documents down to the picture of each cell. */
export function openEvidenceWriter(folder: string, language: Language, pages: PageSource): DatasetWriter {
  const site = stageFolder(join(folder, 'evidence'))
  const words = evidenceWords(language)
  const entries: IndexEntry[] = []
  return {
    async add(_, document) {
      if (document === null) return
      const pictures = await takePictures(site, document, pages)
      writeDocument(site, toDocumentSite(document, pictures, words))
      entries.push(toIndexEntry(document))
    },
    async finish() {
      site.write(STYLE, EVIDENCE_STYLE)
      site.write(INDEX, renderIndex(entries, words))
      site.finish()
      return [join(folder, 'evidence', INDEX)]
    },
    discard: () => site.discard(),
  }
}

function writeDocument(folder: StagedFolder, site: DocumentSite): void {
  const { documentId } = site.document
  const place = documentFolder(documentId)
  folder.write(`${place}/${INDEX}`, renderDocumentPage(site))
  for (const table of site.tables) {
    folder.write(`${place}/${table.file}`, renderTablePage(site, table))
    for (const [index, record] of table.records.entries()) {
      folder.write(`${place}/${recordFile(documentId, record)}`, renderRecordPage(site, table, index))
    }
  }
}

/** Pictures of the pages that records stand on. The name tells the content, so one that is there is not painted again. */
async function takePictures(
  folder: StagedFolder,
  document: PublishedDocument,
  pages: PageSource,
): Promise<ReadonlyMap<number, PagePicture>> {
  const { documentId, records } = document
  const wanted = new Set(records.flatMap(({ pageNumber, fields }) => [pageNumber, ...fields.map((f) => f.pageNumber)]))
  const pictures = new Map<number, PagePicture>()
  if (wanted.size === 0) return pictures
  const shown: { readonly pageNumber: number; readonly width: number; readonly height: number }[] = []
  for await (const { pageNumber, width, height } of pages.extracts(documentId)) {
    if (wanted.has(pageNumber)) shown.push({ pageNumber, width, height })
  }
  const take = async ({ pageNumber, width, height }: (typeof shown)[number]) => {
    if (!(await takePicture(folder, documentId, pageNumber, pages))) return
    pictures.set(pageNumber, { file: pictureFile(documentId, pageNumber, PICTURE_DPI), width, height })
  }
  await Promise.all(shown.map(take))
  return pictures
}

async function takePicture(
  folder: StagedFolder,
  documentId: string,
  pageNumber: number,
  pages: PageSource,
): Promise<boolean> {
  const name = `${documentFolder(documentId)}/${pictureFile(documentId, pageNumber, PICTURE_DPI)}`
  if (folder.keep(name)) return true
  const jpeg = await pages.picture(documentId, pageNumber, PICTURE_DPI)
  if (jpeg === null) return false
  folder.place(name, jpeg)
  return true
}
