import type { WithoutPrint } from './erase-print.ts'
import type { DashChain } from './find-dash-chains.ts'

/**
 * Draws dashed and dotted rulings through, so that everything after sees them as the lines that they stand for: dashes
 * that were taken for print come back, gaps and crossings are closed.
 */
export function fillDashes(rest: WithoutPrint, chains: readonly DashChain[]): WithoutPrint {
  if (chains.length === 0) return rest
  const { width, height } = rest.ink
  const darkness = new Uint8Array(rest.darkness.data)
  const ink = new Uint8Array(rest.ink.data)
  const level = Math.min(255, Math.round(rest.darkness.ink))
  for (const { isRow, along, across, thickness } of chains) {
    const half = thickness / 2
    for (let i = 0; i + 1 < along.length; i++) {
      const from = along[i] as number
      const to = along[i + 1] as number
      for (let t = from; t < Math.max(to, from + 1); t++) {
        const share = to > from ? (t - from) / (to - from) : 0
        const middle = (across[i] as number) * (1 - share) + (across[i + 1] as number) * share
        for (
          let s = Math.round(middle - half);
          s < Math.max(Math.round(middle + half), Math.round(middle - half) + 1);
          s++
        ) {
          const [x, y] = isRow ? [t, s] : [s, t]
          if (x < 0 || y < 0 || x >= width || y >= height) continue
          darkness[y * width + x] = Math.max(darkness[y * width + x] as number, level)
          ink[y * width + x] = 1
        }
      }
    }
  }
  return { darkness: { ...rest.darkness, data: darkness }, ink: { width, height, data: ink } }
}
