import type { CatalogueSearch, FieldScheme } from './catalogue-search.ts'
import { pinyinInitials } from './pinyin-initials.ts'
import type { ReviewDesk } from './review-desk.ts'

/** A value for the fields of a question, by field name. */
export interface Suggestion {
  readonly values: Readonly<Record<string, string>>
  readonly label: string
  readonly note: string
}

export interface Typed {
  readonly field: string
  readonly typed: string
  readonly documentId: string
}

const MOST_OF_COLUMN = 4

/** What may be meant by what has been typed so far: entries of the field's list, then values of the same column. */
export async function findSuggestions(
  { field, typed, documentId }: Typed,
  desk: ReviewDesk,
  schemes: ReadonlyMap<string, FieldScheme>,
  search: CatalogueSearch,
): Promise<readonly Suggestion[]> {
  const document = desk.documents().find((each) => each.documentId === documentId)
  if (document === undefined || typed.trim() === '') return []
  const scheme = schemes.get(field)
  const entries = scheme === undefined ? [] : search(scheme.scheme, typed, document.fiscalYear)
  const listed = entries.map(({ code, name, edition }): Suggestion => {
    const { codeField, nameField } = scheme ?? { codeField: null, nameField: null }
    const values = {
      ...(codeField === null || code === '' ? {} : { [codeField]: code }),
      ...(nameField === null ? {} : { [nameField]: name }),
    }
    return { values, label: `${code} ${name}`.trim(), note: edition }
  })
  const known = new Set(listed.map(({ values }) => values[field]))
  const own = await valuesOfColumn(desk, documentId, field, typed)
  return [
    ...listed,
    ...own
      .filter((value) => !known.has(value))
      .map((value) => ({ values: { [field]: value }, label: value, note: '' })),
  ]
}

async function valuesOfColumn(
  desk: ReviewDesk,
  documentId: string,
  field: string,
  typed: string,
): Promise<readonly string[]> {
  const { records } = await desk.outcome(documentId)
  const text = typed.trim().toLowerCase()
  const values = new Set(
    records.flatMap(({ fields }) =>
      fields.flatMap(({ name, value, grade }) =>
        name === field && value !== null && grade === 'accepted' ? [value] : [],
      ),
    ),
  )
  return [...values]
    .filter((value) => value.toLowerCase().includes(text) || pinyinInitials(value).startsWith(text))
    .slice(0, MOST_OF_COLUMN)
}
