import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportDataset } from '../../../src/export/export-dataset.ts'
import type { ExportContext, ExportFormat } from '../../../src/export/export-formats.ts'
import type { PageSource } from '../../../src/export/page-source.ts'
import type { GradedField, GradedRecord, RecordType } from '../../../src/model/record.ts'
import type { PublishedDocument } from '../../../src/publish/published-document.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'
import { fakeField } from '../../queue/support/fake-field.ts'
import { fakeJudgement } from '../../review/support/fake-judgement.ts'

export const DOCUMENT_ID = '3f9c0d1e2a4b5c6d'.padEnd(64, '0')
/** More digits than a binary fraction holds. */
export const LARGE_AMOUNT = '9007199254740993.07'

function record(recordType: RecordType, rowIndex: number, fields: readonly GradedField[]): GradedRecord {
  return { recordType, pageNumber: 7, tableIndex: 1, rowIndex, status: 'accepted', fields }
}

const settled = fakeJudgement({ field: 'amount', machineValue: '200.00', value: '20000.00' })

/** A document with every record type, doubt, a judgement, texts that a spreadsheet would run, and a failed page. */
export const DOCUMENT: PublishedDocument = {
  documentId: DOCUMENT_ID,
  fileName: 'x, "y".pdf',
  otherNames: ['z.pdf'],
  title: '2024年部门预算公开',
  publisher: '武汉市江汉区财政局',
  fiscalYear: 2024,
  district: '江汉区',
  department: null,
  sourceUrl: 'https://example.org/x.pdf',
  pageCount: 12,
  status: 'partial',
  error: null,
  pages: [
    { pageNumber: 7, kind: 'scan', reason: 'pixels', tableCount: 1, warnings: ['table 1: <weak> grid'], error: null },
    {
      pageNumber: 8,
      kind: null,
      reason: null,
      tableCount: 0,
      warnings: [],
      error: { code: 'page/timeout', message: 'the page took longer than the limit', remedy: 'Run again.' },
    },
  ],
  records: [
    record('procurement_line', 1, [
      fakeField('project_name', '=cmd|"/c calc"!A1', 7, { raw: '=cmd|"/c calc"!A1' }),
      fakeField('item_code', 'A02010105', 7, { flags: [{ code: 'code-restored', detail: '' }] }),
      fakeField('item_name', '台式计算机', 7, { raw: '台式\n计算机' }),
      fakeField('quantity', '2.5', 7),
      fakeField('amount', '20000.00', 7, { raw: '2回', judgement: settled, isMoney: true }),
    ]),
    record('procurement_line', 2, [
      fakeField('item_code', 'A99999999', 7, { flags: [{ code: 'code-unknown', detail: '' }], grade: 'review' }),
      fakeField('quantity', '若干', 7),
      fakeField('amount', LARGE_AMOUNT, 7, { isMoney: true }),
    ]),
    record('service_purchase_line', 3, [
      fakeField('includes_procurement', 'true', 7),
      fakeField('function_code', '2010101', 7),
      fakeField('amount', '-1.50', 7, { isMoney: true }),
    ]),
    record('budget_line', 4, [
      fakeField('table', 'expenditure', 7),
      fakeField('level', '1', 7),
      fakeField('line_code', '30101', 7),
      fakeField('line_name', '基本工资', 7),
      fakeField('function_code', '2010101', 7),
      fakeField('total', '0.00', 7, { isMoney: true }),
      fakeField('change_percent', '-12.5', 7),
      fakeField('other_1', '3.00', 7, { isMoney: true }),
    ]),
    record('key_figure', 5, [
      fakeField('key', 'total_budget', 7),
      fakeField('value', '123.45', 7),
      fakeField('year', '2024', 7),
    ]),
    record('performance_project', 6, [fakeField('project_name', '信息化', 7), fakeField('total_budget', '5.00', 7)]),
    record('performance_cost_line', 7, [fakeField('content', '设备', 7), fakeField('amount', '5.00', 7)]),
    record('performance_indicator', 8, [fakeField('target', '≥95%', 7), fakeField('target_value', '95', 7)]),
  ],
  checks: [
    {
      kind: 'column-total',
      where: 'page 7',
      pageNumber: 7,
      tableIndex: 1,
      members: [
        { pageNumber: 7, tableIndex: 1, rowIndex: 1, field: 'amount' },
        { pageNumber: 3, tableIndex: 1, rowIndex: 2, field: 'total', documentId: 'e'.repeat(64) },
      ],
      expected: '20000.00',
      found: '20000.00',
      difference: '0.00',
      outcome: 'holds',
    },
  ],
  unusedTables: [{ pageNumber: 7, tableIndex: 2, reason: 'unknown form', amounts: 3 }],
  related: [{ documentId: 'f'.repeat(64), fileName: 'damaged.pdf', relation: 'repeats' }],
}

const FAILED: PublishedDocument = {
  ...DOCUMENT,
  documentId: 'f'.repeat(64),
  fileName: 'damaged.pdf',
  otherNames: [],
  sourceUrl: null,
  title: null,
  publisher: null,
  fiscalYear: null,
  pageCount: null,
  status: 'failed',
  error: { code: 'document/damaged', message: 'the PDF is damaged beyond repair: x', remedy: 'Download it again.' },
  pages: [],
  records: [],
  checks: [],
  unusedTables: [],
  related: [],
}

async function* stream(documents: readonly PublishedDocument[]): AsyncGenerator<PublishedDocument> {
  yield* documents
}

export const CATALOGUES = readDictionaries().catalogues

/** Pages without a table, whose picture tells how often one was painted. */
export function fakePages(painted: string[] = []): PageSource {
  return {
    async *extracts() {
      const page = {
        kind: 'scan' as const,
        reason: 'pixels',
        width: 600,
        height: 800,
        lines: [],
        tables: [],
        warnings: [],
      }
      yield { pageNumber: 7, ...page }
    },
    async picture(documentId, pageNumber, dpi) {
      painted.push(`${documentId.slice(0, 4)} ${pageNumber} ${dpi}`)
      return new Uint8Array([0xff, 0xd8, pageNumber])
    },
  }
}

/** Exports the documents into a folder, a new one unless it is given, and gives the folder. */
export async function exportFakes(
  formats: readonly ExportFormat[],
  documents: readonly PublishedDocument[] = [DOCUMENT, FAILED],
  change: Partial<ExportContext> = {},
): Promise<string> {
  const folder = change.folder ?? mkdtempSync(join(tmpdir(), 'gongkai-export-'))
  const never = new AbortController().signal
  const context = { version: '0.1.0', language: 'zh' as const, pages: fakePages(), ...change, folder }
  await exportDataset(stream(documents), CATALOGUES, formats, context, never)
  return folder
}
