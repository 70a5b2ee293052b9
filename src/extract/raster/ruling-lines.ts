import { type RulingTrace, TRACE_STEP_PX } from './find-rulings.ts'
import { rootOf } from './label-components.ts'
import type { Bend } from './straighten.ts'

/** A trace in straightened coordinates: one position, a start and an end. */
export interface Segment {
  readonly trace: RulingTrace
  readonly position: number
  readonly start: number
  readonly end: number
}

/** Segments that lie on one straightened line; `isVirtual` for an open side that no ink marks. */
export interface RulingLine {
  readonly position: number
  readonly segments: readonly Segment[]
  readonly isVirtual: boolean
}

/** The rulings of one table, sorted by position. */
export interface RulingGroup {
  readonly rows: readonly RulingLine[]
  readonly columns: readonly RulingLine[]
}

/** Straightens the traces, drops strokes that end nowhere, and groups the rest into tables of lines that touch. */
export function groupRulings(traces: readonly RulingTrace[], bend: Bend, glyph: number): readonly RulingGroup[] {
  const segments = dropLoose(
    traces.map((trace) => straightenTrace(trace, bend)),
    glyph,
  )
  const groups = new Map<number, Segment[]>()
  const parent = touchForest(segments, 0.7 * glyph)
  for (const [i, segment] of segments.entries()) {
    const root = rootOf(parent, i)
    groups.set(root, [...(groups.get(root) ?? []), segment])
  }
  return [...groups.values()].map((group) => withOpenSides(toGroup(group, 0.4 * glyph), glyph))
}

/** The trace as it lies on the straightened page. */
export function straightenTrace(trace: RulingTrace, bend: Bend): Segment {
  const isRow = trace.orientation === 'horizontal'
  const straight = [...trace.positions].map((across, i) => {
    const along = trace.start + (i + 0.5) * TRACE_STEP_PX
    return isRow ? across - bend.bendY(along, across) : across - bend.bendX(across, along)
  })
  const position = straight.toSorted((a, b) => a - b)[straight.length >> 1] ?? 0
  const shift = (along: number): number =>
    isRow ? along - bend.bendX(along, position) : along - bend.bendY(position, along)
  return { trace, position, start: shift(trace.start), end: shift(trace.end) }
}

function isRow(segment: Segment): boolean {
  return segment.trace.orientation === 'horizontal'
}

function touches(a: Segment, b: Segment, slack: number): boolean {
  return (
    a.position >= b.start - slack &&
    a.position <= b.end + slack &&
    b.position >= a.start - slack &&
    b.position <= a.end + slack
  )
}

/**
 * A ruling of a table meets others: a short one with both its ends, or with one beside others like it, a long one with at least one crossing. Strokes of
 * glyphs, underlines and page edges do not.
 */
function dropLoose(segments: readonly Segment[], glyph: number): readonly Segment[] {
  const slack = 0.7 * glyph
  let kept = segments
  for (let round = 0; round < 4; round++) {
    const rows = kept.filter(isRow)
    const columns = kept.filter((segment) => !isRow(segment))
    const wide = rows.filter(({ start, end }) => end - start >= COMB_LENGTH * glyph)
    const next = kept.filter((segment) => {
      const crossing = (isRow(segment) ? columns : rows).filter((other) => touches(segment, other, slack))
      const isLong = segment.end - segment.start >= (isRow(segment) ? 8 : 4) * glyph
      if (isLong) return crossing.length > 0
      const meets = (end: number): boolean => crossing.some((other) => Math.abs(other.position - end) <= slack)
      if (meets(segment.start) && meets(segment.end)) return true
      return !isRow(segment) && wide.some((row) => hangsInComb(segment, row, columns, slack))
    })
    if (next.length === kept.length) break
    kept = next
  }
  return kept
}

/** So many verticals that hang from one ruling and end alike, over this share of its length, part the cells of an open row. */
const COMB_TEETH = 4
/** In glyphs: strokes of a title in large type hang from shorter ones. */
const COMB_LENGTH = 20
const COMB_WIDTH = 0.5

