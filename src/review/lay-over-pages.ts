import { groupBy } from '../model/group-by.ts'
import type { Judgement } from '../model/judgement.ts'
import type { PageExtract } from '../model/page.ts'
import type { GradedField, GradedRecord } from '../model/record.ts'
import type { Cell } from '../model/table.ts'
import { findJudgedFields } from './lay-over-records.ts'
import type { Standing } from './settle-judgements.ts'

/** A field's value as it could stand in its cell. */
export type ToPrinted = (field: GradedField, value: string) => string

/** A cell's box, by which a field finds the cell that it was made of. */
function boxKey(pageNumber: number, { x0, top, x1, bottom }: Cell['bbox']): string {
  return `${pageNumber}/${x0}/${top}/${x1}/${bottom}`
}

/**
 * The pages with every judged cell read as the person read it, as sure as a trusted text layer: equations then start from
 * it and leave it as it is. Cells that nobody judged, unreadable ones and disputed ones stay as they were.
 */
export function layOverPages(
  pages: readonly PageExtract[],
  documentId: string,
  records: readonly GradedRecord[],
  standings: ReadonlyMap<string, Standing>,
  extractorVersion: string,
  toPrinted: ToPrinted,
): readonly PageExtract[] {
  const texts = judgedTexts(documentId, records, standings, extractorVersion, toPrinted)
  if (texts.size === 0) return pages
  return pages.map((page) => {
    const tables = page.tables.map((table) => ({
      ...table,
      cells: table.cells.map((cell) => {
        const text = texts.get(boxKey(page.pageNumber, cell.bbox))
        return text === undefined ? cell : readByPerson(cell, text)
      }),
    }))
    return { ...page, tables }
  })
}

function readByPerson(cell: Cell, text: string): Cell {
  const readings =
    text === '' ? [] : [{ reader: 'text-layer' as const, lines: [text], confidence: null, characters: [] }]
  return { ...cell, text, origin: 'text', confidence: null, readings, flags: [] }
}

/** What each judged cell says, by `boxKey`. */
function judgedTexts(
  documentId: string,
  records: readonly GradedRecord[],
  standings: ReadonlyMap<string, Standing>,
  extractorVersion: string,
  toPrinted: ToPrinted,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const record of records) {
    const judged = findJudgedFields(documentId, record, standings, extractorVersion)
    if (judged.size === 0) continue
    for (const [key, fields] of groupBy(record.fields, (field) => boxKey(field.pageNumber, field.bbox))) {
      const text = fields.some(({ name }) => judged.has(name)) ? cellText(fields, judged, toPrinted) : null
      if (text !== null) texts.set(key, text)
    }
  }
  return texts
}

/** A cell of one field prints its value; a cell of code and name prints both, the code in brackets. */
function cellText(
  fields: readonly GradedField[],
  judged: ReadonlyMap<string, Judgement>,
  toPrinted: ToPrinted,
): string | null {
  const values = fields.map((field) => {
    const judgement = judged.get(field.name)
    if (judgement?.verdict === 'unreadable') return null
    return judgement === undefined ? valueBeside(field, fields, judged) : judgement.value
  })
  const [first] = fields
  if (fields.length === 1) {
    const isUnread = first === undefined || judged.get(first.name)?.verdict === 'unreadable'
    if (isUnread) return null
    return values[0] === null || values[0] === undefined ? '' : toPrinted(first, values[0])
  }
  const code = fields.findIndex(({ name }) => name.endsWith('_code'))
  const name = fields.findIndex((field) => field.name.endsWith('_name'))
  const [codeValue, nameValue] = [values[code] ?? null, values[name] ?? null]
  if (fields.length !== 2 || codeValue === null || nameValue === null) return null
  return `[${codeValue}]${nameValue}`
}

/** What stands beside a judged code or name in its cell: what the same entry of the catalogue has there. */
function valueBeside(
  field: GradedField,
  fields: readonly GradedField[],
  judged: ReadonlyMap<string, Judgement>,
): string | null {
  const other = fields.find(({ name }) => judged.has(name))
  const value = other === undefined ? null : (judged.get(other.name)?.value ?? null)
  const entry = other?.candidates.find((candidate) => candidate.value === value)?.label
  return field.candidates.find(({ label }) => label === entry)?.value ?? field.value
}
