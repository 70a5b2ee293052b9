import { type ChildProcess, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ErrorCode } from '../model/pipeline-error.ts'
import type { ChildMessage, ChildRequest } from './child-protocol.ts'
import { pageDeadline } from './page-deadline.ts'
import { processorMs, residentMemoryMib } from './process-usage.ts'

export interface ChildLimits {
  readonly timeoutMs: number
  readonly memoryMib: number
}

export type ChildAnswer =
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'failure'; readonly code: ErrorCode; readonly detail: string }
  | { readonly kind: 'timeout' | 'out-of-memory' | 'crash'; readonly detail: string }

/** An answer and what it took: processor time where that can be told, in units of a child with the usual readers. */
export interface ChildReply {
  readonly answer: ChildAnswer
  readonly spentMs: number
}

/** One child process. After anything but an answer or a failure it must not be used again. */
export interface PageChild {
  ask(request: ChildRequest, limits: ChildLimits, onProgress: (linesRead: number) => void): Promise<ChildReply>
  /** How often it was asked; each of several pages counts. */
  readonly askedCount: number
  /** MiB, not more than a fifth of a second ago; 0 when it is gone. */
  memoryMib(): number
  /** The highest value that was seen, MiB. */
  peakMemoryMib(): number
  kill(): void
  /** Lets the child end by itself; kills it when it does not. */
  close(): Promise<void>
}

/** How often its memory is looked at, and every how many looks its time: each look costs a fifth of a millisecond. */
const CHECK_MS = 200
const LOOKS_A_DEADLINE = 3
/** A page that goes forward may take so many times its limit in all: with the starting of processes less than a minute. */
const LONGEST_PAGE = 1.9
const STDERR_TAIL = 2000
const CLOSE_PATIENCE_MS = 2000

/**
 * Pages leave much that is needed for a moment: with twice the usual room for it there is less to tidy up. Each processor
 * has its page: threads that tidy up and compile beside it would take the time of other pages, 7 % more of it in all.
 */
const ENGINE_SETTINGS = ['--max-semi-space-size=32', '--single-threaded-gc', '--no-concurrent-recompilation']

