import type { CatalogueEntry } from '../../model/catalogue.ts'
import type { Flag } from '../../model/flag.ts'
import type { Candidate, FieldDraft } from '../../model/record.ts'
import type { Cell } from '../../model/table.ts'
import type { BodyRow, CellUse } from '../forms/classify-rows.ts'
import type { FormColumn } from '../forms/form.ts'
import type { CodeMatch } from '../match/code-match.ts'
import type { CatalogueMatcher } from '../match/create-catalogue-matcher.ts'
import { restoreFromSiblings, type SiblingResult } from '../match/restore-from-siblings.ts'
import { createFieldDraft, type FieldFinding, supportOf } from './create-field-draft.ts'
import type { Matchers } from './matchers.ts'
import { cleanText, isReader, readingsOf, withoutEditionMark } from './text-of-cell.ts'

interface WordContext {
  readonly matchers: Matchers
  readonly fiscalYear: number | null
  readonly knownWords: ReadonlySet<string>
}

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
  { matchers, fiscalYear, knownWords }: WordContext,
): readonly FieldDraft[] {
  const [field = ''] = column.fields
  const isDirectory = column.scheme === 'service-directory'
  const tidy = (text: string) => (isDirectory ? withoutEditionMark(cleanText(text)) : cleanText(text))
  const repeats = countWords(cells, tidy)
  const agreed = new Set(cells.filter(({ use }) => isAgreed(use.cell)).map(({ use }) => tidy(bestReading(use.cell))))
  const matcher = createColumnMatcher(column, agreed, matchers)
  const queries = cells.map(({ use }) => ({ name: readingsOf(use.cell, tidy) }))
  const context = { fiscalYear, origin: 'ocr' as const, seenInDocument: repeats }
  const scanned = cells.some(({ use }) => use.cell.origin === 'ocr')
  const matches = scanned && matcher !== null ? matcher.matchColumn(queries, context) : []
  const siblings = scanned && matcher === null ? compareSiblings(cells, tidy, matchers, knownWords) : []
  return cells.map(({ row, use }, index) => {
    const found =
      use.cell.text.trim() === ''
        ? emptyFinding(column, use.cell)
        : use.cell.origin === 'text'
          ? printedFinding(use.cell, tidy, repeats, column, matchers)
          : readFinding(
              use.cell,
              tidy,
              repeats,
              catalogueMatch(matches[index]) ?? siblingMatch(siblings[index]),
              column,
              knownWords,
            )
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

/** Words of a catalogue with those that two readers agree on; null for a column without a catalogue. */
function createColumnMatcher(
  column: FormColumn,
  agreed: ReadonlySet<string>,
  matchers: Matchers,
): CatalogueMatcher | null {
  const scheme = column.scheme ?? ''
  if (matchers.catalogues(scheme).length === 0) return null
  const level = levelOf(column)
  const entries = [...agreed].map(
    (name): CatalogueEntry => ({ code: '', name, parent: '', level: level ?? 1, attested: 'disclosed' }),
  )
  return matchers.ofVocabulary(entries, scheme, level)
}

/** Each cell's text beside those of the whole column and of the document's trusted pages. */
function compareSiblings(
  cells: readonly WordCell[],
  tidy: (text: string) => string,
  matchers: Matchers,
  knownWords: ReadonlySet<string>,
): readonly SiblingResult[] {
  const values = cells.map(({ use }) => tidy(bestReading(use.cell)))
  const known = [...knownWords]
  const own = cells.filter(({ use }) => !use.isInherited)
  const others = own.flatMap(({ use }) =>
    use.cell.readings
      .filter(isReader)
      .slice(1)
      .map((reading) => tidy(reading.lines.join(''))),
  )
  const results = restoreFromSiblings([...values, ...others], matchers.glyphCosts, known)
  return cells.map(({ use }, index): SiblingResult => {
    const value = values[index] ?? ''
    const kept: SiblingResult = { kind: 'kept', value, alternatives: [], evidence: 'as read' }
    if (value === '' || knownWords.has(value) || isAgreed(use.cell)) return kept
    // A word of the trusted pages outweighs a misreading that happens to repeat.
    const [byKnown] = restoreFromSiblings([value], matchers.glyphCosts, known)
    return byKnown?.kind === 'restored' ? byKnown : (results[index] ?? kept)
  })
}

/** What the siblings say, in the terms of a catalogue. */
function siblingMatch(result: SiblingResult | undefined): WordMatch | null {
  if (result === undefined || result.kind === 'kept') return null
  const candidates = result.alternatives.map(({ value, count }) => ({
    value,
    label: value,
    probability: 0,
    evidence: `read ${count} times`,
  }))
  return {
    kind: result.kind,
    value: result.kind === 'restored' ? result.value : null,
    margin: null,
    evidence: [result.evidence],
    candidates,
  }
}

interface WordMatch {
  readonly kind: 'agrees' | 'restored' | 'ambiguous' | 'unknown'
  readonly value: string | null
  readonly margin: number | null
  readonly evidence: readonly string[]
  readonly candidates: readonly Candidate[]
}

function catalogueMatch(match: CodeMatch | undefined): WordMatch | null {
  if (match === undefined) return null
  const isFound = match.kind === 'exact' || match.kind === 'restored'
  const candidates = match.candidates.map(({ entry, probability, evidence }) => ({
    value: entry.name,
    label: entry.name,
    probability,
    evidence,
  }))
  const kind = isFound ? 'restored' : match.kind === 'ambiguous' ? 'ambiguous' : 'unknown'
  return { kind, value: isFound ? match.entry.name : null, margin: match.margin, evidence: match.evidence, candidates }
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
  match: WordMatch | null,
  column: FormColumn,
  knownWords: ReadonlySet<string>,
): FieldFinding {
  const asRead = tidy(bestReading(cell))
  const value = match?.value ?? asRead
  const isRestored = value !== asRead
  const isKnown = !isRestored && knownWords.has(value)
  const catalogue = isKnown
    ? 'agrees'
    : match === null
      ? 'none'
      : match.kind === 'restored' && !isRestored
        ? 'agrees'
        : match.kind
  const flags: Flag[] = []
  if (isRestored) flags.push({ code: 'name-restored', detail: `read as ${asRead}` })
  if (match?.kind === 'unknown' && column.kind === 'vocabulary')
    flags.push({ code: 'vocabulary-unknown', detail: asRead })
  const evidence = isKnown ? ['the same words stand on a trusted page'] : (match?.evidence ?? [])
  const own = supportOf(cell, value, tidy)
  const support = {
    ...own,
    catalogue,
    catalogueMargin: match?.margin ?? null,
    repeats: repeatsBeside(value, repeats),
  } as const
  return { value, flags, evidence, candidates: match?.candidates ?? [], support }
}

/** Whether two readers saw the very same text. */
function isAgreed(cell: Cell): boolean {
  const texts = cell.readings.filter(isReader).map((reading) => cleanText(reading.lines.join('')))
  return texts.some((text, index) => texts.indexOf(text) !== index)
}

/** The reading that most readers share, else the cell's own text. */
function bestReading(cell: Cell): string {
  const texts = cell.readings.filter(isReader).map((reading) => reading.lines.join(''))
  return texts.find((text, index) => texts.indexOf(text) !== index) ?? cell.text
}
