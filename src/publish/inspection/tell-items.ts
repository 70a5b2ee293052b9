import type { Voice } from '../../language/voice.ts'
import type { InspectedAnswer, InspectedLine } from '../../model/inspection.ts'
import type { GradedField } from '../../model/record.ts'
import type { CharacterReading, Reading } from '../../model/table.ts'
import { findingIn } from '../findings.ts'
import { fieldIn, flagIn } from '../languages.ts'
import { roundTo } from '../to-json-lines.ts'
import { markDifferences } from './mark-differences.ts'
import type { PlacedItem } from './place-items.ts'

/** Lists of items that a person steps through. */
export type ItemList = 'differ' | 'layer' | 'flagged' | 'review' | 'cells' | 'lines'

const MOST_ALTERNATIVES = 3

/** What the page's script knows of an item; it writes all of it as text, never as markup. */
export function tellItem(item: PlacedItem, voice: Voice) {
  const { say, language } = voice
  const { table, cell, text, why, frame, box, lines } = item
  const place =
    table === null || cell === null
      ? say('line')
      : say('table {table}, row {row}, column {column}', {
          table: table.tableIndex,
          row: cell.row + 1,
          column: cell.column + 1,
        })
  const isMerged = cell !== null && cell.rowSpan * cell.columnSpan > 1
  return {
    place,
    short: table === null || cell === null ? place : `t${table.tableIndex} r${cell.row + 1} c${cell.column + 1}`,
    span: isMerged ? say('{rows} × {columns} units', { rows: cell.rowSpan, columns: cell.columnSpan }) : '',
    text,
    why: why
      .split('; ')
      .map((each) => findingIn(language, each))
      .join('; '),
    frame,
    box: [box.x0, box.top, box.x1, box.bottom].map((edge) => roundTo(edge, 2)),
    lists: listsOf(item),
    lines: lines.map((line) => tellLine(line, text, voice)),
    readings: item.readings
      .filter(({ reader }) => lines.length === 0 || reader === 'untrusted-text-layer')
      .map((reading) => tellReading(reading, text, voice)),
    flags: item.flags.map((code) => explainFlag(code, voice)),
    fields: item.fields.map((field) => tellField(field, voice)),
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

function readerIn({ reader, hint }: InspectedAnswer, { say }: Voice): string {
  if (hint === 'digits') return say('{reader}, asked for digits', { reader })
  return hint === 'code' ? say('{reader}, asked for a code', { reader }) : reader
}

function tellLine({ bboxPx, glyphHeightPx, isDirt, answers }: InspectedLine, chosen: string, voice: Voice) {
  const reference = answers[0]?.text ?? chosen
  const others = answers.some((answer) => foldForms(answer.text) !== foldForms(reference))
  return {
    box: [bboxPx.x0, bboxPx.top, bboxPx.x1, bboxPx.bottom].map((edge) => roundTo(edge, 1)),
    glyph: Math.round(glyphHeightPx),
    isDirt,
    answers: answers.map((answer, index) => ({
      reader: readerIn(answer, voice),
      confidence: percent(answer.confidence),
      isEmpty: answer.text === '',
      // The first answer is measured by the first that differs from it, every other one by the first.
      characters: tellCharacters(
        answer.characters,
        others
          ? ((index === 0 ? answers.find((a) => a.text !== reference)?.text : reference) ?? reference)
          : answer.text,
      ),
    })),
  }
}

function tellReading({ reader, lines, confidence, characters }: Reading, chosen: string, { say }: Voice) {
  const known =
    characters.length > 0 ? characters : [...lines.join('')].map((text) => ({ text, confidence: 1, alternatives: [] }))
  return {
    reader: reader === 'untrusted-text-layer' ? say("scanner's text layer") : reader,
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

function tellField(field: GradedField, voice: Voice) {
  const { language } = voice
  return {
    name: language === 'zh' ? `${fieldIn(language, field.name)} ${field.name}` : field.name,
    value: field.value,
    raw: field.raw,
    grade: field.grade,
    gradeTitle: gradeIn(voice, field.grade),
    confidence: percent(field.confidence),
    flags: field.flags.map(({ code, detail }) => {
      const told = findingIn(language, detail)
      return `${explainFlag(code, voice)}${language === 'zh' ? `（${told}）` : ` (${told})`}`
    }),
    evidence: field.evidence.map((text) => findingIn(language, text)),
    candidates: field.candidates.map((candidate) => ({
      ...candidate,
      evidence: findingIn(language, candidate.evidence),
      probability: percent(candidate.probability),
    })),
  }
}

/** What became of a value or a record, in words. */
export function gradeIn({ say }: Voice, grade: string): string {
  const grades: Readonly<Record<string, string>> = {
    accepted: say('accepted'),
    review: say('for review'),
    confirmed: say('confirmed'),
    corrected: say('corrected'),
  }
  return grades[grade] ?? grade
}

function explainFlag(code: string, { language }: Voice): string {
  const meaning = flagIn(language, code)
  return meaning === code ? code : `${code}${language === 'zh' ? '：' : ': '}${meaning}`
}

/** A share from 0 to 1 for people; '' where there is none. */
export function percent(share: number | null): string {
  return share === null ? '' : `${(share * 100).toFixed(1)} %`
}
