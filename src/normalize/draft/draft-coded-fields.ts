import type { Flag } from '../../model/flag.ts'
import type { Candidate, FieldDraft, Support } from '../../model/record.ts'
import type { BodyRow, CellUse } from '../forms/classify-rows.ts'
import type { FormColumn } from '../forms/form.ts'
import type { CodeMatch, MatchQuery, TextReading } from '../match/code-match.ts'
import { codeOfFigures } from '../match/fold-text.ts'
import { splitCodeAndName } from '../match/split-code-and-name.ts'
import { createFieldDraft, type FieldFinding, supportOf } from './create-field-draft.ts'
import { cleanText, meansNothing, readingsOf } from './text-of-cell.ts'

/** The cells of one row that hold a coded column: whole, or code and name apart, or the code in 类, 款 and 项. */
export interface CodedCells {
  readonly row: BodyRow
  readonly whole: CellUse | null
  readonly code: CellUse | null
  readonly name: CellUse | null
  readonly digits: readonly CellUse[]
}

export function codedCells(row: BodyRow, column: string): CodedCells {
  const use = (part: string) => row.uses.get(`${column}/${part}`) ?? null
  const digits = [use('class'), use('group'), use('item')].filter((each) => each !== null)
  return { row, whole: use('whole'), code: use('code'), name: use('name'), digits }
}

/** From this share of its cells on, a column headed as names (or as codes) holds both. */
const GLUED_SHARE = 0.6

/** The cells of a column in all `rows`; where code and name stand in one cell, whatever the heading says, it is whole. */
export function codedColumn(rows: readonly BodyRow[], column: string): readonly CodedCells[] {
  const cells = rows.map((row) => codedCells(row, column))
  if (cells.some(({ whole, digits }) => whole !== null || digits.length > 0)) return cells
  const codes = cells.flatMap(({ code }) => code ?? [])
  const names = cells.flatMap(({ name }) => name ?? [])
  if (codes.length > 0 && names.length > 0) return cells
  const own = [...codes, ...names]
  const filled = own.filter(({ cell }) => cell.text.trim() !== '')
  const glued = filled.filter(({ cell }) => holdsCodeAndName(cell.text))
  if (glued.length === 0 || glued.length < GLUED_SHARE * filled.length) return cells
  return cells.map((each) => ({ ...each, whole: each.code ?? each.name, code: null, name: null }))
}

/** Whether a cell holds a code and a name in one ("[2010601]行政运行"). */
export function holdsCodeAndName(text: string): boolean {
  const [split] = splitCodeAndName(text)
  // "2024年…" begins with a year, not with a code.
  return split !== undefined && /\d{3}/.test(split.code) && /^(?!年).*\p{Script=Han}/u.test(split.name)
}

/** The cells of a column that prints no code at all: what stands there is the name, digits in it or not. */
export function withoutCodes(rows: readonly CodedCells[]): readonly CodedCells[] {
  const hasCode = rows.some(
    ({ whole, code, digits }) => code !== null || digits.length > 0 || /\d{3}/.test(whole?.cell.text ?? ''),
  )
  if (hasCode || rows.some(({ name }) => name !== null)) return rows
  return rows.map((row) => ({ ...row, whole: null, name: row.whole }))
}

/** What the matcher is asked about a row; null when all its cells are empty, or filled with strokes. */
export function toQuery({ whole, code, name, digits }: CodedCells): MatchQuery | null {
  const filled = [whole, code, name, ...digits].flatMap((use) => (use === null ? [] : [use.cell.text.trim()]))
  if (filled.some(meansNothing) && filled.every((text) => text === '' || meansNothing(text))) return null
  const codeReadings = code !== null ? readingsOf(code.cell) : joinDigits(digits)
  const nameReadings = name === null ? [] : readingsOf(name.cell)
  const combined = whole === null ? [] : readingsOf(whole.cell)
  // A whole column beside a code or a name column holds only what the other leaves.
  const asName = whole !== null && codeReadings.length > 0 && name === null
  const asCode = whole !== null && nameReadings.length > 0 && code === null && digits.length === 0
  const query: MatchQuery = {
    ...(codeReadings.length > 0 ? { code: codeReadings } : asCode ? { code: combined } : {}),
    ...(nameReadings.length > 0 ? { name: nameReadings } : asName ? { name: combined } : {}),
    ...(combined.length > 0 && !asName && !asCode ? { combined } : {}),
  }
  return Object.keys(query).length === 0 ? null : query
}

