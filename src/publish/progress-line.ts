import { PLAIN_VOICE, type Voice } from '../language/voice.ts'
import type { RecentPages } from './recent-pace.ts'

/** How far a run is, and how fast of late; `hasBar` for a terminal, where the line is redrawn. */
export interface ProgressState {
  readonly pagesDone: number
  readonly pagesTotal: number
  readonly documentsWaiting: number
  readonly recent: RecentPages
  readonly hasBar: boolean
}

const BAR_WIDTH = 24
const SECONDS_PER_MINUTE = 60
/** Before this many pages a rate is a guess. */
const PAGES_FOR_RATE = 3

/** One line of at most 79 columns: pages done, rate, time left. */
export function formatProgress(state: ProgressState, voice: Voice = PLAIN_VOICE): string {
  const { pagesDone, pagesTotal, documentsWaiting } = state
  const { say, paint } = voice
  if (pagesTotal === 0) {
    return documentsWaiting === 0 ? say('finishing') : say('opening {count} documents', { count: documentsWaiting })
  }
  const text = `${say('{done}/{all} pages', { done: pagesDone, all: pagesTotal })}${describePace(state, voice)}`
  if (!state.hasBar) return text
  const filled = Math.floor((BAR_WIDTH * pagesDone) / pagesTotal)
  return `${paint('good', '█'.repeat(filled))}${paint('quiet', '░'.repeat(BAR_WIDTH - filled))} ${text}`
}

function describePace({ pagesDone, pagesTotal, recent }: ProgressState, voice: Voice): string {
  if (recent.pages < PAGES_FOR_RATE || recent.seconds === 0) return ''
  const rate = ((recent.pages / recent.seconds) * SECONDS_PER_MINUTE).toFixed(0)
  const secondsLeft = ((pagesTotal - pagesDone) / recent.pages) * recent.seconds
  return voice.say(', {rate} a minute, {time} left', { rate, time: formatDuration(secondsLeft, voice) })
}

/** '8 s', '3 min 05 s', '2 h 07 min'. */
export function formatDuration(seconds: number, { say }: Voice = PLAIN_VOICE): string {
  const whole = Math.round(seconds)
  if (whole < SECONDS_PER_MINUTE) return say('{seconds} s', { seconds: whole })
  const minutes = Math.floor(whole / SECONDS_PER_MINUTE)
  if (minutes < SECONDS_PER_MINUTE) {
    return say('{minutes} min {seconds} s', { minutes, seconds: pad(whole % SECONDS_PER_MINUTE) })
  }
  const hours = Math.floor(minutes / SECONDS_PER_MINUTE)
  return say('{hours} h {minutes} min', { hours, minutes: pad(minutes % SECONDS_PER_MINUTE) })
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
