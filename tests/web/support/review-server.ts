import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localPlace, openPagePool, type ReviewCommand, runIngest, runReview, type Terminal } from '../../../src/main.ts'

const QUIET: Omit<Terminal, 'messages'> = {
  stop: new AbortController().signal,
  abort: new AbortController().signal,
  environment: {},
  openPool: openPagePool,
}

/** Reads a document with tesseract alone: less sure than both readers, so that people are asked. */
export async function ingestForReview(file: string, folder?: string): Promise<string> {
  const out = folder ?? mkdtempSync(join(tmpdir(), 'gongkai-review-'))
  const place = { ...localPlace(out), out }
  const exported = { formats: [], version: '', language: 'zh' as const }
  const command = { inputs: [file], place, jobs: 1, pages: 'all', readers: 'tesseract', exported } as const
  const messages = { isTerminal: false, write: () => undefined }
  await runIngest({ ...command, showsProgress: false, mayBePrivate: false, output: 'nothing' }, { ...QUIET, messages })
  return out
}

export interface RunningReview {
  readonly url: string
  readonly said: readonly string[]
  /** As Ctrl-C does. */
  stop(): Promise<void>
}

/** `gongkai review` as the command line runs it, on a free port. */
export async function startReview(out: string, change: Partial<ReviewCommand> = {}): Promise<RunningReview> {
  const stop = new AbortController()
  const said: string[] = []
  let announce: (url: string) => void = () => undefined
  const announced = new Promise<string>((resolve) => {
    announce = resolve
  })
  const write = (text: string) => {
    said.push(text)
    const url = /review at (\S+)/.exec(text)?.[1]
    if (url !== undefined) announce(url)
  }
  const command: ReviewCommand = {
    place: localPlace(out),
    port: 0,
    host: '127.0.0.1',
    token: null,
    reviewer: 'wang',
    auditShare: 0,
    auditSeed: 'gongkai',
    exportTo: null,
    importFrom: null,
    ...change,
  }
  const ended = runReview(command, { ...QUIET, stop: stop.signal, messages: { isTerminal: false, write } })
  const url = await Promise.race([announced, ended.then(() => Promise.reject(new Error(said.join(''))))])
  return {
    url,
    said,
    async stop() {
      stop.abort()
      await ended
    },
  }
}
