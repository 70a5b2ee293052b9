import type { CatalogueEntry } from '../../model/catalogue.ts'
import type { BodyRow, CellUse } from '../forms/classify-rows.ts'
import type { FormColumn } from '../forms/form.ts'
import { editDistance } from '../forms/header-text.ts'
import type { CodeMatch, MatchCandidate } from '../match/code-match.ts'
import type { Matchers } from './matchers.ts'
import { cleanText, readingsOf, withoutEditionMark } from './text-of-cell.ts'
import type { WordMatch } from './word-match.ts'
import { countCleanWords } from './word-readings.ts'

export const DIRECTORY = 'service-directory'
/** Of a name that the row's other levels prove, one character in so many may be lost or misread. */
const GLYPHS_PER_EDIT = 4

/** Below this no word of the list is likely enough to be named as what was meant. */
const LIKELY = 0.5

interface VocabularyContext {
  readonly matchers: Matchers
  readonly fiscalYear: number | null
}

/**
 * What the column's list of words makes of each cell; null for a column without a list. Words that the document prints
 * in its own characters belong to the list; what our readers repeat does not.
 */
export function matchVocabularyColumn(
  column: FormColumn,
  cells: readonly { readonly row: BodyRow; readonly use: CellUse }[],
  tidy: (text: string) => string,
  { matchers, fiscalYear }: VocabularyContext,
): readonly WordMatch[] | null {
  const scheme = column.scheme ?? ''
  if (matchers.catalogues(scheme).length === 0) return null
  const level = levelOf(column)
  const printed = cells.filter(({ use }) => use.cell.origin === 'text').map(({ use }) => tidy(use.cell.text))
  const own = [...new Set(printed)].filter((name) => name !== '')
  const entries = own.map(
    (name): CatalogueEntry => ({ code: '', name, parent: '', level: level ?? 1, attested: 'disclosed' }),
  )
  const seenInDocument = countCleanWords(
    cells.map(({ use }) => use.cell),
    tidy,
  )
  const matches = matchers.ofVocabulary(entries, scheme, level).matchColumn(
    cells.map(({ use }) => ({ name: readingsOf(use.cell, tidy) })),
    { fiscalYear, origin: 'ocr', seenInDocument },
  )
  return matches.map((match, index) => {
    const row = cells[index]?.row
    const proven = row === undefined || scheme !== DIRECTORY ? null : provenByRow(match, row, column, matchers)
    return proven ?? toWordMatch(match)
  })
}

function toWordMatch(match: CodeMatch): WordMatch {
  const isFound = match.kind === 'exact' || match.kind === 'restored'
  const isLikely = (match.candidates[0]?.probability ?? 0) >= LIKELY
  const kind = isFound ? 'restored' : isLikely ? 'ambiguous' : 'unknown'
  return {
    kind,
    value: isFound ? match.entry.name : null,
    margin: match.margin,
    evidence: match.evidence,
    candidates: match.candidates.map(toCandidate),
  }
}

function toCandidate({ entry, probability, evidence }: MatchCandidate) {
  return { value: entry.name, label: entry.name, probability, evidence }
}

/** The one candidate that the row's other levels lead to, when next to nothing lies between it and the reading. */
function provenByRow(match: CodeMatch, row: BodyRow, column: FormColumn, matchers: Matchers): WordMatch | null {
  if (match.kind !== 'ambiguous' && match.kind !== 'unknown') return null
  const read = match.printed.name ?? ''
  const others = otherLevels(row, column, matchers)
  const fitting = match.candidates.filter(
    ({ entry }) => isNear(read, entry.name) && others.some((other) => isOnOnePath(entry, other)),
  )
  const [only, ...rest] = fitting
  if (only === undefined || rest.length > 0) return null
  const evidence = `${only.entry.name} lies on one path of the directory with the other levels of this row`
  return {
    kind: 'restored',
    value: only.entry.name,
    margin: match.margin,
    evidence: [evidence],
    candidates: match.candidates.map(toCandidate),
  }
}

function isNear(read: string, name: string): boolean {
  return editDistance(read, name) <= Math.max(1, Math.floor(name.length / GLYPHS_PER_EDIT))
}

/** The directory's entries that the row's other levels name letter by letter. */
function otherLevels(row: BodyRow, column: FormColumn, matchers: Matchers): readonly CatalogueEntry[] {
  const names = new Set(
    [...row.uses.values()]
      .filter(({ assignment }) => assignment.column?.scheme === DIRECTORY && assignment.column.column !== column.column)
      .flatMap(({ cell }) => [cell.text, ...readingsOf(cell).map(({ text }) => text)])
      .map((text) => withoutEditionMark(cleanText(text))),
  )
  return matchers.catalogues(DIRECTORY).flatMap(({ entries }) => entries.filter(({ name }) => names.has(name)))
}

function isOnOnePath(a: CatalogueEntry, b: CatalogueEntry): boolean {
  const path = ({ parent, name }: CatalogueEntry) =>
    [...parent.split('/'), name].filter((part) => part !== '').join('/')
  return a.level !== b.level && (`${path(a)}/`.startsWith(`${path(b)}/`) || `${path(b)}/`.startsWith(`${path(a)}/`))
}

/** The level (1, 2 …) of a column of a directory; undefined for every other column. */
function levelOf(column: FormColumn): number | undefined {
  const digit = /level(\d)$/.exec(column.column)?.[1]
  return digit === undefined ? undefined : Number(digit)
}

/**
 * Why a listed word cannot stand in this column of the directory: it belongs to other levels alone. Then the heading was
 * read wrong (三级目录 for 一级目录), however clearly the word was. Null where nothing is wrong.
 */
export function misplacedBecause(value: string, column: FormColumn, matchers: Matchers): string | null {
  const level = levelOf(column)
  if (level === undefined || column.scheme !== DIRECTORY) return null
  const levels = matchers
    .catalogues(DIRECTORY)
    .flatMap(({ entries }) => entries.filter(({ name }) => name === value))
    .map((entry) => entry.level)
  if (levels.length === 0 || levels.includes(level)) return null
  return `${value} stands in the directory at level ${[...new Set(levels)].join(' and ')}, not ${level}`
}
