import type { Store } from '../store/open-store.ts'
import type { JobEffects } from './job-queue.ts'
import type { NewJob } from './stages.ts'

interface Settled<Outcome> {
  readonly job: NewJob
  readonly outcome: Outcome
}

/**
 * Keeps what jobs gave and tells which jobs follow. Those of one document share a transaction; documents have one each, so that two
 * workers who lock several never wait for each other.
 */
export async function settleTogether<Outcome>(
  store: Store,
  effects: JobEffects<Outcome>,
  done: readonly Settled<Outcome>[],
): Promise<readonly NewJob[]> {
  const following: NewJob[] = []
  const documents = new Set(done.map(({ job }) => documentOf(job)))
  for (const document of documents) {
    const some = done.filter(({ job }) => documentOf(job) === document)
    const next = await store.transaction(async (tables) => {
      const ofDocument: NewJob[] = []
      for (const { job, outcome } of some) ofDocument.push(...(await effects.settled(tables, job, outcome)))
      return ofDocument
    })
    following.push(...next)
  }
  return following
}

function documentOf({ payload }: NewJob): string {
  return 'documentId' in payload ? payload.documentId : ''
}
