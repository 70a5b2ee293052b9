import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Job } from '../../src/queue/job-queue.ts'
import { takeTogether } from '../../src/queue/pages-together.ts'
import { readQuickPages } from '../../src/queue/read-quick-pages.ts'
import { createWorkLines, type HeldJobs } from '../../src/queue/work-lines.ts'

const never = new AbortController().signal

function page(
  pageNumber: number,
  change: { readonly document?: string; readonly readers?: string; attempt?: number } = {},
): Job {
  const { document = 'a', readers = 'both', attempt = 1 } = change
  const payload = { documentId: document, pageNumber, readers }
  return { id: `page__${document}__${pageNumber}`, stage: 'page', payload, attempt }
}

const assembly: Job = {
  id: 'assemble__a',
  stage: 'assemble',
  payload: { documentId: 'a', fileName: 'a.pdf', pageJobIds: [] },
  attempt: 1,
}

describe('pages that are asked for in one message', () => {
  test.each<[string, readonly Job[], number]>([
    ['are of one document', [page(1), page(2), page(1, { document: 'b' })], 2],
    ['are for the same readers', [page(1), page(2), page(3, { readers: 'tesseract' })], 2],
    ['were never tried before', [page(1), page(2), page(3), page(4, { attempt: 2 })], 3],
    ['begin with the next', [page(1, { attempt: 2 }), page(2), page(3)], 0],
    ['are no other jobs', [page(1), page(2), assembly], 2],
    ['are two at least', [page(1), assembly, page(2)], 0],
    ['are all that wait', [page(1), page(2), page(3)], 3],
  ])('%s', (_, jobs, taken) => {
    const waiting = [...jobs]
    expect(takeTogether(waiting)).toEqual(jobs.slice(0, taken))
    expect(waiting).toEqual(jobs.slice(taken))
  })
})

describe('a page process reads pages together', () => {
  const read = (pageNumber: number) => ({ pageNumber }) as never

  test.each<[string, (pageNumber: number) => Promise<never>]>([
    ['until one needs more than a look at its text', async (number) => (number === 3 ? (null as never) : read(number))],
    ['until one fails', async (number) => (number === 3 ? Promise.reject(new Error('broken')) : read(number))],
    ['until they take long', async (number) => sleep(number === 2 ? 350 : 0).then(() => read(number))],
  ])('%s', async (_, readQuickly) => {
    const asked: number[] = []
    const readings = await readQuickPages([1, 2, 3, 4], (number) => {
      asked.push(number)
      return readQuickly(number)
    })
    expect(readings).toEqual([read(1), read(2)])
    expect(asked).not.toContain(4)
  })
})

describe('lines of work', () => {
  test('keep the leases of all pages that they do together', async () => {
    const renewed = new Set<string>()
    const waiting = Array.from({ length: 12 }, (_, index) => page(index + 1))
    const jobs: HeldJobs<Job, string> = {
      endAndTake: async (done, wanted) => ({
        ended: done.map(({ job }) => job),
        next: waiting.splice(0, wanted),
        hasFollowing: false,
      }),
      fail: async () => true,
      giveBack: async () => undefined,
      keepLease: async (job) => void renewed.add(job.id),
      keepProgress: async () => undefined,
      hasUnended: async () => waiting.length > 0,
    }
    const nothing = async () => ''
    const together: number[] = []
    await createWorkLines({ leaseMs: 30, pollMs: 1, quickMs: 1000 }).work(
      {
        handlers: {
          document: nothing,
          assemble: nothing,
          publish: nothing,
          page: nothing,
          pages: async (payloads) => {
            together.push(payloads.length)
            await sleep(60)
            return payloads.map(() => '')
          },
        },
        effects: { settled: async () => [], failed: async () => [] },
        concurrency: 1,
        stop: never,
        abort: never,
      },
      () => jobs,
    )
    expect(together).toEqual([2, 4, 5])
    expect(renewed.size).toBe(11)
  })
})
