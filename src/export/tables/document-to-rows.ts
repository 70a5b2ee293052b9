import type { Check, GradedField, GradedRecord, RecordType } from '../../model/record.ts'
import type { PublishedDocument } from '../../publish/published-document.ts'
import { roundTo, sortChecks, sortRecords, toPublishedGrade, toRecordId } from '../../publish/to-json-lines.ts'
import type { CatalogueLinks } from './catalogue-links.ts'
import { ENTRY_LINKS, fieldColumns } from './record-tables.ts'
import { fitsType, type Row, type TableRows } from './table-definition.ts'

const DOCUMENT_ID_HEX = 16
const BOX_DECIMALS = 2
const CONFIDENCE_DECIMALS = 3

/** Everything that a document adds to the tables of the dataset, in the order of records.jsonl. */
export function documentToRows(document: PublishedDocument, links: CatalogueLinks): TableRows {
  const { documentId } = document
  const records = sortRecords(document.records)
  const rows = new Map<string, Row[]>([
    ['documents', [toDocumentRow(document)]],
    ['pages', document.pages.map((page) => toPageRow(documentId, page))],
    [
      'unused_tables',
      document.unusedTables.map((table) => [
        documentId,
        String(table.pageNumber),
        String(table.tableIndex),
        table.reason,
        String(table.amounts),
      ]),
    ],
    [
      'related_documents',
      (document.related ?? []).map((other) => [documentId, other.documentId, other.fileName, other.relation]),
    ],
    ['records', records.map((record) => toPlaceRow(documentId, record))],
    [
      'cell_provenance',
      records.flatMap((record) => record.fields.map((field) => toCellRow(documentId, record, field))),
    ],
  ])
  for (const [recordType, some] of groupByType(records)) {
    rows.set(
      recordType,
      some.map((record) => toRecordRow(document, record, links)),
    )
  }
  const checks = sortChecks(document.checks).map((check, index) => ({ check, id: checkId(documentId, index) }))
  rows.set(
    'checks',
    checks.map(({ check, id }) => toCheckRow(documentId, id, check)),
  )
  rows.set(
    'check_members',
    checks.flatMap(({ check, id }) => toMemberRows(documentId, id, check)),
  )
  return rows
}

function groupByType(records: readonly GradedRecord[]): ReadonlyMap<RecordType, readonly GradedRecord[]> {
  const groups = new Map<RecordType, GradedRecord[]>()
  for (const record of records) {
    const group = groups.get(record.recordType)
    if (group === undefined) groups.set(record.recordType, [record])
    else group.push(record)
  }
  return groups
}

function toDocumentRow(document: PublishedDocument): Row {
  const { otherNames, fiscalYear, pageCount, error } = document
  return [
    document.documentId,
    document.fileName,
    otherNames.length === 0 ? null : JSON.stringify(otherNames),
    document.title,
    document.publisher,
    textOf(fiscalYear),
    document.district,
    document.department,
    document.sourceUrl,
    textOf(pageCount),
    document.status,
    error?.code ?? null,
    error?.message ?? null,
  ]
}

function toPageRow(documentId: string, page: PublishedDocument['pages'][number]): Row {
  const { pageNumber, kind, reason, tableCount, warnings, error } = page
  const told = warnings.length === 0 ? null : JSON.stringify(warnings)
  const failure = [error?.code ?? null, error?.message ?? null]
  return [documentId, String(pageNumber), kind, reason, String(tableCount), told, ...failure]
}

function toPlaceRow(documentId: string, record: GradedRecord): Row {
  const { recordType, pageNumber, tableIndex, rowIndex, status } = record
  const place = [pageNumber, tableIndex, rowIndex].map(String)
  return [toRecordId(documentId, record), recordType, documentId, ...place, status]
}

function toRecordRow(document: PublishedDocument, record: GradedRecord, links: CatalogueLinks): Row {
  const { documentId, publisher, fiscalYear } = document
  const columns = fieldColumns(record.recordType)
  const values = new Map(record.fields.map(({ name, value }) => [name, value]))
  const fitting = columns.map(({ name, type }) => {
    const value = values.get(name) ?? null
    return value !== null && value !== '' && fitsType(type, value) ? value : null
  })
  const shown = new Set(columns.flatMap(({ name }, index) => (fitting[index] === null ? [] : [name])))
  const more = record.fields.filter(({ name, value }) => value !== null && value !== '' && !shown.has(name))
  const flags = record.fields.flatMap((field) => field.flags.map((flag) => `${field.name}:${flag.code}`))
  return [
    toRecordId(documentId, record),
    documentId,
    record.status,
    publisher,
    textOf(fiscalYear),
    String(record.pageNumber),
    ...fitting,
    ...ENTRY_LINKS[record.recordType].map((link) => links.find(link, record, fiscalYear)),
    more.length === 0 ? null : JSON.stringify(Object.fromEntries(more.map(({ name, value }) => [name, value]))),
    flags.length === 0 ? null : flags.join(' '),
  ]
}

function toCellRow(documentId: string, record: GradedRecord, field: GradedField): Row {
  const { bbox, readings, candidates, judgement } = field
  const box = [bbox.x0, bbox.top, bbox.x1, bbox.bottom].map((edge) => decimalText(edge, BOX_DECIMALS))
  const readers = [...new Set(readings.map(({ reader }) => reader))]
  return [
    toRecordId(documentId, record),
    field.name,
    documentId,
    String(field.pageNumber),
    ...box,
    field.support.origin,
    readers.length === 0 ? null : readers.join(' '),
    field.raw,
    field.value,
    field.evidence.length === 0 ? null : field.evidence.join('; '),
    candidates.length === 0 ? null : JSON.stringify(candidates),
    toPublishedGrade(field),
    decimalText(field.confidence, CONFIDENCE_DECIMALS),
    field.flags.length === 0 ? null : field.flags.map(({ code }) => code).join(' '),
    judgement?.machineValue ?? null,
    judgement?.verdict ?? null,
    judgement?.reviewer ?? null,
    judgement?.judgedAt ?? null,
    judgement?.reason ?? null,
  ]
}

function checkId(documentId: string, index: number): string {
  return `${documentId.slice(0, DOCUMENT_ID_HEX)}-c${String(index + 1).padStart(4, '0')}`
}

function toCheckRow(documentId: string, id: string, check: Check): Row {
  const { pageNumber, tableIndex, kind, where, expected, found, difference, outcome } = check
  return [id, documentId, String(pageNumber), String(tableIndex), kind, where, expected, found, difference, outcome]
}

function toMemberRows(documentId: string, id: string, { members }: Check): readonly Row[] {
  return members.map((member, index) => [
    id,
    String(index + 1),
    toRecordId(member.documentId ?? documentId, member),
    member.field,
  ])
}

function textOf(number: number | null): string | null {
  return number === null ? null : String(number)
}

/** Never in the notation with an exponent, which no decimal column takes. */
function decimalText(value: number, decimals: number): string {
  const text = roundTo(value, decimals)
    .toFixed(decimals)
    .replace(/\.?0+$/, '')
  return text === '-0' ? '0' : text
}
