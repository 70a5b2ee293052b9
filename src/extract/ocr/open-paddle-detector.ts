import { existsSync, readFileSync } from 'node:fs'
import type { GreyImage } from '../raster/image.ts'
import { mapToTexts } from './map-to-texts.ts'
import { type LoadNetwork, loadFirst, type Network, type Tensor } from './network.ts'
import { resampleGrey } from './resample-grey.ts'
import type { TextDetector } from './text-detector.ts'

/** Print is shown at this height: larger costs more and finds no more, smaller lets lines run into each other. */
const GLYPH_PX = 12
/** The network halves its input five times. */
const STEP_PX = 32
/** As the network was trained: the mean and the spread of red, green and blue. */
const MEANS = [0.485, 0.456, 0.406] as const
const SPREADS = [0.229, 0.224, 0.225] as const

/** A detector that holds its network from the first page that needs it on. */
export interface PaddleDetector extends TextDetector {
  close(): Promise<void>
}

/** PP-OCRv4's text detector (ONNX) on the first of `runtimes` that loads. `modelPath` need not exist: then it detects nothing. */
export function openPaddleDetector(modelPath: string, runtimes: readonly LoadNetwork[]): PaddleDetector {
  let loading: Promise<Network | null> | null = null
  const load = async (): Promise<Network | null> =>
    existsSync(modelPath) ? loadFirst(runtimes, new Uint8Array(readFileSync(modelPath))) : null
  return {
    async detect(picture, glyphPx, signal) {
      signal.throwIfAborted()
      loading ??= load()
      const network = await loading
      if (network === null) return null
      const shrink = Math.min(1, GLYPH_PX / glyphPx)
      const width = Math.max(1, Math.round(picture.width * shrink))
      const height = Math.max(1, Math.round(picture.height * shrink))
      const answer = await network.run(toInput(resampleGrey(picture, width, height)))
      signal.throwIfAborted()
      return mapToTexts(answer, picture.width / width, picture.height / height)
    },
    async close() {
      await (await loading)?.close()
    },
  }
}

/** Grey as the network wants it, on a canvas of whole steps; beyond the picture is white. */
function toInput({ width, height, data }: GreyImage): Tensor {
  const [wide, high] = [roundUp(width), roundUp(height)]
  const plane = wide * high
  const input = new Float32Array(3 * plane)
  for (let c = 0; c < 3; c++) {
    const [mean, spread] = [MEANS[c] as number, SPREADS[c] as number]
    input.fill((1 - mean) / spread, c * plane, (c + 1) * plane)
    for (let y = 0; y < height; y++) {
      const target = c * plane + y * wide
      for (let x = 0; x < width; x++) input[target + x] = ((data[y * width + x] as number) / 255 - mean) / spread
    }
  }
  return { data: input, dims: [1, 3, high, wide] }
}

function roundUp(length: number): number {
  return Math.ceil(length / STEP_PX) * STEP_PX
}
