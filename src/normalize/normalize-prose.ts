import type { Flag } from '../model/flag.ts'
import type { PageExtract } from '../model/page.ts'
import type { Check, RecordDraft } from '../model/record.ts'
import type { Matchers } from './draft/matchers.ts'
import type { KeyFigureForm } from './forms/key-figure-form.ts'
import { compareProse } from './prose/compare-prose.ts'
import { draftKeyFigures } from './prose/draft-key-figures.ts'
import { nameFigures } from './prose/name-figures.ts'
import { toParagraphs } from './prose/to-paragraphs.ts'

export interface NormalizedProse {
  readonly records: readonly RecordDraft[]
  readonly checks: readonly Check[]
}

/** The figures that a document states in sentences, held against one another and against the lines of its tables. */
export function normalizeProse(
  pages: readonly PageExtract[],
  form: KeyFigureForm | null,
  document: { readonly matchers: Matchers; readonly fiscalYear: number | null; readonly title: string | null },
  lines: readonly RecordDraft[],
): NormalizedProse {
  if (form === null) return { records: [], checks: [] }
  const { matchers, fiscalYear, title } = document
  const entriesOf = (scheme: string) => matchers.catalogues(scheme).flatMap(({ entries }) => entries)
  const functions = entriesOf('functional-expenditure')
  const namesOf = (scheme: string) =>
    entriesOf(scheme)
      .filter(({ level }) => level === 1)
      .map(({ name }) => name)
  const allNames = ['functional-expenditure', 'economic-department', 'economic-government']
    .flatMap(entriesOf)
    .map(({ name }) => name)
  const classes = {
    functions: namesOf('functional-expenditure'),
    economic: namesOf('economic-department'),
    all: new Set(allNames),
  }
  const named = nameFigures(toParagraphs(pages), form, classes, fiscalYear)
  const stage = /决算/.test(title ?? '') ? 'final_accounts' : 'budget'
  const records = draftKeyFigures(named, { stage, functions })
  const checks = compareProse(records, lines, form, fiscalYear)
  return { records: withContradictions(records, checks), checks }
}

/** A figure of the text that another place of the document contradicts stays as printed, and says so. */
function withContradictions(records: readonly RecordDraft[], checks: readonly Check[]): readonly RecordDraft[] {
  const against = new Map(
    checks
      .filter(({ outcome }) => outcome === 'contradicted')
      .flatMap(({ members, where, difference }) =>
        members.map((member) => [placeOf(member), `${where}: ${difference}`]),
      ),
  )
  return records.map((record) => {
    const detail = against.get(placeOf(record))
    if (detail === undefined) return record
    const flag: Flag = { code: 'equation-contradicted', detail }
    const fields = record.fields.map((field) =>
      field.name === 'value' ? { ...field, flags: [...field.flags, flag] } : field,
    )
    return { ...record, fields }
  })
}

function placeOf({ pageNumber, tableIndex, rowIndex }: Pick<RecordDraft, 'pageNumber' | 'tableIndex' | 'rowIndex'>) {
  return `${pageNumber}/${tableIndex}/${rowIndex}`
}
