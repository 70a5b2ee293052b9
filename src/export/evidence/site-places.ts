import { toRecordId } from '../../publish/to-json-lines.ts'

interface RowPlace {
  readonly pageNumber: number
  readonly tableIndex: number
  readonly rowIndex: number
}

const SHORT_ID = 16
export const STYLE = 'style.css'
export const INDEX = 'index.html'

/** The folder of a document in the site: the first part of its records' ids. */
export function documentFolder(documentId: string): string {
  return `documents/${documentId.slice(0, SHORT_ID)}`
}

/** The rest of a record's id: `3f9c0d1e2a4b5c6d-p007-t1-r003` has its page at `documents/3f9c0d1e2a4b5c6d/p007-t1-r003.html`. */
export function recordFile(documentId: string, place: RowPlace): string {
  return `${toRecordId(documentId, place).slice(SHORT_ID + 1)}.html`
}

export function tableFile(documentId: string, pageNumber: number, tableIndex: number): string {
  return recordFile(documentId, { pageNumber, tableIndex, rowIndex: 0 }).replace(/-r\d+\.html$/, '.html')
}

/** The resolution is part of the name: a picture of this name need not be painted again. */
export function pictureFile(documentId: string, pageNumber: number, dpi: number): string {
  return tableFile(documentId, pageNumber, 0).replace(/-t\d+\.html$/, `-${dpi}dpi.jpg`)
}
