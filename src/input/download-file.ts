import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { PipelineError } from '../model/pipeline-error.ts'
import { requestDocument } from './request-document.ts'
import { fileNameOf, safeFileName, shown } from './web-address.ts'

export interface DownloadOptions {
  /** Where downloads are kept; made when it is missing, readable to its owner only. */
  readonly folder: string
  readonly maxBytes: number
  /** For one document, all tries together. */
  readonly timeoutMs: number
  readonly mayBePrivate: boolean
  readonly signal: AbortSignal
  /** Before the second try; doubled before each further one. */
  readonly retryDelayMs?: number
}

export interface Downloaded {
  readonly path: string
  readonly fileName: string
  /** It lay in the folder already; nobody was asked. */
  readonly wasThere: boolean
}

const Received = z.object({
  url: z.string(),
  fileName: z.string(),
  validator: z.string().nullable(),
  size: z.number().nullable(),
})
type Received = z.infer<typeof Received>

const TRIES = 4
const RETRY_DELAY_MS = 1000
const LONGEST_WAIT_MS = 60_000
const MS_PER_SECOND = 1000

/**
 * Downloads a document into a folder and keeps it there: what lies there already is not asked for again, what was received
 * in part is gone on with where the server allows it. Throws PipelineError input/*.
 */
export async function downloadFile(url: string, options: DownloadOptions): Promise<Downloaded> {
  const places = placesOf(url, options.folder)
  const known = readReceived(places.about)
  if (known !== null && known.size !== null && statSync(places.file, { throwIfNoEntry: false })?.size === known.size) {
    return { path: places.file, fileName: known.fileName, wasThere: true }
  }
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const timeout = AbortSignal.timeout(options.timeoutMs)
  const signal = AbortSignal.any([options.signal, timeout])
  for (let tries = 1; ; tries += 1) {
    try {
      return await receive(url, places, { ...options, signal })
    } catch (error) {
      if (options.signal.aborted) throw error
      if (timeout.aborted) throw failed(url, `it took longer than ${options.timeoutMs / MS_PER_SECOND} s`)
      const waitMs = waitBeforeRetry(error, (options.retryDelayMs ?? RETRY_DELAY_MS) * 2 ** (tries - 1))
      if (waitMs === null || tries === TRIES) throw toPipelineError(url, error)
      await sleep(waitMs, undefined, { signal }).catch(() => undefined)
    }
  }
}

interface Places {
  readonly file: string
  readonly part: string
  /** What is known of the file or of the part: where it came from, and which version it is of. */
  readonly about: string
}

function placesOf(url: string, folder: string): Places {
  const base = join(folder, createHash('sha256').update(url).digest('hex').slice(0, 24))
  return { file: `${base}.pdf`, part: `${base}.part`, about: `${base}.json` }
}

/** Null when nothing is known, or what is said makes no sense. */
function readReceived(path: string): Received | null {
  try {
    return Received.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

/** A status that is worth another try, and how long the server asks to wait. */
class TemporaryStatus extends Error {
  readonly waitMs: number

  constructor(status: number, retryAfter: string | undefined) {
    super(`the server answers ${status}`)
    const seconds = Number(retryAfter)
    const untilDate = Date.parse(retryAfter ?? '') - Date.now()
    const waitMs = Number.isFinite(seconds) ? seconds * MS_PER_SECOND : untilDate
    this.waitMs = Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), LONGEST_WAIT_MS) : 0
  }
}

function waitBeforeRetry(error: unknown, delayMs: number): number | null {
  if (error instanceof PipelineError) return null
  return error instanceof TemporaryStatus ? Math.max(error.waitMs, delayMs) : delayMs
}

