import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POSTGRES_PROGRAMS, type PostgresServer, startPostgres } from '../support/postgres-server.ts'
import { REDIS_PROGRAM, type RedisServer, startRedis } from '../support/redis-server.ts'
import { type Behaviour, fakeDocument, makeFolder, writeFakes } from './support/fake-document.ts'
import { outputsOf } from './support/kill-runs.ts'
import type { RunChange } from './support/run-ingest.ts'
import { runIngest } from './support/run-ingest.ts'

const SCRIPT = join(import.meta.dirname, 'support', 'ingest-process.ts')
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

const folder = makeFolder()
const inputs = writeFakes(folder, {
  'a.pdf': fakeDocument('a', Array<Behaviour>(40).fill('slow'), 30),
  'b.pdf': fakeDocument('b', Array<Behaviour>(40).fill('read'), 30),
})
let undisturbed: readonly string[] = []

beforeAll(async () => {
  const out = join(folder, 'undisturbed')
  await runIngest([inputs], out)
  undisturbed = outputsOf(out)
}, 120_000)

/** Runs an ingest in a process whose files may not grow beyond so many KiB, as on a disk that is full. */
function ingestWithin(kib: number, out: string): Promise<{ code: number | null; said: string }> {
  // Ignored, the signal becomes an error of the write that went too far.
  const limited = `trap '' XFSZ; ulimit -f ${kib * 2}; exec "$0" "$@"`
  const parameters = ['-c', limited, process.execPath, '--import', LOADER, SCRIPT, inputs, out]
  const child = spawn('sh', parameters, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TSX_DISABLE_CACHE: '1' },
  })
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString('utf8')
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })))
}

test.skipIf(process.platform === 'win32')(
  'a disk that is full is told, and with room the same command ends with the same bytes',
  async () => {
    const out = join(folder, 'full')
    const { code, said } = await ingestWithin(500, out)
    expect(code).toBe(1)
    expect(said).toContain('output/not-writable')
    expect(readdirSync(out)).not.toContain('records.jsonl')
    await runIngest([inputs], out)
    expect(outputsOf(out)).toEqual(undisturbed)
  },
  120_000,
)

const haveServers = REDIS_PROGRAM !== null && POSTGRES_PROGRAMS !== null

describe.skipIf(!haveServers)('servers that go away for a while', () => {
  let redis: RedisServer
  let postgres: PostgresServer
  beforeAll(async () => {
    redis = await startRedis()
    postgres = await startPostgres()
  }, 120_000)
  afterAll(() => Promise.all([redis.close(), postgres.close()]))

  const AWAY_MS = 3000

  test.each(['redis', 'postgres'] as const)(
    '%s: the work waits and ends with the same bytes',
    async (name) => {
      const server = { redis, postgres }[name]
      const out = join(folder, `without-${name}`)
      let strike: Promise<void> | null = null
      const change: RunChange = {
        queue: redis.createPlace(),
        database: await postgres.createPlace(),
        onProgress: ({ pagesDone }) => {
          if (pagesDone < 5 || strike !== null) return
          strike = server
            .kill()
            .then(() => sleep(AWAY_MS))
            .then(() => server.start())
        },
      }
      const run = await runIngest([inputs], out, change)
      expect(strike).not.toBeNull()
      await strike
      expect(run.documentIds).toHaveLength(2)
      expect(outputsOf(out)).toEqual(undisturbed)
    },
    240_000,
  )
})
