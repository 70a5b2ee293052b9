import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PipelineError } from '../../../src/model/pipeline-error.ts'
import type { ActiveJob, Handlers, JobEffects, JobEvent, JobQueue, WorkOptions } from '../../../src/queue/job-queue.ts'
import { folderIdOf } from '../../../src/queue/publication.ts'
import { jobId, type NewJob } from '../../../src/queue/stages.ts'
import type { Store } from '../../../src/store/open-store.ts'

/** A queue as a test opens it, with the store that its ends of jobs write to. */
export interface OpenQueue {
  readonly store: Store
  readonly queue: JobQueue
  readonly close: () => Promise<void>
}

export function pageJob(pageNumber: number): NewJob<'page'> {
  const documentId = 'd'.repeat(64)
  const id = jobId('page', documentId, `p${pageNumber}`, '1')
  return { id, stage: 'page', payload: { documentId, pageNumber, readers: 'both' } }
}

export const documentJob: NewJob<'document'> = { id: 'document__d', stage: 'document', payload: { documentId: 'd' } }

const assembleJob: NewJob<'assemble'> = {
  id: 'assemble__d',
  stage: 'assemble',
  payload: { documentId: 'd', fileName: 'd.pdf', pageJobIds: [] },
}

export interface Diary {
  readonly calls: string[]
  readonly events: string[]
}

export const NO_EFFECTS: JobEffects<string> = { settled: async () => [], failed: async () => [] }

/** Works off the queue with `page` as the page handler and notes what happened. */
export async function workOff(
  queue: JobQueue,
  page: Handlers<string>['page'],
  change: Partial<WorkOptions<string>> = {},
  pages?: Handlers<string>['pages'],
): Promise<Diary> {
  const diary: Diary = { calls: [], events: [] }
  const note = (stage: string) => async () => {
    diary.calls.push(stage)
    return stage
  }
  const never = new AbortController().signal
  await queue.work({
    handlers: {
      document: note('document'),
      assemble: note('assemble'),
      publish: note('publish'),
      page: async (payload, context) => {
        diary.calls.push(`page ${payload.pageNumber}`)
        return page(payload, context)
      },
      ...(pages === undefined ? {} : { pages }),
    },
    effects: NO_EFFECTS,
    concurrency: 1,
    stop: never,
    abort: never,
    onEvent: ({ kind, job }: JobEvent) => diary.events.push(`${kind} ${job.stage}`),
    ...change,
  })
  return diary
}

export const succeed = async () => 'read'

