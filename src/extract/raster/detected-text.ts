/**
 * A line of text as a detector sees it, in pixels: a band between `x0` and `x1` whose middle lies at `middle` half-way
 * and falls by `slope` pixels a pixel to the right; `height` is that of the print.
 */
export interface DetectedText {
  readonly x0: number
  readonly x1: number
  readonly middle: number
  readonly slope: number
  readonly height: number
}

/** Where the middle of a line lies at `x`. */
export function middleAt({ x0, x1, middle, slope }: DetectedText, x: number): number {
  return middle + slope * (x - (x0 + x1) / 2)
}
