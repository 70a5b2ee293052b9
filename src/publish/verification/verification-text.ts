import { PLAIN_VOICE, type Voice } from '../../language/voice.ts'
import { printableText } from '../printable-text.ts'
import type { RecordDifference, RecordVerification, VerificationOutcome } from './compare-records.ts'

const OUTCOMES: readonly VerificationOutcome[] = ['same', 'reworded', 'differs', 'missing', 'underivable']
const WORDS: Readonly<Record<VerificationOutcome, string>> = {
  same: 'the same',
  reworded: 'the same values, told differently',
  differs: 'differ',
  missing: 'no longer found',
  underivable: 'could not be derived',
}
const WIDTH = 'underivable'.length
const LONGEST_VALUE = 120

/** What came of one record, with a line for every difference; ends with a line end. */
export function formatVerification({ published, outcome, differences, trouble }: RecordVerification): string {
  const { record_id: id, record_type: type, page_number: page, file_name: file, fields } = published
  const head = `${outcome.padEnd(WIDTH)}  ${id}  ${type}, page ${page} of ${file}, ${Object.keys(fields).length} fields`
  const lines = [head, ...differences.map(describeDifference), ...(trouble === null ? [] : [`    ${trouble}`])]
  return `${lines.map(printableText).join('\n')}\n`
}

function describeDifference({ field, property, published, derived }: RecordDifference): string {
  const where = field === null ? property : `${field}, ${property}`
  return `    ${where}: published ${quote(published)}, derived ${quote(derived)}`
}

function quote(text: string | null): string {
  if (text === null) return 'nothing'
  return JSON.stringify(text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text)
}

/** '12 records derived again: 11 the same, 1 differ'. */
export function summarizeVerifications(
  verifications: readonly RecordVerification[],
  { say, language }: Voice = PLAIN_VOICE,
): string {
  const counts = OUTCOMES.map((outcome) => ({ outcome, count: countOf(verifications, outcome) }))
  const told = counts.filter(({ count }) => count > 0).map(({ outcome, count }) => `${count} ${say(WORDS[outcome])}`)
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
