export { type DoctorCommand, runDoctor } from './commands/run-doctor.ts'
export { type ExportCommand, parseExportFormats, runExport } from './commands/run-export.ts'
export { type IngestCommand, runIngest } from './commands/run-ingest.ts'
export { type InspectCommand, runInspect } from './commands/run-inspect.ts'
export { runPause, runResume, runRetry } from './commands/run-queue-commands.ts'
export { type ReviewCommand, runReview } from './commands/run-review.ts'
export { runStatus } from './commands/run-status.ts'
export { parseTableFormats, runTables, type TablesCommand } from './commands/run-tables.ts'
export { runVerify, type VerifyCommand } from './commands/run-verify.ts'
export { runWork } from './commands/run-work.ts'
export {
  type CommandResult,
  defaultJobs,
  describeError,
  EXIT_CODES,
  openPagePool,
  READERS,
  type Readers,
  type Terminal,
} from './commands/terminal.ts'
export { localPlace, type Place } from './commands/workplace.ts'
export { EXPORT_FORMATS, type ExportFormat } from './export/export-formats.ts'
export { LANGUAGES, type Language } from './publish/languages.ts'
export { TABLE_FORMATS, type TableFormat } from './publish/tables-output.ts'
