import type { BoundingBox } from '../../model/bounding-box.ts'

/** Pixels in colour: RGB, 3 bytes a pixel, row by row. */
export interface ColorImage {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** Pixels in grey: 1 byte a pixel, row by row; 0 is black, 255 white. */
export interface GreyImage {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/**
 * How dark each pixel is against its own paper: 0 paper, 255 black, whatever the light. `noise` is the standard
 * deviation of the paper's grain, `ink` the usual darkness of print on this page, both in the same unit.
 */
export interface Darkness extends GreyImage {
  readonly noise: number
  readonly ink: number
}

/** A mask: 1 byte a pixel, row by row; 1 is ink (or another property named by the holder), 0 is not. */
export interface BitImage {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** x' = a*x + c*y + e, y' = b*x + d*y + f. Pixel edges, not centres: the top left corner of the first pixel is 0, 0. */
export interface AffineMap {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
}

/** Clockwise quarter turns that were applied to the source to make it upright. */
export type QuarterTurns = 0 | 1 | 2 | 3

/** A way round that the page could stand, best first; `score` is 0 to 1 and sums to 1 over the candidates. */
export interface OrientationCandidate {
  readonly quarterTurns: QuarterTurns
  readonly score: number
}

/**
 * A page ready to be read. `grey` is the raw grey with seals lifted, upright and deskewed; `darkness` the same
 * with the light flattened, `structure` its print (1 = dark), all of one size. `toSource` maps upright pixels to source pixels. `skewDegrees` is
 * the slope that was taken out (clockwise positive), `sealShare` the share of pixels that seals covered,
 * `grounds` where print stood in white on dark, in upright pixels: lines that part cells hardly show there.
 */
export interface UprightPage {
  readonly grey: GreyImage
  readonly darkness: Darkness
  readonly structure: BitImage
  readonly toSource: AffineMap
  readonly skewDegrees: number
  readonly quarterTurns: QuarterTurns
  readonly orientationCandidates: readonly OrientationCandidate[]
  readonly sealShare: number
  readonly grounds: readonly BoundingBox[]
}

/**
 * One line of text, cut from the raw grey with a margin of its own paper; rulings are painted over. `bboxPx` is the ink
 * in upright pixels (half-open), `inkInCrop` the same box inside `grey`. `glyphHeightPx` is the height of a full glyph
 * on this page (a vote), `paper` the grey of the paper around the line.
 */
export interface LineImage {
  readonly grey: GreyImage
  readonly bboxPx: BoundingBox
  readonly inkInCrop: BoundingBox
  readonly glyphHeightPx: number
  readonly paper: number
}
