import { ERROR_KINDS, type ErrorCode, PipelineError } from '../model/pipeline-error.ts'
import type { ChildTasks, PackedReading, PackedReadings, TaskName } from './child-protocol.ts'
import { createDocumentPatience } from './document-patience.ts'
import { type ChildAnswer, type ChildReply, type PageChild, startPageChild } from './page-child-process.ts'

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

type FailedAnswer = Exclude<ChildAnswer, { kind: 'answer' }>

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
  const givenUp = new Map<string, FailedAnswer>()
  /** How requests failed, for the second try. */
  const failures = new Map<string, { readonly answer: FailedAnswer; readonly usedUpMs: number }>()

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
    const key = JSON.stringify(request)
    const before = givenUp.get(key)
    if (givenUp.delete(key) && before !== undefined) throw failureOf(task, before, request)
    const usualMs = timeoutOf(task, request, limits)
    const documentId = isBounded(task) && 'documentId' in request ? request.documentId : null
    if (documentId === null) {
      const { answer } = await ask(task, request, signal, usualMs, onProgress)
      if (task === 'assemble' && answer.kind === 'timeout') givenUp.set(key, answer)
      return resultOf(task, answer, request)
    }
    const failed = failures.get(key)
    const attempt = await patience.begin(documentId, { usualMs, usedUpMs: failed?.usedUpMs ?? 0 })
    if (attempt === null) throw failed === undefined ? outOfPatience(request) : failureOf(task, failed.answer, request)
    let [spentMs, isFruitful] = [0, false]
    try {
      const reply = await ask(task, request, signal, attempt.limitMs, onProgress)
      const wasQuick = reply.spentMs < QUICK_SHARE * limits.pageTimeoutMs
      ;[spentMs, isFruitful] = [reply.spentMs, hasGivenSomething(task, reply.answer, wasQuick)]
      remember(key, reply.answer, attempt.limitMs)
      return resultOf(task, reply.answer, request)
    } finally {
      attempt.end(spentMs, isFruitful)
    }
  }

  /** Has a child of its own for the question, and lets go of it. */
  async function ask<Task extends TaskName>(
    task: Task,
    request: ChildTasks[Task]['request'],
    signal: AbortSignal,
    timeoutMs: number,
    onProgress: (linesRead: number) => void,
  ): Promise<ChildReply> {
    signal.throwIfAborted()
    const child = await acquire()
    const onAbort = () => child.kill()
    signal.addEventListener('abort', onAbort)
    let reply: ChildReply | null = null
    try {
      lastRequestId += 1
      const bounds = { timeoutMs, memoryMib: limits.memoryMib }
      reply = await child.ask({ id: lastRequestId, task, request }, bounds, onProgress)
      return reply
    } finally {
      signal.removeEventListener('abort', onAbort)
      release(child, reply !== null && (reply.answer.kind === 'answer' || reply.answer.kind === 'failure'))
    }
  }

  function remember(key: string, answer: ChildAnswer, limitMs: number): void {
    failures.delete(key)
    if (answer.kind !== 'answer') failures.set(key, { answer, usedUpMs: answer.kind === 'timeout' ? limitMs : 0 })
    const [oldest] = failures.keys()
    if (failures.size > MOST_FAILURES && oldest !== undefined) failures.delete(oldest)
  }

  function resultOf<Task extends TaskName>(
    task: Task,
    answer: ChildAnswer,
    request: ChildTasks[Task]['request'],
  ): ChildTasks[Task]['answer'] {
    if (answer.kind === 'answer') return answer.answer as ChildTasks[Task]['answer']
    throw failureOf(task, answer, request)
  }

  function failureOf<Task extends TaskName>(
    task: Task,
    answer: FailedAnswer,
    request: ChildTasks[Task]['request'],
  ): PipelineError {
    const detail = describeLimit(timeoutOf(task, request, limits))
    return toPipelineError(answer.kind === 'timeout' ? { ...answer, detail } : answer, request)
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
  if (task === 'pages') return QUICK_SHARE * pageTimeoutMs
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
  return task === 'open' || task === 'page' || task === 'pages'
}

/**
 * A page that took no longer than this share of its limit is worth it, whatever it gave. Several pages together have no more: where one
 * of them hangs, that costs little beside the limit that it has by itself.
 */
const QUICK_SHARE = 0.1

/**
 * An opened document has given nothing yet, and neither has a blank page: honest ones take no time worth counting. A page that took
 * long must have given a text: of a file of scans of noise, each read to its end, every page would else take a limit.
 */
function hasGivenSomething(task: TaskName, answer: ChildAnswer, wasQuick: boolean): boolean {
  if (answer.kind !== 'answer') return false
  if (task === 'pages') return (answer.answer as PackedReadings).readings.some(({ kind }) => kind !== 'blank')
  if (task !== 'page') return false
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

function toPipelineError(answer: FailedAnswer, request: object): PipelineError {
  const pageNumber = 'pageNumber' in request && typeof request.pageNumber === 'number' ? request.pageNumber : null
  const scope = pageNumber === null ? 'document' : 'page'
  const code: ErrorCode = answer.kind === 'failure' ? answer.code : `${scope}/${answer.kind}`
  // A code from the other process is data: one that this version does not know must not pass for an error of ours.
  if (!(code in ERROR_KINDS)) throw new Error(`unknown error code ${code}: ${answer.detail}`)
  return new PipelineError(code, answer.detail, pageNumber === null ? {} : { pageNumber })
}
