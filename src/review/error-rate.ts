/** A share with its 95 % interval, all 0 to 1; `of` is how many were looked at. */
export interface Rate {
  readonly errors: number
  readonly of: number
  readonly share: number
  readonly low: number
  readonly high: number
}

/** The standard normal deviate that leaves 2.5 % on each side. */
const DEVIATE = 1.959963984540054

/**
 * Wilson's score interval: right also for no error at all, where the naive interval would be empty. Looking at nothing
 * tells nothing: the interval is then 0 to 1. Source: E. B. Wilson, JASA 22 (1927).
 */
export function toRate(errors: number, of: number): Rate {
  if (of === 0) return { errors, of, share: 0, low: 0, high: 1 }
  const share = errors / of
  const square = DEVIATE ** 2
  const centre = share + square / (2 * of)
  const spread = DEVIATE * Math.sqrt((share * (1 - share) + square / (4 * of)) / of)
  const scale = 1 + square / of
  const low = errors === 0 ? 0 : Math.max(0, (centre - spread) / scale)
  const high = errors === of ? 1 : Math.min(1, (centre + spread) / scale)
  return { errors, of, share, low, high }
}
