import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCsv } from '../../src/model/parse-csv.ts'
import type { GradedRecord } from '../../src/model/record.ts'
import type { PublishedDocument } from '../../src/publish/published-document.ts'
import { toCsvHeader, toCsvLine, toCsvLines } from '../../src/publish/to-csv.ts'
import { toCheckLines, toDocumentLine, toRecordId, toRecordLines } from '../../src/publish/to-json-lines.ts'
import { writeOutputs } from '../../src/publish/write-outputs.ts'
import { fakeField } from '../queue/support/fake-field.ts'
import { fakeJudgement } from '../review/support/fake-judgement.ts'

const ID = '3f9c0d1e2a4b5c6d'.padEnd(64, '0')

function recordAt(pageNumber: number, tableIndex: number, rowIndex: number): GradedRecord {
  return {
    recordType: 'procurement_line',
    pageNumber,
    tableIndex,
    rowIndex,
    status: 'accepted',
    fields: [
      fakeField('item_code', 'A02010105', pageNumber, { flags: [{ code: 'code-restored', detail: '' }] }),
      fakeField('amount', '-20000.00', pageNumber),
      fakeField('unit_name', null, pageNumber),
    ],
  }
}

const DOCUMENT: PublishedDocument = {
  documentId: ID,
  fileName: 'x, y.pdf',
  otherNames: [],
  title: null,
  publisher: '武汉市江汉区财政局',
  fiscalYear: 2024,
  district: '江汉区',
  department: null,
  sourceUrl: 'https://example.org/x.pdf',
  pageCount: 12,
  status: 'partial',
  error: null,
  pages: [{ pageNumber: 7, kind: 'scan', reason: 'pixels', tableCount: 1, warnings: [], error: null }],
  records: [recordAt(7, 2, 1), recordAt(7, 1, 10), recordAt(7, 1, 9)],
  checks: [
    {
      kind: 'column-total',
      where: 'page 7',
      pageNumber: 7,
      tableIndex: 1,
      members: [{ pageNumber: 7, tableIndex: 1, rowIndex: 9, field: 'amount' }],
      expected: '1.00',
      found: '1.00',
      difference: '0.00',
      outcome: 'holds',
    },
  ],
  unusedTables: [{ pageNumber: 7, tableIndex: 2, reason: 'unknown form', amounts: 3 }],
}

describe('records.jsonl', () => {
  test.each([
    [7, 1, 3, '3f9c0d1e2a4b5c6d-p007-t1-r003'],
    [1234, 12, 1000, '3f9c0d1e2a4b5c6d-p1234-t12-r1000'],
  ])('page %i, table %i, row %i has the id %s', (pageNumber, tableIndex, rowIndex, id) => {
    expect(toRecordId(ID, { pageNumber, tableIndex, rowIndex })).toBe(id)
  })

  test('is sorted by page, table and row, as numbers', () => {
    const ids = toRecordLines(DOCUMENT).map((line) => (JSON.parse(line) as { record_id: string }).record_id.slice(17))
    expect(ids).toEqual(['p007-t1-r009', 'p007-t1-r010', 'p007-t2-r001'])
  })

  test('has exactly the documented shape', () => {
    expect(JSON.parse(toRecordLines(DOCUMENT)[0] ?? '')).toEqual({
      record_id: '3f9c0d1e2a4b5c6d-p007-t1-r009',
      record_type: 'procurement_line',
      document_id: ID,
      file_name: 'x, y.pdf',
      publisher: '武汉市江汉区财政局',
      fiscal_year: 2024,
      page_number: 7,
      table_index: 1,
      row_index: 9,
      status: 'accepted',
      fields: {
        item_code: {
          value: 'A02010105',
          raw: 'A02010105',
          grade: 'accepted',
          confidence: 0.999,
          flags: ['code-restored'],
          source: { page_number: 7, bbox: [10.13, 20, 30, 40], origin: 'text' },
          evidence: ['a trusted text layer'],
        },
        amount: expect.objectContaining({ value: '-20000.00' }),
        unit_name: expect.objectContaining({ value: null, raw: '' }),
      },
    })
  })
})

