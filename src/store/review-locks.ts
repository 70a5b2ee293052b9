import type { StoreQuery } from './sql-dialect.ts'

/** Who looks at which question. Times are epoch ms. */
export interface ReviewLockTable {
  /** Holds a question that nobody else holds at `now`; false where somebody does. */
  claim(questionId: string, reviewer: string, now: number, until: number): Promise<boolean>
  /** Holds it whoever held it before. */
  take(questionId: string, reviewer: string, until: number): Promise<void>
  /** Lets go of everything that the reviewer holds but this. */
  releaseOthers(questionId: string, reviewer: string): Promise<void>
}

export function reviewLocksIn(query: StoreQuery): ReviewLockTable {
  return {
    async claim(questionId, reviewer, now, until) {
      const held = { reviewer, held_until: until }
      const result = await query
        .insertInto('review_locks')
        .values({ question_id: questionId, ...held })
        .onConflict((conflict) =>
          conflict
            .column('question_id')
            .doUpdateSet(held)
            .where((or) =>
              or.or([or('review_locks.reviewer', '=', reviewer), or('review_locks.held_until', '<=', now)]),
            ),
        )
        .executeTakeFirst()
      return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
    },
    async take(questionId, reviewer, until) {
      const held = { reviewer, held_until: until }
      await query
        .insertInto('review_locks')
        .values({ question_id: questionId, ...held })
        .onConflict((conflict) => conflict.column('question_id').doUpdateSet(held))
        .execute()
    },
    async releaseOthers(questionId, reviewer) {
      await query
        .deleteFrom('review_locks')
        .where('reviewer', '=', reviewer)
        .where('question_id', '!=', questionId)
        .execute()
    },
  }
}
