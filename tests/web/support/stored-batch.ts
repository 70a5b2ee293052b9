import type { Check, GradedRecord } from '../../../src/model/record.ts'
import type { PagePool } from '../../../src/queue/page-pool.ts'
import { DEFAULT_PLAN } from '../../../src/queue/plan-document.ts'
import { keepIndex } from '../../../src/queue/review-index.ts'
import { createReviewRepository } from '../../../src/queue/review-repository.ts'
import { filesInPlace } from '../../../src/queue/source-files.ts'
import { indexDocument } from '../../../src/review/index-document.ts'
import { layOverRecords } from '../../../src/review/lay-over-records.ts'
import { settleJudgements } from '../../../src/review/settle-judgements.ts'
import { packOutcome, readOutcome } from '../../../src/store/assemblies.ts'
import type { Store } from '../../../src/store/open-store.ts'
import { createReviewDesk, type ReviewDesk } from '../../../src/web/review-desk.ts'
import { storeMadeDocument } from '../../support/store-made-document.ts'
import { DOCUMENT, PAGE } from './memory-repository.ts'

const PLAN = { share: 0, seed: 'x' }
const ASSEMBLY = `assemble__${DOCUMENT}`
const ABOUT = { title: null, publisher: '某市某区财政局', fiscalYear: 2024, unusedTables: [] }

/** Puts one document of one page into a store, as an ingest leaves it. */
export async function storeBatch(
  store: Store,
  records: readonly GradedRecord[],
  checks: readonly Check[] = [],
): Promise<void> {
  const outcome = { ...ABOUT, records, checks }
  await storeMadeDocument(store, { documentId: DOCUMENT, fileName: 'made.pdf', outcome, pageSize: PAGE })
  await keepIndex(store, DOCUMENT, ASSEMBLY, outcome, [], PLAN)
}

/** The desk of one review page over a store; judgements are laid over the records, nothing else follows from them. */
export async function openStoredDesk(store: Store): Promise<ReviewDesk> {
  const pool: PagePool = {
    async run(task, request) {
      if (task !== 'assemble' || !('reviewed' in request)) throw new Error('made documents have no pictures')
      const { judgements, extractorVersion } = request.reviewed
      const assembly = await store.assemblies.find(ASSEMBLY)
      if (assembly === null) throw new Error('no such document')
      const machine = await readOutcome(store.artefacts, assembly)
      const standings = settleJudgements(judgements)
      const records = layOverRecords(DOCUMENT, machine.records, machine.records, standings, extractorVersion)
      const outcome = { ...machine, records }
      const index = JSON.stringify(indexDocument(DOCUMENT, outcome, standings, PLAN))
      return { ...packOutcome(outcome), index } as never
    },
    peakMemoryMib: () => 0,
    close: async () => undefined,
  }
  const services = { store, pool, files: filesInPlace(store), plan: DEFAULT_PLAN, pictures: null }
  const repository = createReviewRepository({ ...services, signal: new AbortController().signal })
  let batches = 0
  const desk = createReviewDesk({
    repository: { ...repository, publish: async () => undefined },
    plan: PLAN,
    now: () => Date.now(),
    newId: () => {
      batches += 1
      return `batch-${process.hrtime.bigint()}-${batches}`
    },
    onFailure: (error) => {
      throw error
    },
  })
  await desk.start()
  return desk
}
