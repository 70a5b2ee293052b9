/** How much work sums may still cost, in 64-bit words touched. */
export interface WorkBudget {
  /** Takes `words` off and says true; takes nothing and says false when there are not so many left. */
  spend(words: number): boolean
}

/** About 20 s of one core. */
const WORDS_PER_DOCUMENT = 4_000_000_000
/** About 10 s of one core. */
const WORDS_PER_TABLE = 2_000_000_000
/** One sum may take so many (about 0.3 s). */
const WORDS_PER_SUM = 60_000_000

/** The budget of one table, out of what its document has left: whatever its size, its sums end. */
export function createWorkBudget(
  words = WORDS_PER_TABLE,
  ofDocument: WorkBudget = createDocumentBudget(words),
): WorkBudget {
  let left = words
  return {
    spend: (wanted) => {
      if (wanted > Math.min(left, WORDS_PER_SUM) || !ofDocument.spend(wanted)) return false
      left -= wanted
      return true
    },
  }
}

/** The budget of all tables of one document together: the first tables that need much may leave nothing for later ones. */
export function createDocumentBudget(words = WORDS_PER_DOCUMENT): WorkBudget {
  let left = words
  return {
    spend: (wanted) => {
      if (wanted > left) return false
      left -= wanted
      return true
    },
  }
}
