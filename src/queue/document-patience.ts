/** The least time that a page is worth trying with, as a share of the usual limit. */
const LEAST_SHARE = 0.25
/** Time on pages that give nothing, in usual limits: with the starting of processes and 1,900 pages to be told of, a minute. */
const FRUITLESS_LIMITS = 1.85
/** What the next try has of the time that is left: of all of it a usual limit. */
const NEXT_SHARE = 0.55
/** After so many pages that gave something, half as much is set aside for each that is under way; after twice as many a third … */
const EARNED_BY = 4
/** More documents than this are not in work at a time. */
const MOST_KNOWN = 1000

/** One try of a page or of opening, under way: what it may take is set aside until it ends. */
export interface DocumentTry {
  /** Processor time (ms) that it has. */
  readonly limitMs: number
  /** To be called once, however it ended. */
  end(spentMs: number, isFruitful: boolean): void
}

export interface TryOptions {
  /** The most that a try gets, ms. */
  readonly usualMs: number
  /** What the try before had and used up, ms; 0 where there was none, or it ended otherwise. */
  readonly usedUpMs?: number
}

/**
 * How long a document may go on giving nothing. Pages that hang, burst, are refused late or take long for no text may take nearly two usual limits of time
 * together, and as much again as pages that gave something took: a document made to waste time ends within a minute, and of
 * an honest one whose scans take long a few bad pages cost only themselves. Each further try has about half of what is left. What used
 * up its time once would do so again: its second try has as much again where the document has earned that, and else the
 * least there is.
 * What tries under way may take is set aside: of a document that has given nothing all there is, and they that find nothing
 * left wait for one of them to end. The more pages have given something, the less is set aside for each.
 * Kept by process: another run begins anew.
 */
export interface DocumentPatience {
  /** The next try, when there is time for it; null: none is left. */
  begin(documentId: string, options: TryOptions): Promise<DocumentTry | null>
}

/** What is known of a document while it is in work: processor time (ms), what is under way, and who waits for it to end. */
interface Purse {
  fruitlessMs: number
  fruitfulMs: number
  fruitfulTries: number
  readonly underWay: Set<{ readonly limitMs: number }>
  readonly waiting: (() => void)[]
}

export function createDocumentPatience(pageLimitMs: number): DocumentPatience {
  const purses = new Map<string, Purse>()
  const leastMs = LEAST_SHARE * pageLimitMs

  function purseOf(documentId: string): Purse {
    const fresh = { fruitlessMs: 0, fruitfulMs: 0, fruitfulTries: 0, underWay: new Set<DocumentTry>(), waiting: [] }
    const purse = purses.get(documentId) ?? fresh
    // Maps keep the order in which keys were set: the first has been left alone for longest.
    purses.delete(documentId)
    purses.set(documentId, purse)
    const [oldest] = purses.keys()
    if (purses.size > MOST_KNOWN && oldest !== undefined) purses.delete(oldest)
    return purse
  }

  /** What is left, and what of it is not set aside. */
  function timeOf({ fruitlessMs, fruitfulMs, fruitfulTries, underWay }: Purse) {
    const leftMs = FRUITLESS_LIMITS * pageLimitMs + fruitfulMs - fruitlessMs
    const setAsideMs =
      [...underWay].reduce((total, { limitMs }) => total + limitMs, 0) / (1 + fruitfulTries / EARNED_BY)
    return { leftMs, freeMs: leftMs - setAsideMs }
  }

  return {
    async begin(documentId, { usualMs, usedUpMs = 0 }) {
      const purse = purseOf(documentId)
      while (timeOf(purse).freeMs < leastMs && purse.underWay.size > 0) {
        await new Promise<void>((resolve) => purse.waiting.push(resolve))
      }
      const { leftMs, freeMs } = timeOf(purse)
      if (freeMs < leastMs) return null
      const fairMs = Math.min(usualMs, Math.max(NEXT_SHARE * leftMs, leastMs), freeMs)
      const attempt: DocumentTry = {
        limitMs: fairMs < usedUpMs ? leastMs : fairMs,
        end(spentMs, isFruitful) {
          purse.underWay.delete(attempt)
          if (isFruitful) {
            purse.fruitfulMs += spentMs
            purse.fruitfulTries += 1
          } else {
            purse.fruitlessMs += spentMs
          }
          for (const wake of purse.waiting.splice(0)) wake()
        },
      }
      purse.underWay.add(attempt)
      return attempt
    },
  }
}