test('checks.jsonl names its members by record id', () => {
  expect(JSON.parse(toCheckLines(DOCUMENT)[0] ?? '')).toMatchObject({
    kind: 'column-total',
    members: [{ record_id: '3f9c0d1e2a4b5c6d-p007-t1-r009', field: 'amount' }],
    outcome: 'holds',
  })
})

test('documents.jsonl tells of pages and of tables that gave nothing', () => {
  expect(JSON.parse(toDocumentLine(DOCUMENT))).toMatchObject({
    status: 'partial',
    pages: [{ page_number: 7, kind: 'scan', reason: 'pixels', tables: 1, error: null }],
    unused_tables: [{ page_number: 7, table_index: 2, reason: 'unknown form', amounts: 3 }],
  })
})

test('a judged field publishes the value of the person and keeps the one of the machine', () => {
  const judgement = fakeJudgement({ machineValue: '200.00', value: '20000.00', reason: 'read on the page' })
  const field = fakeField('amount', '20000.00', 1, { judgement })
  const records: readonly GradedRecord[] = [{ ...recordAt(1, 1, 1), status: 'corrected', fields: [field] }]
  const [line = ''] = toRecordLines({ ...DOCUMENT, records })
  expect(JSON.parse(line)).toMatchObject({
    status: 'corrected',
    fields: {
      amount: {
        value: '20000.00',
        grade: 'corrected',
        machine_value: '200.00',
        verdict: 'corrected',
        judged_by: 'wang',
        judged_at: '2026-01-02T03:04:05.000Z',
        reason: 'read on the page',
      },
    },
  })
})

describe('CSV', () => {
  test('every row is as wide as the header, and a missing value is empty', () => {
    const rows = parseCsv([toCsvHeader('procurement_line'), ...toCsvLines(DOCUMENT, 'procurement_line')].join('\r\n'))
    expect(new Set(rows.map((row) => row.length)).size).toBe(1)
    const [header = [], first = []] = rows
    const cellOf = (name: string) => first[header.indexOf(name)]
    expect([cellOf('item_code'), cellOf('unit_name'), cellOf('flags'), cellOf('file_name')]).toEqual([
      'A02010105',
      '',
      'item_code:code-restored',
      'x, y.pdf',
    ])
  })

  test('a formula is disarmed, a negative amount is not', () => {
    const field = fakeField('item_name', '=HYPERLINK("http://x")', 7)
    const record = { ...recordAt(7, 1, 1), fields: [field, fakeField('amount', '-1.00', 7)] }
    const [line = ''] = toCsvLines({ ...DOCUMENT, records: [record] }, 'procurement_line')
    expect(line).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(line).toContain(',-1.00,')
  })

  test('any values come back from a line as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2 }), (values) => {
        expect(parseCsv(toCsvLine(values))).toEqual([values])
      }),
    )
  })
})

describe('writing', () => {
  const makeFolder = () => mkdtempSync(join(tmpdir(), 'gongkai-outputs-'))

  test('replaces whole files and sweeps up what a killed process left', async () => {
    const folder = makeFolder()
    writeFileSync(join(folder, 'records.jsonl'), 'old')
    writeFileSync(join(folder, '.records.jsonl.999999999.tmp'), 'half')
    const written = await writeOutputs(folder, [DOCUMENT])
    expect(readdirSync(folder).sort()).toEqual(written.map((file) => file.name).sort())
    expect(readFileSync(join(folder, 'records.jsonl'), 'utf8').split('\n')).toHaveLength(4)
  })

  test('gives each record type its CSV with a byte order mark, also when it has no records', async () => {
    const folder = makeFolder()
    await writeOutputs(folder, [])
    expect(readFileSync(join(folder, 'service_purchase_line.csv'), 'utf8')).toBe(
      `\uFEFF${toCsvHeader('service_purchase_line')}\r\n`,
    )
  })

  test('says so when a file cannot be written', async () => {
    const folder = makeFolder()
    mkdirSync(join(folder, 'records.jsonl'))
    await expect(writeOutputs(folder, [DOCUMENT])).rejects.toMatchObject({ code: 'output/not-writable' })
  })
})
