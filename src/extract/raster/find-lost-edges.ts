import type { BoundingBox } from '../../model/bounding-box.ts'
import { placeOf } from './edge-evidence.ts'
import type { BitImage, UprightPage } from './image.ts'
import type { Components } from './label-components.ts'
import { EDGE_STANDS, type InnerEdges } from './merge-units.ts'
import type { RulingGroup, RulingLine } from './ruling-lines.ts'
import type { Bend } from './straighten.ts'

/** All ink of a page, and that of it which has at least the size of a digit's part, without dust and dots. */
export interface PrintEvidence {
  readonly ink: BitImage
  readonly print: Uint8Array
  readonly glyph: number
  /** Where print stood in white on dark, in pixels: rulings hardly show there. */
  readonly grounds: readonly BoundingBox[]
}

/** Unit edges (`row,column` of the unit before the edge) to be taken as drawn, with their scores; rows in doubt. */
export interface LostEdges {
  readonly right: ReadonlyMap<string, number>
  readonly below: ReadonlyMap<string, number>
  readonly doubtfulRows: ReadonlySet<number>
}

/** Scores of an edge found again: beyond doubt, or standing but open (see `doubtfulCells`). */
const SURE = 0.85
const OPEN = 0.7
/** The share of a line that ink must cover at least to be the rest of a ruling; dust covers less. */
const REMNANT_SHARE = 0.1
/** A ruling drawn along this share of its units is a boundary of the whole table. */
const MOST = 0.55
/** Ink that covers less than this of a ruling where it stands: it is worn, and can be lost elsewhere without a trace. */
const WORN_SHARE = 0.9

export function printEvidence(
  { structure: ink, grounds }: Pick<UprightPage, 'structure' | 'grounds'>,
  components: Components,
  glyph: number,
): PrintEvidence {
  const print = new Uint8Array(ink.data.length)
  const { runY, runStart, runEnd, runOf, x0, x1, top, bottom } = components
  for (let i = 0; i < runY.length; i++) {
    const k = runOf[i] as number
    const size = Math.max((x1[k] as number) - (x0[k] as number), (bottom[k] as number) - (top[k] as number))
    const base = (runY[i] as number) * ink.width
    if (size >= 0.25 * glyph) print.fill(1, base + (runStart[i] as number), base + (runEnd[i] as number))
  }
  return { ink, print, glyph, grounds }
}

/**
 * Looks on lines of the grid for edges that the scan has lost: rests of the ruling, or a ruling that most of the table
 * has, in a clear white gap between two blocks of ink. One text that runs or is centred over the line stays whole.
 */
export function findLostEdges(edges: InnerEdges, group: RulingGroup, bend: Bend, evidence: PrintEvidence): LostEdges {
  const columns = judgeLines(edges, group, bend, evidence, false)
  const rows = judgeLines(edges, group, bend, evidence, true)
  return { right: columns.found, below: rows.found, doubtfulRows: columns.doubtful }
}

export function withFoundEdges(edges: InnerEdges, { right, below }: LostEdges): InnerEdges {
  return {
    ...edges,
    right: (r, c) => right.get(`${r},${c}`) ?? edges.right(r, c),
    below: (r, c) => below.get(`${r},${c}`) ?? edges.below(r, c),
  }
}

/** White areas leak through an edge whose ruling is broken: there they witness nothing. */
export function witnessBesideFound(witness: InnerEdges, { right, below }: LostEdges): InnerEdges {
  return {
    ...witness,
    right: (r, c) => (right.has(`${r},${c}`) ? 0.5 : witness.right(r, c)),
    below: (r, c) => (below.has(`${r},${c}`) ? 0.5 : witness.below(r, c)),
  }
}

