import type { Dictionaries } from '../model/dictionaries.ts'
import type { PageExtract } from '../model/page.ts'
import type { LeftTable, NormalizedDocument } from '../model/record.ts'
import { chooseEditions } from './draft/choose-editions.ts'
import { type Matchers, matchersOf } from './draft/matchers.ts'
import { type DocumentIdentity, findDocumentIdentity } from './find-document-identity.ts'
import { type BodyRow, classifyRows } from './forms/classify-rows.ts'
import { type FormTable, findFormTables } from './forms/find-form-tables.ts'
import { inheritWords } from './forms/inherit-words.ts'
import { joinSplitRows } from './forms/join-split-rows.ts'
import { readForms } from './forms/read-forms.ts'
import { repeatDittos } from './forms/repeat-dittos.ts'
import { compactText } from './forms/table-view.ts'
import { keepRecordsApart } from './keep-records-apart.ts'
import { doubtUnits } from './money/doubt-units.ts'
import { assumeUnit, findColumnUnits, findTablesUnit, priceHeadingNamesUnit } from './money/find-column-units.ts'
import { looksLikeMoney, parseAmount } from './money/parse-amount.ts'
import { provePriceUnit } from './money/prove-price-unit.ts'
import { normalizeBudgetTables } from './normalize-budget-tables.ts'
import { normalizePerformance } from './normalize-performance.ts'
import { normalizeProse } from './normalize-prose.ts'
import { normalizeTable } from './normalize-table.ts'
import { buildMoneySheet } from './reconcile/build-money-sheet.ts'
import { findProseTotals } from './reconcile/find-prose-totals.ts'
import { createDocumentBudget } from './reconcile/work-budget.ts'
import { trustedWords } from './trusted-words.ts'

/** What is known of a document before it is read. */
export interface DocumentSource {
  readonly fileName: string
}

interface ReadTable {
  readonly table: FormTable
  readonly rows: readonly BodyRow[]
}

/**
 * The records that the pages of one document hold, the equations that were tried, and every table that gave none, with
 * the reason. Pure: the same pages give the same result.
 */
export function normalizeDocument(
  pages: readonly PageExtract[],
  dictionaries: Dictionaries,
  { fileName }: DocumentSource,
): NormalizedDocument {
  const forms = readForms(dictionaries)
  const inOrder = pages.map(withShortLines).toSorted((a, b) => a.pageNumber - b.pageNumber)
  const found = findFormTables(inOrder, forms.lineForms)
  const read = found.tables.map(
    (table): ReadTable => ({
      table,
      rows: inheritWords(repeatDittos(joinSplitRows(classifyRows(table))), alignedRowsOf(table)),
    }),
  )
  const filled = read.filter(({ rows }) => rows.some(({ kind }) => kind === 'data'))
  const matchers = matchersOf(dictionaries)
  const unitNames = filled.flatMap(({ rows }) => rows.flatMap(unitNameOf))
  const identity = withPlaceMended(findDocumentIdentity(inOrder, unitNames, fileName), inOrder, matchers)
  const stated = withPlaceMended(findDocumentIdentity(inOrder, [], fileName), inOrder, matchers)
  const prose = findProseTotals(inOrder, identity.fiscalYear)
  const editions = chooseEditions(
    filled.flatMap(({ table, rows }) => rows.map((row) => ({ form: table.header.form, row }))),
    matchers,
    identity.fiscalYear,
  )
  const context = {
    matchers,
    fiscalYear: identity.fiscalYear,
    publisher: stated.publisher,
    publisherIsTrusted: stated.publisher !== null && isPrinted(stated.publisher, inOrder),
    prose,
    editions,
    trusted: trustedWords(inOrder),
    sums: createDocumentBudget(),
  }
  const documentUnit = read.map(({ table }) => findTablesUnit(table)).find((unit) => unit !== null) ?? null
  const normalized = filled.map(({ table, rows }) => {
    const totals = prose.filter(({ recordType, part }) => recordType === table.header.form.recordType && part === 'all')
    const stated = findColumnUnits(table, assumeUnit(rows, totals, documentUnit))
    const units = doubtUnits(provePriceUnit(stated, rows, priceHeadingNamesUnit(table)), rows, totals)
    return normalizeTable(table, rows, buildMoneySheet(rows, units, matchers.confusionsByGlyph), context)
  })
  const budget = normalizeBudgetTables(inOrder, forms.budget, found.unused, { ...context, documentUnit })
  const lines = [...normalized.flatMap(({ records }) => records), ...budget.records]
  const told = normalizeProse(inOrder, forms.keyFigures, { ...context, title: identity.title }, lines)
  const known = [...lines, ...told.records]
  const performance = normalizePerformance(inOrder, forms.performance, budget.unused, identity.fiscalYear, known)
  return {
    ...identity,
    records: keepRecordsApart([...known, ...performance.records]),
    checks: [...normalized.flatMap(({ checks }) => checks), ...budget.checks, ...told.checks, ...performance.checks],
    unusedTables: [
      ...performance.unused,
      ...budget.empty,
      ...read.filter((each) => !filled.includes(each)).map(emptyTable),
    ]
      .toSorted(byPlace)
      .map((left) => ({ ...left, amounts: countAmounts(inOrder, left) })),
  }
}

