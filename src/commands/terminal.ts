import { availableParallelism, totalmem } from 'node:os'
import { type Voice, voiceFor } from '../language/voice.ts'
import type { MessageSink } from '../publish/progress-reporter.ts'
import { PAGE_CHILD_SCRIPT } from '../queue/page-child-script.ts'
import { createPagePool, type PagePool, type PoolLimits } from '../queue/page-pool.ts'
import type { Limits } from '../queue/read-limits.ts'

/** done: all is well. failed: nothing could be done. usage: the command was wrong. partial: done, with failures. */
export const EXIT_CODES = { done: 0, failed: 1, usage: 2, partial: 3 } as const

export const READERS = ['both', 'paddle', 'tesseract'] as const
export type Readers = (typeof READERS)[number]

/** What every command gets from the terminal. `stop`: begin nothing new. `abort`: let go of what is in work too. */
export interface Terminal {
  readonly messages: MessageSink
  readonly stop: AbortSignal
  readonly abort: AbortSignal
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Whether stdout is a terminal, too: what is printed there may then have colours. */
  readonly hasColors?: boolean
  /** Opens the processes in which documents are read; a command closes what it opened. */
  readonly openPool: (limits: PoolLimits) => PagePool
}

/** `output` goes to stdout. */
export interface CommandResult {
  readonly exitCode: number
  readonly output: string
}

const MIB = 1024 * 1024
/** What a page child is seen to need with both readers loaded. */
const USUAL_CHILD_MIB = 1024
/** A fresh one takes two seconds more of a processor for its first pages; one that grows is replaced for its memory. */
const PAGES_PER_CHILD = 2000

/** As many page processes as there are cores, fewer where memory would not hold them. */
export function defaultJobs(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / MIB / USUAL_CHILD_MIB)))
}

export function openPagePool(limits: PoolLimits): PagePool {
  return createPagePool(PAGE_CHILD_SCRIPT, limits)
}

export function toPoolLimits(limits: Limits, size: number): PoolLimits {
  return { ...limits, size: Math.max(size, 1), recycleAfter: PAGES_PER_CHILD }
}

/** How a command speaks on stdout. */
export function outputVoiceOf({ environment, hasColors }: Pick<Terminal, 'environment' | 'hasColors'>): Voice {
  return voiceFor(environment, hasColors === true)
}

/** How a command speaks on stderr. */
export function voiceOf({ environment, messages }: Pick<Terminal, 'environment' | 'messages'>): Voice {
  return voiceFor(environment, messages.isTerminal)
}
