import type { NormalizedDocument, RecordDraft } from '../../src/model/record.ts'
import { normalizeDocument } from '../../src/normalize/normalize-document.ts'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'
import { buildPage, type CellSketch, type PageSketch } from './factory.ts'

/** The rows of a sketched table. */
export type Rows = readonly (readonly CellSketch[])[]
/** What a record says, field by field. */
export type Values = Readonly<Record<string, string | null>>

const dictionaries = readDictionaries()

/** What a document of these pages gives, with the dictionaries of the project. */
export function normalizePages(...pages: readonly PageSketch[]): NormalizedDocument {
  const built = pages.map((page, index) => buildPage({ pageNumber: index + 1, ...page }))
  return normalizeDocument(built, dictionaries, { fileName: 'x.pdf' })
}

export function valuesOf({ fields }: Pick<RecordDraft, 'fields'>): Values {
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]))
}
