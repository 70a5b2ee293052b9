import { describe, expect, test } from 'vitest'
import { normalizeDocument } from '../../src/normalize/normalize-document.ts'
import { compareYears, digestDocument, relatedDocuments } from '../../src/publish/link-documents.ts'
import type { PublishedDocument } from '../../src/publish/published-document.ts'
import { toCheckLines, toDocumentLine } from '../../src/publish/to-json-lines.ts'
import { gradeRecords } from '../../src/review/grade-records.ts'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'
import { buildPage, type CellSketch } from '../support/factory.ts'

const dictionaries = readDictionaries()

/** A published document whose second page is a table of expenditure with last year's budget beside this year's. */
function document(documentId: string, title: string, total: string, before: string, sentence = ''): PublishedDocument {
  const rows: readonly (readonly CellSketch[])[] = [
    ['科目编码', '科目名称', '合计', '上年预算数'],
    ['205', '教育支出', total, before],
    ['合计', '<', total, before],
  ]
  const pages = [
    buildPage({ lines: [title, sentence] }),
    buildPage({ pageNumber: 2, lines: ['支出总表', '单位：万元'], tables: [{ rows }] }),
  ]
  const { records, ...outcome } = normalizeDocument(pages, dictionaries, { fileName: `${documentId}.pdf` })
  return {
    ...outcome,
    documentId: documentId.padEnd(64, '0'),
    fileName: `${documentId}.pdf`,
    otherNames: [],
    district: null,
    department: null,
    sourceUrl: null,
    pageCount: 2,
    status: 'complete',
    error: null,
    pages: [],
    records: gradeRecords(records),
  }
}

const BUDGET_2024 = document(
  'a',
  '某市某区教育局2024年部门预算公开',
  '100.00',
  '90.00',
  '2024年支出预算100万元，比2023年预算增加10万元。',
)
const BUDGET_2023 = document('b', '某市某区教育局2023年部门预算公开', '90.00', '80.00')
const UNIT_2024 = document('c', '某市某区教育局（本级）2024年单位预算公开', '100.00', '90.00')
const OTHER_2024 = document('d', '某市某区卫生健康局2024年部门预算公开', '100.00', '90.00')
const ACCOUNTS_2024 = document('e', '某市某区教育局2024年度部门决算公开', '99.00', '90.00')

const relationsOf = (own: PublishedDocument, ...others: readonly PublishedDocument[]) => {
  const digests = [own, ...others].map(digestDocument)
  const [first] = digests
  return first === undefined
    ? []
    : relatedDocuments(first, digests).map(({ fileName, relation }) => [fileName, relation])
}

describe('documents of one body are linked', () => {
  test('to the year before and after', () => {
    expect(relationsOf(BUDGET_2024, BUDGET_2023)).toEqual([['b.pdf', 'previous_year']])
    expect(relationsOf(BUDGET_2023, BUDGET_2024)).toEqual([['a.pdf', 'next_year']])
  })
  test("a unit's file that repeats its department's figures says so", () =>
    expect(relationsOf(BUDGET_2024, UNIT_2024)).toEqual([['c.pdf', 'repeats']]))
  test("a unit's file with figures of its own is another of the body", () =>
    expect(
      relationsOf(BUDGET_2024, document('f', '某市某区教育局（本级）2024年单位预算公开', '70.00', '60.00')),
    ).toEqual([['f.pdf', 'same_body']]))
  test('accounts and budget of a year', () =>
    expect(relationsOf(ACCOUNTS_2024, BUDGET_2024)).toEqual([['a.pdf', 'budget']]))
  test('another body is none', () => expect(relationsOf(BUDGET_2024, OTHER_2024)).toEqual([]))
})

describe("this year's document against last year's", () => {
  const checksOf = (own: PublishedDocument, ...others: readonly PublishedDocument[]) => {
    const digests = [own, ...others].map(digestDocument)
    const [first] = digests
    return first === undefined ? [] : compareYears(first, digests)
  }

  test('holds in the table and in the sentence', () => {
    const checks = checksOf(
      BUDGET_2024,
      document('b', '某市某区教育局2023年部门预算公开', '90.00', '80.00', '2023年支出预算90万元。'),
    )
    expect(checks.map(({ where, outcome }) => [where.split(' of ')[0], outcome])).toEqual([
      ['expenditure//total', 'holds'],
      ['total_expenditure', 'holds'],
    ])
  })

  test('what differs is named with both cells, each in its document', () => {
    const changed = document('b', '某市某区教育局2023年部门预算公开', '95.00', '80.00')
    const checks = checksOf(BUDGET_2024, changed)
    expect(checks).toMatchObject([{ kind: 'year-agreement', outcome: 'contradicted', difference: '50000.00' }])
    const [line = ''] = toCheckLines({ ...BUDGET_2024, checks }).slice(-1)
    const ids = JSON.parse(line).members.map((member: { record_id: string }) => member.record_id.slice(0, 2))
    expect(ids).toEqual(['a0', 'b0'])
  })

  test('what was spent last year is not held against what was planned', () => {
    const spent = {
      ...BUDGET_2024,
      records: BUDGET_2024.records.map((record) => ({
        ...record,
        fields: record.fields.map((field) => ({
          ...field,
          evidence: field.evidence.map((text) =>
            text.replace('预算数', '执行数').replace('预算增加', '预算执行数增加'),
          ),
        })),
      })),
    }
    expect(
      checksOf(spent, document('b', '某市某区教育局2023年部门预算公开', '95.00', '80.00', '2023年支出预算95万元。')),
    ).toEqual([])
  })
})

test('documents.jsonl names the related documents', () => {
  const related = relatedDocuments(digestDocument(BUDGET_2024), [BUDGET_2024, BUDGET_2023].map(digestDocument))
  expect(JSON.parse(toDocumentLine({ ...BUDGET_2024, related })).related).toEqual([
    { document_id: BUDGET_2023.documentId, file_name: 'b.pdf', relation: 'previous_year' },
  ])
})
