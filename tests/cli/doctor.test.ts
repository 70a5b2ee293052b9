import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, describe, expect, test } from 'vitest'
import { checkDisk, checkMemory, checkNode } from '../../src/commands/doctor/check-machine.ts'
import { checkReaders } from '../../src/commands/doctor/check-readers.ts'
import { checkServers } from '../../src/commands/doctor/check-servers.ts'
import { type CommandResult, EXIT_CODES, localPlace, openPagePool, runDoctor } from '../../src/main.ts'
import type { PagePool } from '../../src/queue/page-pool.ts'
import { findFreePort } from '../support/free-port.ts'
import { REDIS_PROGRAM, startRedis } from '../support/redis-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'gongkai-doctor-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const never = new AbortController().signal
const MIB = 1024 * 1024

interface Report {
  readonly healthy: boolean
  readonly checks: readonly { readonly id: string; readonly health: string; readonly remedy: string | null }[]
}

async function run(servers: { queue?: string; store?: string; artefacts?: string }): Promise<[CommandResult, Report]> {
  const terminal = {
    messages: { isTerminal: false, write: () => undefined },
    stop: never,
    abort: never,
    environment: { GONGKAI_PAGE_TIMEOUT_S: '60' },
    openPool: openPagePool,
  }
  const result = await runDoctor({ place: { ...localPlace(folder), ...servers }, format: 'json' }, terminal)
  return [result, JSON.parse(result.output)]
}

const healthOf = ({ checks }: Report, id: string) => checks.find((check) => check.id === id)?.health

test('a sound machine is well: both readers read a small table', async () => {
  const [{ exitCode }, report] = await run({ artefacts: folder })
  expect(report.checks.filter(({ health }) => health !== 'good')).toEqual([])
  expect(report.checks.map(({ id }) => id)).toEqual([
    'node', 'memory', 'disk', 'dictionaries', 'sqlite', 'fonts', 'reader-paddle', 'reader-tesseract', 'artefacts',
  ]) // biome-ignore format: a list
  expect([exitCode, report.healthy]).toEqual([EXIT_CODES.done, true])
})

test('servers that do not answer are told of with what to do, and the command fails', async () => {
  const port = await findFreePort()
  const [{ exitCode }, report] = await run({
    queue: `redis://127.0.0.1:${port}`,
    store: `postgres://nobody@127.0.0.1:${port}/none`,
  })
  expect([healthOf(report, 'redis'), healthOf(report, 'postgresql'), exitCode]).toEqual(['bad', 'bad', 1])
  for (const { health, remedy } of report.checks) expect(remedy === null).toBe(health === 'good')
})

test.runIf(REDIS_PROGRAM !== null)('a Redis that may throw jobs away is doubtful', async () => {
  const redis = await startRedis()
  const queue = redis.createPlace()
  const client = new Redis(queue)
  try {
    expect(await checkServers({ ...localPlace(folder), queue })).toMatchObject([{ id: 'redis', health: 'good' }])
    await client.config('SET', 'maxmemory', '100mb')
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru')
    expect(await checkServers({ ...localPlace(folder), queue })).toMatchObject([{ id: 'redis', health: 'doubtful' }])
  } finally {
    client.disconnect()
    await redis.close()
  }
})

describe('the machine', () => {
  test.each([
    ['18.20.0', 'bad'],
    ['20.18.3', 'bad'],
    ['20.19.0', 'good'],
    ['24.1.0', 'good'],
  ])('Node %s is %s', (version, health) => expect(checkNode(version).health).toBe(health))

  test.each([
    ['much memory', 64_000, 0, 'good'],
    ['a limit that is none', 64_000, 2 ** 43, 'good'],
    ['a small container', 64_000, 512, 'bad'],
    ['a small machine', 900, 0, 'bad'],
  ])('%s', (_what, total, limit, health) => {
    expect(checkMemory(total * MIB, limit * MIB, 600 * MIB).health).toBe(health)
  })

  test.each([
    ['a folder', folder, 'good'],
    ['a folder that is still to be made', join(folder, 'a', 'b'), 'good'],
    ['a folder under a file', join(folder, 'file', 'x'), 'bad'],
  ])('%s on disk', async (_what, path, health) => {
    writeFileSync(join(folder, 'file'), '')
    expect((await checkDisk(path)).health).toBe(health)
  })
})

test('a reader that reads wrongly, dies or is slow is told of', async () => {
  const answers: Record<string, () => unknown> = {
    paddle: () => ({ extract: { tables: [{ cells: [{ text: 'A02O10105' }] }] }, notice: null }),
    tesseract: () => {
      throw new Error('the process that read the page died')
    },
  }
  const run = async (_task: string, { readers }: { readers: string }) => answers[readers]?.()
  const findings = await checkReaders({ run } as unknown as PagePool, never)
  expect(findings.map(({ id, health }) => [id, health])).toEqual([
    ['reader-paddle', 'bad'],
    ['reader-tesseract', 'bad'],
  ])
})
