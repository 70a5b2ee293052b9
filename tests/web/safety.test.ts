import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openPagePool, type ReviewCommand, runReview } from '../../src/main.ts'
import { openStore } from '../../src/store/open-store.ts'
import { localStore } from '../../src/store/store-location.ts'
import type { OpenReview } from '../../src/web/open-review.ts'
import { fakeTable, memoryRepository } from './support/memory-repository.ts'
import { openFakeReview } from './support/open-fake-review.ts'
import { startReview } from './support/review-server.ts'

const TOKEN = 'a-long-enough-token'
let review: OpenReview | null = null
afterEach(async () => {
  await review?.close()
  review = null
})

const repository = () => memoryRepository(fakeTable(3, { '1.amount': {}, '2.amount': {} }))

interface Visitor {
  readonly cookie: string
  readonly csrf: string
  readonly html: string
  readonly headers: Headers
}

async function visit(url: string, headers: Record<string, string> = {}): Promise<Visitor> {
  const response = await fetch(url, { headers })
  const html = await response.text()
  return {
    cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
    csrf: /name="csrf" content="([^"]+)"/.exec(html)?.[1] ?? '',
    html,
    headers: response.headers,
  }
}

function post(url: string, path: string, headers: Record<string, string>, body: unknown = {}): Promise<Response> {
  return fetch(new URL(path, url), {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

describe('a change is refused', () => {
  const origin = (url: string) => new URL(url).origin

  test.each([
    ['without an origin', (_url: string, _visitor: Visitor) => ({})],
    ['from another origin', () => ({ origin: 'https://evil.example' })],
    ['from a null origin', () => ({ origin: 'null' })],
    ['without the session', (url: string) => ({ origin: origin(url), 'x-csrf-token': 'x' })],
    ['without the token of the session', (url: string, { cookie }: Visitor) => ({ origin: origin(url), cookie })],
    [
      'with the token of another session',
      (url: string, { cookie }: Visitor) => ({ origin: origin(url), cookie, 'x-csrf-token': 'x' }),
    ],
    [
      'with a forged session',
      (url: string, { csrf, cookie }: Visitor) => ({ origin: origin(url), cookie: `${cookie}x`, 'x-csrf-token': csrf }),
    ],
  ])('%s', async (_name, headersOf) => {
    const store = repository()
    review = await openFakeReview(store)
    const visitor = await visit(review.url)
    const response = await post(review.url, '/api/undo', headersOf(review.url, visitor))
    expect([401, 403]).toContain(response.status)
    expect(store.kept).toEqual([])
  })

  test('and taken with all of them', async () => {
    review = await openFakeReview(repository())
    const { cookie, csrf } = await visit(review.url)
    const response = await post(review.url, '/api/undo', { origin: origin(review.url), cookie, 'x-csrf-token': csrf })
    expect(response.status).toBe(200)
  })
})

test('a page that resolves a foreign name to this machine gets nothing', async () => {
  review = await openFakeReview(repository())
  const { port } = new URL(review.url)
  const { request } = await import('node:http')
  const status = await new Promise<number>((resolve) => {
    request({ host: '127.0.0.1', port, path: '/', headers: { host: `evil.example:${port}` } }, (response) => {
      resolve(response.statusCode ?? 0)
      response.resume()
    }).end()
  })
  expect(status).toBe(421)
})

describe('behind a token', () => {
  test('nothing is shown without it: no page, no picture, no judgement', async () => {
    review = await openFakeReview(repository(), { token: TOKEN })
    for (const path of ['/', '/documents', `/picture/${'a'.repeat(64)}/1`, '/judgements.jsonl', '/api/next']) {
      const response = await fetch(new URL(path, review.url))
      expect(response.status).toBe(401)
      expect(await response.text()).not.toMatch(/amount|预算/)
    }
  })

  test('a wrong one is refused, the right one lets the named reviewer in', async () => {
    review = await openFakeReview(repository(), { token: TOKEN })
    const login = (token: string) =>
      fetch(new URL('/login', review?.url), {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: new URL(review?.url ?? '').origin, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ token, name: 'li' }),
      })
    const wrong = await login('a-wrong-enough-token')
    expect(wrong.status).toBe(401)
    expect(wrong.headers.get('set-cookie')).toBeNull()
    const right = await login(TOKEN)
    expect(right.status).toBe(302)
    const cookie = (right.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const { html } = await visit(review.url, { cookie })
    expect(html).toContain('>li<')
  })

  test.each([
    ['no token', null],
    ['a short token', 'short'],
  ])('another host than this machine with %s is a usage error', async (_name, token) => {
    const signal = new AbortController().signal
    const messages = { isTerminal: false, write: () => undefined }
    const terminal = { messages, stop: signal, abort: signal, environment: {}, openPool: openPagePool }
    const command = {
      host: '0.0.0.0',
      token,
      place: { out: '/nowhere', queue: 'embedded', store: 'sqlite', artefacts: null },
    }
    await expect(runReview(command as unknown as ReviewCommand, terminal)).rejects.toThrow('--token')
  })
})

describe('what is sent', () => {
  test('says that nothing may come from elsewhere and nothing may frame it', async () => {
    review = await openFakeReview(repository())
    const { headers, html } = await visit(review.url)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|\*|http:/)
    expect(html).not.toMatch(/ style="|<script>|on(?:click|load)=/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/)
  })

  test('never holds markup of a document', async () => {
    const hostile = '</script><script>document.title="owned"</script><img src=x onerror=alert(1)>'
    const flags = [{ code: 'readers-disagree' as const, detail: hostile }]
    const records = fakeTable(2, { '1.amount': { raw: hostile, value: hostile, flags, evidence: [hostile] } })
    review = await openFakeReview(memoryRepository(records))
    for (const path of ['/', '/documents', `/documents/${'a'.repeat(64)}`, '/overview', '/conflicts']) {
      const { html } = await visit(new URL(path, review.url).href)
      expect(html).not.toContain('<img')
      expect(html).not.toContain('<b>2024</b>')
      expect(html).not.toContain('<script>document')
    }
  })

  test('of a blind question is neither the value nor what speaks for it', async () => {
    const records = fakeTable(1, {})
    review = await openFakeReview(memoryRepository(records), { audit: { share: 1, seed: 'x' } })
    const { cookie } = await visit(review.url)
    const text = await (await fetch(new URL('/api/next?purpose=audit', review.url), { headers: { cookie } })).text()
    const { question } = JSON.parse(text) as {
      question: {
        isBlind: boolean
        question: { fields: string[] }
        cells: { row: { name: string; value: string | null }[] }[]
      }
    }
    const [field = ''] = question.question.fields
    const own = records[0]?.fields.find(({ name }) => name === field)?.value ?? '?'
    expect(question.isBlind).toBe(true)
    expect(text).not.toContain(`"${own}"`)
  })

  test.each([
    '/client/../create-app.tsx',
    '/client/%2e%2e%2fcreate-app.tsx',
    '/client/desk.ts',
    '/picture/..%2f..%2fetc%2fpasswd/1',
    `/picture/${'a'.repeat(64)}/0`,
  ])('%s is nothing', async (path) => {
    review = await openFakeReview(repository())
    expect((await fetch(new URL(path, review.url))).status).toBe(404)
  })
})

test('a port that is taken is told in words', async () => {
  review = await openFakeReview(repository())
  const port = Number(new URL(review.url).port)
  const out = mkdtempSync(join(tmpdir(), 'gongkai-review-'))
  await (await openStore(localStore(out))).close()
  await expect(startReview(out, { port })).rejects.toThrow(`port ${port} is taken`)
})
