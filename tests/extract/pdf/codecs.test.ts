import { expect, test } from 'vitest'
import { openPdf } from '../../../src/extract/pdf/open-pdf.ts'
import { type MadeStream, makePdf } from './make-pdf.ts'

const [width, height] = [40, 24]
/** A bar over x = 3..29, y = 4..11 of a sheet of 40 x 24 pixels, as fax (group 4) data; the bar is coded as white. */
const fax = Buffer.from('26a0d9fcc93fffffff1fffffe0020020', 'hex')

function image(filter: string, parameters: string, bytes: Uint8Array): MadeStream {
  const dictionary = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 1 /ColorSpace /DeviceGray`
  return { dictionary: `${dictionary} /Filter /${filter} ${parameters}`, bytes }
}

function uint32(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => {
    buffer.writeUInt32BE(value, index * 4)
  })
  return buffer
}

/** The same fax data as the one region of a JBIG2 page: page information, then a generic region in MMR coding. */
function jbig2(): Buffer {
  const page = Buffer.concat([uint32(width, height, 0, 0), Buffer.from([0, 0, 0])])
  const region = Buffer.concat([uint32(width, height, 0, 0), Buffer.from([0, 1]), fax])
  const segment = (index: number, type: number, data: Buffer): Buffer =>
    Buffer.concat([uint32(index), Buffer.from([type, 0, 1]), uint32(data.length), data])
  return Buffer.concat([segment(0, 48, page), segment(1, 38, region)])
}

test.each([
  [
    'a fax image',
    image('CCITTFaxDecode', `/DecodeParms << /K -1 /Columns ${width} /Rows ${height} /BlackIs1 true >>`, fax),
  ],
  ['a JBIG2 image', image('JBIG2Decode', '/Decode [1 0]', jbig2())],
])('%s is decoded at 1:1', async (_name, stream) => {
  const pdf = await openPdf(makePdf([{ content: 'q 400 0 0 300 0 0 cm /I Do Q', xObjects: { I: stream } }]))
  const page = await pdf.readPage(1)
  const pixels = await page.readImagePixels(0)
  expect(pixels).toMatchObject({ width, height })
  const isDark = (x: number, y: number): boolean => (pixels?.data[(y * width + x) * 3] ?? 255) < 128
  const inside = isDark(10, 8)
  expect([isDark(3, 4), isDark(29, 11), isDark(2, 4), isDark(30, 11), isDark(3, 3), isDark(3, 12)]).toEqual([
    inside,
    inside,
    !inside,
    !inside,
    !inside,
    !inside,
  ])
  expect(inside).toBe(true)
  await pdf.close()
})
