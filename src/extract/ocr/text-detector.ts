import type { DetectedText } from '../raster/detected-text.ts'
import type { GreyImage } from '../raster/image.ts'

/** Finds lines of text, whatever they say. It keeps no memory: the same picture gives the same lines. */
export interface TextDetector {
  /**
   * The lines of a picture whose full glyphs are `glyphPx` high, top to bottom; null where the detector does not load on this machine.
   * @throws the signal's reason when aborted
   */
  detect(picture: GreyImage, glyphPx: number, signal: AbortSignal): Promise<readonly DetectedText[] | null>
}
