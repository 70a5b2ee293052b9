import { PLAIN_VOICE, type Voice } from '../../language/voice.ts'
import { RECORD_TYPES, type RecordType } from '../../model/record.ts'
import { RECORD_TITLES } from '../field-titles.ts'
import { fieldIn } from '../languages.ts'
import { printableText } from '../printable-text.ts'
import type { RecordDifference, RecordVerification, VerificationOutcome } from './compare-records.ts'

const OUTCOMES: readonly VerificationOutcome[] = ['same', 'reworded', 'differs', 'missing', 'underivable']
const WIDTH = 'underivable'.length
const LONGEST_VALUE = 120

/** What came of one record, with a line for every difference; ends with a line end. */
export function formatVerification(
  { published, outcome, differences, trouble }: RecordVerification,
  voice: Voice = PLAIN_VOICE,
): string {
  const { record_id: id, record_type: type, page_number: page, file_name: file, fields } = published
  const values = { type: typeIn(voice, type), page, file, count: Object.keys(fields).length }
  const place = voice.say('{type}, page {page} of {file}, {count} fields', values)
  const head = `${outcome.padEnd(WIDTH)}  ${id}  ${place}`
  const told = differences.map((difference) => describeDifference(difference, voice))
  const lines = [head, ...told, ...(trouble === null ? [] : [`    ${trouble}`])]
  return `${lines.map(printableText).join('\n')}\n`
}

function typeIn({ language }: Voice, type: string): string {
  return language === 'zh' && isRecordType(type) ? `${RECORD_TITLES[type]} ${type}` : type
}

function isRecordType(type: string): type is RecordType {
  return (RECORD_TYPES as readonly string[]).includes(type)
}

function describeDifference({ field, property, published, derived }: RecordDifference, voice: Voice): string {
  const { say, language } = voice
  const name = field !== null && language === 'zh' ? `${fieldIn(language, field)} ${field}` : field
  const where = name === null ? property : `${name}, ${property}`
  const values = { where, published: quote(published, voice), derived: quote(derived, voice) }
  return `    ${say('{where}: published {published}, derived {derived}', values)}`
}

function quote(text: string | null, { say }: Voice): string {
  if (text === null) return say('nothing')
  return JSON.stringify(text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text)
}

/** '12 records derived again: 11 the same, 1 differ'. */
export function summarizeVerifications(
  verifications: readonly RecordVerification[],
  { say, language }: Voice = PLAIN_VOICE,
): string {
  const words: Readonly<Record<VerificationOutcome, string>> = {
    same: say('the same'),
    reworded: say('the same values, told differently'),
    differs: say('differ'),
    missing: say('no longer found'),
    underivable: say('could not be derived'),
  }
  const counts = OUTCOMES.map((outcome) => ({ outcome, count: countOf(verifications, outcome) }))
  const told = counts.filter(({ count }) => count > 0).map(({ outcome, count }) => `${count} ${words[outcome]}`)
  const count = verifications.length
  const head = count === 1 ? say('1 record derived again') : say('{count} records derived again', { count })
  return language === 'zh' ? `${head}：${told.join('，')}` : `${head}: ${told.join(', ')}`
}

function countOf(verifications: readonly RecordVerification[], outcome: VerificationOutcome): number {
  return verifications.filter((verification) => verification.outcome === outcome).length
}

/** The same for programs; keys are stable. */
export function toVerificationJson(verifications: readonly RecordVerification[]): object {
  return {
    ...Object.fromEntries(OUTCOMES.map((outcome) => [outcome, countOf(verifications, outcome)])),
    records: verifications.map(({ published, outcome, differences, trouble }) => ({
      record_id: published.record_id,
      record_type: published.record_type,
      document_id: published.document_id,
      file_name: published.file_name,
      page_number: published.page_number,
      outcome,
      differences,
      trouble,
    })),
  }
}
