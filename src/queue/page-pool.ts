import { ERROR_KINDS, type ErrorCode, PipelineError } from '../model/pipeline-error.ts'
import type { ChildTasks, PackedReading, TaskName } from './child-protocol.ts'
import { createDocumentPatience } from './document-patience.ts'
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
const MOST_FAILURES = 1000

export function createPagePool(script: URL, limits: PoolLimits): PagePool {
  const idle: PageChild[] = []
  const waiting: (() => void)[] = []
  let busyCount = 0
  let lastRequestId = 0
  let peakMemory = 0
  const patience = createDocumentPatience(limits.pageTimeoutMs)
  /** What took too long to put together: that always takes the same, so its second try, and that alone, is not made. */
  const givenUp = new Map<string, ChildAnswer>()
  /** How requests failed, for the second try. */
  const failures = new Map<string, ChildAnswer>()

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
      answer = await ask(child, task, request, onProgress)
    } finally {
      signal.removeEventListener('abort', onAbort)
      release(child, answer === null || answer.kind === 'answer' || answer.kind === 'failure')
    }
    if (answer === null) throw outOfPatience(request)
    if (answer.kind === 'answer') return answer.answer as ChildTasks[Task]['answer']
    const usualMs = timeoutOf(task, request, limits)
    throw toPipelineError(answer.kind === 'timeout' ? { ...answer, detail: describeLimit(usualMs) } : answer, request)
  }

  /** Where the document has no time left for what may give nothing: how it failed before, or null. */
  async function ask<Task extends TaskName>(
    child: PageChild,
    task: Task,
    request: ChildTasks[Task]['request'],
    onProgress: (linesRead: number) => void,
  ): Promise<ChildAnswer | null> {
    const usualMs = timeoutOf(task, request, limits)
    const documentId = isBounded(task) && 'documentId' in request ? request.documentId : null
    const timeoutMs = documentId === null ? usualMs : patience.limitFor(documentId, usualMs)
    const key = JSON.stringify(request)
    const before = givenUp.get(key)
    if (givenUp.delete(key) && before !== undefined) return before
    if (timeoutMs === 0) return failures.get(key) ?? null
    lastRequestId += 1
    const bounds = { timeoutMs, memoryMib: limits.memoryMib }
    const { answer, spentMs } = await child.ask({ id: lastRequestId, task, request }, bounds, onProgress)
    if (documentId === null) {
      if (task === 'assemble' && answer.kind === 'timeout') givenUp.set(key, answer)
      return answer
    }
    patience.spend(documentId, spentMs, hasGivenSomething(task, answer, spentMs < QUICK_SHARE * limits.pageTimeoutMs))
    failures.delete(key)
    if (answer.kind !== 'answer') failures.set(key, answer)
    const [oldest] = failures.keys()
    if (failures.size > MOST_FAILURES && oldest !== undefined) failures.delete(oldest)
    return answer
  }

  return {
    run,
    peakMemoryMib: () => Math.max(peakMemory, ...idle.map((child) => child.peakMemoryMib())),
    close: async () => {
      await Promise.all(idle.splice(0).map((child) => child.close()))
    },
  }
}

/** A page that is inspected is also read, drawn and put together. */
const INSPECTION_FACTOR = 6
/**
 * To put a document together, in limits of a page: for itself, for each of its pages, and at most. Its sums are searched for 20 s
 * at most, all else took 15 to 45 ms a page in documents of 2,000 pages: up to 22 pages it ends within a minute.
 */
const ASSEMBLY = { base: 1, perPage: 0.05, most: 6 }

function timeoutOf(task: TaskName, request: object, { openTimeoutMs, pageTimeoutMs }: PoolLimits): number {
  if (task === 'open') return openTimeoutMs
  if (task === 'page') return pageTimeoutMs
  const pages = 'artefacts' in request && Array.isArray(request.artefacts) ? request.artefacts.length : 0
  const isAssembly = task === 'assemble'
  return (
    pageTimeoutMs * (isAssembly ? Math.min(ASSEMBLY.base + ASSEMBLY.perPage * pages, ASSEMBLY.most) : INSPECTION_FACTOR)
  )
}

function describeLimit(limitMs: number): string {
  return `the limit is ${Math.round(limitMs / 100) / 10} s, less where the document has given nothing before`
}

function isBounded(task: TaskName): boolean {
  return task === 'open' || task === 'page'
}

/** A page that took no longer than this share of its limit is worth it, whatever it gave. */
const QUICK_SHARE = 0.25

/**
 * An opened document has given nothing yet, and neither has a blank page: honest ones take no time worth counting. A page that took
 * long must have given a text: of a file of scans of noise, each read to its end, every page would else take a limit.
 */
function hasGivenSomething(task: TaskName, answer: ChildAnswer, wasQuick: boolean): boolean {
  if (task !== 'page' || answer.kind !== 'answer') return false
  const { kind, isLegible } = answer.answer as PackedReading
  return kind !== 'blank' && (wasQuick || isLegible)
}

function outOfPatience(request: object): PipelineError {
  const pageNumber = 'pageNumber' in request && typeof request.pageNumber === 'number' ? request.pageNumber : null
  const detail = 'pages before it took all the time that it has'
  return pageNumber === null
    ? new PipelineError('document/timeout', detail)
    : new PipelineError('page/not-tried', detail, { pageNumber })
}

function toPipelineError(answer: Exclude<ChildAnswer, { kind: 'answer' }>, request: object): PipelineError {
  const pageNumber = 'pageNumber' in request && typeof request.pageNumber === 'number' ? request.pageNumber : null
  const scope = pageNumber === null ? 'document' : 'page'
  const code: ErrorCode = answer.kind === 'failure' ? answer.code : `${scope}/${answer.kind}`
  // A code from the other process is data: one that this version does not know must not pass for an error of ours.
  if (!(code in ERROR_KINDS)) throw new Error(`unknown error code ${code}: ${answer.detail}`)
  return new PipelineError(code, answer.detail, pageNumber === null ? {} : { pageNumber })
}
