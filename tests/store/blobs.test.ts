import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { artefactsInBlobs, packText } from '../../src/store/artefacts.ts'
import { type BlobStore, openBlobs } from '../../src/store/blobs.ts'
import { parseArtefactPlace } from '../../src/store/store-location.ts'
import { type S3Server, startS3 } from '../support/s3-server.ts'

let s3: S3Server
beforeAll(async () => {
  s3 = await startS3()
})
afterAll(() => s3.close())

beforeEach(() => {
  for (const [name, value] of Object.entries(s3.environment)) vi.stubEnv(name, value)
})

const makeFolder = () => mkdtempSync(join(tmpdir(), 'gongkai-blobs-'))

/** Large enough to come in several pieces. */
const BYTES = Buffer.alloc(300_000, 'budget 预算 ')

describe.each([
  { name: 'a folder', place: makeFolder },
  { name: 'an S3-compatible store', place: () => `s3://budgets/run-${Math.trunc(performance.now() * 1000)}` },
])('blobs in $name', ({ place }) => {
  let blobs: BlobStore
  beforeEach(async () => {
    blobs = await openBlobs(place())
  })

  test('come back as they were put', async () => {
    await blobs.put('artefacts/ab/abc', BYTES)
    expect(Buffer.from((await blobs.get('artefacts/ab/abc')) ?? []).equals(BYTES)).toBe(true)
    expect([await blobs.has('artefacts/ab/abc'), await blobs.has('artefacts/ab/abd')]).toEqual([true, false])
  })

  test('that were never put are told as missing', async () => {
    expect(await blobs.get('artefacts/no/no')).toBeNull()
    expect(await blobs.getFile('documents/no/no', join(makeFolder(), 'x'))).toBe(false)
  })

  test('may be put twice', async () => {
    await blobs.put('x', BYTES)
    await blobs.put('x', BYTES)
    expect((await blobs.get('x'))?.length).toBe(BYTES.length)
  })

  test('go from file to file', async () => {
    const folder = makeFolder()
    writeFileSync(join(folder, 'in.pdf'), BYTES)
    await blobs.putFile('documents/d1', join(folder, 'in.pdf'))
    expect(await blobs.getFile('documents/d1', join(folder, 'out.pdf'))).toBe(true)
    expect(readFileSync(join(folder, 'out.pdf')).equals(BYTES)).toBe(true)
  })

  test('hold artefacts, which are believed only under the name of what they say', async () => {
    const artefacts = artefactsInBlobs(blobs)
    const [one, two] = [await artefacts.put(packText('一')), await artefacts.put(packText('二'))]
    expect([await artefacts.put(packText('一')), await artefacts.get(one)]).toEqual([one, '一'])
    await expect(artefacts.get('0'.repeat(64))).rejects.toThrow('missing')
    const other = await blobs.get(`artefacts/${two.slice(0, 2)}/${two}`)
    await blobs.put(`artefacts/${one.slice(0, 2)}/${one}`, other ?? Buffer.alloc(0))
    await expect(artefacts.get(one)).rejects.toThrow('damaged')
  })
})

test('a folder of blobs holds nothing half written', async () => {
  const folder = makeFolder()
  const blobs = await openBlobs(folder)
  await Promise.all(Array.from({ length: 20 }, () => blobs.put('a/x', BYTES)))
  expect(readdirSync(folder)).toEqual(['a'])
})

describe('a place that cannot be used is told with what to do', () => {
  test('a folder below a file', async () => {
    const file = join(makeFolder(), 'file')
    writeFileSync(file, '')
    await expect((await openBlobs(file)).put('x', BYTES)).rejects.toMatchObject({ code: 'store/artefacts-unavailable' })
  })

  test('keys that the server does not know', async () => {
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wrong')
    const error = await (await openBlobs('s3://budgets/x')).put('x', BYTES).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'store/artefacts-unavailable', message: expect.stringContaining('Signature') })
  })

  test('a bucket that is not there', async () => {
    await expect((await openBlobs('s3://nowhere')).put('x', BYTES)).rejects.toMatchObject({
      code: 'store/artefacts-unavailable',
      message: expect.stringContaining('NoSuchBucket'),
    })
  })
})

test.each([
  ['s3://bucket/prefix', 's3://bucket/prefix'],
  ['/shared/artefacts', '/shared/artefacts'],
])('--artefacts %s is taken', (text, place) => expect(parseArtefactPlace(text)).toBe(place))

test.each(['http://host/x', 's3:///x'])('--artefacts %s is refused', (text) => {
  expect(() => parseArtefactPlace(text)).toThrow('--artefacts')
})
