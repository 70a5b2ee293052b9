import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describeError } from '../language/say-error.ts'
import { voiceIn } from '../language/voice.ts'
import { groupBy } from '../model/group-by.ts'
import { PipelineError } from '../model/pipeline-error.ts'
import { UsageError } from '../model/usage-error.ts'
import { findingIn } from '../publish/findings.ts'
import { toRecordLines } from '../publish/to-json-lines.ts'
import { compareRecords, type RecordVerification, underivable } from '../publish/verification/compare-records.ts'
import { type PublishedRecord, parseRecordLine, readRecordLines } from '../publish/verification/published-record.ts'
import {
  formatVerification,
  summarizeVerifications,
  toVerificationJson,
} from '../publish/verification/verification-text.ts'
import { deriveAgain } from '../queue/derive-again.ts'
import { loadDictionaries } from '../queue/load-dictionaries.ts'
import type { PagePool } from '../queue/page-pool.ts'
import { readLimits } from '../queue/read-limits.ts'
import { openSourceFiles, type SourceFiles } from '../queue/source-files.ts'
import { toFraction } from '../review/audit-sample.ts'
import type { Store } from '../store/open-store.ts'
import { type CommandResult, EXIT_CODES, type Terminal, toPoolLimits, voiceOf } from './terminal.ts'
import { openWorkplace, type Place } from './workplace.ts'

export interface VerifyCommand {
  readonly place: Place & { readonly out: string }
  /** Records by their ids; none: all of them. */
  readonly recordIds: readonly string[]
  /** How many of all are drawn; null: every one. */
  readonly sample: number | null
  /** Draws others. */
  readonly seed: string
  /** The PDF, or the folder that holds the PDFs, where they no longer lie where they were read; null: there. */
  readonly source: string | null
  readonly jobs: number
  readonly format: 'text' | 'json'
}

interface VerifyServices {
  readonly store: Store
  readonly pool: PagePool
  readonly files: SourceFiles
  readonly terminal: Terminal
}

/**
 * `gongkai verify`: reads the pages of published records once more and compares. Throws UsageError for records that were
 * never published, output/not-found where nothing was.
 */
export async function runVerify(command: VerifyCommand, terminal: Terminal): Promise<CommandResult> {
  loadDictionaries()
  const records = await choosePublished(command)
  const say = (notice: string) => terminal.messages.write(`${findingIn(voiceOf(terminal).language, notice)}\n`)
  const { store, close } = await openWorkplace(command.place, 'existing', say, { isForReading: true })
  const pool = terminal.openPool(toPoolLimits(readLimits(terminal.environment), command.jobs))
  const files = openSourceFiles(store)
  try {
    const verifications: RecordVerification[] = []
    for (const [documentId, ofDocument] of groupBy(records, (record) => record.document_id)) {
      if (terminal.stop.aborted) break
      verifications.push(...(await verifyDocument({ store, pool, files, terminal }, documentId, ofDocument, command)))
    }
    return conclude(verifications, verifications.length < records.length, command, terminal)
  } finally {
    await pool.close()
    files.close()
    await close()
  }
}

async function verifyDocument(
  { store, pool, files, terminal }: VerifyServices,
  documentId: string,
  records: readonly PublishedRecord[],
  { source }: VerifyCommand,
): Promise<readonly RecordVerification[]> {
  // What is put into a file is without colours.
  const voice = voiceIn(voiceOf(terminal).language, false)
  const [first] = records
  if (first !== undefined) {
    const values = { file: first.file_name, count: records.length }
    terminal.messages.write(`${voice.say('{file}: {count} to derive again', values)}\n`)
  }
  const pageNumbers = [...new Set(records.flatMap(pagesOf))].toSorted((a, b) => a - b)
  const file = await files.open(documentId).catch(() => null)
  try {
    const path = source === null ? file?.path : pathIn(source, first?.file_name ?? '')
    if (path === undefined) throw new PipelineError('input/not-found', `the store does not know ${documentId}`)
    const services = { store, pool, path, signal: terminal.abort }
    const { document, failures } = await deriveAgain(services, documentId, pageNumbers)
    const derived = new Map(
      toRecordLines(document)
        .map(parseRecordLine)
        .map((record) => [record.record_id, record]),
    )
    return records.map((record) => {
      const failure = pagesOf(record).flatMap((pageNumber) => failures.get(pageNumber) ?? [])[0]
      if (failure !== undefined) return underivable(record, describeError(failure, voice))
      return compareRecords(record, derived.get(record.record_id) ?? null)
    })
  } catch (error) {
    if (!(error instanceof PipelineError) || terminal.abort.aborted) throw error
    return records.map((record) => underivable(record, describeError(error, voice)))
  } finally {
    file?.release()
  }
}

