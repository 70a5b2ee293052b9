import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, boxWidth } from '../../model/bounding-box.ts'
import type { Ruling } from '../../model/page.ts'
import { boxOfPoints, intersectionOf } from './matrix.ts'
import { isRectangle, type SubPath, THICKEST_RULING } from './path-to-rulings.ts'

/** A line lies on an area that it leaves by no more than this, in points: lines of cells run along their edges. */
const SLACK = 1
/** More areas, or more white lines, than any page of tables has: a map or a drawing, on which no white line is looked for. */
const MOST_SHAPES = 5000

/** The rectangles that a page fills, in the order of painting, in points as displayed. */
export class FilledAreas {
  /** Those in the colour of the paper: unseen, but sheets paint each cell so. */
  readonly white: BoundingBox[] = []
  readonly #tinted: BoundingBox[] = []
  #asked = 0

  /** Writes down the rectangles of a filled path, as far as they lie inside `clip`. */
  add(subPaths: readonly SubPath[], clip: BoundingBox, isWhite: boolean): void {
    for (const path of subPaths) {
      const box = boxOfPoints(path.points)
      const seen = path.hasCurves || !isRectangle(path, box) ? null : intersectionOf(box, clip)
      if (seen === null) continue
      if (isWhite) this.white.push(seen)
      else if (Math.min(boxWidth(seen), boxHeight(seen)) > THICKEST_RULING) this.#tinted.push(seen)
    }
  }

  /**
   * Lines in the colour of the paper, each from where it first crosses a tinted area to where it last does: there it is
   * seen. Between two tinted rows it goes on, although nobody sees it on a row left white. Others are left out.
   */
  linesOnTint(lines: readonly Ruling[]): Ruling[] {
    if (this.#tinted.length === 0 || this.#tinted.length > MOST_SHAPES) return []
    return lines.flatMap((line): Ruling[] => {
      if (line.thickness === 0 || this.#asked >= MOST_SHAPES) return []
      this.#asked += 1
      const crossed = this.#tinted.flatMap((area) => stretchOn(line, area) ?? [])
      if (crossed.length === 0) return []
      const start = crossed.reduce((least, stretch) => Math.min(least, stretch.start), Number.POSITIVE_INFINITY)
      const end = crossed.reduce((most, stretch) => Math.max(most, stretch.end), Number.NEGATIVE_INFINITY)
      return [{ ...line, start, end }]
    })
  }
}

type Stretch = Pick<Ruling, 'start' | 'end'>

/** From where to where a line runs on an area; null where it does not. */
function stretchOn({ orientation, position, start, end }: Ruling, area: BoundingBox): Stretch | null {
  const isHorizontal = orientation === 'horizontal'
  const [low, high] = isHorizontal ? [area.top, area.bottom] : [area.x0, area.x1]
  if (position < low - SLACK || position > high + SLACK) return null
  const [from, to] = isHorizontal ? [area.x0, area.x1] : [area.top, area.bottom]
  const stretch = { start: Math.max(start, from), end: Math.min(end, to) }
  return stretch.end > stretch.start ? stretch : null
}
