import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../bench/generate/random.ts'
import { scanPage } from '../../bench/generate/scan-page.ts'
import { NO_WEAR, type Wear } from '../../bench/generate/wear.ts'
import { writePdf } from '../../bench/generate/write-pdf.ts'
import { openPdf } from '../../src/extract/pdf/open-pdf.ts'

const WIDTH = 480
const HEIGHT = 320
const DPI = 96
const POINTS_PER_PX = 72 / DPI

/** A white page with one black bar, and a line of text said to stand on it. */
const BAR = { left: 80, top: 40, width: 120, height: 24 }
const LINE = {
  key: '',
  text: '口回0000',
  x0: BAR.left,
  top: BAR.top,
  x1: BAR.left + BAR.width,
  bottom: BAR.top + BAR.height,
}

async function photograph(): Promise<{ png: Uint8Array; lines: (typeof LINE)[] }> {
  const bar = await sharp({ create: { width: BAR.width, height: BAR.height, channels: 3, background: '#000' } })
    .png()
    .toBuffer()
  const png = await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#fff' } })
    .composite([{ input: bar, left: BAR.left, top: BAR.top }])
    .png()
    .toBuffer()
  return { png: new Uint8Array(png), lines: [LINE] }
}

async function scanAndOpen(change: Partial<Wear>) {
  const scan = await scanPage(await photograph(), { ...NO_WEAR, dpi: DPI, ...change }, createRandom(1))
  const pdf = await openPdf(await writePdf([{ kind: 'scan', scan, layer: scan.lines }], 'a page'))
  return { scan, page: await pdf.readPage(1), close: () => pdf.close() }
}

const CASES: readonly (readonly [string, Partial<Wear>])[] = [
  ['one grey JPEG', {}],
  ['a colour JPEG', { mode: 'colour' }],
  ['strips', { stripHeight: 64 }],
  ['Group 4', { mode: 'bilevel', bilevelEncoding: 'ccitt' }],
  ['one bit a pixel', { mode: 'bilevel', bilevelEncoding: 'flate' }],
  ['a page on its side, declared', { quarterTurns: 1, turnIsDeclared: true }],
  ['a page on its head, declared', { quarterTurns: 2, turnIsDeclared: true }],
  ['a page on its other side, declared', { quarterTurns: 3, turnIsDeclared: true }],
]

describe.each(CASES)('%s', (_name, change) => {
  test('shows the bar where it was printed, and has the layer on it', async () => {
    const { page, close } = await scanAndOpen(change)
    const image = await page.render(DPI)
    const darkness = (x: number, y: number): number => 255 - (image.data[(y * image.width + x) * 3] ?? 0)
    expect(darkness(BAR.left + 10, BAR.top + 12)).toBeGreaterThan(200)
    expect(darkness(BAR.left + BAR.width + 20, BAR.top + 12)).toBeLessThan(40)
    expect(darkness(WIDTH - 40, HEIGHT - 40)).toBeLessThan(40)

    const [word] = page.words
    expect(word?.text).toBe(LINE.text)
    expect(word?.invisible).toBe(true)
    expect(Math.abs((word?.bbox.x0 ?? 0) - LINE.x0 * POINTS_PER_PX)).toBeLessThan(3)
    expect(Math.abs((word?.bbox.x1 ?? 0) - LINE.x1 * POINTS_PER_PX)).toBeLessThan(3)
    expect(Math.abs((word?.bbox.top ?? 0) - LINE.top * POINTS_PER_PX)).toBeLessThan(6)
    await close()
  })
})

test('a strongly skewed page is laid smaller until its text stays on the glass', async () => {
  const corner = { ...LINE, x0: 2, top: 2, x1: 100, bottom: 20 }
  const { png } = await photograph()
  const scan = await scanPage({ png, lines: [corner] }, { ...NO_WEAR, dpi: DPI, skewDegrees: 8 }, createRandom(1))
  expect(scan.wear.paperScale).toBeLessThan(1)
  for (const line of scan.lines) {
    expect(line.x0).toBeGreaterThanOrEqual(0)
    expect(line.top).toBeGreaterThanOrEqual(0)
  }
})
