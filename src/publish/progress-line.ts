/** How far a run is. `seconds` since its start; `hasBar` for a terminal, where the line is redrawn. */
export interface ProgressState {
  readonly pagesDone: number
  readonly pagesTotal: number
  readonly documentsWaiting: number
  readonly seconds: number
  readonly hasBar: boolean
}

const BAR_WIDTH = 24
const SECONDS_PER_MINUTE = 60
/** Before this many pages a rate is a guess. */
const PAGES_FOR_RATE = 3

/** One line of at most 79 columns: pages done, rate, time left. */
export function formatProgress(state: ProgressState): string {
  const { pagesDone, pagesTotal, documentsWaiting } = state
  if (pagesTotal === 0) return documentsWaiting === 0 ? 'finishing' : `opening ${documentsWaiting} documents`
  const text = `${pagesDone}/${pagesTotal} pages${describePace(state)}`
  if (!state.hasBar) return text
  const filled = Math.floor((BAR_WIDTH * pagesDone) / pagesTotal)
  const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled)
  return `${bar} ${text}`
}

function describePace({ pagesDone, pagesTotal, seconds }: ProgressState): string {
  if (pagesDone < PAGES_FOR_RATE || seconds === 0) return ''
  const perMinute = (pagesDone / seconds) * SECONDS_PER_MINUTE
  const secondsLeft = ((pagesTotal - pagesDone) / pagesDone) * seconds
  return `, ${perMinute.toFixed(0)} a minute, ${formatDuration(secondsLeft)} left`
}

/** '8 s', '3 min 05 s', '2 h 07 min'. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < SECONDS_PER_MINUTE) return `${whole} s`
  const minutes = Math.floor(whole / SECONDS_PER_MINUTE)
  if (minutes < SECONDS_PER_MINUTE) return `${minutes} min ${pad(whole % SECONDS_PER_MINUTE)} s`
  return `${Math.floor(minutes / SECONDS_PER_MINUTE)} h ${pad(minutes % SECONDS_PER_MINUTE)} min`
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