function judgeLines(
  edges: InnerEdges,
  group: RulingGroup,
  bend: Bend,
  evidence: PrintEvidence,
  isRow: boolean,
): { readonly found: ReadonlyMap<string, number>; readonly doubtful: ReadonlySet<number> } {
  const found = new Map<string, number>()
  const doubtful = new Set<number>()
  const lines = isRow ? group.rows : group.columns
  const crossing = isRow ? group.columns : group.rows
  const unitsAlong = crossing.length - 1
  const scoreAt = (line: number, unit: number): number => (isRow ? edges.below(line, unit) : edges.right(unit, line))
  for (let line = 0; line + 2 < lines.length; line++) {
    const isOnGround = (unit: number): boolean => {
      const across = (lines[line + 1] as RulingLine).position
      const along = ((crossing[unit] as RulingLine).position + (crossing[unit + 1] as RulingLine).position) / 2
      const [x, y] = isRow ? [along, across] : [across, along]
      return evidence.grounds.some((box) => x > box.x0 && x < box.x1 && y > box.top && y < box.bottom)
    }
    const looks = Array.from({ length: unitsAlong }, (_, unit) => {
      // The two sides reach to the next edges that stand: several may be lost in a row.
      // Beside an edge that stands nothing need be measured.
      const isLost = scoreAt(line, unit) < EDGE_STANDS
      let before = isLost ? line : line + 1
      let after = isLost ? line + 2 : line + 1
      while (isLost && before > 0 && scoreAt(before - 1, unit) < EDGE_STANDS) before--
      while (isLost && after < lines.length - 1 && scoreAt(after - 1, unit) < EDGE_STANDS) after++
      const border = (of: readonly RulingLine[], index: number): RulingLine => of[index] as RulingLine
      const across = [border(lines, before), border(lines, line + 1), border(lines, after)] as const
      return lookAt([...across, border(crossing, unit), border(crossing, unit + 1)], isRow, bend, evidence)
    })
    const standing = looks.filter((_, unit) => scoreAt(line, unit) >= EDGE_STANDS)
    const traced = looks.filter((look, unit) => scoreAt(line, unit) >= EDGE_STANDS || look.remnant >= REMNANT_SHARE)
    const covered = standing.reduce((sum, look) => sum + look.remnant, 0) / Math.max(1, standing.length)
    const ruling: LineStanding = {
      isRow,
      isDrawn: standing.length >= MOST * unitsAlong,
      isTraced: traced.length >= MOST * unitsAlong,
      isWorn: covered < WORN_SHARE,
      isOnGround: false,
      glyph: evidence.glyph,
    }
    for (const [unit, look] of looks.entries()) {
      if (scoreAt(line, unit) >= EDGE_STANDS) continue
      const verdict = judge(look, isOnGround(unit) ? { ...ruling, isWorn: true, isOnGround: true } : ruling)
      const key = isRow ? `${line},${unit}` : `${unit},${line}`
      if (verdict === 'doubtful') doubtful.add(unit)
      else if (verdict !== 'merged') found.set(key, verdict === 'sure' ? SURE : OPEN)
    }
  }
  return { found, doubtful }
}

/** First border, line, last border across; then the two lines between which the unit lies. */
type Span = readonly [RulingLine, RulingLine, RulingLine, RulingLine, RulingLine]

/** What lies at one unit of a line. Lengths in pixels; `parts` are the blocks of print before and after the line. */
interface Look {
  /** The share of the line that ink covers, 0 where that is no more than beside the line or all in one place. */
  readonly remnant: number
  /** Whether some of that ink lies near an end: a ruling that only its ends lack may be a stroke of something else. */
  readonly reachesEnd: boolean
  readonly clearBefore: number
  readonly clearAfter: number
  /** White from border to print on both sides of either block; null where nothing is printed. */
  readonly before: { readonly outer: number; readonly inner: number } | null
  readonly after: { readonly outer: number; readonly inner: number } | null
}

interface LineStanding {
  readonly isRow: boolean
  readonly isDrawn: boolean
  readonly isTraced: boolean
  readonly isWorn: boolean
  readonly isOnGround: boolean
  readonly glyph: number
}

function judge(
  look: Look,
  { isRow, isDrawn, isTraced, isWorn, isOnGround, glyph }: LineStanding,
): 'sure' | 'open' | 'doubtful' | 'merged' {
  const clear = Math.min(look.clearBefore, look.clearAfter)
  if (clear < 0.2 * glyph) return 'merged'
  const hasRemnant = look.remnant >= REMNANT_SHARE
  if (look.before === null || look.after === null) return hasRemnant && isDrawn ? 'sure' : 'merged'
  if (hasRemnant) return isTraced && look.reachesEnd ? 'sure' : 'open'
  // Lines of one text lie over each other as rows do: without a trace of the ruling they are one cell.
  if (isRow || !isDrawn) return 'merged'
  if (!isOnGround && look.clearBefore + look.clearAfter < 1.2 * glyph) return 'merged'
  // A ruling that is whole elsewhere does not vanish without a trace: rather the print has none here.
  return isWorn && !isOneText(look.before, look.after, glyph) ? 'sure' : 'doubtful'
}

/** Whether two blocks are one widely set text centred over the line, and not two, each centred on its own. */
function isOneText(before: NonNullable<Look['before']>, after: NonNullable<Look['after']>, glyph: number): boolean {
  const isSame = (a: number, b: number): boolean => Math.abs(a - b) < Math.max(0.8 * glyph, 0.1 * (a + b))
  return isSame(before.outer, after.outer) && !(isSame(before.outer, before.inner) && isSame(after.outer, after.inner))
}