/** Starts a child that runs `script`; `heapMib` caps its JavaScript heap. Resolves when it is ready to be asked. */
export async function startPageChild(script: URL, heapMib: number): Promise<PageChild> {
  const child = fork(fileURLToPath(script), [], {
    execArgv: [...loaderArguments(script), ...ENGINE_SETTINGS, `--max-old-space-size=${heapMib}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Packed answers are bytes.
    serialization: 'advanced',
  })
  const said = { tail: '', isHeapFull: false }
  child.stderr?.on('data', (data: Buffer) => {
    const text = said.tail + data.toString('utf8')
    // What follows it, the engine's own stack, can be longer than what is kept.
    said.isHeapFull ||= HEAP_FULL.test(text)
    said.tail = text.slice(-STDERR_TAIL)
  })
  const killOnExit = () => child.kill('SIGKILL')
  process.once('exit', killOnExit)
  child.once('exit', () => process.off('exit', killOnExit))
  await untilReady(child, said)
  return toPageChild(child, said)
}

/** From sources the child needs the same TypeScript loader that runs the parent; built code needs none. */
function loaderArguments(script: URL): readonly string[] {
  if (!script.pathname.endsWith('.ts')) return []
  const loader = createRequire(import.meta.url).resolve('tsx')
  return ['--import', pathToFileURL(loader).href]
}

function untilReady(child: ChildProcess, said: LastWords): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('error', reject)
    child.once('exit', (code, signal) =>
      reject(new Error(`the page process did not start (${code ?? signal}): ${said.tail}`)),
    )
  })
}

function toPageChild(child: ChildProcess, said: LastWords): PageChild {
  let askedCount = 0
  let peak = 0
  let patience = 1
  let lastMemory = { mib: 0, at: Number.NEGATIVE_INFINITY }
  /** Processor time when it was last done with a request: for a moment after that it takes none worth counting. */
  let rested = { processor: null as number | null, at: Number.NEGATIVE_INFINITY }
  child.on('message', (message) => {
    const told = message as ChildMessage
    if (told.kind === 'patience') patience = told.factor
  })

  const processor = () => (child.pid === undefined ? null : processorMs(child.pid))

  function memoryMib(): number {
    const memory = child.pid === undefined ? null : residentMemoryMib(child.pid)
    peak = Math.max(peak, memory ?? 0)
    lastMemory = { mib: memory ?? 0, at: Date.now() }
    return lastMemory.mib
  }

  function ask(
    request: ChildRequest,
    limits: ChildLimits,
    onProgress: (linesRead: number) => void,
  ): Promise<ChildReply> {
    askedCount += 'pageNumbers' in request.request ? request.request.pageNumbers.length : 1
    return new Promise((resolve) => {
      let killedFor: ChildAnswer | null = null
      const finish = (answer: ChildAnswer) => {
        clearInterval(watchdog)
        child.off('message', onMessage)
        child.off('close', onClose)
        rested = { processor: look(), at: Date.now() }
        const ownMs = spentMs / patience
        // One that waited for what never came has used up its limit too.
        resolve({ answer, spentMs: answer.kind === 'timeout' ? Math.max(limits.timeoutMs, ownMs) : ownMs })
      }
      const killFor = (answer: ChildAnswer) => {
        killedFor ??= answer
        child.kill('SIGKILL')
      }
      const onMessage = (message: unknown) => {
        const answer = message as ChildMessage
        if (answer.kind === 'patience') deadline = startDeadline()
        if (answer.kind === 'progress') {
          onProgress(answer.linesRead)
          deadline = startDeadline()
        }
        if ('id' in answer && answer.id === request.id) finish(toAnswer(answer))
      }
      // When it exits, what it said last may not have been read yet.
      const onClose = (code: number | null, signal: string | null) =>
        finish(killedFor ?? describeDeath(code, signal, said))
      const startDeadline = (now = processor()) => pageDeadline(limits.timeoutMs * patience, Date.now(), now)
      const startedAt = Date.now()
      const startedWith = startedAt - rested.at < CHECK_MS ? rested.processor : processor()
      let deadline = startDeadline(startedWith)
      let spentMs = 0
      const look = () => {
        const now = processor()
        // Of a process that is gone the last look tells.
        if (now !== null && startedWith !== null) spentMs = now - startedWith
        else if (startedWith === null) spentMs = Date.now() - startedAt
        return now
      }
      const mayGoOn = () => spentMs < LONGEST_PAGE * limits.timeoutMs * patience
      let looks = 0
      const watchdog = setInterval(() => {
        const memory = memoryMib()
        looks += 1
        if (memory > limits.memoryMib) {
          killFor({ kind: 'out-of-memory', detail: `held more than ${limits.memoryMib} MiB` })
        } else if (looks % LOOKS_A_DEADLINE === 0 && (deadline.isOver(Date.now(), look()) || !mayGoOn())) {
          killFor({ kind: 'timeout', detail: '' })
        }
      }, CHECK_MS)
      child.on('message', onMessage)
      child.once('close', onClose)
      if (child.exitCode !== null || child.signalCode !== null || !child.connected) {
        finish(describeDeath(child.exitCode, child.signalCode, said))
        return
      }
      child.send(request, (error) => {
        if (error !== null) killFor({ kind: 'crash', detail: error.message })
      })
    })
  }

  return {
    ask,
    get askedCount() {
      return askedCount
    },
    memoryMib: () => (Date.now() - lastMemory.at < CHECK_MS ? lastMemory.mib : memoryMib()),
    peakMemoryMib: () => peak,
    kill: () => void child.kill('SIGKILL'),
    close: () => closeChild(child),
  }
}

function toAnswer(message: Extract<ChildMessage, { id: number }>): ChildAnswer {
  return message.kind === 'defect' ? { kind: 'crash', detail: message.detail } : message
}

/** The end of what a child wrote to its error stream, and whether it said that its heap was full. */
interface LastWords {
  readonly tail: string
  readonly isHeapFull: boolean
}

const HEAP_FULL = /heap out of memory|Allocation failed|bad_alloc/i

function describeDeath(code: number | null, signal: string | null, { isHeapFull }: LastWords): ChildAnswer {
  if (isHeapFull) {
    return { kind: 'out-of-memory', detail: 'the JavaScript heap was full' }
  }
  return { kind: 'crash', detail: signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}` }
}

function closeChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_PATIENCE_MS)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    if (child.connected) child.disconnect()
    else child.kill('SIGKILL')
  })
}
