import { setTimeout as sleep } from 'node:timers/promises'
import { groupBy } from '../model/group-by.ts'
import type { Judgement } from '../model/judgement.ts'
import type { ReviewRepository } from '../review/review-repository.ts'

/** All judgements of the store as far as this program knows them; what other programs add is taken in when asked for. */
export interface JudgementLog {
  all(): readonly Judgement[]
  /** Adds what this program has kept in the store. */
  remember(added: readonly Judgement[]): void
  /** Takes in what others have added since. One question to the store, however many ask at once. */
  catchUp(): Promise<void>
}

export interface LogServices {
  readonly repository: Pick<ReviewRepository, 'judgementsSince'>
  /** What others have said, one document at a time. */
  readonly onNews: (documentId: string, judgements: readonly Judgement[]) => void
}

export function createJudgementLog({ repository, onNews }: LogServices): JudgementLog {
  const known = new Set<string>()
  let judgements: readonly Judgement[] = []
  let mark = 0
  let hasLooked = false
  let asking: Promise<void> | null = null

  function remember(added: readonly Judgement[]): readonly Judgement[] {
    const fresh = added.filter(({ judgementId }) => !known.has(judgementId))
    for (const { judgementId } of fresh) known.add(judgementId)
    if (fresh.length > 0) judgements = [...judgements, ...fresh]
    return fresh
  }

  async function look(): Promise<void> {
    const added = await repository.judgementsSince(mark)
    mark = added.mark
    const byDocument = groupBy(remember(added.judgements), ({ place }) => place.documentId)
    // What was there before is in the documents already.
    if (hasLooked) for (const [documentId, ofDocument] of byDocument) onNews(documentId, ofDocument)
    hasLooked = true
  }

  return {
    all: () => judgements,
    remember: (added) => void remember(added),
    catchUp() {
      asking ??= look().finally(() => {
        asking = null
      })
      return asking
    },
  }
}

const RELOAD_EVERY_MS = 500
const RELOAD_TRIES = 20

/**
 * Waits until the program that took an answer has worked it into its document. False when it does not (it may have ended),
 * or when `isOver`.
 */
export async function untilWorkedIn(reload: () => Promise<boolean>, isOver: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < RELOAD_TRIES && !isOver(); tries += 1) {
    if (await reload()) return true
    await sleep(RELOAD_EVERY_MS)
  }
  return false
}
