import { type RulingTrace, traceAt } from './find-rulings.ts'

/** A ruling ends where its table does; a streak runs on this far beyond, in glyph heights. */
const PROTRUDING = 3
/** Ends of rulings of one table lie this near, in glyph heights. */
const SAME_END = 1.5
/** Pieces of one line lie in one column this exactly, and with gaps up to this, in glyph heights. */
const COLLINEAR = 0.3
const LONGEST_GAP = 6

interface Chain {
  readonly parts: readonly RulingTrace[]
  readonly x: number
  readonly start: number
  readonly end: number
}

/**
 * Leaves out vertical lines that run far beyond the horizontal rulings which they cross, alone: streaks of the glass, folds, edges of
 * a copy, which would part a column of the table in two. One whose other end is the table's own is a ruling that goes on in a streak. Where a neighbour ends at the same height the table's last horizontal is what is
 * missing, and all stay. `glyph` is the height of print in pixels.
 */
export function dropProtruding(traces: readonly RulingTrace[], glyph: number): readonly RulingTrace[] {
  const chains = toChains(
    traces.filter(({ orientation }) => orientation === 'vertical'),
    glyph,
  )
  const rules = traces.filter(({ orientation }) => orientation === 'horizontal')
  const dropped = new Set(chains.filter((chain) => isStreak(chain, chains, rules, glyph)).flatMap(({ parts }) => parts))
  return dropped.size === 0 ? traces : traces.filter((trace) => !dropped.has(trace))
}

function toChains(verticals: readonly RulingTrace[], glyph: number): readonly Chain[] {
  const chains: Chain[] = []
  for (const trace of verticals.toSorted((a, b) => a.start - b.start)) {
    const at = chains.findIndex(({ parts, end }) => {
      const last = parts.at(-1)
      const isNear = trace.start - end <= LONGEST_GAP * glyph
      return (
        last !== undefined &&
        isNear &&
        Math.abs(traceAt(last, last.end) - traceAt(trace, trace.start)) <= COLLINEAR * glyph
      )
    })
    const chain = chains[at]
    const x = traceAt(trace, (trace.start + trace.end) / 2)
    if (chain === undefined) chains.push({ parts: [trace], x, start: trace.start, end: trace.end })
    else chains[at] = { ...chain, parts: [...chain.parts, trace], end: Math.max(chain.end, trace.end) }
  }
  return chains
}

function isStreak(chain: Chain, chains: readonly Chain[], rules: readonly RulingTrace[], glyph: number): boolean {
  const { x, start, end } = chain
  const crossed = rules
    .filter((rule) => rule.start - glyph <= x && rule.end + glyph >= x)
    .map((rule) => traceAt(rule, x))
    .filter((y) => y >= start - glyph && y <= end + glyph)
  if (crossed.length < 2) return false
  const endsAlone = (side: 'start' | 'end') =>
    !chains.some((other) => other !== chain && Math.abs(other[side] - chain[side]) <= SAME_END * glyph)
  const isOver = Math.min(...crossed) - start > PROTRUDING * glyph
  const isUnder = end - Math.max(...crossed) > PROTRUDING * glyph
  // A ruling that a streak goes on from begins where its neighbours do; it stays, too long as it is.
  return (isOver || isUnder) && endsAlone('start') && endsAlone('end')
}
