import { sayError } from '../language/say-error.ts'
import type { Voice } from '../language/voice.ts'
import type { MessageValues } from '../model/message-template.ts'
import { findingIn } from '../publish/findings.ts'
import { createProgressReporter, type ProgressReporter } from '../publish/progress-reporter.ts'
import { dictionariesId } from '../queue/dictionaries-id.ts'
import type { WorkPlan } from '../queue/plan-document.ts'
import { type Limits, readLimits } from '../queue/read-limits.ts'
import { openSourceFiles } from '../queue/source-files.ts'
import { STAGE_VERSIONS } from '../queue/stages.ts'
import type { PublishOptions, WorkProgress, WorkServices } from '../queue/work-off.ts'
import type { Store } from '../store/open-store.ts'
import { type Terminal, toPoolLimits, voiceOf } from './terminal.ts'
import { openWorkplace, type Place } from './workplace.ts'

export interface WorkCommand {
  readonly place: Place
  /** Pages read at the same time by this process. */
  readonly jobs: number
  readonly showsProgress: boolean
}

/** What a command that works on jobs is given. */
export interface AtWork {
  readonly services: WorkServices
  readonly options: PublishOptions
  readonly limits: Limits
  /** Says a text in the language of the terminal. */
  readonly say: (text: string, values?: MessageValues) => void
  readonly finishProgress: () => void
}

export function planWork(limits: Limits): WorkPlan {
  return { versions: STAGE_VERSIONS, dictionariesId: dictionariesId(), maxPages: limits.maxPages }
}

/** Opens all that work on jobs needs, lets `work` do it, and closes everything, whatever happens. */
export async function atWork<Result>(
  { place, jobs, showsProgress }: WorkCommand,
  mode: 'create' | 'existing',
  terminal: Terminal,
  work: (at: AtWork) => Promise<Result>,
): Promise<Result> {
  const limits = readLimits(terminal.environment)
  const voice = voiceOf(terminal)
  const reporter = createProgressReporter(terminal.messages, showsProgress, () => performance.now(), voice)
  const { store, queue, close } = await openWorkplace(place, mode, (notice) =>
    reporter.say(findingIn(voiceOf(terminal).language, notice)),
  )
  const pool = terminal.openPool(toPoolLimits(limits, jobs))
  const files = openSourceFiles(store)
  try {
    if (await queue.isPaused()) reporter.say(voice.say('the queue is paused: nothing is begun until `gongkai resume`'))
    const { stop, abort } = terminal
    const onProgress = (progress: WorkProgress) => report(reporter, store, progress, voice)
    return await work({
      services: { store, queue, pool, files, plan: planWork(limits) },
      options: { jobs, stop, abort, onProgress },
      limits,
      say: (text, values) => reporter.say(voice.say(text, values)),
      finishProgress: () => reporter.finish(),
    })
  } finally {
    reporter.finish()
    await pool.close()
    files.close()
    await close()
  }
}

function report(reporter: ProgressReporter, store: Store, progress: WorkProgress, voice: Voice): void {
  reporter.update(progress)
  const { event } = progress
  if (event?.error == null || !('documentId' in event.job.payload)) return
  const { say } = voice
  const page = 'pageNumber' in event.job.payload ? say(', page {page}', { page: event.job.payload.pageNumber }) : ''
  const next = event.kind === 'retried' ? say(' (it is tried again)') : ''
  const said = `${page}: ${event.error.code}: ${sayError(event.error, voice).message}${next}`
  const { documentId } = event.job.payload
  store.documents.get(documentId).then(
    ({ fileName }) => reporter.say(`${fileName}${said}`),
    () => reporter.say(`${documentId}${said}`),
  )
}
