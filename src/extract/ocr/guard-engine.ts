import { PipelineError } from '../../model/pipeline-error.ts'
import type { OcrEngine } from './ocr-engine.ts'

/**
 * The same engine, whose failures are failures of the page: page/ocr-failed with its name. An answer of the wrong
 * length is one too: texts would slip into other cells. An abort stays an abort.
 */
export function guardEngine(engine: OcrEngine, pageNumber: number): OcrEngine {
  return {
    name: engine.name,
    close: () => engine.close(),
    async recognize(lines, hint, signal) {
      signal.throwIfAborted()
      let readings: Awaited<ReturnType<OcrEngine['recognize']>>
      try {
        readings = await engine.recognize(lines, hint, signal)
      } catch (cause) {
        if (signal.aborted) throw signal.reason
        throw new PipelineError('page/ocr-failed', `${engine.name}: ${String(cause)}`, { pageNumber, cause })
      }
      if (readings.length === lines.length) return readings
      throw new PipelineError('page/ocr-failed', `${engine.name} read ${readings.length} of ${lines.length} lines`, {
        pageNumber,
      })
    },
  }
}
