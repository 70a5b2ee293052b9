import type { BoundingBox } from '../../model/bounding-box.ts'
import { IDENTITY, type Matrix, multiply, toMatrix } from './matrix.ts'
import { type FontMetrics, OPS } from './pdfjs-door.ts'

/** What the operators of a page change and `save` / `restore` keep. `toPage` maps user space to the page as displayed. */
export interface GraphicsState {
  toPage: Matrix
  /** The box around the clip path, in points as displayed. */
  clip: BoundingBox
  fillColor: string
  strokeColor: string
  fillAlpha: number
  strokeAlpha: number
  blendsNormally: boolean
  lineWidth: number
  font: FontMetrics | null
  fontSize: number
  charSpacing: number
  wordSpacing: number
  horizontalScale: number
  leading: number
  rise: number
  renderMode: number
  textMatrix: Matrix
  x: number
  y: number
  lineX: number
  lineY: number
}

export function createGraphicsState(toPage: Matrix, clip: BoundingBox): GraphicsState {
  return {
    toPage,
    clip,
    fillColor: '#000000',
    strokeColor: '#000000',
    fillAlpha: 1,
    strokeAlpha: 1,
    blendsNormally: true,
    lineWidth: 1,
    font: null,
    fontSize: 0,
    charSpacing: 0,
    wordSpacing: 0,
    horizontalScale: 1,
    leading: 0,
    rise: 0,
    renderMode: 0,
    textMatrix: IDENTITY,
    x: 0,
    y: 0,
    lineX: 0,
    lineY: 0,
  }
}

export function transformState(state: GraphicsState, matrix: Matrix): void {
  state.toPage = multiply(state.toPage, matrix)
}

export function moveText(state: GraphicsState, x: number, y: number): void {
  state.lineX += x
  state.lineY += y
  state.x = state.lineX
  state.y = state.lineY
}

export function setTextMatrix(state: GraphicsState, matrix: Matrix): void {
  state.textMatrix = matrix
  state.x = 0
  state.y = 0
  state.lineX = 0
  state.lineY = 0
}

/** Whether a colour cannot be told from white paper; patterns are never. */
export function isNearWhite(color: string): boolean {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color)
  return match?.slice(1).every((channel) => Number.parseInt(channel, 16) >= 250) ?? false
}

/** A colour that is no single colour: a pattern or a shading. */
const PATTERN = 'pattern'

/** Carries out an operator that only changes the state; false when `operator` is of another sort. */
export function changeState(state: GraphicsState, operator: number, operands: readonly unknown[]): boolean {
  return changeTextState(state, operator, operands) || changePaintState(state, operator, operands)
}

function changeTextState(state: GraphicsState, operator: number, operands: readonly unknown[]): boolean {
  const [first, second] = operands
  const value = typeof first === 'number' ? first : 0
  switch (operator) {
    case OPS.beginText:
      setTextMatrix(state, IDENTITY)
      return true
    case OPS.setCharSpacing:
      state.charSpacing = value
      return true
    case OPS.setWordSpacing:
      state.wordSpacing = value
      return true
    case OPS.setHScale:
      state.horizontalScale = value / 100
      return true
    case OPS.setLeading:
      state.leading = -value
      return true
    case OPS.setTextRise:
      state.rise = value
      return true
    case OPS.setTextRenderingMode:
      state.renderMode = value
      return true
    case OPS.setTextMatrix:
      setTextMatrix(state, toMatrix(first) ?? toMatrix(operands) ?? IDENTITY)
      return true
    case OPS.moveText:
      moveText(state, value, Number(second))
      return true
    case OPS.setLeadingMoveText:
      state.leading = Number(second)
      moveText(state, value, Number(second))
      return true
    case OPS.nextLine:
      moveText(state, 0, state.leading)
      return true
    default:
      return false
  }
}

function changePaintState(state: GraphicsState, operator: number, operands: readonly unknown[]): boolean {
  const [first] = operands
  switch (operator) {
    case OPS.transform:
      transformState(state, toMatrix(operands) ?? IDENTITY)
      return true
    case OPS.setLineWidth:
      state.lineWidth = Number(first)
      return true
    case OPS.setFillRGBColor:
      state.fillColor = String(first)
      return true
    case OPS.setStrokeRGBColor:
      state.strokeColor = String(first)
      return true
    case OPS.setFillColorN:
      state.fillColor = PATTERN
      return true
    case OPS.setStrokeColorN:
      state.strokeColor = PATTERN
      return true
    default:
      return false
  }
}

/** Carries out one entry of an extended graphics state, as far as it matters here. */
export function setStateParameter(state: GraphicsState, name: unknown, value: unknown): void {
  if (name === 'LW') state.lineWidth = Number(value)
  if (name === 'CA') state.strokeAlpha = Number(value)
  if (name === 'ca') state.fillAlpha = Number(value)
  if (name === 'BM') state.blendsNormally = value === 'source-over' || value === 'normal'
}
