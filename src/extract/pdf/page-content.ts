import type { BoundingBox } from '../../model/bounding-box.ts'
import type { Ruling } from '../../model/page.ts'
import type { Matrix, Point } from './matrix.ts'
import type { DecodedImage } from './pdfjs-door.ts'

/**
 * A glyph as painted. `origin` is where its baseline starts (vertical writing: the middle of its top edge), `advance`
 * leads to the next glyph and `up` from baseline to the top of the em; both in points as displayed.
 */
export interface Glyph {
  readonly text: string
  readonly origin: Point
  readonly advance: Point
  readonly up: Point
  readonly bbox: BoundingBox
  readonly fontSize: number
  readonly fontName: string
  readonly isVertical: boolean
  readonly isInkless: boolean
  /** Position in the order of painting, shared with images. */
  readonly order: number
}

/** An image as painted; the unit square is mapped by `matrix` to the page as displayed. */
export interface PaintedImage {
  readonly matrix: Matrix
  readonly bbox: BoundingBox
  readonly source: { readonly id: string } | { readonly inline: DecodedImage }
  readonly widthPx: number
  readonly heightPx: number
  readonly isStencil: boolean
  readonly stencilColor: string
  readonly isTransparent: boolean
  readonly order: number
}

/** What the operators of one page paint. */
export interface PageContent {
  readonly glyphs: readonly Glyph[]
  readonly images: readonly PaintedImage[]
  readonly rulings: readonly Ruling[]
  /** Boxes filled in the colour of the paper: unseen, but sheets paint each cell so. */
  readonly whiteAreas: readonly BoundingBox[]
  readonly outlineCount: number
}
