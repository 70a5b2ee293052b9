import { z } from 'zod'
import { FLAG_MEANINGS, type FlagCode } from '../../model/flag.ts'
import { Verdict } from '../../model/judgement.ts'
import { RECORD_TYPES } from '../../model/record.ts'
import { RECORD_STATUSES } from '../tables/record-tables.ts'

const DocumentId = z.string().regex(/^[0-9a-f]{64}$/)
const RecordId = z.string().regex(/^[0-9a-f]{16}-p\d{3,}-t\d+-r\d{3,}$/)
const PageNumber = z.number().int().min(1)
const TableIndex = z.number().int().min(0).describe('0 for what stands in no table')
const Yuan = z.string().nullable().describe('a plain decimal in yuan')

const Field = z.strictObject({
  value: z
    .string()
    .nullable()
    .describe('money is yuan with two places; null where nothing is printed or could be made of it'),
  raw: z.string().describe("the page's own text"),
  grade: z.enum(RECORD_STATUSES),
  confidence: z.number().min(0).max(1).describe("the calibrated probability that the machine's value is right"),
  flags: z.array(z.enum(Object.keys(FLAG_MEANINGS) as [FlagCode, ...FlagCode[]])),
  source: z.strictObject({
    page_number: PageNumber,
    bbox: z
      .array(z.number())
      .length(4)
      .describe('x0, top, x1, bottom in points, origin top left of the page as displayed'),
    origin: z.enum(['text', 'ocr']),
  }),
  evidence: z.array(z.string()),
  machine_value: z
    .string()
    .nullable()
    .optional()
    .describe('this and what follows: only where a person judged the field'),
  verdict: Verdict.optional(),
  judged_by: z.string().optional(),
  judged_at: z.iso.datetime().optional(),
  reason: z.string().optional(),
})

const PublishedError = z.strictObject({ code: z.string(), message: z.string(), remedy: z.string() }).nullable()

/** A line of records.jsonl. */
export const RecordLine = z.strictObject({
  record_id: RecordId,
  record_type: z.enum(RECORD_TYPES),
  document_id: DocumentId.describe('the SHA-256 of the file'),
  file_name: z.string(),
  publisher: z.string().nullable(),
  fiscal_year: z.number().int().nullable(),
  page_number: PageNumber,
  table_index: TableIndex,
  row_index: z.number().int().min(0),
  status: z.enum(RECORD_STATUSES),
  fields: z.record(z.string(), Field),
})

/** A line of documents.jsonl. */
export const DocumentLine = z.strictObject({
  document_id: DocumentId,
  file_name: z.string(),
  other_names: z.array(z.string()),
  title: z.string().nullable(),
  publisher: z.string().nullable(),
  fiscal_year: z.number().int().nullable(),
  district: z.string().nullable(),
  department: z.string().nullable(),
  source_url: z.string().nullable(),
  page_count: z.number().int().nullable(),
  status: z.enum(['complete', 'partial', 'failed']),
  error: PublishedError,
  pages: z.array(
    z.strictObject({
      page_number: PageNumber,
      kind: z.string().nullable(),
      reason: z.string().nullable(),
      tables: z.number().int().min(0),
      warnings: z.array(z.string()),
      error: PublishedError,
    }),
  ),
  related: z.array(z.strictObject({ document_id: DocumentId, file_name: z.string(), relation: z.string() })),
  unused_tables: z.array(
    z.strictObject({ page_number: PageNumber, table_index: TableIndex, reason: z.string(), amounts: z.int().min(0) }),
  ),
})

/** A line of checks.jsonl. */
export const CheckLine = z.strictObject({
  document_id: DocumentId,
  page_number: PageNumber,
  table_index: TableIndex,
  kind: z.string(),
  where: z.string(),
  members: z.array(z.strictObject({ record_id: RecordId, field: z.string() })),
  expected: Yuan,
  found: Yuan,
  difference: Yuan,
  outcome: z.enum(['holds', 'repaired', 'contradicted', 'unconstrained']),
})
