/** How much work the sums of one table may still cost, in 64-bit words touched. */
export interface WorkBudget {
  /** Takes `words` off and says true; takes nothing and says false when there are not so many left. */
  spend(words: number): boolean
}

/** About 10 s of one core. */
const WORDS_PER_TABLE = 2_000_000_000
/** One sum may take so many (about 0.3 s). */
const WORDS_PER_SUM = 60_000_000

/** The budget of one table: whatever its size, its sums end. */
export function createWorkBudget(words = WORDS_PER_TABLE): WorkBudget {
  let left = words
  return {
    spend: (wanted) => {
      if (wanted > Math.min(left, WORDS_PER_SUM)) return false
      left -= wanted
      return true
    },
  }
}
