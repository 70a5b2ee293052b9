import type { GradedRecord, RecordType } from '../model/record.ts'
import { FIELD_COLUMNS } from './field-columns.ts'
import type { PublishedDocument } from './published-document.ts'
import { sortRecords, toRecordId } from './to-json-lines.ts'

/** Spreadsheet programs take a CSV for UTF-8 only when it begins with this. */
export const BYTE_ORDER_MARK = '\uFEFF'

const PLACE_COLUMNS = [
  'record_id',
  'status',
  'file_name',
  'publisher',
  'fiscal_year',
  'page_number',
  'table_index',
  'row_index',
] as const

/** The column for fields that have none of their own: `name=value` pairs. */
const MORE = 'more'

/** The header line of a record type's CSV, without line end. `flags` holds `field:code` pairs. */
export function toCsvHeader(recordType: RecordType): string {
  return toCsvLine([...PLACE_COLUMNS, ...FIELD_COLUMNS[recordType], 'flags'])
}

/** One CSV line a record of `recordType`, sorted. */
export function toCsvLines(document: PublishedDocument, recordType: RecordType): readonly string[] {
  return sortRecords(document.records)
    .filter((record) => record.recordType === recordType)
    .map((record) => toCsvLine(recordToRow(document, record)))
}

function recordToRow(document: PublishedDocument, record: GradedRecord): readonly string[] {
  const values = new Map(record.fields.map((field) => [field.name, field.value ?? '']))
  const flags = record.fields.flatMap((field) => field.flags.map((flag) => `${field.name}:${flag.code}`))
  return [
    toRecordId(document.documentId, record),
    record.status,
    document.fileName,
    document.publisher ?? '',
    document.fiscalYear === null ? '' : String(document.fiscalYear),
    String(record.pageNumber),
    String(record.tableIndex),
    String(record.rowIndex),
    ...FIELD_COLUMNS[record.recordType].map((name) => (name === MORE ? moreOf(record) : (values.get(name) ?? ''))),
    flags.join(' '),
  ].map(defuseFormula)
}

function moreOf({ recordType, fields }: GradedRecord): string {
  const listed = new Set(FIELD_COLUMNS[recordType])
  return fields.flatMap(({ name, value }) => (listed.has(name) || value === null ? [] : [`${name}=${value}`])).join(' ')
}

/**
 * A spreadsheet would run a text that begins like a formula; an apostrophe makes it text. Numbers stay as they are,
 * and records.jsonl always holds the value itself.
 */
export function defuseFormula(value: string): string {
  const looksLikeFormula = /^[=+\-@\t\r]/.test(value)
  return looksLikeFormula && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value
}

/** Quoted as RFC 4180 wants it, and only where it must be. */
export function toCsvLine(values: readonly string[]): string {
  return values.map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',')
}