/** Whether a vertical hangs from (or stands on) a ruling like others do, all equally long: a row whose other border is lost. */
function hangsInComb(tooth: Segment, row: Segment, columns: readonly Segment[], slack: number): boolean {
  return ([1, -1] as const).some((way) => {
    const [near, far] = way === 1 ? (['start', 'end'] as const) : (['end', 'start'] as const)
    const hangs = (other: Segment): boolean =>
      touches(row, other, slack) &&
      Math.abs(other[near] - row.position) <= slack &&
      Math.abs(other[far] - tooth[far]) <= slack
    if (!hangs(tooth)) return false
    const places = columns.filter(hangs).map(({ position }) => position)
    const width = Math.max(...places) - Math.min(...places)
    return places.length >= COMB_TEETH && width >= COMB_WIDTH * (row.end - row.start)
  })
}

function touchForest(segments: readonly Segment[], slack: number): Int32Array {
  const parent = Int32Array.from(segments, (_, i) => i)
  for (const [i, a] of segments.entries()) {
    for (const [j, b] of segments.entries()) {
      if (!isRow(a) || isRow(b) || !touches(a, b, slack)) continue
      parent[rootOf(parent, j)] = rootOf(parent, i)
    }
  }
  return parent
}

function toGroup(segments: readonly Segment[], tolerance: number): RulingGroup {
  return {
    rows: clusterLines(segments.filter(isRow), tolerance),
    columns: clusterLines(
      segments.filter((segment) => !isRow(segment)),
      tolerance,
    ),
  }
}

/** Puts segments of about one position on one line: pieces of a broken ruling, the two of a double ruling. */
function clusterLines(segments: readonly Segment[], tolerance: number): readonly RulingLine[] {
  const lines: Segment[][] = []
  for (const segment of segments.toSorted((a, b) => a.position - b.position)) {
    const last = lines.at(-1)
    if (last !== undefined && segment.position - meanPosition(last) <= tolerance) last.push(segment)
    else lines.push([segment])
  }
  return lines.map((line) => ({ position: meanPosition(line), segments: line, isVirtual: false }))
}

function meanPosition(segments: readonly Segment[]): number {
  let sum = 0
  let weight = 0
  for (const { position, start, end } of segments) {
    sum += position * (end - start)
    weight += end - start
  }
  return sum / Math.max(1, weight)
}

/** Where most lines stick out beyond the last crossing one by a glyph or more, the table is open: a border is put there. */
function withOpenSides(group: RulingGroup, glyph: number): RulingGroup {
  return {
    columns: withVirtualBorders(group.columns, group.rows, glyph),
    rows: withVirtualBorders(group.rows, group.columns, glyph),
  }
}

function withVirtualBorders(
  lines: readonly RulingLine[],
  crossing: readonly RulingLine[],
  glyph: number,
): readonly RulingLine[] {
  const first = lines[0]
  const last = lines.at(-1)
  if (first === undefined || last === undefined || crossing.length < 3) return lines
  const starts = crossing.map((line) => Math.min(...line.segments.map((segment) => segment.start)))
  const ends = crossing.map((line) => Math.max(...line.segments.map((segment) => segment.end)))
  const result = [...lines]
  const start = openEnd(starts, (end) => first.position - end > 1.2 * glyph, glyph)
  const end = openEnd(ends, (value) => value - last.position > 1.2 * glyph, glyph)
  if (start !== null) result.unshift(virtualLine(start))
  if (end !== null) result.push(virtualLine(end))
  return result
}

/**
 * Where the lines that stick out end, if they are most of all or hold the outermost two (merged cells stop the others)
 * and end in one place.
 */
function openEnd(ends: readonly number[], sticksOut: (end: number) => boolean, glyph: number): number | null {
  const out = ends.filter(sticksOut)
  const holdsBoth = [ends[0], ends.at(-1)].every((end) => end !== undefined && sticksOut(end))
  if (out.length < 0.6 * ends.length && !holdsBoth) return null
  const place = median(out)
  return out.filter((end) => Math.abs(end - place) < glyph).length >= 0.7 * out.length ? place : null
}

function virtualLine(position: number): RulingLine {
  return { position, segments: [], isVirtual: true }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}
