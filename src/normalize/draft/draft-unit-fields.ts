import type { Flag } from '../../model/flag.ts'
import type { FieldDraft } from '../../model/record.ts'
import type { FormColumn } from '../forms/form.ts'
import { halfWidthCode } from '../match/fold-text.ts'
import type { GlyphCosts } from '../match/glyph-costs.ts'
import { isGarbleBeside, type KnownLanguage } from '../match/is-garble-beside.ts'
import type { MendPlace, PlaceOfBody } from '../match/mend-place.ts'
import { judgeByPixels, restoreFromSiblings, type SiblingResult } from '../match/restore-from-siblings.ts'
import { costInPlace } from './cost-in-place.ts'
import { createFieldDraft, supportOf } from './create-field-draft.ts'
import { type CodedCells, printedParts } from './draft-coded-fields.ts'
import { LOOK_ALIKE } from './match-free-words.ts'
import { type Part, splitPart } from './split-part.ts'
import { cleanText, closeAsOpened, isReader } from './text-of-cell.ts'
import { doubtUnderCodes, isAgreed, UNIT_CODE, type UnitPart, usualCodes, withUsualCode } from './units-by-code.ts'

/** What is known of the units' names beside the table. */
export interface KnownUnits {
  /** What the publisher's own units are called. */
  readonly names: readonly string[]
  /** Whether the document's own characters say so; what our readers saw over a table vouches for nothing. */
  readonly areTrusted: boolean
  readonly mendPlace: MendPlace
  readonly language: KnownLanguage
  /** Names that one with an odd character may be a misreading of. */
  readonly likelierNames: (name: string) => readonly string[]
}

/**
 * Code and name of the units of one table. They are in no catalogue, but repeat row by row: a damaged one is restored
 * from its siblings, from `known` (the publisher's units, the divisions of the country), or, a code, from the name that
 * goes with it elsewhere.
 */
export function draftUnitFields(
  column: FormColumn,
  rows: readonly CodedCells[],
  costs: GlyphCosts,
  known: KnownUnits,
): readonly (readonly FieldDraft[])[] {
  const printed = printedParts(rows)
  const [codeField = '', nameField = ''] = column.fields
  const codes = rows.map((row) => partOf(row, 'code'))
  const names = rows.map((row) => partOf(row, 'name'))
  const settledCodes = restoreColumn(codes, costs, [])
  const restored = restoreColumn(names, costs, known.names)
  const above = placesAbove(
    [...known.names, ...restored.map((result) => known.mendPlace(result?.value ?? ''))],
    known.language.placeOfBody,
  )
  const mended = restored.map((result, index) => withPlaceMended(result, names[index] ?? null, above, known))
  const settledNames = doubtUnderCodes(mended, names, settledCodes)
  const codeOfName = usualCodes(settledCodes, settledNames)
  return rows.map((row, index) => {
    const drafts: FieldDraft[] = []
    const name = names[index] ?? null
    const code = codes[index] ?? null
    const codeResult = withUsualCode(settledCodes[index] ?? null, settledNames[index]?.value ?? '', codeOfName, code)
    if (printed.code && code !== null)
      drafts.push(
        draftPart(codeField, 'code', column, row, code, codeResult, repeatsOf(codes, code, codeResult, known), known),
      )
    const nameResult = settledNames[index] ?? null
    if (printed.name && name !== null)
      drafts.push(
        draftPart(nameField, 'name', column, row, name, nameResult, repeatsOf(names, name, nameResult, known), known),
      )
    return drafts
  })
}

function partOf({ whole, code, name }: CodedCells, part: Part): UnitPart | null {
  const own = part === 'code' ? code : name
  const use = own ?? whole
  if (use === null) return null
  // A department beside its unit is no code.
  if (part === 'code' && own === null && name !== null && !/\d{2}/.test(use.cell.text)) return null
  const isWhole = own === null && (part === 'code' ? name === null : code === null)
  const texts = [use.cell.text, ...use.cell.readings.filter(isReader).map((reading) => reading.lines.join(''))]
  const widthOf = (text: string): string => (part === 'code' ? halfWidthCode(text) : text)
  const read = use.cell.origin === 'ocr' ? texts.map(closeAsOpened) : texts
  return { use, texts: read.map((text) => widthOf(isWhole ? splitPart(text, part) : cleanText(text))) }
}

