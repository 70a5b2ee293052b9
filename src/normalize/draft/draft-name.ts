import type { Flag } from '../../model/flag.ts'
import type { FieldDraft } from '../../model/record.ts'
import type { BudgetLine } from '../forms/classify-lines.ts'
import type { CellUse } from '../forms/classify-rows.ts'
import { readLineName } from '../forms/line-names.ts'
import { foldText, halfWidthCode } from '../match/fold-text.ts'
import { createFieldDraft, supportOf } from './create-field-draft.ts'
import type { Matchers } from './matchers.ts'
import { type Part, splitPart } from './split-part.ts'
import { cleanText } from './text-of-cell.ts'
import { bestReading } from './word-readings.ts'

/** Which part of a cell is meant: all of it, or one of the two that it holds. */
export type Whole = 'whole' | Part

interface NameContext {
  readonly matchers: Matchers
}

/** The name of a line, without a number whose mark no reader saw. */
export function draftLineName(
  line: BudgetLine,
  use: CellUse,
  part: 'whole' | 'name',
  context: NameContext,
): FieldDraft {
  const draft = draftName('line_name', use, line.row.pageNumber, context, part)
  const name = line.name?.name ?? ''
  const isNumbered = line.name?.numbering === 'han' && draft.value !== name && draft.value?.endsWith(name) === true
  return isNumbered && name !== '' ? { ...draft, value: name } : draft
}

/** No name ends in a dash: where readers of pixels see one, it is dust or the rest of a ruling. */
const DUST_BEHIND = /(?<=[\p{Script=Han}）)])[-－—–―_~]+$/u

/** A name or a code as printed, without its number ("一、财政拨款收入" is 财政拨款收入), out of the `part` of its cell. */
export function draftName(
  field: string,
  use: CellUse,
  pageNumber: number,
  { matchers }: NameContext,
  part: Whole = 'whole',
): FieldDraft {
  const { cell } = use
  const isRead = cell.origin !== 'text'
  const nameOf = (text: string) => {
    const whole = textOfPart(text, part)
    return isRead ? whole.replace(DUST_BEHIND, '') : whole
  }
  const text = nameOf(cell.origin === 'text' ? cell.text : bestReading(cell))
  const value = text === '' ? null : text
  const folded = foldText(text)
  const isListed = ['functional-expenditure', 'economic-department'].some((scheme) =>
    [1, 2].some((level) => listedNames(matchers, scheme, level).has(folded)),
  )
  const support = { ...supportOf(cell, value, nameOf), catalogue: isListed ? ('agrees' as const) : ('none' as const) }
  const flags: readonly Flag[] = value === null ? [{ code: 'value-missing', detail: 'the cell is empty' }] : []
  return createFieldDraft(field, use, pageNumber, { value, flags, evidence: [], candidates: [], support })
}

/** What a text gives as the name or the code that its cell holds; '' for none. */
export function textOfPart(text: string, part: Whole): string {
  if (part === 'code') return halfWidthCode(splitPart(text, 'code'))
  return readLineName(part === 'name' ? splitPart(text, 'name') : cleanText(text)).name
}

const listed = new WeakMap<Matchers, Map<string, ReadonlySet<string>>>()

/** The folded names of one level of a scheme; made once for a set of dictionaries. */
export function listedNames(matchers: Matchers, scheme: string, level: number): ReadonlySet<string> {
  const known = listed.get(matchers) ?? new Map<string, ReadonlySet<string>>()
  listed.set(matchers, known)
  const key = `${scheme}/${level}`
  const names = known.get(key) ?? namesOf(matchers, scheme, level)
  known.set(key, names)
  return names
}

function namesOf(matchers: Matchers, scheme: string, level: number): ReadonlySet<string> {
  const entries = matchers.catalogues(scheme).flatMap((catalogue) => catalogue.entries)
  return new Set(entries.filter((entry) => entry.level === level).map(({ name }) => foldText(name)))
}
