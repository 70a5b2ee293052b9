import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POSTGRES_PROGRAMS, type PostgresServer, startPostgres } from '../support/postgres-server.ts'
import { REDIS_PROGRAM, type RedisServer, startRedis } from '../support/redis-server.ts'
import { CAN_MOUNT, createSmallDisk } from '../support/small-disk.ts'
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
  return untilClosed(child)
}

function untilClosed(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = ''
  child.stderr?.on('data', (text: Buffer) => {
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

/** Runs an ingest in a process of its own, started by the program and options of `by`, if any. */
function ingestInto(out: string, by: readonly string[] = []): Promise<{ code: number | null; said: string }> {
  const [program = process.execPath, ...parameters] = [...by, process.execPath, '--import', LOADER, SCRIPT, inputs, out]
  const child = spawn(program, parameters, { stdio: ['ignore', 'ignore', 'pipe'] })
  return untilClosed(child)
}

/** The whole file system is full or read-only, and no file is to blame. */
describe.skipIf(!CAN_MOUNT)('a disk of its own, mounted as root', () => {
  // From the first pages to the output files.
  test.each([120, 400, 700])(
    'of %d KiB is full: that is told, and with room the same command ends with the same bytes',
    async (kib) => {
      const disk = createSmallDisk(kib)
      try {
        const out = join(disk.folder, 'out')
        const { code, said } = await ingestInto(out)
        expect(code).toBe(1)
        expect(said).toContain('output/not-writable')
        disk.resize(100_000)
        await runIngest([inputs], out)
        expect(outputsOf(out)).toEqual(undisturbed)
      } finally {
        disk.remove()
      }
    },
    240_000,
  )

  test('that is read-only from the start, or before the second run, is told, and what was there stays', async () => {
    const disk = createSmallDisk(100_000)
    try {
      disk.setWritable(false)
      const fresh = await ingestInto(join(disk.folder, 'out'))
      expect([fresh.code, fresh.said]).toEqual([1, expect.stringContaining('output/not-writable')])
      disk.setWritable(true)
      const out = join(disk.folder, 'out')
      expect((await ingestInto(out)).code).toBe(0)
      disk.setWritable(false)
      const again = await ingestInto(out)
      expect([again.code, again.said]).toEqual([1, expect.stringContaining('output/not-writable')])
      expect(outputsOf(out)).toEqual(undisturbed)
      disk.setWritable(true)
      await runIngest([inputs], out)
      expect(outputsOf(out)).toEqual(undisturbed)
    } finally {
      disk.remove()
    }
  }, 240_000)
})

/** Root writes where it may not; without this capability it obeys permissions as anybody (capabilities(7)). */
const OBEYING = process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-dac_override'] : []

test.skipIf(process.platform !== 'linux')(
  'a folder that may not be written to, by its permissions, is told',
  async () => {
    const out = join(folder, 'forbidden')
    mkdirSync(out, { mode: 0o500 })
    const { code, said } = await ingestInto(out, OBEYING)
    expect([code, said]).toEqual([1, expect.stringContaining('output/not-writable')])
  },
  60_000,
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

  test.each([
    ['redis', 30],
    ['postgres', 3],
  ] as const)(
    '%s for %d s: that is told, the work waits and ends with the same bytes',
    async (name, seconds) => {
      const server = { redis, postgres }[name]
      const out = join(folder, `without-${name}`)
      let strike: Promise<void> | null = null
      const notices: string[] = []
      const change: RunChange = {
        queue: redis.createPlace(),
        database: await postgres.createPlace(),
        onNotice: (notice) => notices.push(notice),
        onProgress: ({ pagesDone }) => {
          if (pagesDone < 5 || strike !== null) return
          strike = server
            .kill()
            .then(() => sleep(seconds * 1000))
            .then(() => server.start())
        },
      }
      const run = await runIngest([inputs], out, change)
      expect(strike).not.toBeNull()
      await strike
      expect(run.documentIds).toHaveLength(2)
      expect(outputsOf(out)).toEqual(undisturbed)
      const address = new RegExp(`^${name}.*(?:cannot be reached; waiting for it|is back)$`)
      expect(notices).toEqual([expect.stringMatching(/waiting/), expect.stringMatching(/is back/)])
      expect(notices).toEqual([expect.stringMatching(address), expect.stringMatching(address)])
    },
    240_000,
  )
})
