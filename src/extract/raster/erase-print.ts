import type { BitImage, Darkness } from './image.ts'
import type { Components } from './label-components.ts'

/** What is left of a page when its print is taken away: rulings, frames, dots, and print that touches a ruling. */
export interface WithoutPrint {
  readonly darkness: Darkness
  readonly ink: BitImage
}

/**
 * Erases marks that have the size of print, so that strokes of glyphs cannot pass for rulings. Pieces of rulings stay:
 * they are longer or thinner than print, and dots of dotted rulings smaller. `glyph` is the height of a full glyph.
 */
export function erasePrint(darkness: Darkness, ink: BitImage, components: Components, glyph: number): WithoutPrint {
  const { width, height } = ink
  const print = new Uint8Array(width * height)
  const { runY, runStart, runEnd, runOf } = components
  const isErased = Uint8Array.from({ length: components.count }, (_, k) => (isPrint(components, k, glyph) ? 1 : 0))
  for (let i = 0; i < runY.length; i++) {
    if (isErased[runOf[i] as number] === 0) continue
    const base = (runY[i] as number) * width
    print.fill(1, base + (runStart[i] as number), base + (runEnd[i] as number))
  }
  const restInk = new Uint8Array(ink.data)
  const rest = new Uint8Array(darkness.data)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (print[y * width + x] === 0) continue
      restInk[y * width + x] = 0
      rest[y * width + x] = 0
      // The blur around print goes with it, unless it is ink of something else.
      for (let v = Math.max(0, y - 2); v <= Math.min(height - 1, y + 2); v++) {
        for (let i = v * width + Math.max(0, x - 2); i <= v * width + Math.min(width - 1, x + 2); i++) {
          if (ink.data[i] === 0) rest[i] = 0
        }
      }
    }
  }
  return {
    darkness: { ...darkness, data: rest },
    ink: { width, height, data: restInk },
  }
}

function isPrint({ x0, x1, top, bottom }: Components, k: number, glyph: number): boolean {
  const w = (x1[k] as number) - (x0[k] as number)
  const h = (bottom[k] as number) - (top[k] as number)
  const small = Math.min(w, h)
  const big = Math.max(w, h)
  // Thin: a 1, a dash. Otherwise: a glyph, or a run of glyphs that touch.
  if (small < 0.2 * glyph) return big >= 0.5 * glyph && big <= 1.25 * glyph
  return small <= 1.6 * glyph && big <= 8 * glyph
}
