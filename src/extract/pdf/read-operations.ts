import type { BoundingBox } from '../../model/bounding-box.ts'
import type { Ruling } from '../../model/page.ts'
import { FilledAreas } from './filled-areas.ts'
import {
  changeState,
  createGraphicsState,
  type GraphicsState,
  isNearWhite,
  setStateParameter,
  transformState,
} from './graphics-state.ts'
import { applyTo, boxOfRectangle, intersectionOf, type Matrix, scaleOf, toMatrix } from './matrix.ts'
import type { Glyph, PageContent, PaintedImage } from './page-content.ts'
import { boxToRulings, countOutlines, pathToRulings, type SubPath, toSubPaths } from './path-to-rulings.ts'
import { type DecodedImage, type FontMetrics, OPS, type OperatorList, toDecodedImage } from './pdfjs-door.ts'
import { showText } from './show-text.ts'

/** What the interpreter asks of the document while it goes over a page. */
export interface OperationContext {
  /** Maps user space to the page as displayed. */
  readonly toPage: Matrix
  readonly pageBox: BoundingBox
  readonly fontOf: (id: string) => FontMetrics | null
  /** Whether a layer (optional content) is shown. */
  readonly isLayerVisible: (properties: unknown) => boolean
}

const STROKING: readonly number[] = [OPS.stroke, OPS.closeStroke]
const FILLING: readonly number[] = [OPS.fill, OPS.eoFill]
const FILL_AND_STROKE: readonly number[] = [
  OPS.fillStroke,
  OPS.eoFillStroke,
  OPS.closeFillStroke,
  OPS.closeEOFillStroke,
]
const NOWHERE: BoundingBox = { x0: 0, top: 0, x1: -1, bottom: -1 }

/** Goes over the operators of a page, as a painter would, and writes down glyphs, images and rulings. */
export function readOperations(operations: OperatorList, context: OperationContext): PageContent {
  const reader = new OperationReader(context)
  operations.fnArray.forEach((operator, index) => {
    const operands = operations.argsArray[index]
    reader.read(operator, isListLike(operands) ? Array.from(operands) : [], index)
  })
  return reader.content()
}

function isListLike(operands: unknown): operands is ArrayLike<unknown> {
  return operands !== null && typeof operands === 'object' && 'length' in operands
}

class OperationReader {
  readonly #context: OperationContext
  readonly #glyphs: Glyph[] = []
  readonly #images: PaintedImage[] = []
  readonly #rulings: Ruling[] = []
  readonly #areas = new FilledAreas()
  readonly #saved: GraphicsState[] = []
  readonly #layers: boolean[] = []
  #state: GraphicsState
  #outlineCount = 0
  #clipIsPending = false
  #nextImageIsMasked = false
  #softMaskDepth = 0

  constructor(context: OperationContext) {
    this.#context = context
    this.#state = createGraphicsState(context.toPage, context.pageBox)
  }

  content(): PageContent {
    return {
      glyphs: this.#glyphs,
      images: this.#images,
      rulings: this.#rulings,
      whiteAreas: this.#areas.white,
      outlineCount: this.#outlineCount,
    }
  }

  read(operator: number, operands: readonly unknown[], order: number): void {
    if (this.#readStructure(operator, operands)) return
    if (this.#readGraphicsState(operator, operands)) return
    this.#paint(operator, operands, order)
  }

  get #isPainting(): boolean {
    return this.#softMaskDepth === 0 && this.#layers.every((visible) => visible)
  }

  #save(): void {
    this.#saved.push({ ...this.#state })
  }

