import { ERROR_KINDS, type ErrorCode } from '../model/pipeline-error.ts'
import { UsageError } from '../model/usage-error.ts'
import type { StoredDocument } from '../store/documents.ts'
import type { Store, StoreTables } from '../store/open-store.ts'
import { forgetFailures } from './forget-failures.ts'
import type { JobQueue } from './job-queue.ts'
import { planDocument, unfinishedError, type WorkPlan } from './plan-document.ts'
import type { NewJob } from './stages.ts'

/** Which failures are to be tried again: those of these codes, or all when there is none; of these documents, or of all. */
export interface RetryChoice {
  readonly codes: readonly string[]
  /** Ids, or beginnings of them, or file names. */
  readonly documents: readonly string[]
}

export interface Retried {
  readonly documents: number
  readonly jobs: number
}

/** What only another ingest can mend: the file itself, or what was asked of it, must be another. */
const NEEDS_INGEST: readonly ErrorCode[] = ['document/too-large', 'document/changed', 'document/no-such-pages']

/**
 * Throws UsageError for a code or a document that is not known. Forgets failures, also those that no try would mend by itself (a limit may have been raised, a reader installed), and
 * adds the jobs that are then due.
 */
export async function retryFailures(
  store: Store,
  queue: JobQueue,
  plan: WorkPlan,
  choice: RetryChoice,
): Promise<Retried> {
  const documents = await store.documents.getAll(await store.documents.ids())
  assertKnown(choice, documents)
  const chosen = documents.filter(
    (document) =>
      document.status !== 'complete' &&
      (choice.documents.length === 0 || choice.documents.some((name) => isNamed(document, name))),
  )
  const due: NewJob[] = []
  let retried = 0
  for (const { documentId } of chosen) {
    const jobs = await store.transaction((tables) => retryDocument(tables, plan, choice, documentId))
    if (jobs.length > 0) retried += 1
    due.push(...jobs)
  }
  await queue.enqueue(due)
  return { documents: retried, jobs: due.length }
}

function isNamed({ documentId, fileName }: StoredDocument, name: string): boolean {
  return name === fileName || (name !== '' && documentId.startsWith(name))
}

/** A name that was mistyped must not look like a document without failures. */
function assertKnown({ codes, documents: names }: RetryChoice, documents: readonly StoredDocument[]): void {
  const unknown = codes.filter((code) => !(code in ERROR_KINDS))
  if (unknown.length > 0) {
    throw new UsageError('no failure has the code {codes}; `gongkai status` tells what failed', {
      codes: unknown.join(', '),
    })
  }
  const missing = names.filter((name) => !documents.some((document) => isNamed(document, name)))
  if (missing.length > 0) {
    throw new UsageError('there is no document {names}; `gongkai status` tells their names', {
      names: missing.join(', '),
    })
  }
}

async function retryDocument(
  tables: StoreTables,
  plan: WorkPlan,
  choice: RetryChoice,
  documentId: string,
): Promise<readonly NewJob[]> {
  const { documents } = tables
  const isChosen = (code: ErrorCode) => choice.codes.length === 0 || choice.codes.includes(code)
  await documents.lock(documentId)
  const { error, pageCount } = await documents.get(documentId)
  if (error !== null && NEEDS_INGEST.includes(error.code)) return []
  if (pageCount === null) {
    if (error === null || !isChosen(error.code)) return []
    await documents.setOpened(documentId, { openedId: null, title: null, pageCount: null })
    await documents.setStatus(documentId, 'failed', unfinishedError())
  } else {
    await forgetFailures(tables, documentId, isChosen)
  }
  return planDocument(tables, plan, documentId)
}
