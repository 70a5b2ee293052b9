import { centreIsInside } from '../../model/bounding-box.ts'
import type { GraphicsState } from './graphics-state.ts'
import { applyTo, boxOfPoints, type Matrix, multiply, type Point } from './matrix.ts'
import type { Glyph } from './page-content.ts'
import type { FontMetrics } from './pdfjs-door.ts'

/** A glyph in a text operand of pdf.js; numbers between glyphs move the pen by thousandths of an em. */
interface TextGlyph {
  readonly unicode: string
  readonly width: number
  readonly isSpace: boolean
  readonly vmetric?: readonly number[] | null
}

/** The em box stands a bit under the baseline, where Han glyphs and descenders reach; fonts' own ascents are unreliable. */
const DESCENT_EM = 0.14
const THOUSANDTH = 0.001
const INVISIBLE_MODES = [3, 7]

/** Moves the pen over the operand of a text operator and gives the glyphs that it puts on the page. */
export function showText(state: GraphicsState, operand: unknown, order: number): Glyph[] {
  if (!Array.isArray(operand) || state.font === null || state.fontSize === 0) return []
  const { font, fontSize } = state
  const isVertical = font.vertical === true
  const glyphs: Glyph[] = []
  for (const item of operand as readonly (TextGlyph | number | null)[]) {
    if (item === null || (typeof item === 'object' && typeof item.unicode !== 'string')) continue
    if (typeof item === 'number') {
      movePen(state, isVertical, -item * THOUSANDTH * fontSize)
      continue
    }
    const advance = advanceOf(state, font, item)
    const glyph = placeGlyph(state, font, item, advance, order)
    if (glyph !== null) glyphs.push(glyph)
    movePen(state, isVertical, advance)
  }
  return glyphs
}

function movePen(state: GraphicsState, isVertical: boolean, distance: number): void {
  if (isVertical) state.y += distance
  else state.x += distance * state.horizontalScale
}

/** In unscaled text space; negative (down the page) in vertical writing. */
function advanceOf(state: GraphicsState, font: FontMetrics, glyph: TextGlyph): number {
  const spacing = state.charSpacing + (glyph.isSpace ? state.wordSpacing : 0)
  if (font.vertical === true) {
    const metrics = glyph.vmetric ?? font.defaultVMetrics
    return (metrics?.[0] ?? -1000) * THOUSANDTH * state.fontSize - spacing
  }
  return glyph.width * (font.fontMatrix?.[0] ?? THOUSANDTH) * state.fontSize + spacing
}

function placeGlyph(
  state: GraphicsState,
  font: FontMetrics,
  item: TextGlyph,
  advance: number,
  order: number,
): Glyph | null {
  const em = emOf(state, font)
  const toPage = multiply(state.toPage, multiply(state.textMatrix, [1, 0, 0, 1, state.x, state.y + state.rise]))
  const width = widthOf(state, font, item) * state.horizontalScale
  const isVertical = font.vertical === true
  const corners: readonly (readonly [number, number])[] = isVertical
    ? [
        [-em / 2, 0],
        [em / 2, 0],
        [em / 2, advance],
        [-em / 2, advance],
      ]
    : [
        [0, -DESCENT_EM * em],
        [width, -DESCENT_EM * em],
        [width, (1 - DESCENT_EM) * em],
        [0, (1 - DESCENT_EM) * em],
      ]
  const bbox = boxOfPoints(corners.map(([x, y]) => applyTo(toPage, x, y)))
  if (![bbox.x0, bbox.x1, bbox.top, bbox.bottom].every(Number.isFinite)) return null
  if (!centreIsInside(bbox, state.clip)) return null
  const up = directionOf(toPage, 0, em)
  return {
    text: item.unicode,
    origin: applyTo(toPage, 0, 0),
    advance: isVertical ? directionOf(toPage, 0, advance) : directionOf(toPage, width, 0),
    up,
    bbox,
    fontSize: Math.hypot(up.x, up.y),
    fontName: font.name ?? '',
    isVertical,
    isInkless: INVISIBLE_MODES.includes(state.renderMode) || (state.renderMode === 0 && state.fillAlpha === 0),
    order,
  }
}

/** The glyph's own width without the spacing that follows it. */
function widthOf(state: GraphicsState, font: FontMetrics, glyph: TextGlyph): number {
  return glyph.width * (font.fontMatrix?.[0] ?? THOUSANDTH) * state.fontSize
}

/** Fonts drawn by page operators (Type 3) may have any unit: their own bounding box says how high a glyph is. */
function emOf(state: GraphicsState, font: FontMetrics): number {
  const [, low = 0, , high = 0] = font.bbox ?? []
  const unit = Math.abs(font.fontMatrix?.[3] ?? THOUSANDTH)
  if (font.isType3Font === true && high > low) return (high - low) * unit * state.fontSize
  return state.fontSize
}

function directionOf(matrix: Matrix, x: number, y: number): Point {
  return { x: matrix[0] * x + matrix[2] * y, y: matrix[1] * x + matrix[3] * y }
}