/** What every queue must do. `open` gives a fresh one that polls fast and waits little before another try. */
export function describeQueue(name: string, isThere: boolean, open: () => Promise<OpenQueue>): void {
  describe.skipIf(!isThere)(name, () => {
    let opened: OpenQueue
    let queue: JobQueue

    beforeEach(async () => {
      opened = await open()
      queue = opened.queue
    })

    afterEach(() => opened.close())

    describe('taking jobs', () => {
      test('goes by stage, then by the order of adding', async () => {
        await queue.enqueue([pageJob(1), pageJob(2), assembleJob, documentJob])
        expect((await workOff(queue, succeed)).calls).toEqual(['document', 'assemble', 'page 1', 'page 2'])
      })

      test('a job that waits is added once', async () => {
        await queue.enqueue([pageJob(1), pageJob(1)])
        await queue.enqueue([pageJob(1)])
        expect((await workOff(queue, succeed)).calls).toEqual(['page 1'])
      })

      test('a job that has ended runs again when it is added again', async () => {
        await queue.enqueue([pageJob(1)])
        await workOff(queue, succeed)
        await queue.enqueue([pageJob(1)])
        expect((await workOff(queue, succeed)).calls).toEqual(['page 1'])
      })

      test('a job that has failed runs again when it is added again, with all its tries', async () => {
        const fail = async () => {
          throw new PipelineError('page/timeout', 'slow')
        }
        await queue.enqueue([pageJob(1)])
        await workOff(queue, fail)
        await queue.enqueue([pageJob(1)])
        expect((await workOff(queue, fail)).calls).toEqual(['page 1', 'page 1'])
      })

      test('a payload that is not of the stage is refused', async () => {
        const wrong = { ...pageJob(1), payload: { documentId: 'd', pageNumber: 0, readers: 'both' } }
        await expect(queue.enqueue([wrong])).rejects.toThrow()
      })

      test('jobs that follow from a result are worked off too', async () => {
        await queue.enqueue([documentJob])
        const effects: JobEffects<string> = {
          ...NO_EFFECTS,
          settled: async (_, settled) => (settled.some(({ job }) => job.stage === 'document') ? [pageJob(1)] : []),
        }
        expect((await workOff(queue, succeed, { effects })).calls).toEqual(['document', 'page 1'])
      })

      test('several lines of work share the jobs, each once', async () => {
        const pages = Array.from({ length: 40 }, (_, index) => index + 1)
        await queue.enqueue(pages.map(pageJob))
        const { calls } = await workOff(queue, succeed, { concurrency: 4 })
        expect(calls.toSorted()).toEqual(pages.map((page) => `page ${page}`).toSorted())
      })

      test('all that was done is counted', async () => {
        await queue.enqueue([pageJob(1), pageJob(2), documentJob])
        await workOff(queue, succeed)
        expect(await queue.counts()).toMatchObject({
          document: { wait: 0, active: 0, done: 1, failed: 0 },
          page: { wait: 0, active: 0, done: 2, failed: 0 },
        })
      })

      test('a result that is kept is there before the jobs that follow run', async () => {
        await queue.enqueue([documentJob])
        const seen: (string | undefined)[] = []
        const effects: JobEffects<string> = {
          ...NO_EFFECTS,
          settled: async ({ publications }, settled) => {
            if (settled.every(({ job }) => job.stage !== 'document')) return []
            await publications.save('', { stateId: 'kept', files: [] })
            return [pageJob(1)]
          },
        }
        const look = async () => {
          seen.push((await opened.store.publications.find(''))?.stateId)
          return 'read'
        }
        await workOff(queue, look, { effects })
        expect(seen).toEqual(['kept'])
      })
    })

    describe('failure', () => {
      test('that another try may mend is tried once more', async () => {
        await queue.enqueue([pageJob(1)])
        const diary = await workOff(queue, async () => {
          throw new PipelineError('page/timeout', 'slow')
        })
        expect(diary.events).toEqual(['started page', 'retried page', 'started page', 'failed page'])
        expect(await queue.failed()).toMatchObject([
          { id: pageJob(1).id, stage: 'page', error: expect.stringContaining('slow') },
        ])
      })

      test('is tried again after what has not been tried', async () => {
        await queue.enqueue([pageJob(1), pageJob(2), pageJob(3)])
        let tries = 0
        const failFirst = async () => {
          tries += 1
          if (tries === 1) throw new PipelineError('page/crash', 'once')
          await sleep(30)
          return 'read'
        }
        expect((await workOff(queue, failFirst)).calls).toEqual(['page 1', 'page 2', 'page 3', 'page 1'])
      })

      test('that mends itself ends well', async () => {
        await queue.enqueue([pageJob(1)])
        let tries = 0
        const diary = await workOff(queue, async () => {
          tries += 1
          if (tries === 1) throw new PipelineError('page/crash', 'once')
          return 'read'
        })
        expect(diary.events).toEqual(['started page', 'retried page', 'started page', 'done page'])
        expect(await queue.failed()).toEqual([])
      })

      test('that no try can mend is final', async () => {
        await queue.enqueue([pageJob(1)])
        const diary = await workOff(queue, async () => {
          throw new PipelineError('page/too-large', 'huge')
        })
        expect(diary.events).toEqual(['started page', 'failed page'])
      })

      test('that is no PipelineError is a crash of its page', async () => {
        await queue.enqueue([pageJob(1)])
        const codes: string[] = []
        const effects: JobEffects<string> = {
          ...NO_EFFECTS,
          failed: async (_, __, error) => {
            codes.push(error.code)
            return []
          },
        }
        const defect = async () => {
          throw new TypeError('a defect')
        }
        await workOff(queue, defect, { effects })
        expect(codes).toEqual(['page/crash'])
      })

      test('that is final may have jobs that follow', async () => {
        await queue.enqueue([pageJob(1)])
        const effects: JobEffects<string> = {
          ...NO_EFFECTS,
          failed: async () => [documentJob],
        }
        const refuse = async () => {
          throw new PipelineError('page/too-large', 'huge')
        }
        expect((await workOff(queue, refuse, { effects })).calls).toEqual(['page 1', 'document'])
      })

      test.each(['output/not-writable', 'dictionaries/damaged', 'store/unavailable'] as const)(
        'of the whole run ends the work and leaves the job to be done: %s',
        async (code) => {
          await queue.enqueue([pageJob(1), pageJob(2)])
          const work = workOff(queue, async () => {
            throw new PipelineError(code, 'disk full')
          })
          await expect(work).rejects.toThrow('disk full')
          expect((await queue.counts()).page).toEqual({ wait: 2, active: 0, done: 0, failed: 0 })
        },
      )

      test('while keeping a result undoes all of it, and the job is not done', async () => {
        await queue.enqueue([documentJob])
        const effects: JobEffects<string> = {
          ...NO_EFFECTS,
          settled: async ({ publications }) => {
            await publications.save('', { stateId: 'half', files: [] })
            throw new PipelineError('output/not-writable', 'no room')
          },
        }
        await expect(workOff(queue, succeed, { effects })).rejects.toThrow('no room')
        expect(await opened.store.publications.find('')).toBeNull()
        expect((await queue.counts()).document.done).toBe(0)
      })
    })

    describe('pausing', () => {
      test('lets nobody take a job until resumed', async () => {
        await queue.enqueue([pageJob(1)])
        await queue.pause()
        expect(await queue.isPaused()).toBe(true)
        const stop = new AbortController()
        const paused = workOff(queue, succeed, { stop: stop.signal })
        await sleep(100)
        stop.abort()
        expect((await paused).calls).toEqual([])
        await queue.resume()
        expect(await queue.isPaused()).toBe(false)
        expect((await workOff(queue, succeed)).calls).toEqual(['page 1'])
      })
    })

    describe('quick pages are taken and ended several at a time', () => {
      const pages = (count: number) => Array.from({ length: count }, (_, index) => pageJob(index + 1))

      test('and stay jobs of their own, in their order', async () => {
        await queue.enqueue(pages(60))
        let mostInHand = 0
        const { calls, events } = await workOff(queue, async ({ pageNumber }) => {
          if (pageNumber % 20 === 0) mostInHand = Math.max(mostInHand, (await queue.active()).length)
          return 'read'
        })
        expect(calls).toEqual(pages(60).map((_, index) => `page ${index + 1}`))
        expect(events.filter((event) => event === 'done page')).toHaveLength(60)
        expect(mostInHand).toBeGreaterThan(1)
        expect((await queue.counts()).page).toEqual({ wait: 0, active: 0, done: 60, failed: 0 })
      })

      test('a page that takes long keeps nobody from those that were taken with it', async () => {
        await queue.enqueue(pages(40))
        let others = 0
        let letLongOneEnd = () => {}
        const othersAreDone = new Promise<void>((resolve) => {
          letLongOneEnd = resolve
        })
        const page = async ({ pageNumber }: { readonly pageNumber: number }) => {
          if (pageNumber === 20) await othersAreDone
          else others += 1
          if (others === 39) letLongOneEnd()
          return `${pageNumber}`
        }
        await Promise.all([workOff(queue, page), workOff(queue, page)])
        expect(others).toBe(39)
      })

      test('a page that fails is tried again, those around it once', async () => {
        await queue.enqueue(pages(20))
        const { calls, events } = await workOff(queue, async ({ pageNumber }) => {
          if (pageNumber === 12) throw new PipelineError('page/crash', 'again and again')
          return 'done'
        })
        expect(calls).toHaveLength(21)
        expect(events.filter((event) => event === 'failed page')).toHaveLength(1)
        expect(events.filter((event) => event === 'done page')).toHaveLength(19)
      })

      test('what stops the run leaves what was taken with it to be done', async () => {
        await queue.enqueue(pages(20))
        const stopping = workOff(queue, async ({ pageNumber }) => {
          if (pageNumber === 12) throw new PipelineError('output/not-writable', 'full')
          return 'done'
        })
        await expect(stopping).rejects.toMatchObject({ code: 'output/not-writable' })
        expect((await queue.counts()).page).toMatchObject({ active: 0, failed: 0 })
        const left = (await queue.counts()).page.wait
        expect((await workOff(queue, succeed)).calls).toHaveLength(left)
        expect((await queue.counts()).page).toEqual({ wait: 0, active: 0, done: 20, failed: 0 })
      })
    })

    describe('pages are done together', () => {
      const pages = (count: number) => Array.from({ length: count }, (_, index) => pageJob(index + 1))

      /** Works with a handler for several pages; `giveFor` says for how many of them it gives something. */
      async function workTogether(giveFor: (pageNumbers: readonly number[]) => number) {
        const together: number[][] = []
        const alone: number[] = []
        const diary = await workOff(
          queue,
          async ({ pageNumber }) => {
            alone.push(pageNumber)
            if (pageNumber === 12) throw new PipelineError('page/timeout', 'it hangs')
            return 'alone'
          },
          {},
          async (payloads) => {
            const numbers = payloads.map(({ pageNumber }) => pageNumber)
            const given = numbers.slice(0, giveFor(numbers))
            together.push(given)
            return given.map(() => 'together')
          },
        )
        return { ...diary, together: together.flat(), alone, messages: together.length }
      }

      test('and end as jobs of their own', async () => {
        await queue.enqueue(pages(60))
        const { together, alone, messages, events } = await workTogether((numbers) => numbers.length)
        const unique = new Set([...together, ...alone])
        expect([unique.size, together.length + alone.length]).toEqual([60, 60])
        expect(messages).toBeLessThan(20)
        expect(events.filter((event) => event === 'done page')).toHaveLength(60)
        expect((await queue.counts()).page).toEqual({ wait: 0, active: 0, done: 60, failed: 0 })
      })

      test('and one that gives nothing so is done by itself, and costs its neighbours nothing', async () => {
        await queue.enqueue(pages(40))
        // As when a page process dies of page 12: nothing is known of those that were asked for with it.
        const { together, alone, events } = await workTogether((numbers) => (numbers.includes(12) ? 0 : numbers.length))
        expect(together).not.toContain(12)
        expect(alone.filter((number) => number === 12)).toHaveLength(2)
        const others = [...together, ...alone].filter((number) => number !== 12)
        expect([new Set(others).size, others.length]).toEqual([39, 39])
        expect(events.filter((event) => event === 'failed page')).toHaveLength(1)
        expect((await queue.counts()).page).toEqual({ wait: 0, active: 0, done: 39, failed: 1 })
      })

      test('and what stops the run leaves all of them to be done', async () => {
        await queue.enqueue(pages(20))
        const stopping = workTogether(() => {
          throw new PipelineError('output/not-writable', 'full')
        })
        await expect(stopping).rejects.toMatchObject({ code: 'output/not-writable' })
        expect((await queue.counts()).page).toMatchObject({ active: 0, failed: 0 })
        await workOff(queue, succeed)
        expect((await queue.counts()).page).toEqual({ wait: 0, active: 0, done: 20, failed: 0 })
      })
    })

    describe('progress of a page', () => {
      test('is told as events and to whoever asks what is in work', async () => {
        await queue.enqueue([pageJob(1)])
        const told: number[] = []
        const seen: (number | null)[] = []
        const read: Handlers<string>['page'] = async (_, { onProgress }) => {
          const look = async () => (await queue.active())[0]?.linesRead ?? null
          seen.push(await look())
          onProgress(24)
          while ((await look()) !== 24) await sleep(5)
          seen.push(await look())
          return 'read'
        }
        const onEvent = (event: JobEvent) => void (event.kind === 'progress' && told.push(event.linesRead))
        await workOff(queue, read, { onEvent })
        expect([seen, told]).toEqual([[null, 24], [24]])
      })

      test('begins anew with another try', async () => {
        await queue.enqueue([pageJob(1)])
        const seen: (number | null)[] = []
        const fail: Handlers<string>['page'] = async (_, { onProgress }) => {
          const look = async () => (await queue.active())[0]?.linesRead ?? null
          seen.push(await look())
          onProgress(24)
          while ((await look()) !== 24) await sleep(5)
          throw new PipelineError('page/timeout', 'slow')
        }
        await workOff(queue, fail)
        expect(seen).toEqual([null, null])
      })
    })

    describe('ending before all is done', () => {
      test('takes nothing more once it is enough, and leaves the rest as it was', async () => {
        const pages = Array.from({ length: 500 }, (_, index) => pageJob(index + 1))
        await queue.enqueue(pages)
        let reads = 0
        const slowly = async () => {
          reads += 1
          await sleep(20)
          return 'read'
        }
        await workOff(queue, slowly, { isEnough: async () => reads >= 3 })
        expect(reads).toBeGreaterThanOrEqual(3)
        expect((await queue.counts()).page).toEqual({ wait: 500 - reads, active: 0, done: reads, failed: 0 })
      })

      test('does not wait for what others are doing', async () => {
        await queue.enqueue([pageJob(1)])
        let isEnough = false
        const others = workOff(queue, async () => {
          while (!isEnough) await sleep(5)
          await onlooker
          return 'read'
        })
        const onlooker = sleep(50).then(() => workOff(queue, succeed, { isEnough: async () => isEnough }))
        await sleep(100)
        isEnough = true
        expect((await onlooker).calls).toEqual([])
        expect((await others).calls).toEqual(['page 1'])
      })
    })

    describe('publishing', () => {
      const publishJob = (folderId: string): NewJob<'publish'> => {
        const id = jobId('publish', folderId, 'state', '1')
        return { id, stage: 'publish', payload: { folderId, stateId: 'state' } }
      }
      const own = () => publishJob(folderIdOf(opened.store))

      test('alone is done where nothing else is wanted', async () => {
        await queue.enqueue([pageJob(1), own()])
        expect((await workOff(queue, succeed, { stages: ['publish'] })).calls).toEqual(['publish'])
        expect((await queue.left()).page).toBe(1)
      })

      test('goes on in a pause', async () => {
        await queue.enqueue([own()])
        await queue.pause()
        expect((await workOff(queue, succeed, { stages: ['publish'] })).calls).toEqual(['publish'])
        await queue.resume()
      })
    })

    test('what is left is counted by stage', async () => {
      await queue.enqueue([pageJob(1), pageJob(2), documentJob])
      const seen: number[] = []
      const look = async () => {
        seen.push((await queue.left()).page)
        return 'read'
      }
      expect(await queue.left()).toEqual({ document: 1, page: 2, assemble: 0, publish: 0 })
      await workOff(queue, look)
      expect(seen).toEqual([2, 1])
      expect(await queue.left()).toEqual({ document: 0, page: 0, assemble: 0, publish: 0 })
    })

    test('what is in work is told, with by whom and since when', async () => {
      await queue.enqueue([pageJob(1), pageJob(2)])
      const seen: ActiveJob[] = []
      const begun = Date.now()
      const look = async () => {
        if (seen.length === 0) seen.push(...(await queue.active()))
        return 'read'
      }
      await workOff(queue, look)
      const worker = `${hostname()}/${process.pid}`
      expect(seen).toEqual([{ job: pageJob(1), worker, since: expect.any(Number), linesRead: null }])
      expect(seen[0]?.since).toBeGreaterThanOrEqual(begun)
      expect(await queue.active()).toEqual([])
    })

    test('a worker may wait for jobs that are still to come', async () => {
      const stop = new AbortController()
      const page = async () => {
        stop.abort()
        return 'read'
      }
      const waiting = workOff(queue, page, { until: 'stopped', stop: stop.signal })
      await sleep(50)
      await queue.enqueue([pageJob(1)])
      expect((await waiting).calls).toEqual(['page 1'])
    })

    test('a run without lines of work of its own waits until others have done the work', async () => {
      await queue.enqueue([pageJob(1)])
      const onlooker = workOff(queue, succeed, { concurrency: 0 })
      await sleep(50)
      expect((await workOff(queue, succeed)).calls).toEqual(['page 1'])
      expect((await onlooker).calls).toEqual([])
    })

    describe('stopping', () => {
      test('finishes what is in work and takes nothing more', async () => {
        await queue.enqueue([pageJob(1), pageJob(2), pageJob(3)])
        const stop = new AbortController()
        const stopping = async () => {
          stop.abort()
          return 'read'
        }
        expect((await workOff(queue, stopping, { stop: stop.signal })).events).toEqual(['started page', 'done page'])
        expect((await queue.counts()).page).toEqual({ wait: 2, active: 0, done: 1, failed: 0 })
      })

      test('at once gives back what is in work, as if it had never been taken', async () => {
        await queue.enqueue([pageJob(1)])
        const stop = new AbortController()
        const interrupted = async () => {
          stop.abort()
          throw new PipelineError('page/crash', 'killed')
        }
        await workOff(queue, interrupted, { stop: stop.signal, abort: stop.signal })
        expect((await queue.counts()).page).toEqual({ wait: 1, active: 0, done: 0, failed: 0 })
        const fail = async () => {
          throw new PipelineError('page/timeout', 'slow')
        }
        expect((await workOff(queue, fail)).events.filter((event) => event === 'retried page')).toHaveLength(1)
      })
    })
  })
}
