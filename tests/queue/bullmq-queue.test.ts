import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bullmqQueue } from '../../src/queue/bullmq-queue.ts'
import { openStore } from '../../src/store/open-store.ts'
import { localStore } from '../../src/store/store-location.ts'
import { REDIS_PROGRAM, type RedisServer, startRedis } from '../support/redis-server.ts'
import { describeQueue, type OpenQueue, pageJob, succeed, workOff } from './support/queue-conformance.ts'

let redis: RedisServer | null = null
beforeAll(async () => {
  redis = REDIS_PROGRAM === null ? null : await startRedis()
})
afterAll(() => redis?.close())

async function open(notices: string[] = []): Promise<OpenQueue> {
  const directory = mkdtempSync(join(tmpdir(), 'gongkai-queue-'))
  const store = await openStore(localStore(directory))
  const queue = await bullmqQueue(redis?.createPlace() ?? '', store, {
    pollMs: 5,
    retryDelayMs: 1,
    leaseMs: 1000,
    onNotice: (notice) => notices.push(notice),
  })
  return {
    store,
    queue,
    close: async () => {
      await queue.close()
      await store.close()
    },
  }
}

describeQueue('BullMQ on Redis', REDIS_PROGRAM !== null, open)

describe.skipIf(REDIS_PROGRAM === null)('Redis', () => {
  test('that goes away and comes back is told of, and the work goes on', async () => {
    const notices: string[] = []
    const { queue, close } = await open(notices)
    await queue.enqueue([pageJob(1), pageJob(2), pageJob(3)])
    let reads = 0
    const diary = await workOff(queue, async () => {
      reads += 1
      if (reads === 2) {
        await redis?.kill()
        await redis?.start()
      }
      return 'read'
    })
    expect(new Set(diary.calls)).toEqual(new Set(['page 1', 'page 2', 'page 3']))
    expect((await queue.counts()).page).toEqual({ wait: 0, active: 0, done: 3, failed: 0 })
    expect(notices).toEqual([expect.stringContaining('cannot be reached'), expect.stringContaining('is back')])
    await close()
  })

  test('that is away keeps nobody from stopping', async () => {
    const { queue, close } = await open()
    const stop = new AbortController()
    const working = workOff(queue, succeed, { until: 'stopped', stop: stop.signal })
    await sleep(300)
    await redis?.kill()
    stop.abort()
    expect((await working).calls).toEqual([])
    await close()
    await redis?.start()
  })

  test('that is not there is told with what to do, without its password', async () => {
    const store = await openStore(localStore(mkdtempSync(join(tmpdir(), 'gongkai-queue-'))))
    const error = await bullmqQueue('redis://:secret@127.0.0.1:1', store).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'queue/unavailable', remedy: expect.stringContaining('--queue') })
    expect(String(error)).not.toContain('secret')
    await store.close()
  })

  test('holds one queue a store', async () => {
    const url = redis?.createPlace() ?? ''
    const stores = await Promise.all(
      ['a', 'b'].map((name) => openStore(localStore(mkdtempSync(join(tmpdir(), `gongkai-queue-${name}-`))))),
    )
    const queues = await Promise.all(stores.map((store) => bullmqQueue(url, store, { pollMs: 5 })))
    await queues[0]?.enqueue([pageJob(1)])
    expect(await Promise.all(queues.map(async (queue) => (await queue.counts()).page.wait))).toEqual([1, 0])
    for (const queue of queues) await workOff(queue, succeed)
    await Promise.all(queues.map((queue) => queue.close()))
    await Promise.all(stores.map((store) => store.close()))
  })
})
