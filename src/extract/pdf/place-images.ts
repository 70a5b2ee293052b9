import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, boxWidth, overlapArea, unionOfBoxes } from '../../model/bounding-box.ts'
import { boxOfRectangle, type Matrix } from './matrix.ts'
import type { PaintedImage } from './page-content.ts'
import type { PlacedImage } from './pdf-page.ts'

/** Strips of one picture meet within this many of their pixels, and of points. */
const JOINT_PX = 2.5
const JOINT = 2
/** Strips of one picture have the same scale within this share. */
const SCALE_TOLERANCE = 0.02
/** An image turned by more than this from the axes is no plain grid of pixels of the page (sine of the angle). */
const LARGEST_TILT = 0.004
/** Pictures that share more than this part of a picture change what is seen there. */
const LARGEST_OVERLAP = 0.05
/** Pages of more images than this are patterns, and joining them would take too long. */
const MOST_STRIPS = 400

/** How the pixels of an image lie on the page: its full box, its pixel grid as displayed, and the way there. */
export interface ImageLayout {
  readonly image: PaintedImage
  readonly fullBox: BoundingBox
  readonly widthPx: number
  readonly heightPx: number
  /** True when rows of the source are columns of the page. */
  readonly isTransposed: boolean
  readonly flipsX: boolean
  readonly flipsY: boolean
}

/** A picture: one image, or strips that tile it. `placed.bbox` may be smaller than `fullBox` where a clip cuts it. */
export interface Picture {
  readonly placed: PlacedImage
  readonly fullBox: BoundingBox
  /** The strips; empty where the pixels cannot be taken over as they are. */
  readonly strips: readonly ImageLayout[]
  /** All images that it is made of. */
  readonly images: readonly PaintedImage[]
}

/** Joins strips to pictures, in the order of painting. */
export function placeImages(images: readonly PaintedImage[]): Picture[] {
  const groups: ImageLayout[][] = []
  const tilted: Picture[] = []
  for (const image of images) {
    const layout = layoutOf(image)
    if (layout === null) {
      tilted.push({
        placed: toPlaced([image], image.bbox, image.widthPx, image.heightPx),
        fullBox: image.bbox,
        strips: [],
        images: [image],
      })
    } else groups.push([layout])
  }
  joinNeighbours(groups)
  const pictures = [...groups.map(groupToPicture), ...tilted]
  return pictures.map((picture, index) =>
    isUndisturbed(picture, index, pictures) ? picture : { ...picture, strips: [] },
  )
}

function layoutOf(image: PaintedImage): ImageLayout | null {
  const [a, b, c, d] = image.matrix
  const isTransposed = Math.abs(b) > Math.abs(a)
  const tilt = isTransposed ? Math.abs(a / b) + Math.abs(d / c) : Math.abs(b / a) + Math.abs(c / d)
  if (!(tilt <= LARGEST_TILT)) return null
  return {
    image,
    fullBox: boxOfUnit(image.matrix),
    widthPx: isTransposed ? image.heightPx : image.widthPx,
    heightPx: isTransposed ? image.widthPx : image.heightPx,
    isTransposed,
    flipsX: isTransposed ? c > 0 : a < 0,
    flipsY: isTransposed ? b < 0 : d > 0,
  }
}

function boxOfUnit(matrix: Matrix): BoundingBox {
  return boxOfRectangle(matrix, 0, 0, 1, 1)
}

/** Joins neighbouring groups until nothing more fits; pages of tiny tiles are left alone beyond a bound. */
function joinNeighbours(groups: ImageLayout[][]): void {
  const isReasonable = groups.length <= MOST_STRIPS
  for (let index = 0; isReasonable && index < groups.length; index += 1) {
    const group = groups[index]
    for (let other = index + 1; group !== undefined && other < groups.length; other += 1) {
      const candidate = groups[other]
      if (candidate === undefined || !fitTogether(group, candidate)) continue
      group.push(...candidate)
      groups.splice(other, 1)
      other = index
    }
  }
}

function fitTogether(a: readonly ImageLayout[], b: readonly ImageLayout[]): boolean {
  const [first, second] = [a[0], b[0]]
  if (first === undefined || second === undefined || first.image.isStencil !== second.image.isStencil) return false
  const [scaleA, scaleB] = [pixelSize(first), pixelSize(second)]
  if (Math.abs(scaleA.x / scaleB.x - 1) > SCALE_TOLERANCE || Math.abs(scaleA.y / scaleB.y - 1) > SCALE_TOLERANCE)
    return false
  const [boxA, boxB] = [boxAround(a), boxAround(b)]
  const [slackX, slackY] = [Math.min(JOINT, JOINT_PX * scaleA.x), Math.min(JOINT, JOINT_PX * scaleA.y)]
  const sameColumn = Math.abs(boxA.x0 - boxB.x0) < slackX && Math.abs(boxA.x1 - boxB.x1) < slackX
  const sameRow = Math.abs(boxA.top - boxB.top) < slackY && Math.abs(boxA.bottom - boxB.bottom) < slackY
  const stacked = Math.min(Math.abs(boxA.bottom - boxB.top), Math.abs(boxB.bottom - boxA.top)) < slackY
  const adjoining = Math.min(Math.abs(boxA.x1 - boxB.x0), Math.abs(boxB.x1 - boxA.x0)) < slackX
  return (sameColumn && stacked && !sameRow) || (sameRow && adjoining && !sameColumn)
}

function pixelSize(layout: ImageLayout): { readonly x: number; readonly y: number } {
  return { x: boxWidth(layout.fullBox) / layout.widthPx, y: boxHeight(layout.fullBox) / layout.heightPx }
}

function boxAround(layouts: readonly ImageLayout[]): BoundingBox {
  return unionOfBoxes(layouts.map((layout) => layout.fullBox)) ?? { x0: 0, top: 0, x1: 0, bottom: 0 }
}

function groupToPicture(strips: readonly ImageLayout[]): Picture {
  const fullBox = boxAround(strips)
  const [first] = strips
  if (first === undefined) throw new Error('a picture has at least one strip')
  const size = pixelSize(first)
  const bbox = unionOfBoxes(strips.map((strip) => strip.image.bbox)) ?? fullBox
  const [widthPx, heightPx] = [boxWidth(bbox) / size.x, boxHeight(bbox) / size.y]
  return {
    placed: toPlaced(
      strips.map((strip) => strip.image),
      bbox,
      widthPx,
      heightPx,
    ),
    fullBox,
    strips,
    images: strips.map((strip) => strip.image),
  }
}

function toPlaced(images: readonly PaintedImage[], bbox: BoundingBox, widthPx: number, heightPx: number): PlacedImage {
  return {
    bbox,
    widthPx: Math.max(1, Math.round(widthPx)),
    heightPx: Math.max(1, Math.round(heightPx)),
    isTransparent: images.some((image) => image.isTransparent),
  }
}

function isUndisturbed(picture: Picture, index: number, pictures: readonly Picture[]): boolean {
  const { bbox } = picture.placed
  const limit = LARGEST_OVERLAP * boxWidth(bbox) * boxHeight(bbox)
  return pictures.every((other, position) => position === index || overlapArea(bbox, other.placed.bbox) <= limit)
}
