import type { Handlers, Job } from './job-queue.ts'
import type { NewJob } from './stages.ts'

/** What a handler came to. What it throws is a result too: only the queue's own failures are thrown. */
export type HandlerResult<Outcome> =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'error'; readonly error: unknown }

export async function callHandler<Outcome>(
  job: NewJob,
  handlers: Handlers<Outcome>,
  signal: AbortSignal,
  onProgress: (linesRead: number) => void,
): Promise<HandlerResult<Outcome>> {
  const handler = handlers[job.stage] as (payload: unknown, context: unknown) => Promise<Outcome>
  try {
    return { kind: 'outcome', outcome: await handler(job.payload, { jobId: job.id, signal, onProgress }) }
  } catch (error) {
    return { kind: 'error', error }
  }
}

/** The same for several pages of one document. */
export async function callForPages<Outcome>(
  jobs: readonly Job<'page'>[],
  { pages }: Handlers<Outcome>,
  signal: AbortSignal,
): Promise<HandlerResult<readonly Outcome[]>> {
  const payloads = jobs.map(({ payload }) => payload)
  try {
    return { kind: 'outcome', outcome: (await pages?.(payloads, { signal })) ?? [] }
  } catch (error) {
    return { kind: 'error', error }
  }
}
