import type { Store } from '../store/open-store.ts'
import type { JobEffects, SettledJob } from './job-queue.ts'
import type { NewJob } from './stages.ts'

/**
 * Keeps what jobs gave and tells which jobs follow. Those of one document share a transaction; documents have one each, so that two
 * workers who lock several never wait for each other.
 */
export async function settleTogether<Outcome>(
  store: Store,
  effects: JobEffects<Outcome>,
  done: readonly SettledJob<Outcome>[],
): Promise<readonly NewJob[]> {
  const following: NewJob[] = []
  for (const ofDocument of byDocument(done)) {
    following.push(...(await store.transaction((tables) => effects.settled(tables, ofDocument))))
  }
  return following
}

/** Parts jobs by the document that they are of; those of none are together. */
export function byDocument<Some extends { readonly job: NewJob }>(jobs: readonly Some[]): readonly (readonly Some[])[] {
  const documents = new Map<string, Some[]>()
  for (const one of jobs) {
    const { payload } = one.job
    const document = 'documentId' in payload ? payload.documentId : ''
    documents.set(document, [...(documents.get(document) ?? []), one])
  }
  return [...documents.values()]
}
