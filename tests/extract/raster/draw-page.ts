import type { ColorImage, GreyImage } from '../../../src/extract/raster/image.ts'

export interface Ink {
  readonly thickness: number
  readonly grey: number
  /** Whether ink lies at this length along the ruling; always by default. */
  readonly pattern?: (along: number) => boolean
}

export const SOLID: Ink = { thickness: 2, grey: 20 }

/** A page drawn in code: rulings and figures that stand for glyphs, turned about the middle by `degrees`, then bent. */
export class DrawnPage {
  readonly width: number
  readonly height: number
  readonly #data: Uint8Array
  readonly #slope: number
  readonly #bow: number
  readonly #keystone: number

  /** `bow`: how far the middle sags below the sides; `keystone`: how much wider it is at the bottom than at the top; pixels. */
  constructor(width: number, height: number, options: { degrees?: number; bow?: number; keystone?: number } = {}) {
    this.width = width
    this.height = height
    this.#data = new Uint8Array(width * height).fill(248)
    this.#slope = ((options.degrees ?? 0) * Math.PI) / 180
    this.#bow = options.bow ?? 0
    this.#keystone = options.keystone ?? 0
  }

  /** Where a point of the straight page lies on the drawn one. */
  place(x: number, y: number): { x: number; y: number } {
    const dy = y - this.height / 2
    const dx = (x - this.width / 2) * (1 + (this.#keystone * dy) / (this.width * this.height))
    const sag = this.#bow * (1 - (2 * dx) ** 2 / this.width ** 2)
    return {
      x: this.width / 2 + dx * Math.cos(this.#slope) - dy * Math.sin(this.#slope),
      y: this.height / 2 + dx * Math.sin(this.#slope) + dy * Math.cos(this.#slope) + sag,
    }
  }

  ruling(x0: number, y0: number, x1: number, y1: number, ink: Ink = SOLID): this {
    const length = Math.hypot(x1 - x0, y1 - y0)
    const isRow = Math.abs(x1 - x0) > Math.abs(y1 - y0)
    const steps = Math.ceil(length * 2)
    for (let k = 0; k <= steps; k++) {
      if (ink.pattern !== undefined && !ink.pattern((length * k) / steps)) continue
      const { x, y } = this.place(x0 + ((x1 - x0) * k) / steps, y0 + ((y1 - y0) * k) / steps)
      const across = isRow ? y : x
      const reach = Math.ceil(ink.thickness / 2 + 1)
      for (let d = Math.floor(across) - reach; d <= Math.floor(across) + reach; d++) {
        const cover = Math.min(1, ink.thickness / 2 + 0.5 - Math.abs(d + 0.5 - across), ink.thickness)
        if (cover > 0) this.#darken(isRow ? Math.floor(x) : d, isRow ? d : Math.floor(y), ink.grey, cover)
      }
    }
    return this
  }

  /** A filled rectangle. */
  blob(x: number, y: number, width: number, height: number, grey = 20): this {
    for (let v = 0; v < height; v += 0.5) {
      for (let u = 0; u < width; u += 0.5) {
        const at = this.place(x + u, y + v)
        this.#darken(Math.floor(at.x), Math.floor(at.y), grey, 1)
      }
    }
    return this
  }

  /** A figure as wide as high, for a Han glyph. */
  han(x: number, y: number, size: number): this {
    const stroke = Math.max(2, size / 12)
    for (const k of [0, 0.45, 1 - stroke / size]) {
      this.blob(x, y + k * size, size, stroke)
      this.blob(x + k * size, y, stroke, size)
    }
    return this
  }

  /** A run of figures for digits, 0.76 as high as a Han glyph; '.' and ',' stand for points on the lower edge. */
  digits(text: string, x: number, y: number, size: number): this {
    const stroke = Math.max(2, size / 10)
    const height = 0.76 * size
    let at = x
    for (const character of text) {
      if (character === '.' || character === ',') {
        this.blob(at + 0.1 * size, y + height - 0.14 * size, 0.14 * size, 0.14 * size)
        at += 0.32 * size
        continue
      }
      this.blob(at, y, 0.42 * size, stroke).blob(at, y + height - stroke, 0.42 * size, stroke)
      this.blob(at, y, stroke, height).blob(at + 0.42 * size - stroke, y, stroke, height)
      at += 0.56 * size
    }
    return this
  }

  /** All rulings of a grid; `skip` leaves out unit edges (merged cells): 'below:row,column' or 'right:row,column'. */
  grid(xs: readonly number[], ys: readonly number[], ink: Ink = SOLID, skip: ReadonlySet<string> = new Set()): this {
    for (const [r, y] of ys.entries()) {
      for (let c = 0; c + 1 < xs.length; c++) {
        if (!skip.has(`below:${r - 1},${c}`)) this.ruling(xs[c] ?? 0, y, xs[c + 1] ?? 0, y, ink)
      }
    }
    for (const [c, x] of xs.entries()) {
      for (let r = 0; r + 1 < ys.length; r++) {
        if (!skip.has(`right:${r},${c - 1}`)) this.ruling(x, ys[r] ?? 0, x, ys[r + 1] ?? 0, ink)
      }
    }
    return this
  }

  #darken(x: number, y: number, grey: number, cover: number): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return
    const i = y * this.width + x
    const mixed = 248 - (248 - grey) * cover
    if (mixed < (this.#data[i] ?? 0)) this.#data[i] = mixed
  }

  grey(): GreyImage {
    return { width: this.width, height: this.height, data: this.#data }
  }

  color(): ColorImage {
    return toColor(this.grey())
  }
}

export function toColor({ width, height, data }: GreyImage): ColorImage {
  const rgb = new Uint8Array(width * height * 3)
  for (let i = 0; i < data.length; i++) rgb.fill(data[i] ?? 0, i * 3, i * 3 + 3)
  return { width, height, data: rgb }
}

export function steps(from: number, ...widths: readonly number[]): number[] {
  const edges = [from]
  for (const width of widths) edges.push((edges.at(-1) ?? 0) + width)
  return edges
}
