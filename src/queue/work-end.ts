const PAUSE_MS = 500

/** Asks whether the work is enough at most every half second, for all lines of work; once it is, it stays so. */
export function createEnoughCheck(isEnough: (() => Promise<boolean>) | undefined): () => Promise<boolean> {
  if (isEnough === undefined) return async () => false
  let askedAt = Number.NEGATIVE_INFINITY
  let answer = Promise.resolve(false)
  return () => {
    if (performance.now() - askedAt < PAUSE_MS) return answer
    askedAt = performance.now()
    const before = answer
    answer = before.then((was) => was || isEnough())
    return answer
  }
}
