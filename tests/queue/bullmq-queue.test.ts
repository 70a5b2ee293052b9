import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bullmqQueue } from '../../src/queue/bullmq-queue.ts'
import type { JobEffects } from '../../src/queue/job-queue.ts'
import { openStore, type Store } from '../../src/store/open-store.ts'
import { localStore } from '../../src/store/store-location.ts'
import { REDIS_PROGRAM, type RedisServer, startRedis } from '../support/redis-server.ts'
import { describeQueue, NO_EFFECTS, type OpenQueue, pageJob, succeed, workOff } from './support/queue-conformance.ts'

let redis: RedisServer | null = null
beforeAll(async () => {
  redis = REDIS_PROGRAM === null ? null : await startRedis()
})
afterAll(() => redis?.close())

async function open(notices: string[] = []): Promise<OpenQueue & { readonly url: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'gongkai-queue-'))
  const store = await openStore(localStore(directory))
  const url = redis?.createPlace() ?? ''
  const queue = await bullmqQueue(url, store, {
    pollMs: 5,
    retryDelayMs: 1,
    leaseMs: 1000,
    onNotice: (notice) => notices.push(notice),
  })
  return {
    store,
    queue,
    url,
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

  test('that goes away while jobs are added gets all of them', async () => {
    const { queue, close } = await open()
    const pages = Array.from({ length: 1000 }, (_, index) => pageJob(index + 1))
    // Sooner or later it goes in the midst of a message, when some of its jobs are there.
    for (const moment of [4, 8, 12, 16, 20, 25, 30, 40]) {
      const adding = queue.enqueue(pages.map((job) => ({ ...job, id: `${job.id}-${moment}` })))
      // Told below; until then a failure is nobody's.
      adding.catch(() => undefined)
      await sleep(moment)
      await redis?.kill()
      await redis?.start()
      await adding
    }
    expect((await queue.left()).page).toBeGreaterThan(0)
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

  describe('whose workers vanished', () => {
    /** As a worker that was killed so many times leaves a page. */
    async function vanish(url: string, store: Store, pageNumber: number, times: number): Promise<void> {
      const client = new Redis(url)
      const key = `gongkai-${store.storeId.slice(0, 12)}:work:${pageJob(pageNumber).id}`
      await client.hset(key, { stc: times, ats: times })
      await client.quit()
    }

    test('once: a page is then worked on alone', async () => {
      const { queue, store, url, close } = await open()
      await queue.enqueue(Array.from({ length: 20 }, (_, index) => pageJob(index + 1)))
      await vanish(url, store, 12, 1)
      const inHand = new Map<number, number>()
      await workOff(queue, async ({ pageNumber }) => {
        inHand.set(pageNumber, (await queue.active()).length)
        return 'read'
      })
      expect(inHand.size).toBe(20)
      expect(inHand.get(12)).toBe(1)
      await close()
    })

    test('again and again: a page is reported, not tried for ever', async () => {
      const { queue, store, url, close } = await open()
      await queue.enqueue([pageJob(1), pageJob(2)])
      await vanish(url, store, 1, 10)
      const reported: string[] = []
      const effects: JobEffects<string> = {
        ...NO_EFFECTS,
        failed: async (_, job, error) => {
          reported.push(`${job.id} ${error.code}`)
          return []
        },
      }
      expect((await workOff(queue, succeed, { effects })).calls).toEqual(['page 2'])
      expect(reported).toEqual([`${pageJob(1).id} page/crash`])
      expect((await queue.counts()).page).toEqual({ wait: 0, active: 0, done: 1, failed: 1 })
      await close()
    })
  })

  test('that has no memory left ends the work with what it says, and the page is done later', async () => {
    const { queue, url, close } = await open()
    await queue.enqueue([pageJob(1), pageJob(2)])
    const client = new Redis(url)
    const fill = async () => {
      await client.config('SET', 'maxmemory', '1')
      return 'read'
    }
    await expect(workOff(queue, fill)).rejects.toMatchObject({
      code: 'queue/unavailable',
      message: expect.stringContaining('OOM'),
    })
    await client.config('SET', 'maxmemory', '0')
    await client.quit()
    await sleep(2500)
    expect((await workOff(queue, succeed)).calls).toContain('page 2')
    expect((await queue.counts()).page).toEqual({ wait: 0, active: 0, done: 2, failed: 0 })
    await close()
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
