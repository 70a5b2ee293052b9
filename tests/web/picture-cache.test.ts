import { expect, test } from 'vitest'
import type { PagePicture } from '../../src/review/review-repository.ts'
import { createPictureCache } from '../../src/web/picture-cache.ts'

const DOCUMENT = 'a'.repeat(64)

/** A source whose pictures are made when the test says so. */
function heldSource() {
  const begun: number[] = []
  const ends = new Map<number, () => void>()
  const read = (_documentId: string, page: number) =>
    new Promise<PagePicture>((resolve) => {
      begun.push(page)
      ends.set(page, () => resolve({ bytes: new Uint8Array([page]), mediaType: 'image/jpeg' }))
    })
  const finish = async (page: number) => {
    ends.get(page)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { begun, read, finish }
}

test('one picture is made at a time, and one that somebody waits for goes before those made beforehand', async () => {
  const { begun, read, finish } = heldSource()
  const cache = createPictureCache({ read, onFailure: () => undefined })
  for (const page of [1, 2, 3]) cache.warm(DOCUMENT, page)
  const waitedFor = cache.get(DOCUMENT, 3)
  expect(begun).toEqual([1])
  await finish(1)
  expect(begun).toEqual([1, 3])
  await finish(3)
  expect((await waitedFor)?.bytes).toEqual(new Uint8Array([3]))
  await finish(2)
  expect(begun).toEqual([1, 3, 2])
})

test('a picture is made once, and one that failed is tried again when it is asked for again', async () => {
  let tries = 0
  const failures: unknown[] = []
  const read = async (): Promise<PagePicture> => {
    tries += 1
    if (tries === 1) throw new Error('no such page')
    return { bytes: new Uint8Array(), mediaType: 'image/jpeg' }
  }
  const cache = createPictureCache({ read, onFailure: (error) => failures.push(error) })
  expect(await cache.get(DOCUMENT, 1)).toBeNull()
  expect(await cache.get(DOCUMENT, 1)).not.toBeNull()
  await cache.get(DOCUMENT, 1)
  expect([tries, failures.length]).toEqual([2, 1])
})
