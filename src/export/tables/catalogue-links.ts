import type { Catalogue } from '../../model/catalogue.ts'
import type { GradedRecord } from '../../model/record.ts'
import { toPublishedGrade } from '../../publish/to-json-lines.ts'
import type { EntryLink } from './record-tables.ts'
import type { Row, TableRows } from './table-definition.ts'

/** The catalogues that code columns are of. */
const SCHEMES = ['procurement', 'functional-expenditure', 'economic-department', 'economic-government']

/** Flags under which nobody can say which entry the code is. */
const UNSETTLED = ['code-ambiguous', 'code-malformed', 'code-name-contradict', 'code-unknown', 'edition-mismatch']

export interface CatalogueLinks {
  /** The rows of `catalogues` and `catalogue_entries`. */
  readonly rows: TableRows
  /** The entry that a record's code stands for; null where that is not sure. */
  find(link: EntryLink, record: GradedRecord, fiscalYear: number | null): string | null
}

/**
 * Finds the catalogue entries of codes. A code of two editions is of the one whose name the record has, else of the one
 * in force in the fiscal year. A field that waits for review or is flagged as unsettled has no entry.
 */
export function createCatalogueLinks(catalogues: readonly Catalogue[]): CatalogueLinks {
  const listed = catalogues.filter(({ scheme }) => SCHEMES.includes(scheme))
  const names = new Map(
    listed.map((catalogue) => [catalogue, new Map(catalogue.entries.map(({ code, name }) => [code, fold(name)]))]),
  )
  return {
    rows: new Map([
      ['catalogues', listed.map(toCatalogueRow)],
      ['catalogue_entries', listed.flatMap(toEntryRows)],
    ]),
    find({ codeField, nameField, schemes }, record, fiscalYear) {
      const code = record.fields.find(({ name }) => name === codeField)
      if (code?.value == null || toPublishedGrade(code) === 'review') return null
      if (code.flags.some((flag) => UNSETTLED.includes(flag.code))) return null
      const { value } = code
      const name = fold(record.fields.find((field) => field.name === nameField)?.value ?? '')
      const holding = listed.filter(
        (catalogue) => schemes.includes(catalogue.scheme) && names.get(catalogue)?.has(value),
      )
      const named = holding.filter((catalogue) => names.get(catalogue)?.get(value) === name)
      const inForce = (some: readonly Catalogue[]) => some.find((catalogue) => isInForce(catalogue, fiscalYear))
      const chosen = inForce(named) ?? named[0] ?? inForce(holding)
      return chosen === undefined ? null : entryId(chosen, value)
    },
  }
}

function isInForce({ validFrom, validTo }: Catalogue, fiscalYear: number | null): boolean {
  if (fiscalYear === null) return validTo === null
  return (validFrom ?? fiscalYear) <= fiscalYear && fiscalYear <= (validTo ?? fiscalYear)
}

/** Blanks, full-width forms and the kind of brackets make no other name. */
function fold(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s/g, '')
}

function catalogueId({ scheme, edition }: Catalogue): string {
  return `${scheme}-${edition}`
}

function entryId(catalogue: Catalogue, code: string): string {
  return `${catalogueId(catalogue)}:${code}`
}

function toCatalogueRow(catalogue: Catalogue): Row {
  const { scheme, edition, title, validFrom, validTo, isComplete, source } = catalogue
  const years = [validFrom, validTo].map((year) => (year === null ? null : String(year)))
  return [catalogueId(catalogue), scheme, edition, title, ...years, String(isComplete), source]
}

function toEntryRows(catalogue: Catalogue): readonly Row[] {
  return catalogue.entries.map(({ code, name, parent, level, attested }) => [
    entryId(catalogue, code),
    catalogueId(catalogue),
    code,
    name,
    parent === '' ? null : parent,
    String(level),
    attested,
  ])
}