async function receive(url: string, places: Places, options: DownloadOptions): Promise<Downloaded> {
  const partSize = statSync(places.part, { throwIfNoEntry: false })?.size ?? 0
  const validator = readReceived(places.about)?.validator ?? null
  const goesOn = partSize > 0 && validator !== null
  const headers = goesOn ? { range: `bytes=${partSize}-`, 'if-range': validator } : {}
  const response = await requestDocument(url, { headers, mayBePrivate: options.mayBePrivate, signal: options.signal })
  try {
    const begin = beginOf(response, url, places, goesOn ? partSize : 0)
    assertFits(url, begin + Number(response.headers['content-length'] ?? 0), options.maxBytes)
    const about = { url: shown(url), fileName: nameOf(response, url), validator: validatorOf(response), size: null }
    if (begin === 0) writeFileSync(places.about, JSON.stringify(about), { mode: 0o600 })
    await writePart(response, places.part, begin, (size) => assertFits(url, size, options.maxBytes))
    if (!response.complete) throw new Error('the connection ended too early')
    const size = statSync(places.part).size
    const { fileName } = readReceived(places.about) ?? about
    renameSync(places.part, places.file)
    writeFileSync(places.about, JSON.stringify({ ...about, fileName, size }), { mode: 0o600 })
    return { path: places.file, fileName, wasThere: false }
  } catch (error) {
    response.destroy()
    if (error instanceof PipelineError && existsSync(places.part)) rmSync(places.part)
    throw error
  }
}

/** Where the answer's bytes belong. Throws when there are none. */
function beginOf(response: IncomingMessage, url: string, places: Places, partSize: number): number {
  const status = response.statusCode ?? 0
  if (status === 200) return 0
  const begin = /^bytes (\d+)-/.exec(response.headers['content-range'] ?? '')?.[1]
  if (status === 206 && partSize > 0 && Number(begin) === partSize) return partSize
  if (status === 429 || status >= 500) throw new TemporaryStatus(status, response.headers['retry-after'])
  if (status === 206 || status === 416) {
    rmSync(places.part, { force: true })
    throw new Error('what was received is not the beginning of what is there now')
  }
  throw failed(url, `the server answers ${status}`)
}

/** The entity tag, when it names bytes and not only meaning, or else the date. */
function validatorOf({ headers }: IncomingMessage): string | null {
  const { etag } = headers
  if (etag !== undefined && !etag.startsWith('W/')) return etag
  return headers['last-modified'] ?? null
}

function nameOf(response: IncomingMessage, url: string): string {
  const disposition = response.headers['content-disposition'] ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  const plain = /filename="([^"]+)"/i.exec(disposition)?.[1]
  if (encoded !== undefined) return fileNameOf(`http://name/${encoded}`)
  // Header bytes are read as Latin-1; a name in Chinese is UTF-8.
  return plain === undefined ? fileNameOf(url) : safeFileName(Buffer.from(plain, 'latin1').toString('utf8'))
}

/** Writes what comes, chunk by chunk: what was received stays, also when the connection breaks. */
async function writePart(
  response: IncomingMessage,
  part: string,
  begin: number,
  checkSize: (size: number) => void,
): Promise<void> {
  const descriptor = openSync(part, begin === 0 ? 'w' : 'a', 0o600)
  let size = begin
  try {
    for await (const chunk of response) {
      const bytes = chunk as Buffer
      size += bytes.length
      // A server may send more than it said.
      checkSize(size)
      for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written)
    }
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function assertFits(url: string, size: number, maxBytes: number): void {
  if (size > maxBytes) throw tooLarge(url, maxBytes)
}

const BYTES_PER_MIB = 1024 * 1024

function tooLarge(url: string, maxBytes: number): PipelineError {
  return new PipelineError('input/download-too-large', `${shown(url)} has more than ${maxBytes / BYTES_PER_MIB} MiB`)
}

function failed(url: string, reason: string, cause?: unknown): PipelineError {
  return new PipelineError('input/download-failed', `${shown(url)}: ${reason}`, { cause })
}

function toPipelineError(url: string, error: unknown): PipelineError {
  if (error instanceof PipelineError) return error
  return failed(url, error instanceof Error ? error.message || String(error) : String(error), error)
}
