import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { UsageError } from '../model/usage-error.ts'
import { findingIn } from '../publish/findings.ts'
import type { Inspection } from '../publish/inspection/inspection.ts'
import { renderInspection } from '../publish/inspection/render-inspection.ts'
import { formatSteps } from '../publish/inspection/summarize-steps.ts'
import { NOBODY, type PageInspection, type ReviewedPages } from '../queue/child-protocol.ts'
import { loadDictionaries } from '../queue/load-dictionaries.ts'
import { readLimits } from '../queue/read-limits.ts'
import { judgementsOf } from '../queue/review-index.ts'
import { openStore } from '../store/open-store.ts'
import { localStore } from '../store/store-location.ts'
import { noSuchPage } from './no-such-page.ts'
import { type CommandResult, EXIT_CODES, type Readers, type Terminal, toPoolLimits, voiceOf } from './terminal.ts'

export interface InspectCommand {
  readonly file: string
  readonly pageNumber: number
  /** null: pixels are looked at, and nobody reads. */
  readonly readers: Readers | null
  /** The output folder of an ingest of the same document, whose other pages the fields are made with; null: none. */
  readonly results: string | null
}

const INSPECTION_DPI = 150

/**
 * `gongkai inspect`: the HTML page; what each step came to is said on the way. Throws UsageError for a page that the
 * document does not have, and for results that do not hold the document.
 */
export async function runInspect(command: InspectCommand, terminal: Terminal): Promise<CommandResult> {
  loadDictionaries()
  const { pageNumber, readers, results } = command
  const voice = voiceOf(terminal)
  const pool = terminal.openPool(toPoolLimits(readLimits(terminal.environment), 1))
  try {
    const source = { path: resolve(command.file), documentId: null }
    const { pageCount } = await pool.run('open', source, terminal.abort)
    if (pageNumber > pageCount) throw noSuchPage(command.file, pageCount, `--page ${pageNumber}`)
    const others = results === null ? null : await findOtherPages(command.file, pageNumber, results)
    const request = { ...source, pageNumber, readers: readers ?? NOBODY, dpi: INSPECTION_DPI, others }
    const seen = await pool.run('inspect', request, terminal.abort)
    if (seen.notice !== null) terminal.messages.write(`${findingIn(voice.language, seen.notice)}\n`)
    const inspection = toInspection(command, seen)
    terminal.messages.write(formatSteps(inspection, voice))
    return { exitCode: EXIT_CODES.done, output: renderInspection(inspection, voice) }
  } finally {
    await pool.close()
  }
}

function toInspection({ file, readers, results, pageNumber }: InspectCommand, seen: PageInspection): Inspection {
  const { records, checks, unusedTables } = seen.outcome
  const isHere = (part: { readonly pageNumber: number }): boolean => part.pageNumber === pageNumber
  return {
    fileName: basename(file),
    page: seen.page,
    isRead: readers !== null,
    isAlone: results === null,
    records: records.filter(isHere),
    checks: checks.filter(isHere),
    unusedTables: unusedTables.filter(isHere),
  }
}

/** The other pages of a document as an ingest left them, with what people said of it. */
async function findOtherPages(file: string, pageNumber: number, results: string): Promise<ReviewedPages> {
  const location = localStore(resolve(results))
  const store = await openStore(location, 'existing', { isForReading: true })
  try {
    const documentId = createHash('sha256').update(readFileSync(file)).digest('hex')
    const document = await store.documents.find(documentId)
    if (document === null)
      throw new UsageError('{folder} holds nothing of {file}: ingest it first', {
        folder: results,
        file: basename(file),
      })
    const pages = await store.pages.findAll(document.pageJobIds)
    const others = pages.filter((page) => page.pageNumber !== pageNumber)
    const reviewed = await judgementsOf(store, documentId, document.pageJobIds)
    return { location, artefacts: others.flatMap((page) => page.artefact ?? []), reviewed }
  } finally {
    await store.close()
  }
}
