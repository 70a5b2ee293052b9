/** How many of the last pages took how long, by the clock. */
export interface RecentPages {
  readonly pages: number
  readonly seconds: number
}

/** Told how many pages are done whenever some are; `seconds` since whatever moment, but always the same. */
export interface RecentPace {
  note(pagesDone: number, seconds: number): RecentPages
}

/** The pace is that of the last minute, or of the last pages where those took longer: an outage before them is over. */
const RECENT = { seconds: 60, pages: 10 } as const
const SECONDS_BETWEEN_MARKS = 1

/** Watches the pace of a run that begins at `begun` (seconds). */
export function createRecentPace(begun: number): RecentPace {
  /** At least one, the oldest first. */
  let marks: RecentPages[] = [{ pages: 0, seconds: begun }]

  return {
    note(pagesDone, seconds) {
      const last = marks.at(-1)
      // Another part of the run counts from its own beginning.
      if (last !== undefined && pagesDone < last.pages) marks = [{ pages: 0, seconds: last.seconds }]
      if (last === undefined || seconds - last.seconds >= SECONDS_BETWEEN_MARKS)
        marks.push({ pages: pagesDone, seconds })
      const isRecent = (mark: RecentPages) =>
        seconds - mark.seconds < RECENT.seconds || pagesDone - mark.pages < RECENT.pages
      // The last mark that is no longer recent is where the recent pages begin.
      const from = marks.findLastIndex((mark) => !isRecent(mark))
      if (from > 0) marks = marks.slice(from)
      const [first = { pages: 0, seconds: begun }] = marks
      return { pages: pagesDone - first.pages, seconds: seconds - first.seconds }
    },
  }
}