/** No line of a page is so long (characters). */
const LONGEST_LINE = 2000

/** Lines that a document made up to waste time are cut: what looks for names and sums in them takes longer than the line is long. */
function withShortLines(page: PageExtract): PageExtract {
  if (page.lines.every(({ text }) => text.length <= LONGEST_LINE)) return page
  return { ...page, lines: page.lines.map((line) => ({ ...line, text: line.text.slice(0, LONGEST_LINE) })) }
}

/** A publisher that only our readers saw, with the name of its place mended. */
function withPlaceMended(
  identity: DocumentIdentity,
  pages: readonly PageExtract[],
  { mendPlace }: Matchers,
): DocumentIdentity {
  const { publisher } = identity
  return publisher === null || isPrinted(publisher, pages) ? identity : { ...identity, publisher: mendPlace(publisher) }
}

/** Whether the document's own characters say so, in one line or over two. */
function isPrinted(name: string, pages: readonly PageExtract[]): boolean {
  return pages.some(({ lines }) => {
    const printed = lines.filter(({ origin }) => origin === 'text').map(({ text }) => text.replaceAll(/\s/g, ''))
    return printed.join('').includes(name)
  })
}

function unitNameOf({ uses }: BodyRow): readonly string[] {
  const use = uses.get('unit/name') ?? uses.get('unit/whole')
  const text = compactText(use?.cell ?? null).replace(/^[^\p{Script=Han}]+/u, '')
  return text === '' ? [] : [text]
}

function emptyTable({ table }: ReadTable): LeftTable {
  const { title } = table.header.form
  const { pageNumber, tableIndex } = table.segments[0]?.view.table ?? { pageNumber: 1, tableIndex: 1 }
  return { pageNumber, tableIndex, reason: `${title} without any line: no item is planned` }
}

/** How many cells of a table hold money, with its decimals or its commas, other than nought. */
function countAmounts(pages: readonly PageExtract[], { pageNumber, tableIndex }: LeftTable): number {
  const tables = pages.filter((page) => page.pageNumber === pageNumber).flatMap((page) => page.tables)
  const cells = tables.filter((table) => table.tableIndex === tableIndex).flatMap((table) => table.cells)
  return cells.filter(({ text }) => {
    const parsed = looksLikeMoney(text) ? parseAmount(text) : null
    return parsed?.kind === 'amount' && !parsed.amount.isZero()
  }).length
}

function byPlace(a: LeftTable, b: LeftTable): number {
  return a.pageNumber - b.pageNumber || a.tableIndex - b.tableIndex
}

/** Whether a row stands in a table whose cells are told by where their words stand, and not by rules. */
function alignedRowsOf({ segments }: FormTable): (row: BodyRow) => boolean {
  const aligned = segments.map(({ view }) => view.table).filter(({ structure }) => structure === 'alignment')
  return (row) => aligned.some((table) => table.pageNumber === row.pageNumber && table.tableIndex === row.tableIndex)
}
