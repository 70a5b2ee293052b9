import { ERROR_KINDS, type ErrorCode, PipelineError } from '../model/pipeline-error.ts'
import type { ChildTasks, TaskName } from './child-protocol.ts'
import { type ChildAnswer, type PageChild, startPageChild } from './page-child-process.ts'

export interface PoolLimits {
  /** The most children at a time. */
  readonly size: number
  /** To put a document together may take longer. */
  readonly pageTimeoutMs: number
  /** Opening a document is quick or hopeless. */
  readonly openTimeoutMs: number
  /** Resident memory at which a child is stopped. */
  readonly memoryMib: number
  /** A child that has answered this often is replaced by a fresh one. */
  readonly recycleAfter: number
}

/** Warm child processes in which documents are opened and pages read: what goes wrong there costs only itself. */
export interface PagePool {
  /** Throws PipelineError; a child that died, hung or grew too large gives page/* or document/* of that name. */
  run<Task extends TaskName>(
    task: Task,
    request: ChildTasks[Task]['request'],
    signal: AbortSignal,
    onProgress?: (linesRead: number) => void,
  ): Promise<ChildTasks[Task]['answer']>
  /** The highest resident memory that any child was seen with, MiB. */
  peakMemoryMib(): number
  close(): Promise<void>
}

/** A child above this share of the memory limit is replaced between pages, before it can be stopped within one. */
const RECYCLE_MEMORY_SHARE = 0.75
const HEAP_SHARE = 0.5

export function createPagePool(script: URL, limits: PoolLimits): PagePool {
  const idle: PageChild[] = []
  const waiting: (() => void)[] = []
  let busyCount = 0
  let lastRequestId = 0
  let peakMemory = 0

  async function acquire(): Promise<PageChild> {
    while (busyCount >= limits.size) await new Promise<void>((resolve) => waiting.push(resolve))
    busyCount += 1
    try {
      return idle.pop() ?? (await startPageChild(script, Math.floor(limits.memoryMib * HEAP_SHARE)))
    } catch (error) {
      releaseSlot()
      throw error
    }
  }

  function releaseSlot(): void {
    busyCount -= 1
    waiting.shift()?.()
  }

  function release(child: PageChild, isSound: boolean): void {
    const isTired =
      child.askedCount >= limits.recycleAfter || child.memoryMib() > limits.memoryMib * RECYCLE_MEMORY_SHARE
    peakMemory = Math.max(peakMemory, child.peakMemoryMib())
    if (!isSound) child.kill()
    else if (isTired) void child.close()
    else idle.push(child)
    releaseSlot()
  }

  async function run<Task extends TaskName>(
    task: Task,
    request: ChildTasks[Task]['request'],
    signal: AbortSignal,
    onProgress: (linesRead: number) => void = () => undefined,
  ): Promise<ChildTasks[Task]['answer']> {
    signal.throwIfAborted()
    const child = await acquire()
    const onAbort = () => child.kill()
    signal.addEventListener('abort', onAbort)
    let answer: ChildAnswer | null = null
    try {
      lastRequestId += 1
      const bounds = { timeoutMs: timeoutOf(task, limits), memoryMib: limits.memoryMib }
      answer = await child.ask({ id: lastRequestId, task, request }, bounds, onProgress)
    } finally {
      signal.removeEventListener('abort', onAbort)
      release(child, answer?.kind === 'answer' || answer?.kind === 'failure')
    }
    if (answer.kind === 'answer') return answer.answer as ChildTasks[Task]['answer']
    throw toPipelineError(answer, request)
  }

  return {
    run,
    peakMemoryMib: () => Math.max(peakMemory, ...idle.map((child) => child.peakMemoryMib())),
    close: async () => {
      await Promise.all(idle.splice(0).map((child) => child.close()))
    },
  }
}

/** Many tables with misread figures are searched for long; a page that is inspected is also read, drawn and put together. */
const DOCUMENT_FACTOR = 6

function timeoutOf(task: TaskName, { openTimeoutMs, pageTimeoutMs }: PoolLimits): number {
  if (task === 'open') return openTimeoutMs
  return task === 'page' ? pageTimeoutMs : pageTimeoutMs * DOCUMENT_FACTOR
}

function toPipelineError(answer: Exclude<ChildAnswer, { kind: 'answer' }>, request: object): PipelineError {
  const pageNumber = 'pageNumber' in request && typeof request.pageNumber === 'number' ? request.pageNumber : null
  const scope = pageNumber === null ? 'document' : 'page'
  const code: ErrorCode = answer.kind === 'failure' ? answer.code : `${scope}/${answer.kind}`
  // A code from the other process is data: one that this version does not know must not pass for an error of ours.
  if (!(code in ERROR_KINDS)) throw new Error(`unknown error code ${code}: ${answer.detail}`)
  return new PipelineError(code, answer.detail, pageNumber === null ? {} : { pageNumber })
}
