import type { LineImage } from '../raster/image.ts'
import type { LineReading, OcrEngine, ReadingHint } from './ocr-engine.ts'
import { NOTHING_READ } from './ocr-engine.ts'

/**
 * The same engine, which reads each line image once: samples that were read to judge the page are not read again with
 * the rest. What it remembers ends with the page for which it was made.
 */
export function rememberReadings(engine: OcrEngine): OcrEngine {
  const known: Record<ReadingHint, WeakMap<LineImage, LineReading>> = {
    any: new WeakMap(),
    digits: new WeakMap(),
    code: new WeakMap(),
  }
  return {
    name: engine.name,
    close: () => engine.close(),
    async recognize(lines, hint, signal) {
      const fresh = [...new Set(lines)].filter((line) => !known[hint].has(line))
      const readings = fresh.length === 0 ? [] : await engine.recognize(fresh, hint, signal)
      for (const [index, line] of fresh.entries()) known[hint].set(line, readings[index] ?? NOTHING_READ)
      return lines.map((line) => known[hint].get(line) ?? NOTHING_READ)
    },
  }
}
