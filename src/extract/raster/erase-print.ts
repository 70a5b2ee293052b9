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
  const isErased = Uint8Array.from({ length: components.count }, (_, k) =>
    isPrint(components, k, glyph, darkness) ? 1 : 0,
  )
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

function isPrint({ x0, x1, top, bottom }: Components, k: number, glyph: number, darkness: Darkness): boolean {
  const w = (x1[k] as number) - (x0[k] as number)
  const h = (bottom[k] as number) - (top[k] as number)
  const small = Math.min(w, h)
  const big = Math.max(w, h)
  if (small >= 0.2 * glyph) return small <= 1.6 * glyph && big <= 8 * glyph
  if (big < 0.5 * glyph || big > 1.25 * glyph) return false
  // Thin: a 1 or a dash ends on paper, a piece of a faint ruling goes on, below the threshold of ink.
  const isRow = w > h
  const across = Math.floor(
    isRow ? ((top[k] as number) + (bottom[k] as number)) / 2 : ((x0[k] as number) + (x1[k] as number)) / 2,
  )
  const from = (isRow ? x0[k] : top[k]) as number
  const to = (isRow ? x1[k] : bottom[k]) as number
  const reach = Math.max(4, Math.round(0.4 * glyph))
  return !(goesOn(darkness, isRow, across, from - 1, -1, reach) && goesOn(darkness, isRow, across, to, 1, reach))
}

/** Whether most of the `reach` pixels from `from` on are darker than paper. */
function goesOn(
  darkness: Darkness,
  isRow: boolean,
  across: number,
  from: number,
  step: number,
  reach: number,
): boolean {
  const { width, height, data, noise, ink } = darkness
  const threshold = Math.max(2 * noise, 0.1 * ink)
  let dark = 0
  for (let i = 0; i < reach; i++) {
    const along = from + step * i
    let most = 0
    for (let d = -1; d <= 1; d++) {
      const x = isRow ? along : across + d
      const y = isRow ? across + d : along
      if (x >= 0 && x < width && y >= 0 && y < height) most = Math.max(most, data[y * width + x] as number)
    }
    if (most >= threshold) dark++
  }
  return dark >= 0.75 * reach
}
