import type { BoundingBox } from '../../model/bounding-box.ts'
import type { Ruling } from '../../model/page.ts'
import type { PdfWord } from '../pdf/pdf-page.ts'

interface PageParts {
  readonly words: readonly PdfWord[]
  readonly rulings: readonly Ruling[]
  readonly areas: readonly BoundingBox[]
  readonly width: number
  readonly height: number
}

interface TurnedPage {
  readonly words: readonly PdfWord[]
  readonly rulings: readonly Ruling[]
  readonly areas: readonly BoundingBox[]
  /** Leads a box of the turned page back to the page as displayed. */
  readonly toDisplayed: (box: BoundingBox) => BoundingBox
}

/** Turns a page so that text which runs at `angle` (0, 90, 180, 270, clockwise as displayed) runs to the right. */
export function turnPage(page: PageParts, angle: number): TurnedPage {
  const { words, rulings, areas, width, height } = page
  if (angle === 0) return { words, rulings, areas, toDisplayed: (box) => box }
  return {
    words: words.map((word) => ({
      ...word,
      bbox: turnBox(word.bbox, angle, width, height),
      angle: (word.angle - angle + 360) % 360,
    })),
    rulings: rulings.map((ruling) => turnRuling(ruling, angle, width, height)),
    areas: areas.map((area) => turnBox(area, angle, width, height)),
    toDisplayed: (box) => turnBox(box, 360 - angle, angle === 180 ? width : height, angle === 180 ? height : width),
  }
}

/** Turns a box counter-clockwise by `angle` together with its page of `width` by `height`. */
export function turnBox(box: BoundingBox, angle: number, width: number, height: number): BoundingBox {
  const { x0, top, x1, bottom } = box
  if (angle === 90) return { x0: top, top: width - x1, x1: bottom, bottom: width - x0 }
  if (angle === 180) return { x0: width - x1, top: height - bottom, x1: width - x0, bottom: height - top }
  if (angle === 270) return { x0: height - bottom, top: x0, x1: height - top, bottom: x1 }
  return box
}

function turnRuling(ruling: Ruling, angle: number, width: number, height: number): Ruling {
  const isHorizontal = ruling.orientation === 'horizontal'
  const { position, start, end, thickness } = ruling
  const box = isHorizontal
    ? { x0: start, top: position, x1: end, bottom: position }
    : { x0: position, top: start, x1: position, bottom: end }
  const turned = turnBox(box, angle, width, height)
  const becomesHorizontal = angle === 180 ? isHorizontal : !isHorizontal
  return becomesHorizontal
    ? { orientation: 'horizontal', position: turned.top, start: turned.x0, end: turned.x1, thickness }
    : { orientation: 'vertical', position: turned.x0, start: turned.top, end: turned.bottom, thickness }
}