  #restore(): void {
    this.#state = this.#saved.pop() ?? this.#state
  }

  #readStructure(operator: number, operands: readonly unknown[]): boolean {
    const [first, second] = operands
    switch (operator) {
      case OPS.save:
        this.#save()
        return true
      case OPS.restore:
      case OPS.paintFormXObjectEnd:
        this.#restore()
        return true
      case OPS.paintFormXObjectBegin:
        this.#enterForm(toMatrix(first), second)
        return true
      case OPS.beginGroup:
        this.#beginGroup(first)
        return true
      case OPS.endGroup:
        this.#restore()
        if (this.#softMaskDepth > 0) this.#softMaskDepth -= 1
        return true
      case OPS.beginAnnotation:
        this.#beginAnnotation(operands)
        return true
      case OPS.endAnnotation:
        this.#restore()
        return true
      case OPS.beginMarkedContent:
        this.#layers.push(true)
        return true
      case OPS.beginMarkedContentProps:
        this.#layers.push(first !== 'OC' || this.#context.isLayerVisible(second))
        return true
      case OPS.endMarkedContent:
        this.#layers.pop()
        return true
      default:
        return false
    }
  }

  #enterForm(matrix: Matrix | null, bbox: unknown): void {
    this.#save()
    if (matrix !== null) transformState(this.#state, matrix)
    if (isListLike(bbox)) this.#clipTo(bbox)
  }

  #clipTo(bounds: ArrayLike<unknown>): void {
    const [x0, y0, x1, y1] = Array.from(bounds, Number)
    if (x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined) return
    const box = boxOfRectangle(this.#state.toPage, x0, y0, x1, y1)
    this.#state.clip = intersectionOf(this.#state.clip, box) ?? NOWHERE
  }

  /** A soft mask is drawn like a group but never seen itself; groups inside it are not seen either. */
  #beginGroup(operand: unknown): void {
    const group = (operand ?? {}) as { readonly matrix?: unknown; readonly bbox?: unknown; readonly smask?: unknown }
    this.#save()
    // The matrix places the group's box only: the form that follows brings it again for its content.
    const matrix = toMatrix(group.matrix)
    const { toPage } = this.#state
    if (matrix !== null) transformState(this.#state, matrix)
    if (isListLike(group.bbox)) this.#clipTo(group.bbox)
    this.#state.toPage = toPage
    if (this.#softMaskDepth > 0 || (group.smask !== undefined && group.smask !== null)) this.#softMaskDepth += 1
  }

  #beginAnnotation(operands: readonly unknown[]): void {
    const [, rect, transform, matrix] = operands
    this.#save()
    this.#state = createGraphicsState(this.#context.toPage, this.#context.pageBox)
    if (isListLike(rect)) this.#clipTo(rect)
    for (const step of [toMatrix(transform), toMatrix(matrix)]) if (step !== null) transformState(this.#state, step)
  }

  #setFont(id: unknown, size: unknown): void {
    this.#state.font = typeof id === 'string' ? this.#context.fontOf(id) : null
    this.#state.fontSize = typeof size === 'number' ? size : 0
  }

  #readGraphicsState(operator: number, operands: readonly unknown[]): boolean {
    const [first, second] = operands
    switch (operator) {
      case OPS.setFont:
        this.#setFont(first, second)
        return true
      case OPS.setGState:
        if (Array.isArray(first)) for (const entry of first) this.#setParameter(entry)
        return true
      case OPS.clip:
      case OPS.eoClip:
        this.#clipIsPending = true
        return true
      default:
        return changeState(this.#state, operator, operands)
    }
  }

  #setParameter(entry: unknown): void {
    if (!Array.isArray(entry)) return
    const [name, value] = entry as readonly unknown[]
    setStateParameter(this.#state, name, value)
    if (name === 'Font' && Array.isArray(value)) this.#setFont(value[0], value[1])
    // pdf.js announces an image that has a mask of its own by switching the soft mask off just before it.
    if (name === 'SMask') this.#nextImageIsMasked = value === false
  }

  #paint(operator: number, operands: readonly unknown[], order: number): void {
    const [first, width, height] = operands
    if (operator === OPS.constructPath) this.#paintPath(operands)
    else if (operator === OPS.showText) {
      const glyphs = showText(this.#state, first, order)
      if (this.#isPainting) this.#glyphs.push(...glyphs)
    } else if (operator === OPS.paintSolidColorImageMask) this.#paintBox()
    else if (operator === OPS.paintImageXObject && typeof first === 'string') {
      this.#paintImage({ id: first }, Number(width), Number(height), false, order)
    } else if (operator === OPS.paintInlineImageXObject) {
      const inline = toDecodedImage(first as Partial<DecodedImage> | null)
      if (inline !== null) this.#paintImage({ inline }, inline.width, inline.height, false, order)
    } else if (operator === OPS.paintImageMaskXObject) this.#paintStencil(first, order)
  }

  #paintPath(operands: readonly unknown[]): void {
    const [painting, data, bounds] = operands
    const steps = Array.isArray(data) ? (data[0] as unknown) : null
    if (!isListLike(steps)) {
      this.#clipIsPending = false
      return
    }
    const state = this.#state
    const isStroked = STROKING.includes(Number(painting)) || FILL_AND_STROKE.includes(Number(painting))
    const isFilled = FILLING.includes(Number(painting)) || FILL_AND_STROKE.includes(Number(painting))
    if ((isStroked || isFilled) && this.#isPainting) {
      this.#paintSubPaths(toSubPaths(steps as ArrayLike<number>, state.toPage), isStroked, isFilled)
    }
    if (this.#clipIsPending && isListLike(bounds)) this.#clipTo(bounds)
    this.#clipIsPending = false
  }

  #paintSubPaths(subPaths: readonly SubPath[], isStroked: boolean, isFilled: boolean): void {
    const { strokeColor, strokeAlpha, fillColor, fillAlpha, lineWidth, toPage, clip } = this.#state
    const [strokes, fills] = [isStroked && strokeAlpha > 0, isFilled && fillAlpha > 0]
    const [isWhiteLine, isWhiteArea] = [strokes && isNearWhite(strokeColor), fills && isNearWhite(fillColor)]
    const [showsStroke, showsFill] = [strokes && !isWhiteLine, fills && !isWhiteArea]
    const rulings = (hasLine: boolean, hasArea: boolean): Ruling[] =>
      pathToRulings(subPaths, { lineWidth: hasLine ? lineWidth * scaleOf(toPage) : null, isFilled: hasArea }, clip)
    for (const ruling of rulings(showsStroke, showsFill)) this.#rulings.push(ruling)
    if (showsFill) this.#outlineCount += countOutlines(subPaths)
    if (showsFill || (fills && !showsStroke)) this.#areas.add(subPaths, clip, isWhiteArea)
    if (!isWhiteLine && !isWhiteArea) return
    for (const ruling of this.#areas.linesOnTint(rulings(isWhiteLine, isWhiteArea))) this.#rulings.push(ruling)
  }

  /** A stencil of one pixel paints its whole box. */
  #paintBox(): void {
    const box = intersectionOf(boxOfRectangle(this.#state.toPage, 0, 0, 1, 1), this.#state.clip)
    if (!this.#isPainting || box === null || isNearWhite(this.#state.fillColor)) return
    this.#rulings.push(...boxToRulings(box))
  }

  #paintStencil(operand: unknown, order: number): void {
    const mask = operand as { readonly data?: unknown; readonly width?: number; readonly height?: number } | null
    if (mask === null || typeof mask !== 'object') return
    const { width = 0, height = 0 } = mask
    if (typeof mask.data === 'string') this.#paintImage({ id: mask.data }, width, height, true, order)
    else {
      const inline = toDecodedImage(mask as Partial<DecodedImage>)
      if (inline !== null) this.#paintImage({ inline }, width, height, true, order)
    }
  }

  #paintImage(
    source: PaintedImage['source'],
    widthPx: number,
    heightPx: number,
    isStencil: boolean,
    order: number,
  ): void {
    const { toPage, clip, fillAlpha, blendsNormally, fillColor } = this.#state
    const isMasked = this.#nextImageIsMasked
    this.#nextImageIsMasked = false
    const bbox = intersectionOf(boxOfRectangle(toPage, 0, 0, 1, 1), clip)
    const centre = applyTo(toPage, 0.5, 0.5)
    if (!this.#isPainting || bbox === null || !Number.isFinite(centre.x + centre.y) || !(widthPx * heightPx > 0)) return
    if (fillAlpha === 0) return
    this.#images.push({
      matrix: toPage,
      bbox,
      source,
      widthPx,
      heightPx,
      isStencil,
      stencilColor: fillColor,
      isTransparent: isStencil || isMasked || fillAlpha < 1 || !blendsNormally,
      order,
    })
  }
}
