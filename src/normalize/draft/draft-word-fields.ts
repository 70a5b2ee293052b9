import type { Flag } from '../../model/flag.ts'
import type { FieldDraft } from '../../model/record.ts'
import type { Cell } from '../../model/table.ts'
import type { BodyRow, CellUse } from '../forms/classify-rows.ts'
import type { FormColumn } from '../forms/form.ts'
import { editDistance } from '../forms/header-text.ts'
import type { TrustedWords } from '../trusted-words.ts'
import { createFieldDraft, type FieldFinding, supportOf } from './create-field-draft.ts'
import { knownLanguage, matchFreeWords } from './match-free-words.ts'
import { DIRECTORY, matchVocabularyColumn, misplacedBecause } from './match-vocabulary-column.ts'
import type { Matchers } from './matchers.ts'
import { cleanText, meansNothing, withoutEditionMark } from './text-of-cell.ts'
import type { WordMatch } from './word-match.ts'
import { bestReading, countCleanWords, repeatsBeside } from './word-readings.ts'

/** From this probability on a listed word is shown as what was meant. */
const LIKELY = 0.5

interface WordContext {
  readonly matchers: Matchers
  readonly fiscalYear: number | null
  readonly trusted: TrustedWords
}

/** A row's cell in a column of words (project, source of funds, directory level …). */
export interface WordCell {
  readonly row: BodyRow
  readonly use: CellUse
}

/**
 * The fields of a column of words. A trusted text stays as printed; a reading is held against the column's list of words
 * and the document's trusted pages. Other readings of the same column may mend it, and never vouch for it.
 */
export function draftWordFields(
  column: FormColumn,
  cells: readonly WordCell[],
  context: WordContext,
): readonly FieldDraft[] {
  const [field = ''] = column.fields
  const { matchers, trusted } = context
  const isDirectory = column.scheme === DIRECTORY
  const tidy = (text: string) => (isDirectory ? withoutEditionMark(cleanText(text)) : cleanText(text))
  const counts = countCleanWords(
    cells.map(({ use }) => use.cell),
    tidy,
  )
  const isScanned = cells.some(({ use }) => use.cell.origin === 'ocr')
  const matches = isScanned
    ? (matchVocabularyColumn(column, cells, tidy, context) ?? matchFreeWords(cells, tidy, matchers, trusted))
    : []
  return cells.map(({ row, use: { cell }, use }, index) => {
    const found =
      cell.text.trim() === '' || meansNothing(cell.text)
        ? emptyFinding(column, cell)
        : cell.origin === 'text'
          ? printedFinding(cell, tidy, column, matchers)
          : withLevelDoubt(readFinding(cell, tidy, matches[index] ?? null, column, context), column, matchers)
    const repeats = found.value === null ? 0 : repeatsBeside(cell, found.value, counts, tidy)
    return createFieldDraft(field, use, row.pageNumber, { ...found, support: { ...found.support, repeats } })
  })
}

function emptyFinding(column: FormColumn, cell: Cell): FieldFinding {
  const flags: Flag[] = column.isRequired ? [{ code: 'value-missing', detail: 'the cell is empty' }] : []
  return { value: null, flags, evidence: [], candidates: [], support: supportOf(cell, null, () => null) }
}

function printedFinding(
  cell: Cell,
  tidy: (text: string) => string,
  column: FormColumn,
  matchers: Matchers,
): FieldFinding {
  const value = tidy(cell.text)
  const isKnown = column.kind === 'vocabulary' && isInCatalogue(value, column, matchers)
  const support = { ...supportOf(cell, value, tidy), catalogue: isKnown ? ('agrees' as const) : ('none' as const) }
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
  match: WordMatch | null,
  column: FormColumn,
  { matchers, trusted }: WordContext,
): FieldFinding {
  const asRead = tidy(bestReading(cell))
  const value = match?.value ?? proposedWord(cell, asRead, tidy, match) ?? asRead
  const isRestored = value !== asRead
  const isKnown = !isRestored && trusted.words.has(value)
  const agrees = isKnown || (match?.kind === 'restored' && !isRestored)
  const catalogue = agrees ? ('agrees' as const) : (match?.kind ?? ('none' as const))
  const evidence = isKnown ? ['the same words stand on a trusted page'] : (match?.evidence ?? [])
  const isListed = agrees || isRestored || isCandidate(asRead, match)
  const form = column.kind !== 'vocabulary' ? ('free' as const) : isListed ? ('fits' as const) : ('misfits' as const)
  const own = supportOf(cell, value, tidy, knownLanguage(matchers, trusted))
  const support = { ...own, form, catalogue, catalogueMargin: match?.margin ?? null }
  const flags = agrees ? [] : wordFlags(asRead, match, match?.value !== null && isRestored, column)
  // The lists are known in part: against two readers the nearest listed word is a proposal.
  const isAgainstReaders =
    isRestored && column.kind === 'vocabulary' && supportOf(cell, asRead, tidy).readersAgreeing > 1
  const unlisted: Flag = { code: 'vocabulary-unknown', detail: `two readers saw ${asRead}` }
  const isFar =
    isRestored && match?.kind === 'restored' && column.kind === 'vocabulary' && !isNearWord(cell, value, tidy)
  const far: Flag = { code: 'vocabulary-unknown', detail: `nobody read anything like ${value}` }
  return {
    value,
    flags: isAgainstReaders ? [...flags, unlisted] : isFar ? [...flags, far] : flags,
    evidence,
    candidates: match?.candidates ?? [],
    support,
  }
}

/** Of a restored word one character in so many may differ from a reading; of a single character nothing would be left. */
const GLYPHS_PER_EDIT = 4

function isNearWord(cell: Cell, value: string, tidy: (text: string) => string): boolean {
  const most = Math.max(1, Math.floor(value.length / GLYPHS_PER_EDIT))
  const texts = [cell.text, ...cell.readings.map((reading) => reading.lines.join(''))]
  return value.length > 1 && texts.some((text) => editDistance(tidy(text), value) <= most)
}

function withLevelDoubt(found: FieldFinding, column: FormColumn, matchers: Matchers): FieldFinding {
  const reason = misplacedBecause(found.value ?? '', column, matchers)
  if (reason === null) return found
  const support = { ...found.support, form: 'misfits' } as const
  return { ...found, flags: [...found.flags, { code: 'header-uncertain', detail: reason }], support }
}

/** Where no reader of ours saw the word, the listed one that it most likely is: a person is shown that rather than garble. */
function proposedWord(
  cell: Cell,
  asRead: string,
  tidy: (text: string) => string,
  match: WordMatch | null,
): string | null {
  const isRead = supportOf(cell, asRead, tidy).readersAgreeing > 0
  const [best] = match?.candidates ?? []
  if (isRead || match?.kind !== 'ambiguous' || best === undefined || isCandidate(asRead, match)) return null
  return best.probability >= LIKELY ? best.value : null
}

function wordFlags(asRead: string, match: WordMatch | null, isRestored: boolean, column: FormColumn): readonly Flag[] {
  if (isRestored) return [{ code: 'name-restored', detail: `read as ${asRead}` }]
  if (match === null) return []
  if (column.kind === 'vocabulary')
    return isCandidate(asRead, match) ? [] : [{ code: 'vocabulary-unknown', detail: asRead }]
  return match.kind === 'ambiguous' ? [{ code: 'reading-weak', detail: match.evidence.join('; ') }] : []
}

/** Whether the word as read stands in the column's list, likely or not. */
function isCandidate(asRead: string, match: WordMatch | null): boolean {
  return match?.candidates.some(({ value }) => value === asRead) ?? false
}
