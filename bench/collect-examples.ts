import { basename } from 'node:path'
import type { GradedField, GradedRecord } from '../src/model/record.ts'
import { openStore } from '../src/store/open-store.ts'
import { findCases } from './find-cases.ts'
import { type FoundRecord, scoreRecords } from './score-records.ts'

/** A field that the pipeline gave, with what spoke for it, and whether it is right. */
export interface JudgedField {
  readonly document: string
  readonly place: string
  readonly field: GradedField
  readonly truth: string | null
  readonly isRight: boolean
}

function placeOf(record: GradedRecord): string {
  return `p${record.pageNumber} t${record.tableIndex} r${record.rowIndex}`
}

function toFoundRecord(record: GradedRecord): FoundRecord {
  const fields = record.fields.map(({ name, value, raw, grade, confidence, flags }) => {
    return [name, { value, raw, grade, confidence, flags: flags.map((flag) => flag.code) }] as const
  })
  return {
    record_type: record.recordType,
    page_number: record.pageNumber,
    table_index: record.tableIndex,
    row_index: record.rowIndex,
    status: record.status,
    fields: Object.fromEntries(fields),
  }
}

/** Judges every field in the output folder `out` of the documents in `folder` by their truth. */
export async function collectExamples(folder: string, out: string): Promise<readonly JudgedField[]> {
  const truths = new Map(findCases(folder).map((one) => [basename(one.path), one.records]))
  const store = await openStore(out, 'existing')
  try {
    return store.documents.ids().flatMap((id) => {
      const document = store.documents.get(id)
      const truth = truths.get(document.fileName)
      const outcome = document.assembleId === null ? null : store.assemblies.find(document.assembleId)
      if (truth == null || outcome === null) return []
      const drafts = new Map<string, GradedField>()
      for (const record of outcome.records) {
        for (const field of record.fields) drafts.set(`${record.recordType} ${placeOf(record)} ${field.name}`, field)
      }
      const { fields } = scoreRecords(document.fileName, truth, outcome.records.map(toFoundRecord))
      return fields.flatMap((scored) => {
        const field = drafts.get(`${scored.recordType} ${scored.place} ${scored.name}`)
        const { place, truth: wanted, isRight } = scored
        return field === undefined ? [] : [{ document: document.fileName, place, field, truth: wanted, isRight }]
      })
    })
  } finally {
    store.close()
  }
}
