import type { PageExtract } from '../model/page.ts'
import type { PipelineError } from '../model/pipeline-error.ts'
import type { DocumentOutcome } from '../store/assemblies.ts'
import type { Store } from '../store/open-store.ts'
import { toStoredError } from '../store/stored-error.ts'
import type { JobEffects } from './job-queue.ts'
import { concludeDocument, planAfterPage, planDocument, type WorkPlan } from './plan-document.ts'
import type { NewJob } from './stages.ts'

/** What a stage gives, as data. */
export type Outcome =
  | { readonly kind: 'opened'; readonly documentId: string; readonly title: string | null; readonly pageCount: number }
  | { readonly kind: 'read'; readonly documentId: string; readonly extract: PageExtract; readonly seconds: number }
  | {
      readonly kind: 'assembled'
      readonly documentId: string
      readonly pageJobIds: readonly string[]
      readonly outcome: DocumentOutcome
    }
  | { readonly kind: 'published' }

/** Writes outcomes and failures to the store and says which jobs follow. Runs inside the transaction of a job's end. */
export function storeEffects(store: Store, plan: WorkPlan): JobEffects<Outcome> {
  return {
    settled: (job, outcome) => keepOutcome(store, plan, job, outcome),
    failed: (job, error) => keepFailure(store, job, error),
  }
}

function keepOutcome(store: Store, plan: WorkPlan, job: NewJob, outcome: Outcome): readonly NewJob[] {
  switch (outcome.kind) {
    case 'opened': {
      const { documentId, title, pageCount } = outcome
      store.documents.setOpened(documentId, { openedId: job.id, title, pageCount })
      return planDocument(store, plan, documentId)
    }
    case 'read':
      store.pages.save(job.id, outcome.documentId, outcome.extract, outcome.seconds)
      return planAfterPage(store, outcome.documentId)
    case 'assembled':
      store.assemblies.save(job.id, outcome.documentId, outcome.outcome)
      if (store.documents.get(outcome.documentId).assembleId === job.id) {
        concludeDocument(store, outcome.documentId, outcome.pageJobIds)
      }
      return []
    case 'published':
      return []
  }
}

function keepFailure(store: Store, job: NewJob, error: PipelineError): readonly NewJob[] {
  if (!('documentId' in job.payload)) return []
  const { documentId } = job.payload
  if ('pageNumber' in job.payload) {
    store.pages.saveError(job.id, documentId, job.payload.pageNumber, toStoredError(error))
    return planAfterPage(store, documentId)
  }
  if (job.stage === 'document')
    store.documents.setOpened(documentId, { openedId: job.id, title: null, pageCount: null })
  store.documents.setStatus(documentId, 'failed', toStoredError(error))
  return []
}