/** Settles the parts of all rows together; trusted text stays as it is. Null where the cell is empty. */
function restoreColumn(
  parts: readonly (UnitPart | null)[],
  costs: GlyphCosts,
  known: readonly string[],
): readonly (SiblingResult | null)[] {
  // A cell that holds for several rows was read once.
  const cells = new Map(parts.flatMap((part) => (part === null ? [] : [[part.use.cell, part.texts] as const])))
  const values = Array.from(cells.values(), ([value]) => value ?? '')
  const others = Array.from(cells.values(), (texts) => texts.slice(2)).flat()
  const isScanned = parts.some((part) => part?.use.cell.origin === 'ocr')
  const restored = isScanned ? restoreFromSiblings([...values, ...others], costs, known) : []
  const results = new Map(Array.from(cells.keys(), (cell, index) => [cell, restored[index]]))
  return parts.map((part) => {
    const value = part?.texts[0] ?? ''
    if (part === null || value === '') return null
    const kept: SiblingResult = { kind: 'kept', value, alternatives: [], evidence: 'as printed' }
    if (part.use.cell.origin === 'text' || known.includes(value)) return kept
    // The publisher's own name outweighs a misreading that happens to repeat.
    const [byKnown] = restoreFromSiblings([value], costs, known)
    if (byKnown?.kind === 'restored') return byKnown
    // A name that two readers see is another unit's, however much alike.
    const bySiblings = results.get(part.use.cell) ?? kept
    const costOf = costInPlace(part.use.cell, value)
    const result = costOf === null ? bySiblings : judgeByPixels(bySiblings, value, costOf)
    return result.kind === 'unlike' && isAgreed(part.texts.slice(1)) ? kept : result
  })
}

/** The divisions above the places that bodies are named after: 荆门市 of 荆门市掇刀区水利局. Its units leave it out. */
function placesAbove(bodyNames: readonly string[], placeOfBody: PlaceOfBody): readonly string[] {
  const places = new Set(bodyNames.map((name) => placeOfBody(name)))
  const above = [...places].flatMap((place) =>
    [...place].map((_, at) => place.slice(0, at)).filter((start) => start !== '' && placeOfBody(start) === start),
  )
  return [...new Set(above)]
}

/** A name read on a scan whose place is no division of the country, but nearly. `above`: places that it may leave out. */
function withPlaceMended(
  result: SiblingResult | null,
  part: UnitPart | null,
  above: readonly string[],
  { mendPlace, language }: KnownUnits,
): SiblingResult | null {
  if (result === null || part === null || part.use.cell.origin === 'text') return result
  const canBe = shownIn(part, result.value)
  const whole = mendPlace(result.value, canBe)
  const within =
    language.placeOfBody(whole) === ''
      ? above.map((start) =>
          mendPlace(start + result.value, (name) => canBe(name.slice(start.length))).slice(start.length),
        )
      : []
  const value = within.find((name) => name !== result.value) ?? whole
  if (value === result.value) return result
  return {
    kind: 'restored',
    value,
    alternatives: [{ value: result.value, count: 1 }],
    evidence: `no place is called as in ${result.value}`,
  }
}

/** A name that is so much less likely than the one that was read, in nats, can be what the pixels show. */
const SHOWN_NATS = 5

/** Tells which other names the cell's pixels can show in the place of the one that was read. */
function shownIn({ use }: UnitPart, read: string): (name: string) => boolean {
  const costOf = costInPlace(use.cell, read)
  return (name) => costOf !== null && costOf(name) <= SHOWN_NATS
}

