import { type Judgement, placeKey } from '../model/judgement.ts'
import type { GradedField, GradedRecord, RecordStatus } from '../model/record.ts'
import { carriesOver } from './carry-judgement.ts'
import type { Standing } from './settle-judgements.ts'

/** The settled judgements that speak of a record's fields as this run extracted them, by field name. */
export function findJudgedFields(
  documentId: string,
  record: GradedRecord,
  standings: ReadonlyMap<string, Standing>,
  extractorVersion: string,
): ReadonlyMap<string, Judgement> {
  return new Map(
    record.fields.flatMap((field) => {
      const standing = standings.get(keyOf(documentId, record, field.name))
      if (standing?.kind !== 'settled') return []
      const { judgement } = standing
      return carriesOver(judgement, { ...field, extractorVersion }) ? [[field.name, judgement] as const] : []
    }),
  )
}

export function keyOf(
  documentId: string,
  record: Pick<GradedRecord, 'pageNumber' | 'tableIndex' | 'rowIndex'>,
  field: string,
): string {
  const { pageNumber, tableIndex, rowIndex } = record
  return placeKey({ documentId, pageNumber, tableIndex, rowIndex, field })
}

/**
 * Records with what people said laid over them: their value is published, the machine's stays in the judgement. Where
 * reviewers differ the field is for review whatever its grade was. `machine` holds the records as the machine alone made
 * them; judgements are held against those.
 */
export function layOverRecords(
  documentId: string,
  machine: readonly GradedRecord[],
  settled: readonly GradedRecord[],
  standings: ReadonlyMap<string, Standing>,
  extractorVersion: string,
): readonly GradedRecord[] {
  const alone = new Map(machine.map((record) => [keyOf(documentId, record, ''), record]))
  return settled.map((record) => {
    const own = alone.get(keyOf(documentId, record, '')) ?? record
    const judged = findJudgedFields(documentId, own, standings, extractorVersion)
    const fields = record.fields.map((field) => {
      const judgement = judged.get(field.name)
      if (judgement !== undefined) return withJudgement(field, own, judgement)
      const standing = standings.get(keyOf(documentId, record, field.name))
      return standing?.kind === 'conflict' ? disputed(field, standing.judgements) : field
    })
    return { ...record, fields, status: toStatus(fields) }
  })
}

/** The field as the machine alone had it, with the person's value. */
function withJudgement(field: GradedField, own: GradedRecord, judgement: Judgement): GradedField {
  const machine = own.fields.find(({ name }) => name === field.name) ?? field
  return { ...machine, value: judgement.value, grade: 'accepted', judgement }
}

function disputed(field: GradedField, judgements: readonly Judgement[]): GradedField {
  const detail = judgements
    .map(({ reviewer, value }) => `${reviewer}: ${value ?? '(nothing)'}`)
    .toSorted()
    .join('; ')
  return { ...field, grade: 'review', flags: [...field.flags, { code: 'judgements-disagree', detail }] }
}

export function toStatus(fields: readonly GradedField[]): RecordStatus {
  if (fields.some(({ grade }) => grade === 'review')) return 'review'
  const judgements = fields.flatMap(({ judgement }) => judgement ?? [])
  if (judgements.length === 0) return 'accepted'
  return judgements.some(({ value, machineValue }) => value !== machineValue) ? 'corrected' : 'confirmed'
}
