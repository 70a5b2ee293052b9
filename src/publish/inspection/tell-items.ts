import { FLAG_MEANINGS, type FlagCode } from '../../model/flag.ts'
import type { InspectedLine } from '../../model/inspection.ts'
import type { GradedField } from '../../model/record.ts'
import type { CharacterReading, Reading } from '../../model/table.ts'
import { roundTo } from '../to-json-lines.ts'
import { markDifferences } from './mark-differences.ts'
import type { PlacedItem } from './place-items.ts'

/** Lists of items that a person steps through. */
export type ItemList = 'differ' | 'layer' | 'flagged' | 'review' | 'cells' | 'lines'

const MOST_ALTERNATIVES = 3

/** What the page's script knows of an item; it writes all of it as text, never as markup. */
export function tellItem(item: PlacedItem) {
  const { table, cell, text, why, frame, box, lines } = item
  const place =
    table === null || cell === null
      ? 'line'
      : `table ${table.tableIndex}, row ${cell.row + 1}, column ${cell.column + 1}`
  return {
    place,
    span: cell !== null && cell.rowSpan * cell.columnSpan > 1 ? `${cell.rowSpan} × ${cell.columnSpan} units` : '',
    text,
    why,
    frame,
    box: [box.x0, box.top, box.x1, box.bottom].map((edge) => roundTo(edge, 2)),
    lists: listsOf(item),
    lines: lines.map((line) => tellLine(line, text)),
    readings: item.readings
      .filter(({ reader }) => lines.length === 0 || reader === 'untrusted-text-layer')
      .map((reading) => tellReading(reading, text)),
    flags: item.flags.map(explainFlag),
    fields: item.fields.map(tellField),
  }
}

/** The lists that an item stands in. */
export function listsOf(item: PlacedItem): ItemList[] {
  const { cell, flags, fields, readings, lines, text } = item
  const hasWitness = readings.some((reading) => {
    return reading.reader === 'untrusted-text-layer' && foldForms(reading.lines.join('')) !== foldForms(text)
  })
  const texts = lines.flatMap((line) => new Set(line.answers.map((answer) => foldForms(answer.text))).size)
  const differs = cell === null ? texts.some((count) => count > 1) : flags.includes('readers-disagree')
  const isFlagged = flags.length > 0 || fields.some((field) => field.flags.length > 0)
  return [
    ...(differs ? ['differ' as const] : []),
    ...(hasWitness ? ['layer' as const] : []),
    ...(isFlagged ? ['flagged' as const] : []),
    ...(fields.some((field) => field.grade === 'review') ? ['review' as const] : []),
    cell === null ? 'lines' : 'cells',
  ]
}

/** Characters that differ in width alone are the same to a person. */
function foldForms(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '')
}

const ASKED_FOR = { any: '', digits: ', asked for digits', code: ', asked for a code' } as const

function tellLine({ bboxPx, glyphHeightPx, isDirt, answers }: InspectedLine, chosen: string) {
  const reference = answers[0]?.text ?? chosen
  const others = answers.some((answer) => foldForms(answer.text) !== foldForms(reference))
  return {
    box: [bboxPx.x0, bboxPx.top, bboxPx.x1, bboxPx.bottom].map((edge) => roundTo(edge, 1)),
    glyph: Math.round(glyphHeightPx),
    isDirt,
    answers: answers.map(({ reader, hint, text, confidence, characters }, index) => ({
      reader: `${reader}${ASKED_FOR[hint]}`,
      confidence: percent(confidence),
      isEmpty: text === '',
      // The first answer is measured by the first that differs from it, every other one by the first.
      characters: tellCharacters(
        characters,
        others ? ((index === 0 ? answers.find((a) => a.text !== reference)?.text : reference) ?? reference) : text,
      ),
    })),
  }
}

function tellReading({ reader, lines, confidence, characters }: Reading, chosen: string) {
  const known =
    characters.length > 0 ? characters : [...lines.join('')].map((text) => ({ text, confidence: 1, alternatives: [] }))
  return {
    reader: reader === 'untrusted-text-layer' ? "scanner's text layer" : reader,
    confidence: percent(confidence),
    isEmpty: known.length === 0,
    characters: tellCharacters(known, chosen),
  }
}

/** Each character with its confidence, whether the reference has it in this place, and what else it could be. */
function tellCharacters(characters: readonly CharacterReading[], reference: string) {
  const differing = markDifferences(
    characters.map(({ text }) => foldForms(text)),
    [...foldForms(reference)],
  )
  return characters.map(({ text, confidence, alternatives }, index) => [
    text,
    roundTo(confidence, 3),
    differing[index] === true && foldForms(text) !== '' ? 1 : 0,
    alternatives
      .filter((other) => other.text !== text)
      .slice(0, MOST_ALTERNATIVES)
      .map((other) => `${other.text} ${percent(other.confidence)}`)
      .join(', '),
  ])
}

function tellField(field: GradedField) {
  return {
    name: field.name,
    value: field.value,
    raw: field.raw,
    grade: field.grade,
    confidence: percent(field.confidence),
    flags: field.flags.map((flag) => `${explainFlag(flag.code)} (${flag.detail})`),
    evidence: field.evidence,
    candidates: field.candidates.map((candidate) => ({ ...candidate, probability: percent(candidate.probability) })),
  }
}

function explainFlag(code: string): string {
  return code in FLAG_MEANINGS ? `${code}: ${FLAG_MEANINGS[code as FlagCode]}` : code
}

/** A share from 0 to 1 for people; '' where there is none. */
export function percent(share: number | null): string {
  return share === null ? '' : `${(share * 100).toFixed(1)} %`
}
