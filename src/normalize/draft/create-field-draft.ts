import type { Flag } from '../../model/flag.ts'
import type { Candidate, FieldDraft, Support } from '../../model/record.ts'
import type { Cell, Reading } from '../../model/table.ts'
import type { CellUse } from '../forms/classify-rows.ts'
import { foldText } from '../match/fold-text.ts'
import { isGarbleBeside, type KnownLanguage } from '../match/is-garble-beside.ts'
import { isReader, meansNothing } from './text-of-cell.ts'

const CLEAR_HEADING = 0.8

/** What a column's reader found for one field; the cell gives the rest. */
export interface FieldFinding {
  readonly value: string | null
  readonly flags: readonly Flag[]
  readonly evidence: readonly string[]
  readonly candidates: readonly Candidate[]
  readonly support: Support
  readonly raw?: string
}

/**
 * Support of a value that nothing but its own cell speaks for. `normalize` brings a reading to the value's form; how wide
 * a bracket or a comma is set is no difference between readers. What is garble beside the value by `language` is no
 * reader's word against it.
 */
export function supportOf(
  cell: Cell,
  value: string | null,
  normalize: (text: string) => string | null,
  language?: KnownLanguage,
): Support {
  const readings = cell.readings.filter(isReader)
  const folded = foldText(value ?? '')
  const agreeing = readings.filter((reading) => {
    const text = reading.lines.join('')
    if (value === null) return meansNothing(text)
    const read = normalize(text)
    return read !== null && foldText(read) === folded
  })
  // One engine may have read a cell twice, once freely and once as digits: it is one witness all the same.
  const witnesses = new Set(readings.map(({ reader }) => reader))
  const agreeingWitnesses = new Set(agreeing.map(({ reader }) => reader))
  const garbling = new Set(
    readings.filter((each) => isGarble(each, value, normalize, language)).map(({ reader }) => reader),
  )
  const against = [...witnesses].filter((reader) => !agreeingWitnesses.has(reader) && !garbling.has(reader))
  const confidences = agreeing.map(weakestCharacter)
  const isText = cell.origin === 'text'
  return {
    origin: cell.origin,
    readersAgreeing: isText ? 0 : agreeingWitnesses.size,
    readersDisagreeing: isText ? 0 : against.length,
    engineConfidence: confidences.length === 0 ? null : Math.max(...confidences),
    form: 'free',
    catalogue: 'none',
    catalogueMargin: null,
    equationsHolding: 0,
    equationsContradicted: 0,
    pinned: false,
    repeats: 0,
  }
}

function isGarble(
  reading: Reading,
  value: string | null,
  normalize: (text: string) => string | null,
  language: KnownLanguage | undefined,
): boolean {
  const text = language === undefined || value === null ? null : normalize(reading.lines.join(''))
  return language !== undefined && value !== null && text !== null && isGarbleBeside(value, text, language)
}

function weakestCharacter({ characters, confidence }: Reading): number {
  if (characters.length === 0) return confidence ?? 0
  return Math.min(...characters.map((character) => character.confidence))
}

/**
 * Characters that ordinary documents do not print: rare ideographs and private ones. A font that shares one glyph
 * between a rare and a common character may name it by the rare one (㬵 for 胶).
 */
const ODD_GLYPH = /[\u3400-\u4dbf\ue000-\uf8ff\ufffd\u{20000}-\u{3ffff}]/u

/** An ordinal without its number: the stroke of 一 is lost between a ruling and dust before any other glyph. */
const NUMBER_LOST = /第(?![一二三四五六七八九十百千零〇两几\d]|$)/

function withOddGlyphs(found: FieldFinding): FieldFinding {
  const lost = found.support.origin === 'ocr' ? NUMBER_LOST.exec((found.value ?? '').normalize('NFKC'))?.[0] : undefined
  const odd = ODD_GLYPH.exec(found.value ?? '')?.[0] ?? lost
  if (odd === undefined) return found
  const flag: Flag = { code: 'reading-weak', detail: `${odd} is hardly what is printed` }
  return { ...found, flags: [...found.flags, flag], support: { ...found.support, form: 'misfits' } }
}

/** No unit and no project is called by one glyph: on a scan that is the rest of a name, or no word at all. */
function withLoneGlyph(name: string, found: FieldFinding): FieldFinding {
  const { value, support } = found
  const isLone = value !== null && [...value].length === 1 && name.endsWith('_name')
  if (!isLone || support.origin !== 'ocr' || support.catalogue === 'agrees') return found
  const flag: Flag = { code: 'reading-weak', detail: `${value} is hardly a name` }
  return { ...found, flags: [...found.flags, flag], support: { ...support, form: 'misfits' } }
}

/** What a reader held for possible stays with its page; a field keeps what it read. */
function withoutPosteriors({ posteriors: _kept, ...reading }: Reading): Reading {
  return reading
}

/** A field from what was found in its cell, with the doubts that the cell and its column bring along. */
export function createFieldDraft(name: string, use: CellUse, pageNumber: number, finding: FieldFinding): FieldDraft {
  const { cell, assignment } = use
  const found = withLoneGlyph(name, withOddGlyphs(finding))
  return {
    name,
    value: found.value,
    raw: found.raw ?? cell.text,
    pageNumber,
    bbox: cell.bbox,
    flags: [...found.flags, ...cellFlags(use, found)],
    evidence: [`column "${assignment.headerText}"`, ...found.evidence],
    candidates: found.candidates,
    readings: cell.readings.map(withoutPosteriors),
    support: found.support,
  }
}

function cellFlags(
  { cell, assignment, isInherited, isEnded = false, isSpread = false }: CellUse,
  { value, support }: FieldFinding,
): readonly Flag[] {
  const flags: Flag[] = []
  if (isInherited) flags.push({ code: 'value-inherited', detail: 'the cell begins in an earlier row' })
  if (isEnded)
    flags.push({
      code: 'structure-uncertain',
      detail: 'a sub-total, or a border of its own, stands between the cell and this row',
    })
  if (!assignment.isExact && assignment.similarity < CLEAR_HEADING) {
    flags.push({ code: 'header-uncertain', detail: `the heading reads "${assignment.headerText}"` })
  }
  if (cell.flags.includes('line-too-small')) flags.push({ code: 'line-too-small', detail: 'small print' })
  if (cell.flags.includes('digits-confused'))
    flags.push({ code: 'digits-confused', detail: 'digits that print alike here' })
  if (isSpread) flags.push({ code: 'structure-uncertain', detail: 'the cell reaches over the next column' })
  else if (cell.flags.includes('structure-uncertain'))
    flags.push({ code: 'structure-uncertain', detail: 'uncertain grid' })
  if (cell.origin === 'text' || value === null) return flags
  if (support.readersAgreeing === 1 && support.readersDisagreeing === 0) {
    flags.push({ code: 'reading-unconfirmed', detail: 'one reader alone' })
  }
  if (support.readersDisagreeing > 0) {
    const seen = cell.readings.filter(isReader).map(({ reader, lines }) => `${reader}: ${lines.join('')}`)
    flags.push({ code: 'readers-disagree', detail: seen.join('; ') })
  }
  return flags
}
