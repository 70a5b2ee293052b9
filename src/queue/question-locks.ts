import type { QuestionLocks } from '../review/review-repository.ts'
import type { ReviewLockTable } from '../store/review-locks.ts'

const HELD_MS = 120_000

/** Locks in the store, so that several review pages know of each other. One ends by itself after two minutes without a sign of its holder. */
export function createQuestionLocks(table: ReviewLockTable, now: () => number = Date.now): QuestionLocks {
  return {
    async claim(questionId, reviewer) {
      const isHeld = await table.claim(questionId, reviewer, now(), now() + HELD_MS)
      if (isHeld) await table.releaseOthers(questionId, reviewer)
      return isHeld
    },
    async take(questionId, reviewer) {
      await table.take(questionId, reviewer, now() + HELD_MS)
      await table.releaseOthers(questionId, reviewer)
    },
  }
}
