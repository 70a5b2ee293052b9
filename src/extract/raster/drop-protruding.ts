import { type RulingTrace, traceAt } from './find-rulings.ts'

/** A ruling ends where its table does; a streak runs on this far beyond, in glyph heights. */
const PROTRUDING = 3
/** Ends of rulings of one table lie this near, in glyph heights. */
const SAME_END = 1.5
/** What runs from edge to edge of the page, beyond the first and the last ruling, at one of them so far, is a streak whatever stands beside it. */
const FAR_BEYOND = 6
/** Print may hide this share of a page's height of it. */
const HIDDEN_SHARE = 0.12
/** A streak that runs over all the page ends this near its edges, in glyph heights. */
const PAGE_EDGE = 2
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
 * missing, and all stay; but a page can have several streaks, fewer than it has rulings, that run from edge to edge, and any that
 * run there far beyond all rulings. `glyph` is the height
 * of print, `height` that of the page, in pixels.
 */
export function dropProtruding(traces: readonly RulingTrace[], glyph: number, height: number): readonly RulingTrace[] {
  const verticals = traces.filter(({ orientation }) => orientation === 'vertical')
  const chains = joinOverPage(toChains(verticals, glyph), glyph, height)
  const rules = traces.filter(({ orientation }) => orientation === 'horizontal')
  const isToEdges = ({ start, end }: Chain) => start <= PAGE_EDGE * glyph && end >= height - PAGE_EDGE * glyph
  const whole = chains.filter((chain) => isToEdges(chain))
  const others = chains.filter((chain) => !isToEdges(chain) && crossings(chain, rules, glyph).length >= 2)
  const neighbours = whole.length < others.length ? chains.filter((chain) => !whole.includes(chain)) : chains
  const dropped = new Set(
    chains
      .filter(
        (chain) =>
          isStreak(chain, neighbours, rules, glyph) || (isToEdges(chain) && isFarBeyond(chain, rules, glyph, height)),
      )
      .flatMap(({ parts }) => parts),
  )
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

/** Where a line crosses horizontal rulings. */
function crossings({ x, start, end }: Chain, rules: readonly RulingTrace[], glyph: number): readonly number[] {
  return rules
    .filter((rule) => rule.start - glyph <= x && rule.end + glyph >= x)
    .map((rule) => traceAt(rule, x))
    .filter((y) => y >= start - glyph && y <= end + glyph)
}

/** Whether a line runs beyond all rulings that it crosses at both ends, and far beyond at one; a line along the page's edge is no ruling. */
function isFarBeyond(chain: Chain, rules: readonly RulingTrace[], glyph: number, height: number): boolean {
  const isInside = (y: number) => y > PAGE_EDGE * glyph && y < height - PAGE_EDGE * glyph
  const crossed = crossings(chain, rules, glyph).filter(isInside)
  if (crossed.length < 2) return false
  const [over, under] = [Math.min(...crossed) - chain.start, chain.end - Math.max(...crossed)]
  return Math.min(over, under) > PROTRUDING * glyph && Math.max(over, under) > FAR_BEYOND * glyph
}

/** A line from the top edge of the page and one to its bottom edge, in one column: print hides a piece of it. */
function joinOverPage(chains: readonly Chain[], glyph: number, height: number): readonly Chain[] {
  const joined = new Set<Chain>()
  const whole = chains.flatMap((upper) => {
    const last = upper.parts.at(-1)
    if (last === undefined || upper.start > PAGE_EDGE * glyph) return []
    const lower = chains.find(({ parts, start, end }) => {
      const [first] = parts
      const isHidden = start > upper.end && start - upper.end <= HIDDEN_SHARE * height
      const isInLine =
        first !== undefined && Math.abs(traceAt(last, last.end) - traceAt(first, first.start)) <= COLLINEAR * glyph
      return isHidden && isInLine && end >= height - PAGE_EDGE * glyph
    })
    if (lower === undefined) return []
    joined.add(upper).add(lower)
    return [{ ...upper, parts: [...upper.parts, ...lower.parts], end: lower.end }]
  })
  return [...chains.filter((chain) => !joined.has(chain)), ...whole]
}

function isStreak(chain: Chain, neighbours: readonly Chain[], rules: readonly RulingTrace[], glyph: number): boolean {
  const { start, end } = chain
  const crossed = crossings(chain, rules, glyph)
  if (crossed.length < 2) return false
  const endsAlone = (side: 'start' | 'end') =>
    !neighbours.some((other) => other !== chain && Math.abs(other[side] - chain[side]) <= SAME_END * glyph)
  const isOver = Math.min(...crossed) - start > PROTRUDING * glyph
  const isUnder = end - Math.max(...crossed) > PROTRUDING * glyph
  // A ruling that a streak goes on from begins where its neighbours do; it stays, too long as it is.
  return (isOver || isUnder) && endsAlone('start') && endsAlone('end')
}
