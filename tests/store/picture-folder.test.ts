import { existsSync, mkdtempSync, readdirSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openPictureFolder } from '../../src/store/picture-folder.ts'

const makePlace = () => join(mkdtempSync(join(tmpdir(), 'gongkai-pictures-')), '.review-pictures')
const picture = (size: number) => new Uint8Array(size).fill(7)

test('a picture outlives the program, and nobody else may look at it', async () => {
  const place = makePlace()
  const first = openPictureFolder(place)
  expect(await first.get('a.jpg')).toBeNull()
  expect(existsSync(place)).toBe(false)
  await first.put('a.jpg', picture(10))
  expect(await openPictureFolder(place).get('a.jpg')).toEqual(picture(10))
  expect(statSync(place).mode & 0o077).toBe(0)
  expect(statSync(join(place, 'a.jpg')).mode & 0o077).toBe(0)
  expect(readdirSync(place).toSorted()).toEqual(['CACHEDIR.TAG', 'a.jpg'])
})

test('what was looked at longest ago goes first when there is too much', async () => {
  const place = makePlace()
  const folder = openPictureFolder(place, 25)
  await folder.put('a.jpg', picture(10))
  await folder.put('b.jpg', picture(10))
  const [early, earlier] = [new Date(1_000_000), new Date(500_000)]
  utimesSync(join(place, 'a.jpg'), earlier, earlier)
  utimesSync(join(place, 'b.jpg'), early, early)
  expect(await folder.get('a.jpg')).toEqual(picture(10))
  await folder.put('c.jpg', picture(10))
  expect(readdirSync(place).filter((name) => name.endsWith('.jpg'))).toEqual(['a.jpg', 'c.jpg'])
})

test('a place that cannot be written only costs time', async () => {
  const folder = openPictureFolder('/proc/nowhere')
  await folder.put('a.jpg', picture(10))
  expect(await folder.get('a.jpg')).toBeNull()
})
