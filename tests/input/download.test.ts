import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checkHashes, downloadAll } from '../../src/input/download-all.ts'
import { type DownloadOptions, downloadFile } from '../../src/input/download-file.ts'
import { NO_DETAILS } from '../../src/input/input-file.ts'
import { isPublicAddress } from '../../src/input/public-address.ts'
import { fileNameOf, safeFileName } from '../../src/input/web-address.ts'

const BODY = Buffer.alloc(200_000, '%PDF 预算 ')

type Answer = (request: IncomingMessage, response: ServerResponse, asked: number) => void

/** What each path does, told how often it has been asked. */
const ANSWERS: Record<string, Answer> = {
  '/good.pdf': (_, response) => void response.end(BODY),
  '/%E9%A2%84%E7%AE%97.pdf': (_, response) => void response.end(BODY),
  '/named': (_, response) => {
    response
      .writeHead(200, { 'content-disposition': "attachment; filename*=UTF-8''..%2F..%2F%E5%86%B3%E7%AE%97.pdf" })
      .end(BODY)
  },
  '/moved': (_, response) => void response.writeHead(302, { location: '/good.pdf' }).end(),
  '/round': (_, response) => void response.writeHead(302, { location: '/round' }).end(),
  '/elsewhere': (_, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/gone.pdf': (_, response) => void response.writeHead(404).end(),
  '/busy.pdf': (_, response, asked) => {
    if (asked < 3) response.writeHead(503, { 'retry-after': '0' }).end()
    else response.end(BODY)
  },
  '/always-busy.pdf': (_, response) => void response.writeHead(500).end(),
  '/breaks.pdf': answerInPieces('"v1"', '"v1"'),
  '/changes.pdf': answerInPieces('"v1"', '"v2"'),
  '/no-tag.pdf': answerInPieces(undefined, undefined),
  '/says-too-large.pdf': (_, response) => void response.writeHead(200, { 'content-length': 9_000_000 }).write('%PDF'),
  '/grows.pdf': (_, response) => {
    const more = (): boolean => response.destroyed || (response.write(Buffer.alloc(100_000)) && more())
    response.on('drain', more)
    more()
  },
  '/silent.pdf': () => undefined,
}

/** Ends in the middle the first time. Then it goes on where it was asked to, if what it has is still the same. */
function answerInPieces(tagBefore: string | undefined, tagAfter: string | undefined): Answer {
  const tagOf = (tag: string | undefined) => (tag === undefined ? {} : { etag: tag })
  return (request, response, asked) => {
    if (asked === 1) {
      response.writeHead(200, { ...tagOf(tagBefore), 'content-length': BODY.length })
      response.write(BODY.subarray(0, 120_000), () => response.destroy())
      return
    }
    const begin = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1]
    if (begin === undefined || request.headers['if-range'] !== tagAfter) {
      response.writeHead(200, tagOf(tagAfter)).end(BODY)
      return
    }
    const range = `bytes ${begin}-${BODY.length - 1}/${BODY.length}`
    response.writeHead(206, { ...tagOf(tagAfter), 'content-range': range }).end(BODY.subarray(Number(begin)))
  }
}

let server: Server
let host = ''
const asked = new Map<string, IncomingMessage[]>()
const requestsOf = (path: string) => asked.get(path) ?? []

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.set(path, [...requestsOf(path), request])
    const answer = ANSWERS[path]
    if (answer === undefined) response.writeHead(404).end()
    else answer(request, response, requestsOf(path).length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gongkai-download-'))
  asked.clear()
})

const never = new AbortController().signal

function download(path: string, change: Partial<DownloadOptions> = {}) {
  const options = { folder, maxBytes: 1_000_000, timeoutMs: 20_000, mayBePrivate: true, signal: never, retryDelayMs: 1 }
  return downloadFile(`${host}${path}`, { ...options, ...change })
}

const failure = (path: string, change: Partial<DownloadOptions> = {}) =>
  download(path, change).then(
    () => null,
    (error: unknown) => error,
  )

