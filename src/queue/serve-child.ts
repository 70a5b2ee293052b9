import { Worker } from 'node:worker_threads'
import { ERROR_KINDS, PipelineError } from '../model/pipeline-error.ts'
import type { ChildMessage, ChildRequest, ChildWork } from './child-protocol.ts'

/**
 * Answers the parent's requests, one at a time, until the channel closes.
 * Ctrl-C reaches the whole process group: the parent decides what it means, so a child ignores it.
 */
export function serveChild(work: ChildWork): void {
  process.on('SIGINT', () => undefined)
  process.on('disconnect', () => process.exit(0))
  watchParent()
  process.on('message', (message) => {
    const request = message as ChildRequest
    answer(work, request).then(send)
  })
  send({ kind: 'ready' })
}

async function answer(work: ChildWork, { id, task, request }: ChildRequest): Promise<ChildMessage> {
  try {
    const handler = work[task] as (request: unknown) => Promise<unknown>
    return { kind: 'answer', id, answer: await handler(request) }
  } catch (error) {
    if (error instanceof PipelineError) {
      return { kind: 'failure', id, code: error.code, detail: detailOf(error) }
    }
    return { kind: 'defect', id, detail: error instanceof Error ? error.message : String(error) }
  }
}

function detailOf(error: PipelineError): string {
  return error.message.slice(`${ERROR_KINDS[error.code].meaning}: `.length)
}

/** Asks the parent for so many times the usual time, for this and all further requests. */
export function askForPatience(factor: number): void {
  send({ kind: 'patience', factor })
}

const PROGRESS_PAUSE_MS = 1000
let toldAt = 0

/** Tells the parent, once a second at most, that the work goes forward: how many lines of the page have been read. */
export function tellProgress(linesRead: number): void {
  if (Date.now() - toldAt < PROGRESS_PAUSE_MS) return
  toldAt = Date.now()
  send({ kind: 'progress', linesRead })
}

function send(message: ChildMessage): void {
  if (process.connected) process.send?.(message)
}

/**
 * A page that hangs in a loop never sees the channel close. A thread of its own notices that the parent is gone and
 * ends the process, so that a killed parent leaves no orphan. The parent's number is taken here and now: the thread may
 * only come to run when the parent is gone already.
 */
function watchParent(): void {
  const thread = new Worker(
    `const { workerData } = require('node:worker_threads')
     setInterval(() => { if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL') }, 500)`,
    { eval: true, execArgv: [], workerData: process.ppid },
  )
  thread.unref()
}
