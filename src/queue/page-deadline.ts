/** Processor time within this long that still is work, and not a process that waits for what never comes. */
const IDLE_AFTER_MS = 5000
const LEAST_WORK_MS = 50
/** However slowly it works: after so many times its limit a page is given up. */
const LONGEST_FACTOR = 10

/**
 * When a page has had its time. On a busy machine a page gets only a share of a processor: past `timeoutMs` by the clock
 * it may go on while it works, until it has had `timeoutMs` of processor time.
 */
export interface PageDeadline {
  /** Whether it is over; to be asked several times a second. `now` and `processor` in ms; null: cannot be told. */
  isOver(now: number, processor: number | null): boolean
}

export function pageDeadline(timeoutMs: number, startedAt: number, processorAtStart: number | null): PageDeadline {
  let mark = { at: startedAt, processor: processorAtStart ?? 0 }
  return {
    isOver(now, processor) {
      if (processor !== null && processor - mark.processor >= LEAST_WORK_MS) mark = { at: now, processor }
      const elapsed = now - startedAt
      if (elapsed < timeoutMs) return false
      if (processor === null || processorAtStart === null) return true
      const isIdle = now - mark.at >= IDLE_AFTER_MS
      return isIdle || processor - processorAtStart >= timeoutMs || elapsed >= LONGEST_FACTOR * timeoutMs
    },
  }
}