/**
 * The code that stands in parts in several cells, as each reader saw it. A reader that was not shown a part, because another was
 * sure of it, has that part from the other; one that saw none of them has no say.
 */
function joinDigits(digits: readonly CellUse[]): readonly TextReading[] {
  const parts = digits.map(({ cell }) => readingsOf(cell)).filter((readings) => readings.length > 0)
  const readers = new Set(parts.flatMap((readings) => readings.map(({ reader }) => reader)))
  return Array.from(readers, (reader) => {
    const own = parts.flatMap((readings) => readings.find((each) => each.reader === reader) ?? readings[0] ?? [])
    const characters = own.flatMap((part) => part.characters ?? [])
    const posteriors = own.flatMap((part) => part.posteriors ?? [])
    return {
      reader,
      text: own.map(({ text }) => text).join(''),
      ...(own.every((part) => part.characters !== undefined) ? { characters } : {}),
      ...(own.every((part) => part.posteriors !== undefined) ? { posteriors, tail: '' } : {}),
    }
  })
}

/** Whether some row of the column prints a code, and whether some prints a name. */
export function printedParts(rows: readonly CodedCells[]): { readonly code: boolean; readonly name: boolean } {
  const wholes = rows.flatMap(({ whole }) => (whole === null ? [] : [splitCodeAndName(whole.cell.text)[0]]))
  return {
    code:
      rows.some(({ code, digits }) => code !== null || digits.length > 0) ||
      wholes.some((split) => (split?.code ?? '') !== ''),
    name: rows.some(({ name }) => name !== null) || wholes.some((split) => (split?.name ?? '') !== ''),
  }
}

/** The fields of a coded column in one row: the code, the name, or both, as the column has them. */
export function draftCodedFields(
  column: FormColumn,
  cells: CodedCells,
  printed: { readonly code: boolean; readonly name: boolean },
  match: CodeMatch | null,
): readonly FieldDraft[] {
  const [codeField = '', nameField = ''] = column.fields
  const drafts: FieldDraft[] = []
  const codeUse = cells.code ?? cells.digits[0] ?? cells.whole
  const nameUse = cells.name ?? cells.whole
  if (printed.code && codeUse !== null) drafts.push(draftPart(codeField, 'code', column, codeUse, cells, match))
  if (printed.name && nameUse !== null) drafts.push(draftPart(nameField, 'name', column, nameUse, cells, match))
  return drafts
}

type Part = 'code' | 'name'

const CODE_FORM = /^(?:[A-Z]\d{2,14}|\d{3,14})$/

function draftPart(
  field: string,
  part: Part,
  column: FormColumn,
  use: CellUse,
  cells: CodedCells,
  match: CodeMatch | null,
): FieldDraft {
  const { pageNumber } = cells.row
  const raw =
    part === 'code' && cells.digits.length > 0 ? cells.digits.map(({ cell }) => cell.text).join('') : use.cell.text
  if (match === null) {
    const support = supportOf(use.cell, null, () => null)
    const flags: Flag[] = column.isRequired ? [{ code: 'value-missing', detail: 'the cell is empty' }] : []
    return createFieldDraft(field, use, pageNumber, { value: null, flags, evidence: [], candidates: [], support, raw })
  }
  return createFieldDraft(field, use, pageNumber, { ...findingOf(part, use, cells, match), raw })
}

function findingOf(part: Part, use: CellUse, cells: CodedCells, match: CodeMatch): FieldFinding {
  const isDigits = part === 'code' && cells.digits.length > 0
  const partOfText = (text: string) => (isDigits ? null : partOf(part, use, cells, text))
  const isPlain =
    supportOf(use.cell, match.printed[part], partOfText).readersAgreeing > 1 || isAgainstCode(cells, match)
  const value = publishedPart(part, match, isPlain)
  const own = supportOf(use.cell, value, partOfText)
  const readers = isDigits ? { ...own, ...agreementOfDigits(cells.digits, value) } : own
  const form = part === 'name' ? 'free' : value !== null && CODE_FORM.test(value) ? 'fits' : 'misfits'
  const support = { ...readers, form, catalogue: catalogueWord(match, readers), catalogueMargin: match.margin } as const
  return {
    value,
    flags: flagsOf(part, match, value),
    evidence: match.evidence,
    candidates: candidatesOf(part, match),
    support,
  }
}