describe('a download', () => {
  test.each([
    ['/good.pdf', 'good.pdf'],
    ['/moved', 'moved'],
    ['/%E9%A2%84%E7%AE%97.pdf', '预算.pdf'],
    ['/named', '决算.pdf'],
  ])('%s comes whole, under the name %s', async (path, fileName) => {
    const downloaded = await download(path)
    expect(downloaded.fileName).toBe(fileName)
    expect(readFileSync(downloaded.path).equals(BODY)).toBe(true)
    expect(statSync(downloaded.path).mode & 0o077).toBe(0)
  })

  test('is not asked for again', async () => {
    const first = await download('/good.pdf')
    expect(await download('/good.pdf')).toEqual({ ...first, wasThere: true })
    expect(requestsOf('/good.pdf')).toHaveLength(1)
  })

  test('is tried again while the server is busy', async () => {
    expect(readFileSync((await download('/busy.pdf')).path).equals(BODY)).toBe(true)
    expect(requestsOf('/busy.pdf')).toHaveLength(3)
  })

  test('that broke off goes on where it was', async () => {
    expect(readFileSync((await download('/breaks.pdf')).path).equals(BODY)).toBe(true)
    const [, second] = requestsOf('/breaks.pdf')
    expect(second?.headers.range).toMatch(/^bytes=[1-9]\d*-$/)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  test.each(['/changes.pdf', '/no-tag.pdf'])(
    '%s, of which another version may be there now, begins anew',
    async (path) => {
      expect(readFileSync((await download(path)).path).equals(BODY)).toBe(true)
    },
  )
})

describe('a download fails with a code and what to do', () => {
  test.each([
    ['/gone.pdf', 'input/download-failed', '404'],
    ['/always-busy.pdf', 'input/download-failed', '500'],
    ['/round', 'input/download-failed', 'leads on and on'],
    ['/elsewhere', 'input/bad-url', 'file:///etc/passwd'],
    ['/says-too-large.pdf', 'input/download-too-large', 'more than'],
    ['/grows.pdf', 'input/download-too-large', 'more than'],
  ])('%s: %s', async (path, code, detail) => {
    expect(await failure(path)).toMatchObject({ code, message: expect.stringContaining(detail) })
    expect(readdirSync(folder).filter((name) => name.endsWith('.pdf'))).toEqual([])
  })

  test('when nothing is heard for too long', async () => {
    expect(await failure('/silent.pdf', { timeoutMs: 200 })).toMatchObject({
      code: 'input/download-failed',
      message: expect.stringContaining('longer than 0.2 s'),
    })
  })

  test('when nobody is there, without the password of the address', async () => {
    const error = await downloadFile('http://user:secret@127.0.0.1:1/x.pdf', {
      folder,
      maxBytes: 1,
      timeoutMs: 5000,
      mayBePrivate: true,
      signal: never,
      retryDelayMs: 1,
    }).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'input/download-failed' })
    expect(String(error)).not.toContain('secret')
  })
})

describe('private addresses', () => {
  test.each(['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '0.0.0.0', '100.64.0.1'])(
    '%s is one',
    (address) => expect(isPublicAddress(address)).toBe(false),
  )
  test.each(['::1', 'fe80::1', 'fd00::1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:7f00:1::'])(
    '%s is one',
    (address) => expect(isPublicAddress(address)).toBe(false),
  )
  test.each(['8.8.8.8', '219.140.0.1', '2400:3200::1'])('%s is none', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  )

  test('are refused, by number', async () => {
    expect(await failure('/good.pdf', { mayBePrivate: false })).toMatchObject({ code: 'input/address-refused' })
    expect(asked.size).toBe(0)
  })

  test('are refused, by name', async () => {
    const { port } = server.address() as AddressInfo
    const options = { folder, maxBytes: 1, timeoutMs: 5000, mayBePrivate: false, signal: never, retryDelayMs: 1 }
    await expect(downloadFile(`http://localhost:${port}/good.pdf`, options)).rejects.toMatchObject({
      code: 'input/address-refused',
    })
    expect(asked.size).toBe(0)
  })
})

describe('a list of downloads', () => {
  const inputOf = (path: string, sha256: string | null = null) => ({ ...NO_DETAILS, url: `${host}${path}`, sha256 })
  const options = {
    maxBytes: 1_000_000,
    timeoutMs: 20_000,
    pauseMs: 1,
    retryDelayMs: 1,
    mayBePrivate: true,
    signal: never,
    onDownloaded: () => undefined,
  }

  test('asks one host for one document at a time, and goes on after a failure', async () => {
    let [inWork, most] = [0, 0]
    server.on('request', (_, response: ServerResponse) => {
      inWork += 1
      most = Math.max(most, inWork)
      response.once('close', () => {
        inWork -= 1
      })
    })
    const inputs = ['/good.pdf', '/gone.pdf', '/moved', '/named'].map((path) => inputOf(path))
    const told: unknown[] = []
    const onDownloaded = (progress: unknown) => void told.push(progress)
    const { files, failures } = await downloadAll(inputs, { ...options, folder, onDownloaded })
    expect(told.at(-1)).toEqual({ done: 3, failed: 1, total: 4 })
    expect([files.length, failures.map(({ error }) => error.code)]).toEqual([3, ['input/download-failed']])
    expect(most).toBe(1)
  })

  test('holds each to the hash that was promised', async () => {
    const sha256 = createHash('sha256').update(BODY).digest('hex')
    const inputs = [inputOf('/good.pdf', sha256), inputOf('/named', '0'.repeat(64))]
    const downloaded = await downloadAll(inputs, { ...options, folder })
    const { files, failures } = await checkHashes(downloaded.files)
    expect(files.map((file) => file.fileName)).toEqual(['good.pdf'])
    expect(failures).toMatchObject([{ path: `${host}/named`, error: { code: 'input/hash-mismatch' } }])
  })

  test('is given up when the run is stopped', async () => {
    const stop = new AbortController()
    const downloading = downloadAll([inputOf('/silent.pdf')], { ...options, folder, signal: stop.signal })
    stop.abort()
    expect(await downloading).toEqual({ files: [], failures: [] })
  })
})

test.each([
  ['../../etc/passwd', 'passwd'],
  ['a\u202Efdp.exe', 'afdp.exe'],
  ['..', 'document.pdf'],
  ['预算\u0000.pdf', '预算.pdf'],
  ['C:\\temp\\x.pdf', 'x.pdf'],
])('a file is never called %j, but %s', (name, safe) => expect(safeFileName(name)).toBe(safe))

test('a file of an address without a path is called after its host', () => {
  expect(fileNameOf('https://example.org/')).toBe('example.org')
})

test('a damaged note beside a download counts as none', async () => {
  const { path } = await download('/good.pdf')
  writeFileSync(path.replace(/pdf$/, 'json'), '{"size"')
  expect((await download('/good.pdf')).wasThere).toBe(false)
})
