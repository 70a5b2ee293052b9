/**
 * Tables and records out of PDFs and pictures, digital or scanned.
 *
 * @packageDocumentation
 */
export type { DocumentInput } from './library/document-input.ts'
export { extractTables } from './library/extract-tables.ts'
export { type IngestOptions, ingest } from './library/ingest.ts'
export { type NormalizeOptions, normalize } from './library/normalize.ts'
export { type OpenDocument, type OpenOptions, openDocument, type PagesOptions } from './library/open-document.ts'
export type { BoundingBox } from './model/bounding-box.ts'
export type { Flag, FlagCode } from './model/flag.ts'
export type { Judgement } from './model/judgement.ts'
export type { MessageValues } from './model/message-template.ts'
export type { PageExtract, PageKind, TextLine, TextOrigin } from './model/page.ts'
export { type ErrorCode, PipelineError } from './model/pipeline-error.ts'
export type {
  Candidate,
  Check,
  CheckMember,
  FieldDraft,
  Grade,
  GradedField,
  GradedRecord,
  RecordDraft,
  RecordStatus,
  RecordType,
  Support,
  UnusedTable,
} from './model/record.ts'
export {
  type Cell,
  type CharacterReading,
  type ReaderName,
  type Reading,
  type Table,
  tableToRows,
} from './model/table.ts'
export { UsageError } from './model/usage-error.ts'
export type { PublishedError } from './publish/published-document.ts'
export type { DocumentSummary, FailedInput, RepeatedInput, RunSummary, SummaryStatus } from './publish/run-summary.ts'
export { formatTables, type TableFormat } from './publish/tables-output.ts'
export type { DocumentOutcome, PageWarnings } from './store/assemblies.ts'
