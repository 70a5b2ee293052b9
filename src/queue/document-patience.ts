/** The least time that a page is worth trying with, as a share of the usual limit. */
const LEAST_SHARE = 0.25
/** Time on pages that give nothing, in usual limits: one page that hangs has it all, twice over. */
const FRUITLESS_LIMITS = 2
/** More documents than this are not in work at a time. */
const MOST_KNOWN = 1000

/** What is known of a document while it is in work: processor time (ms) by what came of it. */
interface Spent {
  fruitlessMs: number
  fruitfulMs: number
}

/**
 * How long a document may go on giving nothing. Pages that hang, burst, are refused late or take long for no text may take two usual limits of time
 * together, and as much again as pages that gave something took: a document made to waste time ends within a minute, and of
 * an honest one whose scans take long a few bad pages cost only themselves. Each further try has half of what is left.
 * Kept by process: another run begins anew.
 */
export interface DocumentPatience {
  /** Time for the next try, of at most `usualMs`; 0: none is left. */
  limitFor(documentId: string, usualMs: number): number
  spend(documentId: string, ms: number, isFruitful: boolean): void
  forget(documentId: string): void
}

export function createDocumentPatience(pageLimitMs: number): DocumentPatience {
  const known = new Map<string, Spent>()

  function spentOn(documentId: string): Spent {
    const spent = known.get(documentId) ?? { fruitlessMs: 0, fruitfulMs: 0 }
    // Maps keep the order in which keys were set: the first has been left alone for longest.
    known.delete(documentId)
    known.set(documentId, spent)
    const [oldest] = known.keys()
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest)
    return spent
  }

  return {
    limitFor(documentId, usualMs) {
      const { fruitlessMs, fruitfulMs } = spentOn(documentId)
      const leftMs = FRUITLESS_LIMITS * pageLimitMs + fruitfulMs - fruitlessMs
      const leastMs = LEAST_SHARE * pageLimitMs
      if (leftMs < leastMs) return 0
      return Math.min(usualMs, Math.max(leftMs / 2, leastMs))
    },
    spend(documentId, ms, isFruitful) {
      const spent = spentOn(documentId)
      if (isFruitful) spent.fruitfulMs += ms
      else spent.fruitlessMs += ms
    },
    forget: (documentId) => void known.delete(documentId),
  }
}
