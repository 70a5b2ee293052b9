import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createProgram, runCommandLine } from '../../src/cli.ts'
import { type CommandResult, EXIT_CODES, type Terminal } from '../../src/main.ts'
import { createPagePool } from '../../src/queue/page-pool.ts'
import { type Behaviour, fakeDocument, makeFolder, writeFakes } from '../queue/support/fake-document.ts'
import { FAKE_CHILD } from '../queue/support/run-ingest.ts'
import { POSTGRES_PROGRAMS, type PostgresServer, startPostgres } from '../support/postgres-server.ts'
import { REDIS_PROGRAM, type RedisServer, startRedis } from '../support/redis-server.ts'
import { type S3Server, startS3 } from '../support/s3-server.ts'

let folder = ''
let out = ''
beforeEach(() => {
  folder = makeFolder()
  out = join(folder, 'out')
})

const never = new AbortController().signal

/** A terminal whose page processes read fake documents; everything else is real. */
function terminal(said: string[] = [], stop: AbortSignal = never): Terminal {
  return {
    messages: { isTerminal: false, write: (text) => void said.push(text) },
    stop,
    abort: never,
    environment: {},
    openPool: (limits) => createPagePool(FAKE_CHILD, { ...limits, memoryMib: 500 }),
  }
}

async function run(parameters: readonly string[], on: Terminal = terminal()): Promise<CommandResult> {
  let concluded: CommandResult | null = null
  const program = createProgram(on, (result) => {
    concluded = result
  })
  await program.parseAsync([...parameters], { from: 'user' })
  if (concluded === null) throw new Error('the command came to nothing')
  return concluded
}

describe('one machine', () => {
  test('a failure that no try would mend is tried again when asked, and the work ends with the output written anew', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read', 'refuse-once']) })
    expect((await run(['ingest', inputs, '--out', out])).exitCode).toBe(EXIT_CODES.partial)
    expect((await run(['ingest', inputs, '--out', out])).exitCode).toBe(EXIT_CODES.partial)
    expect((await run(['retry', '--out', out, '--code', 'page/timeout'])).output).toContain('0 jobs of 0 documents')
    expect((await run(['retry', 'a.pdf', '--out', out])).output).toContain('1 jobs of 1 documents')
    await run(['work', '--out', out, '--until-empty'])
    const status = JSON.parse((await run(['status', '--out', out, '--json'])).output)
    expect([status.documents.complete, status.jobs.page, status.failures]).toEqual([
      1,
      { wait: 0, active: 0, done: 2, failed: 0 },
      [],
    ])
    expect(readFileSync(join(out, 'records.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(6)
  })

  test.each([
    [['b.pdf'], 'there is no document b.pdf; `gongkai status` tells their names'],
    [[''], 'there is no document ; '],
    [['--code', 'page/timeuot'], 'no failure has the code page/timeuot; `gongkai status` tells what failed'],
  ])('a mistyped retry of %j is wrong usage, not a retry of nothing', async (words, message) => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read', 'refuse-once']) })
    await run(['ingest', inputs, '--out', out])
    const said: string[] = []
    expect(await runCommandLine(['retry', ...words, '--out', out], terminal(said))).toBe(EXIT_CODES.usage)
    expect(said.join('')).toContain(message)
    expect(JSON.parse((await run(['status', '--out', out, '--json'])).output).jobs.page.wait).toBe(0)
  })

  test('a document that could not be opened is opened again when asked', async () => {
    const document = { ...fakeDocument('a', ['read']), opening: 'refuse-once' as const }
    const inputs = writeFakes(folder, { 'a.pdf': document })
    await run(['ingest', inputs, '--out', out])
    expect((await run(['retry', '--out', out])).output).toContain('1 jobs of 1 documents')
    await run(['work', '--out', out, '--until-empty'])
    expect(JSON.parse((await run(['status', '--out', out, '--json'])).output).documents.complete).toBe(1)
  })

  test('a pause is told by status and by who would work, and ends with resume', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read']) })
    await run(['ingest', inputs, '--out', out])
    await run(['pause', '--out', out])
    expect((await run(['status', '--out', out])).output).toContain('paused')
    const said: string[] = []
    const stop = new AbortController()
    stop.abort()
    await run(['work', '--out', out], terminal(said, stop.signal))
    expect(said.join('')).toContain('paused')
    await run(['resume', '--out', out])
    expect((await run(['status', '--out', out])).output).not.toContain('paused')
  })

  test('status can be watched until nothing is left to do', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', Array<Behaviour>(20).fill('slow')) })
    const ingesting = run(['ingest', inputs, '--out', out])
    const said: string[] = []
    const pagesLeft = async () => {
      const code = await runCommandLine(['status', '--out', out], terminal())
      if (code !== EXIT_CODES.done) return 0
      return JSON.parse((await run(['status', '--out', out, '--json'])).output).jobs.page.wait as number
    }
    const watch = async () => {
      while ((await pagesLeft()) === 0) await sleep(20)
      return run(['status', '--out', out, '--watch', '1'], terminal(said))
    }
    const [, watched] = await Promise.all([ingesting, watch()])
    expect(said.join('')).toMatch(/page +\d+ waiting, [12] in work/)
    expect(watched.output).toMatch(/page +0 waiting, 0 in work, 20 done/)
  })
})

