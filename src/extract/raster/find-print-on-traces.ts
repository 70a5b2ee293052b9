import { type RulingTrace, type Stretch, traceAt } from './find-rulings.ts'
import { ownersOfUnits, type ScanTable } from './grid.ts'
import type { BitImage } from './image.ts'

/** Ink that goes on for longer than this, in glyphs, is no stroke: a ruling of which the rest is lost. */
const LONGEST_STROKE = 1.3
/** Ink that ends, in pixels, before it goes on is no ruling's overhang. */
const GAP_PX = 2

/**
 * Strokes of print in line with a ruling that ends at their cell: the upper stroke of 三 in a merged cell, on the height
 * of the border between its neighbours. What was followed into a cell without a border there, over a gap, and is no
 * longer than strokes are, is print. `glyph` is the height of a full glyph in pixels.
 */
export function findPrintOnTraces(
  table: ScanTable,
  ink: BitImage,
  glyph: number,
): ReadonlyMap<RulingTrace, readonly Stretch[]> {
  const owners = ownersOfUnits(table.grid)
  const found = new Map<RulingTrace, readonly Stretch[]>()
  for (const trace of table.traces) {
    const stretches = stretchesInCells(trace, table, owners)
      .flatMap((stretch) => beyondGaps(trace, stretch, ink))
      .filter((stretch) => longestInk(trace, stretch, ink) <= LONGEST_STROKE * glyph)
    if (stretches.length > 0) found.set(trace, stretches)
  }
  return found
}

/** The parts of a trace on both sides of which the same cell lies. */
function stretchesInCells(trace: RulingTrace, table: ScanTable, owners: Int32Array): readonly Stretch[] {
  const isInCell = insideOf(trace, table, owners)
  const stretches: [number, number][] = []
  for (let along = trace.start; along < trace.end; along += 1) {
    if (!isInCell(along)) continue
    const last = stretches.at(-1)
    if (last !== undefined && last[1] === along) last[1] = along + 1
    else stretches.push([along, along + 1])
  }
  return stretches
}

function insideOf(
  trace: RulingTrace,
  { straightRows, straightColumns, bend }: ScanTable,
  owners: Int32Array,
): (along: number) => boolean {
  const isRow = trace.orientation === 'horizontal'
  const [lines, crossing] = isRow ? [straightRows, straightColumns] : [straightColumns, straightRows]
  const columns = straightColumns.length - 1
  return (along) => {
    const across = traceAt(trace, along)
    const x = isRow ? along : across
    const y = isRow ? across : along
    const straightX = x - bend.bendX(x, y)
    const straightY = y - bend.bendY(x, y)
    const line = nearest(lines, isRow ? straightY : straightX)
    const unit = bandAt(crossing, isRow ? straightX : straightY)
    if (line <= 0 || line >= lines.length - 1 || unit < 0) return false
    const ownerAt = (band: number) => owners[isRow ? band * columns + unit : unit * columns + band]
    return ownerAt(line - 1) === ownerAt(line)
  }
}

/** Between which two of the rising `edges` a place lies; -1 where it lies beyond them. */
function bandAt(edges: readonly number[], place: number): number {
  for (let k = 1; k < edges.length; k++)
    if ((edges[k - 1] as number) <= place && place < (edges[k] as number)) return k - 1
  return -1
}

function nearest(lines: readonly number[], position: number): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let k = 0; k < lines.length; k++) {
    const distance = Math.abs((lines[k] as number) - position)
    if (distance >= least) continue
    best = k
    least = distance
  }
  return best
}

/** What of a stretch is parted from the ruling at its ends by bare paper; all of it where no ruling goes on from there. */
function beyondGaps(trace: RulingTrace, [from, to]: Stretch, ink: BitImage): readonly Stretch[] {
  const isInk = (along: number) => hasInk(trace, along, ink)
  const gapAfter = (start: number, step: 1 | -1): number => {
    let bare = 0
    for (let along = start; along >= from && along < to; along += step) {
      bare = isInk(along) ? 0 : bare + 1
      if (bare >= GAP_PX) return along
    }
    return step > 0 ? to : from - 1
  }
  const first = from > trace.start ? gapAfter(from, 1) : from
  const last = to < trace.end ? gapAfter(to - 1, -1) : to - 1
  return first <= last ? [[first, last + 1]] : []
}

function longestInk(trace: RulingTrace, [from, to]: Stretch, ink: BitImage): number {
  let longest = 0
  let length = 0
  for (let along = from; along < to; along += 1) {
    length = hasInk(trace, along, ink) ? length + 1 : 0
    longest = Math.max(longest, length)
  }
  return longest
}

function hasInk(trace: RulingTrace, along: number, { width, height, data }: BitImage): boolean {
  const middle = Math.floor(traceAt(trace, along))
  const isRow = trace.orientation === 'horizontal'
  for (let across = middle - 1; across <= middle + 1; across += 1) {
    if (across < 0 || across >= (isRow ? height : width)) continue
    if (data[isRow ? across * width + along : along * width + across] === 1) return true
  }
  return false
}