/** Whether two readers saw a code alike that is not the likeliest entry's: then that entry's name is not meant either. */
function isAgainstCode(cells: CodedCells, match: CodeMatch): boolean {
  const use = cells.code ?? cells.whole
  const { code } = match.printed
  if (use === null || code === null || match.candidates[0]?.entry.code === code) return false
  return supportOf(use.cell, code, (text) => partOf('code', use, cells, text)).readersAgreeing > 1
}

function agreementOfDigits(
  digits: readonly CellUse[],
  value: string | null,
): { readersAgreeing: number; readersDisagreeing: number } {
  const texts = joinDigits(digits).filter(({ reader }) => reader === 'paddle' || reader === 'tesseract')
  const agreeing = texts.filter(({ text }) => text === value).length
  return { readersAgreeing: agreeing, readersDisagreeing: texts.length - agreeing }
}

/** The part of a reading that is the code or the name. */
function partOf(part: Part, use: CellUse, cells: CodedCells, text: string): string {
  const clean = cleanText(text)
  if (part === 'code' && use.cell.origin === 'ocr') return codeOfFigures(printedPart(part, use, cells, clean))
  return printedPart(part, use, cells, clean)
}

function printedPart(part: Part, use: CellUse, cells: CodedCells, clean: string): string {
  if (use !== cells.whole || (cells.code !== null && part === 'name') || (cells.name !== null && part === 'code'))
    return clean
  return splitCodeAndName(clean)[0]?.[part] ?? clean
}

/** `isPlain`: two readers saw the part, or the code beside it, alike; then no likelier entry of the catalogue is put in its place. */
function publishedPart(part: Part, match: CodeMatch, isPlain: boolean): string | null {
  const value = match.value[part]
  if (value !== null) return value
  if (isPlain && match.printed[part] !== null) return match.printed[part]
  const [best] = match.candidates
  if (match.kind === 'ambiguous' && best !== undefined && best.probability >= 0.5)
    return best.entry[part] === '' ? null : best.entry[part]
  // Nothing is certain: a person is shown what was read rather than nothing.
  return match.printed[part]
}

/** That a list which we hold in part has not what is plainly printed says nothing. */
function catalogueWord(
  match: CodeMatch,
  { origin, readersAgreeing, readersDisagreeing }: Support,
): Support['catalogue'] {
  const isPlain = origin === 'text' || (readersAgreeing > 1 && readersDisagreeing === 0)
  if (match.kind === 'unknown' && !match.isListComplete && isPlain) return 'none'
  const words = {
    exact: 'agrees',
    restored: 'restored',
    ambiguous: 'ambiguous',
    contradiction: 'contradicts',
    unknown: 'unknown',
  } as const
  return words[match.kind]
}

function flagsOf(part: Part, match: CodeMatch, value: string | null): readonly Flag[] {
  const flags: Flag[] = []
  const printed = match.printed[part]
  const [detail = ''] = match.evidence
  if (match.kind === 'restored' && printed !== value)
    flags.push({ code: part === 'code' ? 'code-restored' : 'name-restored', detail })
  if (match.kind === 'ambiguous') flags.push({ code: 'code-ambiguous', detail })
  if (match.kind === 'contradiction') flags.push({ code: 'code-name-contradict', detail })
  if (match.kind === 'unknown') flags.push({ code: part === 'code' ? 'code-unknown' : 'name-unknown', detail })
  if (match.otherEdition !== null) {
    const { edition, entry } = match.otherEdition
    flags.push({ code: 'edition-mismatch', detail: `${entry.code} ${entry.name} stands in edition ${edition}` })
  }
  if (part === 'code' && value !== null && !CODE_FORM.test(value)) flags.push({ code: 'code-malformed', detail: value })
  if (value === null) flags.push({ code: 'value-missing', detail: `no ${part} could be made out` })
  return flags
}

function candidatesOf(part: Part, match: CodeMatch): readonly Candidate[] {
  return match.candidates.flatMap(({ entry, probability, evidence }) => {
    const value = entry[part]
    return value === '' ? [] : [{ value, label: `${entry.code} ${entry.name}`.trim(), probability, evidence }]
  })
}
