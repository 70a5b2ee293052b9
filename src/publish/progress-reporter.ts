import { PLAIN_VOICE, type Voice } from '../language/voice.ts'
import { printableText } from './printable-text.ts'
import { formatProgress, type ProgressState } from './progress-line.ts'
import { createRecentPace } from './recent-pace.ts'

/** Where messages go: stderr, as a terminal or as a file. */
export interface MessageSink {
  readonly isTerminal: boolean
  write(text: string): void
}

export interface ProgressReporter {
  /** Shows how far the run is; a terminal's line is redrawn, a file gets a line now and then. */
  update(progress: Omit<ProgressState, 'recent' | 'hasBar'>): void
  /** A message that stays. */
  say(message: string): void
  /** Clears the line that is being redrawn. */
  finish(): void
}

const REDRAW_MS = 100
const PLAIN_LINE_MS = 5000
const CLEAR_LINE = '\r\u001b[K'

/** `now` gives milliseconds. A run without progress says nothing: its summary names every failure. */
export function createProgressReporter(
  sink: MessageSink,
  isWanted: boolean,
  now: () => number,
  voice: Voice = PLAIN_VOICE,
): ProgressReporter {
  const begun = now()
  const intervalMs = sink.isTerminal ? REDRAW_MS : PLAIN_LINE_MS
  let lastShown = begun - (sink.isTerminal ? REDRAW_MS : 0)
  const pace = createRecentPace(begun / 1000)
  let isDrawn = false

  function clear(): void {
    if (isDrawn) sink.write(CLEAR_LINE)
    isDrawn = false
  }

  return {
    update(progress) {
      if (!isWanted) return
      const recent = pace.note(progress.pagesDone, now() / 1000)
      if (now() - lastShown < intervalMs) return
      lastShown = now()
      const line = formatProgress({ ...progress, recent, hasBar: sink.isTerminal }, voice)
      sink.write(sink.isTerminal ? `${CLEAR_LINE}${line}` : `${line}\n`)
      isDrawn = sink.isTerminal
    },
    say(message) {
      if (!isWanted) return
      clear()
      sink.write(`${printableText(message)}\n`)
    },
    finish: clear,
  }
}
