import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { openPdf } from '../../../src/extract/pdf/open-pdf.ts'
import { extractTextPage } from '../../../src/extract/table/extract-text-page.ts'
import { PipelineError } from '../../../src/model/pipeline-error.ts'
import { makePdf, rgbImage } from './make-pdf.ts'

const sound = makePdf([{ content: 'BT /F1 12 Tf 50 200 Td (Sound) Tj ET 40 40 m 300 40 l S' }, { content: '' }])
const nothing = '0'.repeat(64)
const locked = makePdf(
  [{ content: '' }],
  `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <${nothing}> /U <${nothing}> /P -4 >>`,
)

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'))
}

function withHeader(size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  bytes.set(bytesOf('%PDF-1.4\n'))
  return bytes
}

test.each([
  ['a file without bytes', new Uint8Array(), 'document/empty'],
  ['a web page', bytesOf('<html><body>not found</body></html>'), 'document/not-a-pdf'],
  ['a text file', bytesOf('hello'), 'document/not-a-pdf'],
  ['a hundred megabytes of nothing', new Uint8Array(100 * 1024 * 1024), 'document/not-a-pdf'],
  ['a header and noise', bytesOf('%PDF-1.4\nnothing of use'), 'document/damaged'],
  ['a header and a hundred megabytes of nothing', withHeader(100 * 1024 * 1024), 'document/damaged'],
  ['the first half of a PDF of one object', sound.slice(0, 60), 'document/damaged'],
  ['a PDF that wants a password', locked, 'document/encrypted'],
  ['a PDF whose page tree is empty', makePdf([]), 'document/no-pages'],
] as const)('%s fails with its own code', async (_name, bytes, code) => {
  await expect(openPdf(bytes)).rejects.toMatchObject({ name: 'PipelineError', code })
})

test.each([
  ['as UTF-8', new TextEncoder().encode('<html>返回首页</html>'), '"<html>返回首页</html>"'],
  ['cut between characters', new TextEncoder().encode(`<p>${'预算公开'.repeat(9)}`), '"<p>预算公开预算公开预"'],
  ['without line ends', new TextEncoder().encode('\r\n<!doctype\n\thtml>'), '"<!doctype html>"'],
  ['without what cannot be printed', new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0xd0]), '"PK\ufffd\ufffd\ufffd"'],
])('the start of what is no PDF is told %s', async (_name, bytes, start) => {
  await expect(openPdf(bytes)).rejects.toThrow(`it begins with ${start}`)
})

test('a sound PDF opens, with its page count and title', async () => {
  const pdf = await openPdf(makePdf([{ content: '' }, { content: '' }], '/Info << /Title (Budget) >>'))
  expect(pdf).toMatchObject({ pageCount: 2, title: 'Budget' })
  await pdf.close()
})

test('a title has no characters that no database takes', async () => {
  const pdf = await openPdf(makePdf([{ content: '' }], '/Info << /Title <FEFF0000004200750064> >>'))
  expect(pdf.title).toBe('Bud')
  await pdf.close()
})

test('a PDF without metadata has no title', async () => {
  const pdf = await openPdf(sound)
  expect(pdf.title).toBeNull()
  await pdf.close()
})

test('the bytes can be used again after opening', async () => {
  const bytes = sound.slice()
  await (await openPdf(bytes)).close()
  expect(bytes).toEqual(sound)
})

test.each([0, 3, -1])('page %d of two is unreadable, and the document goes on', async (pageNumber) => {
  const pdf = await openPdf(sound)
  await expect(pdf.readPage(pageNumber)).rejects.toMatchObject({ code: 'page/unreadable', pageNumber })
  expect((await pdf.readPage(1)).words.map((word) => word.text)).toEqual(['Sound'])
  await pdf.close()
})

test('a page larger than the limit is refused when it is painted', async () => {
  const pdf = await openPdf(sound, { maxPixels: 1000 })
  const page = await pdf.readPage(1)
  await expect(page.render(72)).rejects.toMatchObject({ code: 'page/too-large', pageNumber: 1 })
  await pdf.close()
})

test('a page whose image is larger than the limit says so instead of seeming empty', async () => {
  const image = rgbImage(
    40,
    Array.from({ length: 1600 }, () => [0, 0, 0] as const),
  )
  const bytes = makePdf([{ content: 'q 400 0 0 300 0 0 cm /I Do Q', xObjects: { I: image } }])
  const pdf = await openPdf(bytes, { maxPixels: 1000 })
  await expect(pdf.readPage(1)).rejects.toMatchObject({ code: 'page/too-large', pageNumber: 1 })
  await pdf.close()
})

test('pages that are released leave nothing behind, however many there are', async () => {
  const width = 1200
  const image = (shade: number) => ({
    dictionary: `/Type /XObject /Subtype /Image /Width ${width} /Height ${width} /ColorSpace /DeviceGray /BitsPerComponent 8`,
    bytes: new Uint8Array(width * width).fill(shade),
  })
  const pages = Array.from({ length: 20 }, (_, shade) => ({
    content: 'q 400 0 0 300 0 0 cm /I Do Q',
    xObjects: { I: image(shade) },
  }))
  const pdf = await openPdf(makePdf(pages))
  const shadeOf = async (pageNumber: number) =>
    (await (await pdf.readPage(pageNumber)).readImagePixels(0))?.data[0] ?? null
  const heldMib = () => {
    collectGarbage()
    return process.memoryUsage().arrayBuffers / 1024 ** 2
  }
  const before = heldMib()
  for (const [index] of pages.entries()) {
    expect(await shadeOf(index + 1)).toBe(index)
    await pdf.releasePage(index + 1)
  }
  // Two pictures as pdf.js decodes them; kept, all twenty take over 80 MiB. The engine frees buffers on a thread of
  // its own, after the collection returns, so what is held is looked at until it has.
  await vi.waitFor(() => expect(heldMib() - before).toBeLessThan(12), { timeout: 10_000, interval: 100 })
  expect(await shadeOf(3)).toBe(2)
  await pdf.close()
})

test('damaged bytes give a result or a PipelineError, nothing else', async () => {
  const damage = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(damage, fc.nat(sound.length), async (changes, cut) => {
      const bytes = sound.slice(0, Math.max(cut, sound.length - 400))
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
      try {
        const pdf = await openPdf(bytes)
        try {
          extractTextPage(await pdf.readPage(1))
        } finally {
          await pdf.close()
        }
      } catch (error) {
        expect(error).toBeInstanceOf(PipelineError)
      }
    }),
    { numRuns: 60 },
  )
})
