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
  const { runY, runStart, runEnd, runOf } = components
  const ends = sideEnds(components, darkness)
  const isErased = Uint8Array.from({ length: components.count }, (_, k) =>
    isPrint(components, k, glyph, ends) ? 1 : 0,
  )
  const restInk = new Uint8Array(ink.data)
  const rest = new Uint8Array(darkness.data)
  for (let run = 0; run < runY.length; run++) {
    if (isErased[runOf[run] as number] === 0) continue
    const y = runY[run] as number
    const start = runStart[run] as number
    const end = runEnd[run] as number
    restInk.fill(0, y * width + start, y * width + end)
    rest.fill(0, y * width + start, y * width + end)
    // The blur around print goes with it, unless it is ink of something else.
    for (let v = Math.max(0, y - 2); v <= Math.min(height - 1, y + 2); v++) {
      const to = v * width + Math.min(width, end + 2)
      for (let i = v * width + Math.max(0, start - 2); i < to; i++) if (ink.data[i] === 0) rest[i] = 0
    }
  }
  return {
    darkness: { ...darkness, data: rest },
    ink: { width, height, data: restInk },
  }
}

function isPrint({ x0, x1, top, bottom, area }: Components, k: number, glyph: number, ends: SideEnds): boolean {
  const w = (x1[k] as number) - (x0[k] as number)
  const h = (bottom[k] as number) - (top[k] as number)
  const small = Math.min(w, h)
  const big = Math.max(w, h)
  const isThin = small < 0.2 * glyph
  if (isThin ? big < 0.5 * glyph || big > 1.25 * glyph : small > 1.6 * glyph || big > 8 * glyph) return false
  // A piece of a faint ruling (a bar, a corner, a crossing) goes on below the threshold of ink; print ends on paper.
  if ((area[k] as number) > 0.13 * glyph * (w + h)) return true
  return ends.goingOn(k, glyph) < 2
}

interface SideEnds {
  /** On how many of its four sides the mark goes on as something darker than paper. */
  goingOn(k: number, glyph: number): number
}

/** Where each mark reaches its box's sides. */
function sideEnds(components: Components, darkness: Darkness): SideEnds {
  const { count, runY, runStart, runEnd, runOf, x0, x1, top, bottom } = components
  const leftY = new Int32Array(count)
  const rightY = new Int32Array(count)
  const topX = new Int32Array(count)
  const bottomX = new Int32Array(count)
  for (let i = 0; i < runY.length; i++) {
    const k = runOf[i] as number
    const y = runY[i] as number
    const middle = ((runStart[i] as number) + (runEnd[i] as number)) >> 1
    if (runStart[i] === x0[k]) leftY[k] = y
    if (runEnd[i] === x1[k]) rightY[k] = y
    if (y === top[k]) topX[k] = middle
    if (y === (bottom[k] as number) - 1) bottomX[k] = middle
  }
  return {
    goingOn(k, glyph) {
      const reach = Math.max(4, Math.round(0.4 * glyph))
      const sides = [
        goesOn(darkness, true, leftY[k] as number, (x0[k] as number) - 1, -1, reach),
        goesOn(darkness, true, rightY[k] as number, x1[k] as number, 1, reach),
        goesOn(darkness, false, topX[k] as number, (top[k] as number) - 1, -1, reach),
        goesOn(darkness, false, bottomX[k] as number, bottom[k] as number, 1, reach),
      ]
      return sides.filter(Boolean).length
    },
  }
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
