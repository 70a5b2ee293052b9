import { Judgement } from '../model/judgement.ts'
import { parseCsvRecords } from '../model/parse-csv.ts'

/** One judgement a line, oldest first as they were given. */
export function toJudgementLines(judgements: readonly Judgement[]): string {
  return judgements.map((judgement) => `${JSON.stringify(judgement)}\n`).join('')
}

const PLACE_COLUMNS = ['document_id', 'page_number', 'table_index', 'row_index', 'field'] as const
const COLUMNS = [
  'judgement_id',
  ...PLACE_COLUMNS,
  'record_type',
  'verdict',
  'value',
  'machine_value',
  'raw',
  'purpose',
  'reason',
  'reviewer',
  'judged_at',
  'content',
] as const

/** For spreadsheets. The column `content` holds the whole judgement: what is imported is read from it alone. */
export function toJudgementsCsv(judgements: readonly Judgement[]): string {
  const rows = judgements.map((judgement) => {
    const { place, value, machineValue, raw, verdict, recordType, purpose, reason, reviewer, judgedAt } = judgement
    const { documentId, pageNumber, tableIndex, rowIndex, field } = place
    return [
      judgement.judgementId,
      documentId,
      String(pageNumber),
      String(tableIndex),
      String(rowIndex),
      field,
      recordType,
      verdict,
      value ?? '',
      machineValue ?? '',
      raw,
      purpose,
      reason,
      reviewer,
      judgedAt,
      JSON.stringify(judgement),
    ]
  })
  return [COLUMNS, ...rows].map((row) => `${row.map(quote).join(',')}\r\n`).join('')
}

/** Quoted always, and a text that a spreadsheet would run as a formula begins with an apostrophe. */
function quote(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

/** Judgements from either form, as exported. Throws a SyntaxError that names the line. */
export function parseJudgements(text: string): readonly Judgement[] {
  const start = text.replace(/^\uFEFF/, '').trimStart()
  if (start === '') return []
  const lines = start.startsWith('{')
    ? start.split(/\r?\n/).filter((line) => line.trim() !== '')
    : parseCsvRecords(start, ['content']).map(({ content }) => content)
  return lines.map((line, index) => {
    const parsed = Judgement.safeParse(parseJson(line, index + 1))
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    throw new SyntaxError(`line ${index + 1}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'no judgement'}`)
  })
}

function parseJson(line: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    throw new SyntaxError(`line ${number}: ${error instanceof Error ? error.message : 'no JSON'}`, { cause: error })
  }
}