/** A record may have fields on the page before its own: words that go on over a page break. */
function pagesOf(record: PublishedRecord): readonly number[] {
  return [record.page_number, ...Object.values(record.fields).map(({ source }) => source.page_number)]
}

function pathIn(source: string, fileName: string): string {
  const path = resolve(source)
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? join(path, fileName) : path
}

/** The records of records.jsonl that were named or drawn, in its order. */
async function choosePublished(command: VerifyCommand): Promise<readonly PublishedRecord[]> {
  const path = join(resolve(command.place.out), 'records.jsonl')
  if (!existsSync(path)) throw new PipelineError('output/not-found', `there is no ${path}`)
  const wanted = command.recordIds.length > 0 ? new Set(command.recordIds) : await draw(path, command)
  const chosen: PublishedRecord[] = []
  let lineNumber = 0
  for await (const line of readRecordLines(path)) {
    lineNumber += 1
    if (wanted === 'all' || wanted.has(recordIdOf(line))) chosen.push(parseOrFail(line, `${path}, line ${lineNumber}`))
  }
  const found = new Set(chosen.map((record) => record.record_id))
  const missing = command.recordIds.filter((id) => !found.has(id))
  if (missing.length > 0) throw new UsageError('{path} has no record {ids}', { path, ids: missing.join(', ') })
  return chosen
}

/** Draws records by their ids: the same every time, others with another seed, and a larger sample holds the smaller one. */
async function draw(path: string, { sample, seed }: VerifyCommand): Promise<ReadonlySet<string> | 'all'> {
  if (sample === null) return 'all'
  const ids: { readonly id: string; readonly rank: number }[] = []
  for await (const line of readRecordLines(path)) {
    const id = recordIdOf(line)
    ids.push({ id, rank: toFraction(`${seed}/${id}`) })
  }
  const drawn = ids.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1)).slice(0, sample)
  return new Set(drawn.map(({ id }) => id))
}

function recordIdOf(line: string): string {
  return /^\{"record_id":"([^"]*)"/.exec(line)?.[1] ?? ''
}

function parseOrFail(line: string, place: string): PublishedRecord {
  try {
    return parseRecordLine(line)
  } catch (error) {
    throw new UsageError('{place} is no record: {reason}', {
      place,
      reason: error instanceof Error ? error.message : String(error),
    })
  }
}

function conclude(
  verifications: readonly RecordVerification[],
  wasStopped: boolean,
  { format }: VerifyCommand,
  terminal: Terminal,
): CommandResult {
  const voice = voiceOf(terminal)
  const stopped = wasStopped ? `${voice.say('stopped')}: ` : ''
  terminal.messages.write(`${stopped}${summarizeVerifications(verifications, voice)}\n`)
  const output =
    format === 'json'
      ? `${JSON.stringify(toVerificationJson(verifications), null, 2)}\n`
      : verifications.map((each) => formatVerification(each, voice)).join('')
  return { exitCode: exitCodeOf(verifications, wasStopped), output }
}

/** Not one record that could be derived again: nothing was verified. */
function exitCodeOf(verifications: readonly RecordVerification[], wasStopped: boolean): number {
  const outcomes = verifications.map(({ outcome }) => outcome)
  const isNothing = outcomes.length > 0 && outcomes.every((outcome) => outcome === 'underivable')
  if (wasStopped || isNothing) return EXIT_CODES.failed
  return outcomes.every((outcome) => outcome === 'same' || outcome === 'reworded')
    ? EXIT_CODES.done
    : EXIT_CODES.partial
}
