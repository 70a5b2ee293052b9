import type { CatalogueEntry } from '../../model/catalogue.ts'
import type { Flag } from '../../model/flag.ts'
import type { FieldDraft } from '../../model/record.ts'
import type { Cell } from '../../model/table.ts'
import type { BodyRow, CellUse } from '../forms/classify-rows.ts'
import type { FormColumn } from '../forms/form.ts'
import type { CodeMatch } from '../match/code-match.ts'
import type { CatalogueMatcher } from '../match/create-catalogue-matcher.ts'
import { createFieldDraft, type FieldFinding, supportOf } from './create-field-draft.ts'
import type { Matchers } from './matchers.ts'
import { cleanText, isReader, readingsOf, withoutEditionMark } from './text-of-cell.ts'

const FEWEST_REPEATS = 2

/** A row's cell in a column of words (project, source of funds, directory level …). */
export interface WordCell {
  readonly row: BodyRow
  readonly use: CellUse
}

/**
 * The fields of a column of words. A trusted text stays as printed; a reading is held against the form's catalogue and
 * the words that the column has elsewhere.
 */
export function draftWordFields(
  column: FormColumn,
  cells: readonly WordCell[],
  matchers: Matchers,
  fiscalYear: number | null,
): readonly FieldDraft[] {
  const [field = ''] = column.fields
  const isDirectory = column.scheme === 'service-directory'
  const tidy = (text: string) => (isDirectory ? withoutEditionMark(cleanText(text)) : cleanText(text))
  const repeats = countWords(cells, tidy)
  const matcher = createColumnMatcher(column, repeats, matchers)
  const queries = cells.map(({ use }) => ({ name: readingsOf(use.cell, tidy) }))
  const context = { fiscalYear, origin: 'ocr' as const, seenInDocument: repeats }
  const scanned = cells.some(({ use }) => use.cell.origin === 'ocr')
  const matches = scanned && matcher !== null ? matcher.matchColumn(queries, context) : []
  return cells.map(({ row, use }, index) => {
    const found =
      use.cell.text.trim() === ''
        ? emptyFinding(column, use.cell)
        : use.cell.origin === 'text'
          ? printedFinding(use.cell, tidy, repeats, column, matchers)
          : readFinding(use.cell, tidy, repeats, matches[index] ?? null, column)
    return createFieldDraft(field, use, row.pageNumber, found)
  })
}

/** How often each word was read cleanly: trusted, or alike by two readers. */
function countWords(cells: readonly WordCell[], tidy: (text: string) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const seen = new Set<Cell>()
  for (const { use } of cells) {
    if (seen.has(use.cell)) continue
    seen.add(use.cell)
    const texts =
      use.cell.origin === 'text'
        ? [tidy(use.cell.text)]
        : use.cell.readings.map((reading) => tidy(reading.lines.join('')))
    for (const text of new Set(texts)) {
      if (text !== '') counts.set(text, (counts.get(text) ?? 0) + texts.filter((each) => each === text).length)
    }
  }
  return counts
}

function createColumnMatcher(
  column: FormColumn,
  repeats: ReadonlyMap<string, number>,
  matchers: Matchers,
): CatalogueMatcher | null {
  const level = levelOf(column)
  const entries = [...repeats]
    .filter(([, count]) => count >= FEWEST_REPEATS)
    .map(([name]): CatalogueEntry => ({ code: '', name, parent: '', level: level ?? 1, attested: 'disclosed' }))
  const scheme = column.scheme ?? null
  const hasCatalogue = scheme !== null && matchers.catalogues(scheme).length > 0
  if (entries.length === 0 && !hasCatalogue) return null
  return matchers.ofVocabulary(entries, hasCatalogue ? scheme : null, level)
}

function levelOf(column: FormColumn): number | undefined {
  const digit = /level(\d)$/.exec(column.column)?.[1]
  return digit === undefined ? undefined : Number(digit)
}

function emptyFinding(column: FormColumn, cell: Cell): FieldFinding {
  const flags: Flag[] = column.isRequired ? [{ code: 'value-missing', detail: 'the cell is empty' }] : []
  return { value: null, flags, evidence: [], candidates: [], support: supportOf(cell, null, () => null) }
}

function repeatsBeside(value: string, repeats: ReadonlyMap<string, number>): number {
  return Math.max(0, (repeats.get(value) ?? 0) - 1)
}

function printedFinding(
  cell: Cell,
  tidy: (text: string) => string,
  repeats: ReadonlyMap<string, number>,
  column: FormColumn,
  matchers: Matchers,
): FieldFinding {
  const value = tidy(cell.text)
  const isKnown = column.kind === 'vocabulary' && isInCatalogue(value, column, matchers)
  const support = {
    ...supportOf(cell, value, tidy),
    catalogue: isKnown ? ('agrees' as const) : ('none' as const),
    repeats: repeatsBeside(value, repeats),
  }
  return { value, flags: [], evidence: isKnown ? ['a known value of this column'] : [], candidates: [], support }
}

function isInCatalogue(value: string, column: FormColumn, matchers: Matchers): boolean {
  return (
    column.scheme !== undefined &&
    matchers.catalogues(column.scheme).some(({ entries }) => entries.some(({ name }) => name === value))
  )
}

function readFinding(
  cell: Cell,
  tidy: (text: string) => string,
  repeats: ReadonlyMap<string, number>,
  match: CodeMatch | null,
  column: FormColumn,
): FieldFinding {
  const asRead = tidy(bestReading(cell))
  const isFound = match !== null && (match.kind === 'exact' || match.kind === 'restored')
  const value = isFound ? match.entry.name : asRead
  const own = supportOf(cell, value, tidy)
  const catalogue =
    match === null
      ? 'none'
      : isFound
        ? value === asRead
          ? 'agrees'
          : 'restored'
        : match.kind === 'ambiguous'
          ? 'ambiguous'
          : 'unknown'
  const flags: Flag[] = []
  if (isFound && value !== asRead) flags.push({ code: 'name-restored', detail: `read as ${asRead}` })
  if (!isFound && column.kind === 'vocabulary') flags.push({ code: 'vocabulary-unknown', detail: asRead })
  const candidates = (match?.candidates ?? []).map(({ entry, probability, evidence }) => ({
    value: entry.name,
    label: entry.name,
    probability,
    evidence,
  }))
  const support = {
    ...own,
    catalogue,
    catalogueMargin: match?.margin ?? null,
    repeats: repeatsBeside(value, repeats),
  } as const
  return { value, flags, evidence: match?.evidence ?? [], candidates, support }
}

/** The reading that most readers share, else the cell's own text. */
function bestReading(cell: Cell): string {
  const texts = cell.readings.filter(isReader).map((reading) => reading.lines.join(''))
  return texts.find((text, index) => texts.indexOf(text) !== index) ?? cell.text
}
