import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LineReading, OcrEngine, ReadingHint } from '../../../src/extract/ocr/ocr-engine.ts'
import { charactersToReading, NOTHING_READ } from '../../../src/extract/ocr/ocr-engine.ts'
import type { ColorImage, LineImage } from '../../../src/extract/raster/image.ts'
import { decodeImageFile } from '../../../src/extract/raster/image-file.ts'
import type { ReaderName } from '../../../src/model/table.ts'

const FOLDER = join(import.meta.dirname, '../../fixtures/ocr')

interface LineNote {
  readonly file: string
  readonly text: string
  readonly glyphHeightPx: number
  readonly paper: number
  readonly inkInCrop: LineImage['inkInCrop']
}

/** Lines cut from worn 150 and 200 dpi scans, with what is printed on them. */
export async function loadLines(): Promise<{ readonly line: LineImage; readonly text: string }[]> {
  const notes = JSON.parse(readFileSync(join(FOLDER, 'lines.json'), 'utf8')) as LineNote[]
  return Promise.all(
    notes.map(async ({ file, text, glyphHeightPx, paper, inkInCrop }) => {
      const [image] = await decodeImageFile(readFileSync(join(FOLDER, file)))
      if (image === undefined) throw new Error(`no image in ${file}`)
      return { text, line: { grey: toGrey(image), bboxPx: inkInCrop, inkInCrop, glyphHeightPx, paper } }
    }),
  )
}

function toGrey({ width, height, data }: ColorImage): LineImage['grey'] {
  return { width, height, data: Uint8Array.from({ length: width * height }, (_, i) => data[i * 3] ?? 255) }
}

/** A small worn scan of a table of 5 rows and 5 columns, with its title and unit. */
export async function loadSmallScan(): Promise<{ readonly image: ColorImage; readonly rows: string[][] }> {
  const [image] = await decodeImageFile(readFileSync(join(FOLDER, 'small-scan.jpg')))
  if (image === undefined) throw new Error('no image')
  return { image, rows: JSON.parse(readFileSync(join(FOLDER, 'small-scan.json'), 'utf8')) as string[][] }
}

export const smallScanFile = (): Uint8Array => readFileSync(join(FOLDER, 'small-scan.jpg'))

/** A line of plain paper with a dark bar of ink. */
export function drawLine(inkWidth: number, inkHeight: number, glyphHeightPx = 20): LineImage {
  const [margin, paper] = [6, 240]
  const [width, height] = [inkWidth + 2 * margin, inkHeight + 2 * margin]
  const data = new Uint8Array(width * height).fill(paper)
  for (let y = margin; y < margin + inkHeight; y++) data.fill(20, y * width + margin, y * width + margin + inkWidth)
  const box = { x0: margin, top: margin, x1: margin + inkWidth, bottom: margin + inkHeight }
  return { grey: { width, height, data }, bboxPx: box, inkInCrop: box, glyphHeightPx, paper }
}

export function reading(text: string, confidence = 0.99): LineReading {
  if (text === '') return NOTHING_READ
  return charactersToReading([...text].map((glyph) => ({ text: glyph, confidence, alternatives: [] })))
}

/** An engine that answers as told and notes what it was asked. */
export function fakeEngine(
  name: ReaderName,
  answer: (line: LineImage, hint: ReadingHint) => LineReading,
): OcrEngine & { readonly asked: { readonly hint: string; readonly count: number }[] } {
  const asked: { hint: string; count: number }[] = []
  return {
    name,
    asked,
    recognize: async (lines, hint, signal) => {
      signal.throwIfAborted()
      asked.push({ hint, count: lines.length })
      return lines.map((line) => answer(line, hint))
    },
    close: async () => {},
  }
}