describe('wrong usage', () => {
  test.each([
    ['a queue on Redis without a shared store', ['work', '--queue', 'redis://127.0.0.1:1'], '--store postgres'],
    ['neither folder nor shared store', ['status'], '--out'],
    ['a queue that is none', ['work', '--out', 'x', '--queue', 'amqp://u:secret@h'], 'embedded or an address'],
    ['a store that is none', ['work', '--out', 'x', '--store', 'mysql://u:secret@h'], 'sqlite or an address'],
    [
      'a place of artefacts that is none',
      ['work', '--out', 'x', '--artefacts', 'ftp://u:secret@h'],
      'a folder or s3://',
    ],
    ['watching as JSON', ['status', '--out', 'x', '--json', '--watch'], 'for people'],
    ['a number of jobs that is none', ['ingest', 'x', '--out', 'x', '--jobs', '-1'], null],
  ])('%s is told, and no secret', async (_, parameters, remedy) => {
    const said: string[] = []
    expect(await runCommandLine(parameters, terminal(said))).toBe(EXIT_CODES.usage)
    if (remedy !== null) expect(said.join('')).toContain(remedy)
    expect(said.join('')).not.toContain('secret')
  })

  test('a server that is not there is no usage error, and its password is not told', async () => {
    const said: string[] = []
    const place = ['--store', 'postgres://u:secret@127.0.0.1:1/d', '--queue', 'redis://:secret@127.0.0.1:1']
    expect(await runCommandLine(['status', ...place], terminal(said))).toBe(EXIT_CODES.failed)
    expect(said.join('')).toContain('store/unavailable')
    expect(said.join('')).not.toContain('secret')
  })
})

const haveServers = REDIS_PROGRAM !== null && POSTGRES_PROGRAMS !== null

describe.skipIf(!haveServers)('machines that share Redis, PostgreSQL and an S3-compatible store', () => {
  let redis: RedisServer
  let postgres: PostgresServer
  let s3: S3Server

  beforeAll(async () => {
    redis = await startRedis()
    postgres = await startPostgres()
    s3 = await startS3()
    for (const [name, value] of Object.entries(s3.environment)) vi.stubEnv(name, value)
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await Promise.all([redis.close(), postgres.close(), s3.close()])
  })

  const BATCH = {
    'a.pdf': fakeDocument('a', ['read', 'throw', 'read']),
    'b.pdf': fakeDocument('b', ['read', 'read', 'refuse', 'slow']),
    'c.pdf': fakeDocument('c', ['read']),
  }

  test('read what one of them ingests, from the shared place, to the same bytes as one machine alone', async () => {
    const inputs = writeFakes(folder, BATCH)
    await run(['ingest', inputs, '--out', join(folder, 'alone')])

    const place = ['--queue', redis.createPlace(), '--store', await postgres.createPlace()]
    const shared = [...place, '--artefacts', 's3://budgets/2025']
    const ingesting = run(['ingest', inputs, '--out', out, '--jobs', '0', ...shared])
    const waiting = async () => {
      const { output } = await run(['status', ...shared, '--json'])
      return (JSON.parse(output) as { jobs: { document: { wait: number } } }).jobs.document.wait
    }
    while ((await waiting()) < 3) await sleep(50)
    // From here on the documents are only where the machines share them.
    rmSync(inputs, { recursive: true })

    const stop = new AbortController()
    const workers = ['1', '2'].map((jobs) => run(['work', '--jobs', jobs, ...shared], terminal([], stop.signal)))
    expect((await ingesting).exitCode).toBe(EXIT_CODES.partial)
    stop.abort()
    await Promise.all(workers)
    for (const name of ['records.jsonl', 'documents.jsonl', 'checks.jsonl']) {
      expect(readFileSync(join(out, name), 'utf8'), name).toBe(readFileSync(join(folder, 'alone', name), 'utf8'))
    }
    expect([...s3.objects.keys()].filter((key) => key.startsWith('2025/documents/'))).toHaveLength(3)
  })

  test('a retry is worked off by whoever works, and written by who has the output folder', async () => {
    const inputs = writeFakes(folder, { 'r.pdf': fakeDocument('r', ['read', 'refuse-once']) })
    const shared = ['--queue', redis.createPlace(), '--store', await postgres.createPlace()]
    expect((await run(['ingest', inputs, '--out', out, ...shared])).exitCode).toBe(EXIT_CODES.partial)
    expect((await run(['retry', ...shared])).output).toContain('1 jobs of 1 documents')
    await run(['work', '--until-empty', ...shared])
    expect((await run(['ingest', inputs, '--out', out, ...shared])).exitCode).toBe(EXIT_CODES.done)
    expect(readFileSync(join(out, 'records.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(6)
  })
})
