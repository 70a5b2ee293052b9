export { type DoctorCommand, runDoctor } from './commands/run-doctor.ts'
export { type ExportCommand, parseExportFormats, runExport } from './commands/run-export.ts'
export { type IngestCommand, runIngest } from './commands/run-ingest.ts'
export { type InspectCommand, runInspect } from './commands/run-inspect.ts'
export { runPause, runResume, runRetry } from './commands/run-queue-commands.ts'
export { type ReviewCommand, runReview } from './commands/run-review.ts'
export { runStatus } from './commands/run-status.ts'
export { parseTableFormats, runTables, type TablesCommand } from './commands/run-tables.ts'
export { runTrim, type TrimCommand } from './commands/run-trim.ts'
export { runVerify, type VerifyCommand } from './commands/run-verify.ts'
export { runWork } from './commands/run-work.ts'
export {
  type CommandResult,
  defaultJobs,
  EXIT_CODES,
  openPagePool,
  outputVoiceOf,
  READERS,
  type Readers,
  type Terminal,
  voiceOf,
} from './commands/terminal.ts'
export { localPlace, type Place } from './commands/workplace.ts'
export { EXPORT_FORMATS, type ExportFormat } from './export/export-formats.ts'
export { displayWidth, wrapDisplay } from './language/display-width.ts'
export { describeError } from './language/say-error.ts'
export { type Voice, voiceFor } from './language/voice.ts'
export { LANGUAGES, type Language } from './model/language.ts'
export { TABLE_FORMATS, type TableFormat } from './publish/tables-output.ts'
