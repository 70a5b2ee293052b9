import type { PipelineError } from '../model/pipeline-error.ts'
import type { StoredAssembly } from '../store/assemblies.ts'
import type { StoreTables } from '../store/open-store.ts'
import type { ReadPage, ReadPageOfJob } from '../store/pages.ts'
import { toStoredError } from '../store/stored-error.ts'
import type { JobEffects, SettledJob } from './job-queue.ts'
import { concludeDocument, type KnownAssemblies, planAfterPages, planDocument, type WorkPlan } from './plan-document.ts'
import type { NewJob } from './stages.ts'

/** What a stage gives, as data; what is large lies among the artefacts already. */
export type Outcome =
  | { readonly kind: 'opened'; readonly documentId: string; readonly title: string | null; readonly pageCount: number }
  | { readonly kind: 'read'; readonly documentId: string; readonly page: ReadPage }
  | {
      readonly kind: 'assembled'
      readonly documentId: string
      readonly pageJobIds: readonly string[]
      readonly assembly: StoredAssembly
    }
  | { readonly kind: 'published' }

/** Writes outcomes and failures to the store and says which jobs follow. */
export function storeEffects(plan: WorkPlan): JobEffects<Outcome> {
  const known: KnownAssemblies = new Map()
  return {
    settled: (tables, settled) => keepOutcomes(tables, { plan, known }, settled),
    failed: (tables, job, error) => keepFailure(tables, known, job, error),
  }
}

interface Planning {
  readonly plan: WorkPlan
  readonly known: KnownAssemblies
}

/** The pages of a document together, all else one by one. */
async function keepOutcomes(
  tables: StoreTables,
  { plan, known }: Planning,
  settled: readonly SettledJob<Outcome>[],
): Promise<readonly NewJob[]> {
  const pages: ReadPageOfJob[] = []
  const following: NewJob[] = []
  let documentId = ''
  for (const { job, outcome } of settled) {
    if (outcome.kind === 'read') {
      pages.push({ jobId: job.id, page: outcome.page })
      documentId = outcome.documentId
    } else following.push(...(await keepOutcome(tables, plan, job, outcome)))
  }
  if (pages.length === 0) return following
  await tables.documents.lock(documentId)
  await tables.pages.save(documentId, pages)
  return [...following, ...(await planAfterPages(tables, documentId, known))]
}

async function keepOutcome(
  tables: StoreTables,
  plan: WorkPlan,
  job: NewJob,
  outcome: Exclude<Outcome, { kind: 'read' }>,
): Promise<readonly NewJob[]> {
  const { documents, assemblies } = tables
  if (outcome.kind === 'published') return []
  const { documentId } = outcome
  await documents.lock(documentId)
  switch (outcome.kind) {
    case 'opened': {
      const { title, pageCount } = outcome
      await documents.setOpened(documentId, { openedId: job.id, title, pageCount })
      return planDocument(tables, plan, documentId)
    }
    case 'assembled': {
      await assemblies.save(documentId, outcome.assembly)
      const document = await documents.get(documentId)
      if (document.assembleId === job.id) await concludeDocument(tables, documentId, outcome.pageJobIds)
      return []
    }
  }
}

async function keepFailure(
  tables: StoreTables,
  known: KnownAssemblies,
  job: NewJob,
  error: PipelineError,
): Promise<readonly NewJob[]> {
  if (!('documentId' in job.payload)) return []
  const { documents, pages } = tables
  const { documentId } = job.payload
  await documents.lock(documentId)
  if ('pageNumber' in job.payload) {
    await pages.saveError(job.id, documentId, job.payload.pageNumber, toStoredError(error))
    return planAfterPages(tables, documentId, known)
  }
  if (job.stage === 'document') {
    await documents.setOpened(documentId, { openedId: job.id, title: null, pageCount: null })
  }
  await documents.setStatus(documentId, 'failed', toStoredError(error))
  return []
}
