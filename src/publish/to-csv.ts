import type { GradedRecord, RecordType } from '../model/record.ts'
import type { PublishedDocument } from './published-document.ts'
import { sortRecords, toRecordId } from './to-json-lines.ts'

/** Spreadsheet programs take a CSV for UTF-8 only when it begins with this. */
export const BYTE_ORDER_MARK = '\uFEFF'

/** The columns of each record type's CSV, in the order of a printed table; columns a page lacks stay empty. */
export const FIELD_COLUMNS: Readonly<Record<RecordType, readonly string[]>> = {
  procurement_line: [
    'unit_code',
    'unit_name',
    'project_name',
    'item_code',
    'item_name',
    'function_code',
    'function_name',
    'economic_code',
    'economic_name',
    'fund_source',
    'fund_nature',
    'quantity',
    'unit_of_measure',
    'unit_price',
    'amount',
    'amount_sme',
    'amount_micro',
  ],
  service_purchase_line: [
    'unit_code',
    'unit_name',
    'includes_procurement',
    'project_name',
    'service_content',
    'quantity',
    'amount',
    'fund_source',
    'fund_nature',
    'function_code',
    'function_name',
    'economic_code',
    'economic_name',
    'directory_level1',
    'directory_level2',
    'directory_level3',
  ],
}

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
    ...FIELD_COLUMNS[record.recordType].map((name) => values.get(name) ?? ''),
    flags.join(' '),
  ].map(defuseFormula)
}

/**
 * A spreadsheet would run a text that begins like a formula; an apostrophe makes it text. Numbers stay as they are,
 * and records.jsonl always holds the value itself.
 */
function defuseFormula(value: string): string {
  const looksLikeFormula = /^[=+\-@\t\r]/.test(value)
  return looksLikeFormula && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value
}

/** Quoted as RFC 4180 wants it, and only where it must be. */
export function toCsvLine(values: readonly string[]): string {
  return values.map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',')
}
