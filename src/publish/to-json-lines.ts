import type { BoundingBox } from '../model/bounding-box.ts'
import type { Judgement } from '../model/judgement.ts'
import type { Check, GradedField, GradedRecord, RecordStatus } from '../model/record.ts'
import type { PublishedDocument } from './published-document.ts'

const RECORD_ID_HEX = 16

/** A place in a table; records have one, and members of equations point to one. */
interface RowPlace {
  readonly pageNumber: number
  readonly tableIndex: number
  readonly rowIndex: number
}

/** `<16 hex of the document>-p007-t1-r003`: the same row keeps its id for ever. */
export function toRecordId(documentId: string, { pageNumber, tableIndex, rowIndex }: RowPlace): string {
  const page = String(pageNumber).padStart(3, '0')
  const row = String(rowIndex).padStart(3, '0')
  return `${documentId.slice(0, RECORD_ID_HEX)}-p${page}-t${tableIndex}-r${row}`
}

/** Records by page, table, row: the order of every output file. */
export function sortRecords(records: readonly GradedRecord[]): readonly GradedRecord[] {
  return records.toSorted(byPlace)
}

function byPlace(a: RowPlace, b: RowPlace): number {
  return a.pageNumber - b.pageNumber || a.tableIndex - b.tableIndex || a.rowIndex - b.rowIndex
}

/** The lines of records.jsonl of one document. Key order is part of the format: the file is compared byte by byte. */
export function toRecordLines(document: PublishedDocument): readonly string[] {
  return sortRecords(document.records).map((record) =>
    JSON.stringify({
      record_id: toRecordId(document.documentId, record),
      record_type: record.recordType,
      document_id: document.documentId,
      file_name: document.fileName,
      publisher: document.publisher,
      fiscal_year: document.fiscalYear,
      page_number: record.pageNumber,
      table_index: record.tableIndex,
      row_index: record.rowIndex,
      status: record.status,
      fields: Object.fromEntries(record.fields.map((field) => [field.name, toFieldJson(field)])),
    }),
  )
}

function toFieldJson(field: GradedField) {
  return {
    value: field.value,
    raw: field.raw,
    grade: toPublishedGrade(field),
    confidence: roundTo(field.confidence, 3),
    flags: field.flags.map((flag) => flag.code),
    source: { page_number: field.pageNumber, bbox: toBoxJson(field.bbox), origin: field.support.origin },
    evidence: field.evidence,
    ...(field.judgement === undefined ? {} : toJudgedJson(field.judgement)),
  }
}

/** confirmed or corrected after a person, by whether the machine's value was changed. */
export function toPublishedGrade({ grade, judgement }: GradedField): RecordStatus {
  if (judgement === undefined) return grade
  return judgement.value === judgement.machineValue ? 'confirmed' : 'corrected'
}

/** What stands in a field only after a person judged it. */
function toJudgedJson({ machineValue, verdict, reviewer, judgedAt, reason }: Judgement) {
  return { machine_value: machineValue, verdict, judged_by: reviewer, judged_at: judgedAt, reason }
}

/** [x0, top, x1, bottom] in points, two decimals. */
export function toBoxJson({ x0, top, x1, bottom }: BoundingBox): readonly number[] {
  return [x0, top, x1, bottom].map((edge) => roundTo(edge, 2))
}

export function roundTo(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale
}

/** The line of documents.jsonl. */
export function toDocumentLine(document: PublishedDocument): string {
  return JSON.stringify({
    document_id: document.documentId,
    file_name: document.fileName,
    other_names: document.otherNames,
    title: document.title,
    publisher: document.publisher,
    fiscal_year: document.fiscalYear,
    district: document.district,
    department: document.department,
    source_url: document.sourceUrl,
    page_count: document.pageCount,
    status: document.status,
    error: document.error,
    pages: document.pages.map((page) => ({
      page_number: page.pageNumber,
      kind: page.kind,
      reason: page.reason,
      tables: page.tableCount,
      warnings: page.warnings,
      error: page.error,
    })),
    related: (document.related ?? []).map(({ documentId, fileName, relation }) => ({
      document_id: documentId,
      file_name: fileName,
      relation,
    })),
    unused_tables: document.unusedTables.map((table) => ({
      page_number: table.pageNumber,
      table_index: table.tableIndex,
      reason: table.reason,
      amounts: table.amounts,
    })),
  })
}

/** The lines of checks.jsonl of one document, by page and table; within a table in the order they were tried. */
export function toCheckLines(document: PublishedDocument): readonly string[] {
  return sortChecks(document.checks).map((check) => JSON.stringify(toCheckJson(document.documentId, check)))
}

/** Checks by page and table; within a table in the order they were tried. */
export function sortChecks(checks: readonly Check[]): readonly Check[] {
  return checks.toSorted((a, b) => a.pageNumber - b.pageNumber || a.tableIndex - b.tableIndex)
}

function toCheckJson(documentId: string, check: Check) {
  return {
    document_id: documentId,
    page_number: check.pageNumber,
    table_index: check.tableIndex,
    kind: check.kind,
    where: check.where,
    members: check.members.map((member) => ({
      record_id: toRecordId(member.documentId ?? documentId, member),
      field: member.field,
    })),
    expected: check.expected,
    found: check.found,
    difference: check.difference,
    outcome: check.outcome,
  }
}
