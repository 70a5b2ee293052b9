import type { BoundingBox } from '../../model/bounding-box.ts'
import type { Ruling, Word } from '../../model/page.ts'
import type { ColorImage } from '../raster/image.ts'

/** A word of the text layer. `invisible`: painted without ink, or under an image that hides it. */
export interface PdfWord extends Word {
  readonly invisible: boolean
  /** Height of the font's em in points. */
  readonly fontSize: number
  readonly fontName: string
  /** Reading direction in degrees, clockwise as displayed: 0, 90, 180, 270 or anything between. */
  readonly angle: number
  readonly isVertical: boolean
}

/** A picture on the page: its box in points and its own size in pixels as displayed (after quarter turns). */
export interface PlacedImage {
  readonly bbox: BoundingBox
  readonly widthPx: number
  readonly heightPx: number
  /** A stencil or an image with transparency does not hide what lies under it. */
  readonly isTransparent: boolean
}

/** One page of a PDF; everything is in points of the page as displayed (/Rotate and the crop box applied). */
export interface PdfPage {
  readonly pageNumber: number
  readonly width: number
  readonly height: number
  readonly words: readonly PdfWord[]
  readonly rulings: readonly Ruling[]
  /** Boxes filled in the colour of the paper: unseen, but sheets paint each cell so. */
  readonly whiteAreas: readonly BoundingBox[]
  readonly images: readonly PlacedImage[]
  /** Share of the page under images, 0 to 1. */
  readonly imageCoverage: number
  /** Filled shapes with curves or many corners that are as small as glyphs: text converted to outlines. */
  readonly outlineCount: number
  /**
   * The image at 1:1, upright as displayed. Null where its pixels alone are not what is seen there (it is turned by an
   * odd angle, or other images lie over it): use `render` then. Throws page/too-large and page/picture-damaged.
   */
  readonly readImagePixels: (index: number) => Promise<ColorImage | null>
  /** Throws page/picture-damaged where an image cannot be decoded: the painted page would show paper in its place. */
  readonly checkImage: (index: number) => Promise<void>
  /** The page painted on white. Throws page/too-large and page/unreadable. */
  readonly render: (dpi: number) => Promise<ColorImage>
}