function lookAt(span: Span, isRow: boolean, bend: Bend, { ink, print, glyph }: PrintEvidence): Look {
  const [first, line, last, from, to] = span
  const inset = Math.max(3, 0.25 * glyph)
  const stretch = toStretch(line, isRow, bend, from.position + inset, to.position - inset, ink)
  const { offset, share, reachesEnd } = bestRemnant(stretch, ink.data, glyph)
  const skip = Math.max(3, Math.round(0.15 * glyph))
  const sideOf = (step: -1 | 1, border: number): { clear: number; block: Look['before'] } => {
    const reach = Math.floor(Math.abs(border - line.position) - inset)
    const printed: number[] = []
    for (let d = skip; d <= reach; d++) if (isInked(stretch, print, offset + step * d)) printed.push(d)
    const nearest = printed[0]
    if (nearest === undefined) return { clear: reach, block: null }
    return { clear: nearest - skip, block: { inner: nearest, outer: reach + inset - (printed.at(-1) as number) } }
  }
  const before = sideOf(-1, first.position)
  const after = sideOf(1, last.position)
  return {
    remnant: share,
    reachesEnd,
    clearBefore: before.clear,
    clearAfter: after.clear,
    before: before.block,
    after: after.block,
  }
}

/** Farther across than any offset reaches back from. */
const OFF_PAGE = -1_000_000_000

/** The pixels of one unit of a line: for each its index in the page's data, and its place across, which bounds offsets. */
interface Stretch {
  readonly index: Int32Array
  readonly across: Int32Array
  /** What one pixel across adds to an index, and how many pixels the page has across. */
  readonly step: number
  readonly limit: number
}

function toStretch(
  line: RulingLine,
  isRow: boolean,
  bend: Bend,
  from: number,
  to: number,
  { width, height }: BitImage,
): Stretch {
  const place = placeOf(line, isRow, bend)
  const [index, acrosses]: [number[], number[]] = [[], []]
  for (let t = from; t < to; t++) {
    const along = Math.floor(place.along(t))
    const across = Math.floor(place.across(t))
    const isOnPage = along >= 0 && along < (isRow ? width : height)
    // Off the page there is no ink at any offset: so far across that none reaches the page.
    index.push(isRow ? across * width + along : along * width + across)
    acrosses.push(isOnPage ? across : OFF_PAGE)
  }
  return {
    index: Int32Array.from(index),
    across: Int32Array.from(acrosses),
    step: isRow ? width : 1,
    limit: isRow ? height : width,
  }
}

function isSet({ index, across, step, limit }: Stretch, data: Uint8Array, i: number, offset: number): boolean {
  const place = (across[i] as number) + offset
  return place >= 0 && place < limit && data[(index[i] as number) + offset * step] === 1
}

/** Whether anything is set beside the stretch, `offset` pixels across from it. */
function isInked(stretch: Stretch, data: Uint8Array, offset: number): boolean {
  for (let i = 0; i < stretch.index.length; i++) if (isSet(stretch, data, i, offset)) return true
  return false
}

/** For each pixel of the stretch whether there is ink `offset` pixels across from it, or right beside that. */
function coverAt(stretch: Stretch, ink: Uint8Array, offset: number): Uint8Array {
  const hits = new Uint8Array(stretch.index.length)
  for (let i = 0; i < hits.length; i++) {
    const isHit =
      isSet(stretch, ink, i, offset) || isSet(stretch, ink, i, offset - 1) || isSet(stretch, ink, i, offset + 1)
    if (isHit) hits[i] = 1
  }
  return hits
}

function shareOf(hits: Uint8Array): number {
  let count = 0
  for (let i = 0; i < hits.length; i++) count += hits[i] as number
  return count / Math.max(1, hits.length)
}

/** The offset near the line that ink covers most; dots must be spread along it and be several times those beside it. */
function bestRemnant(
  stretch: Stretch,
  ink: Uint8Array,
  glyph: number,
): { readonly offset: number; readonly share: number; readonly reachesEnd: boolean } {
  const drift = Math.max(2, Math.round(0.1 * glyph))
  let best = { offset: 0, share: 0 }
  for (let offset = -drift; offset <= drift; offset++) {
    const share = shareOf(coverAt(stretch, ink, offset))
    const isCloser = share === best.share && Math.abs(offset) < Math.abs(best.offset)
    if (share > best.share || isCloser) best = { offset, share }
  }
  const sixths = new Set<number>()
  for (const [i, hit] of coverAt(stretch, ink, best.offset).entries()) {
    if (hit === 1) sixths.add(Math.floor((6 * i) / stretch.index.length))
  }
  const beside = Math.max(
    shareOf(coverAt(stretch, ink, best.offset - drift - 3)),
    shareOf(coverAt(stretch, ink, best.offset + drift + 3)),
  )
  const isSpread = sixths.size >= 3 && best.share >= 3 * beside
  return { offset: best.offset, share: isSpread ? best.share : 0, reachesEnd: sixths.has(0) || sixths.has(5) }
}
