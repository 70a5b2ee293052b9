import { basename } from 'node:path'
import type { PageExtract } from '../src/model/page.ts'
import type { GradedField, GradedRecord } from '../src/model/record.ts'
import { assembleDocument } from '../src/queue/assemble-document.ts'
import { openStore } from '../src/store/open-store.ts'
import { readExtract } from '../src/store/pages.ts'
import { readDictionaries } from '../src/store/read-dictionaries.ts'
import { localStore } from '../src/store/store-location.ts'
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

/**
 * Judges every field of the documents in `folder` by their truth. Their pages come from the output folder `out`, where
 * `ingest` left them; what the pages mean is worked out anew, by the code as it is now.
 */
export async function collectExamples(folder: string, out: string): Promise<readonly JudgedField[]> {
  const truths = new Map(findCases(folder).map((one) => [basename(one.path), one.records]))
  const dictionaries = await readDictionaries()
  const store = await openStore(localStore(out), 'existing')
  try {
    const examples: JudgedField[] = []
    for (const document of await store.documents.getAll(await store.documents.ids())) {
      const truth = truths.get(document.fileName)
      const pages = await store.pages.findAll(document.pageJobIds)
      if (truth == null || pages.length < document.pageJobIds.length) continue
      const extracts: PageExtract[] = []
      for (const page of pages.filter(({ artefact }) => artefact !== null)) {
        extracts.push(await readExtract(store.artefacts, page))
      }
      const outcome = assembleDocument(extracts, dictionaries, document.fileName)
      const drafts = new Map<string, GradedField>()
      for (const record of outcome.records) {
        for (const field of record.fields) drafts.set(`${record.recordType} ${placeOf(record)} ${field.name}`, field)
      }
      const { fields } = scoreRecords(document.fileName, truth, outcome.records.map(toFoundRecord))
      for (const { recordType, place, name, truth: wanted, isRight } of fields) {
        const field = drafts.get(`${recordType} ${place} ${name}`)
        if (field !== undefined) examples.push({ document: document.fileName, place, field, truth: wanted, isRight })
      }
    }
    return examples
  } finally {
    await store.close()
  }
}