/**
 * In how many other cells the value stands cleanly: in the document's own characters, alike for two readers, or with
 * nothing but garble beside it.
 */
function repeatsOf(
  parts: readonly (UnitPart | null)[],
  own: UnitPart,
  result: SiblingResult | null,
  { language }: KnownUnits,
): number {
  const isSeen = (texts: readonly string[], value: string) =>
    isAgreed(texts) || texts.some((text) => text !== value && isGarbleBeside(value, text, language))
  const isClean = ({ texts: [first, ...read], use }: UnitPart) =>
    first !== undefined && first === result?.value && (use.cell.origin === 'text' || isSeen(read, first))
  const cells = new Set(parts.filter((part) => part !== null && isClean(part)).map((part) => part?.use.cell))
  cells.delete(own.use.cell)
  return cells.size
}

/** A sibling that may itself be a misreading of what was read here draws nothing to it, however often it was read. */
function notTowardsOdd(
  result: SiblingResult | null,
  read: string | undefined,
  known: KnownUnits,
): SiblingResult | null {
  if (result?.kind !== 'restored' || read === undefined || !known.likelierNames(result.value).includes(read))
    return result
  const evidence = `${result.value} stands beside it, and may be a misreading of it`
  return { ...result, kind: 'kept', value: read, evidence }
}

function draftPart(
  field: string,
  part: Part,
  column: FormColumn,
  { row }: CodedCells,
  { use, texts }: UnitPart,
  bySiblings: SiblingResult | null,
  repeats: number,
  known: KnownUnits,
): FieldDraft {
  const result = part === 'name' ? notTowardsOdd(bySiblings, texts[0], known) : bySiblings
  const value = result?.value ?? null
  const isWhole = texts[0] !== undefined && cleanText(use.cell.text) !== texts[0]
  const own = supportOf(
    use.cell,
    value,
    (text) => (isWhole ? splitPart(text, part) : cleanText(text)),
    part === 'name' ? known.language : undefined,
  )
  const isMalformed = part === 'code' && value !== null && !UNIT_CODE.test(value)
  const form = part === 'name' ? 'free' : isMalformed || value === null ? 'misfits' : 'fits'
  const isKnown = part === 'name' && value !== null && known.areTrusted && known.names.includes(value)
  const isBare = part === 'name' && value !== null && result?.kind === 'kept' && use.cell.origin === 'ocr' && !isKnown
  const likelier = isBare ? known.likelierNames(value) : []
  const catalogue =
    likelier.length > 0
      ? 'ambiguous'
      : result?.kind === 'restored'
        ? 'restored'
        : result?.kind === 'ambiguous' || result?.kind === 'unlike'
          ? 'ambiguous'
          : isKnown
            ? 'agrees'
            : 'none'
  const flags: Flag[] = []
  if (value === null && column.isRequired) flags.push({ code: 'value-missing', detail: `no ${part} stands here` })
  if (result?.kind === 'restored')
    flags.push({ code: part === 'code' ? 'code-restored' : 'name-restored', detail: `read as ${texts[0]}` })
  if (isMalformed) flags.push({ code: 'code-malformed', detail: value })
  if (likelier.length > 0) flags.push({ code: 'reading-weak', detail: `${value} may be ${likelier.join(' or ')}` })
  if (result?.kind === 'unlike') flags.push({ code: 'reading-weak', detail: result.evidence })
  const lookAlikes = likelier.map((name) => ({ value: name, label: name, probability: 0, evidence: LOOK_ALIKE }))
  const siblings = (result?.alternatives ?? []).map((other) => ({
    value: other.value,
    label: other.value,
    probability: 0,
    evidence: `read ${other.count} times`,
  }))
  const evidence = result === null ? [] : [result.evidence]
  return createFieldDraft(field, use, row.pageNumber, {
    value,
    flags,
    evidence,
    candidates: [...lookAlikes, ...siblings],
    support: { ...own, form, catalogue, repeats },
  })
}
