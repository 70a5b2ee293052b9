import { groupBy } from '../../model/group-by.ts'
import type { Check, CheckMember, GradedRecord } from '../../model/record.ts'
import type { PublishedDocument } from '../../publish/published-document.ts'
import { sortChecks, sortRecords, toPublishedGrade } from '../../publish/to-json-lines.ts'
import type { EvidenceWords } from './evidence-texts.ts'
import type { PagePicture } from './picture-view.ts'
import { documentFolder, recordFile, tableFile } from './site-places.ts'

/** A table of the site: the records that stand at one place of one page. `tableIndex` 0 is the prose of the page. */
export interface SiteTable {
  readonly pageNumber: number
  readonly tableIndex: number
  readonly file: string
  readonly records: readonly GradedRecord[]
  readonly checks: readonly Check[]
}

/** A document with everything that its pages are made from. */
export interface DocumentSite {
  readonly document: PublishedDocument
  readonly words: EvidenceWords
  readonly tables: readonly SiteTable[]
  readonly pictures: ReadonlyMap<number, PagePicture>
  /** The equations that a field takes part in. */
  checksOf(record: GradedRecord, field: string): readonly Check[]
  /** The page of a record, as seen from the pages of this document; null where the site has none. */
  findPage(member: CheckMember): string | null
}

/** Sorts out a document for its pages. */
export function toDocumentSite(
  document: PublishedDocument,
  pictures: ReadonlyMap<number, PagePicture>,
  words: EvidenceWords,
): DocumentSite {
  const { documentId } = document
  const records = sortRecords(document.records)
  const checks = sortChecks(document.checks)
  const places = new Set(records.map((record) => recordFile(documentId, record)))
  const related = new Set((document.related ?? []).map((other) => other.documentId))
  const byField = new Map<string, Check[]>()
  for (const check of checks) {
    const own = check.members.filter((member) => (member.documentId ?? documentId) === documentId)
    for (const key of new Set(own.map((member) => `${recordFile(documentId, member)}#${member.field}`))) {
      byField.set(key, [...(byField.get(key) ?? []), check])
    }
  }
  const checksAt = groupBy(checks, ({ pageNumber, tableIndex }) => tableFile(documentId, pageNumber, tableIndex))
  const grouped = groupBy(records, ({ pageNumber, tableIndex }) => tableFile(documentId, pageNumber, tableIndex))
  return {
    document,
    words,
    pictures,
    tables: [...grouped].map(([file, ofTable]) => ({
      file,
      pageNumber: ofTable[0]?.pageNumber ?? 1,
      tableIndex: ofTable[0]?.tableIndex ?? 0,
      records: ofTable,
      checks: checksAt.get(file) ?? [],
    })),
    checksOf: (record, field) => byField.get(`${recordFile(documentId, record)}#${field}`) ?? [],
    findPage(member) {
      const file = recordFile(documentId, member)
      const isElsewhere = member.documentId !== undefined && member.documentId !== documentId
      if (!isElsewhere) return places.has(file) ? file : null
      if (!related.has(member.documentId ?? '')) return null
      return `../../${documentFolder(member.documentId ?? '')}/${recordFile(member.documentId ?? '', member)}`
    },
  }
}

export interface FieldCounts {
  readonly records: number
  readonly fields: number
  readonly review: number
  readonly broken: number
}

/** How many fields there are and how many of them wait for a person. */
export function countFields(records: readonly GradedRecord[], checks: readonly Check[]): FieldCounts {
  const fields = records.flatMap((record) => record.fields)
  return {
    records: records.length,
    fields: fields.length,
    review: fields.filter((field) => toPublishedGrade(field) === 'review').length,
    broken: checks.filter(({ outcome }) => outcome === 'contradicted').length,
  }
}
