import { expect, test } from 'vitest'
import type { ColorImage } from '../../../src/extract/raster/image.ts'
import { decodeImageFile, encodeJpeg, encodePng } from '../../../src/extract/raster/image-file.ts'
import { PipelineError } from '../../../src/model/pipeline-error.ts'

const IMAGE: ColorImage = { width: 5, height: 3, data: Uint8Array.from({ length: 45 }, (_, i) => (i * 37) % 256) }

test('PNG keeps every pixel', async () => {
  expect(await decodeImageFile(await encodePng(IMAGE))).toEqual([IMAGE])
})

test('a grey image decodes to equal channels', async () => {
  const [back] = await decodeImageFile(await encodePng({ width: 2, height: 1, data: Uint8Array.of(10, 200) }))
  expect(back?.data).toEqual(Uint8Array.of(10, 10, 10, 200, 200, 200))
})

test('JPEG keeps the size and roughly the grey', async () => {
  const [back] = await decodeImageFile(
    await encodeJpeg({ width: 16, height: 8, data: new Uint8Array(128).fill(90) }, 90),
  )
  expect([back?.width, back?.height]).toEqual([16, 8])
  expect(Math.abs((back?.data[0] ?? 0) - 90)).toBeLessThan(4)
})

test('other bytes are a failure with a code', async () => {
  await expect(decodeImageFile(Uint8Array.of(1, 2, 3))).rejects.toThrow(PipelineError)
  await expect(decodeImageFile(Uint8Array.of(1, 2, 3))).rejects.toMatchObject({ code: 'document/unreadable' })
})
