import type { GridCell } from '../table/grid.ts'
import { inReadingOrder } from '../table/reading-order.ts'
import { crossesFewRules } from './crosses-few-rules.ts'
import { cellsBesideStrayLines } from './doubt-stray-lines.ts'
import { dropOuterFrame } from './drop-outer-frame.ts'
import { dropProtruding } from './drop-protruding.ts'
import { dropStrangeChains } from './drop-strange-chains.ts'
import { type EdgeJudge, type EdgeScores, edgeJudge, scoreEdges } from './edge-evidence.ts'
import { erasePrint, type WithoutPrint } from './erase-print.ts'
import { fillDashes } from './fill-dashes.ts'
import { findBrokenRulings } from './find-broken-rulings.ts'
import { findComb } from './find-comb.ts'
import { findDashChains } from './find-dash-chains.ts'
import {
  findLostEdges,
  type PrintEvidence,
  printEvidence,
  withFoundEdges,
  witnessBesideFound,
} from './find-lost-edges.ts'
import { findPrintOnTraces } from './find-print-on-traces.ts'
import { findRulings, type RulingTrace } from './find-rulings.ts'
import type { ScanTable } from './grid.ts'
import type { UprightPage } from './image.ts'
import { labelComponents } from './label-components.ts'
import { EDGE_STANDS, type InnerEdges, mergeUnits, type UnitSpan } from './merge-units.ts'
import { isStrokes } from './repeats-strokes.ts'
import { groupRulings, type RulingGroup, type RulingLine } from './ruling-lines.ts'
import { type Bend, fitBend } from './straighten.ts'
import { voteComponentHeight } from './vote-glyph-height.ts'
import { findWhiteCells, type WhiteCells } from './white-cells.ts'
import { agreementOf, doubtfulCells, sharesNothing, whiteWitness, withTieBreak } from './white-witness.ts'

/** Below this share of agreement between the two ways to see cells, the grid is in doubt. */
const AGREEMENT_WANTED = 0.9
/** What a table counts for that only one way can see. */
const BLIND_AGREEMENT = 0.7
/** What is smaller than this many glyphs both ways is a glyph of a title in larger type (田, 国), not a table. */
const SMALLEST_TABLE = 4

/**
 * Finds the ruled tables of a page, top to bottom: rulings from pixels, each cell edge judged on the pixels, checked
 * against the white areas between walls. Frames of one cell and lines that part no cells are left out.
 */
export function findScanTables(page: UprightPage): readonly ScanTable[] {
  const { structure } = page
  const { glyph, rest, traces, print } = traceRulings(page)
  knownRulings.set(page, { glyph, traces })
  const bend = fitBend(traces, structure.width, structure.height)
  const judge = edgeJudge(rest.darkness, bend, glyph)
  const white = findWhiteCells(rest.ink, glyph)
  return inReadingOrder(
    groupRulings(traces, bend, glyph)
      .map((group) => keepTrueLines(group, judge, glyph))
      .filter((group) => !crossesFewRules(group, traces, bend, glyph))
      .flatMap((group) => toTable(group, judge, bend, white, print))
      .map((table) => ({ ...table, printOnTraces: findPrintOnTraces(table, structure, glyph) })),
  )
}

/** The rulings of pages whose tables were looked for: tables without verticals are looked for among the same. */
const knownRulings = new WeakMap<UprightPage, Pick<TracedRulings, 'glyph' | 'traces'>>()

/** Horizontal rulings of a page, tables or not, much longer than print; for tables that have no others. */
export function findHorizontalRules(page: UprightPage): readonly RulingTrace[] {
  const { glyph, traces } = knownRulings.get(page) ?? traceRulings(page)
  return traces.filter(({ orientation, start, end }) => orientation === 'horizontal' && end - start >= 8 * glyph)
}

/** What of a page could be a ruling: `traces` as they lie; `rest` is the page without its print. */
export interface TracedRulings {
  readonly glyph: number
  readonly rest: WithoutPrint
  readonly traces: readonly RulingTrace[]
  readonly print: PrintEvidence
}

/** Sets print aside, draws broken rulings through and follows all that is left. */
export function traceRulings(page: UprightPage): TracedRulings {
  const { darkness, structure } = page
  const components = labelComponents(structure)
  const glyph = voteComponentHeight(components, Math.max(structure.width, structure.height))
  const dashes = dropStrangeChains(findDashChains(structure, components, glyph), darkness)
  const chains = [...dashes, ...findBrokenRulings(structure, components, glyph)]
  const rest = fillDashes(erasePrint(darkness, structure, components, glyph), chains)
  const traces = dropProtruding(findRulings(rest.darkness, glyph), glyph, structure.height)
  return { glyph, rest, traces, print: printEvidence(page, components, glyph) }
}

/** Drops lines that part no two cells anywhere, and the weaker of two that stand closer than print is high. */
function keepTrueLines(group: RulingGroup, judge: EdgeJudge, glyph: number): RulingGroup {
  let current = group
  for (let round = 0; round < 6; round++) {
    if (current.rows.length < 2 || current.columns.length < 2) return current
    const scores = scoreEdges(judge, current)
    const framed = dropOuterFrame(current, scores, glyph)
    if (framed.rows.length < current.rows.length || framed.columns.length < current.columns.length) {
      current = framed
      continue
    }
    const { rows, columns } = current
    const ofColumns = columns.map((_, c) => columnScores(scores, current, c))
    const comb = findComb(ofColumns, rows, glyph)
    const scoresOf = (c: number) => ofColumns[c] ?? []
    const isPrint = (c: number) => !comb[c] && isStrokes(scoresOf(c), ofColumns.toSpliced(c, 1))
    const isTooth = (c: number) => comb[c] === true
    const next = {
      rows: keepLines(rows, columns, (r) => rowScores(scores, current, r), 8 * glyph, 0.8 * glyph, 2.5),
      columns: keepLines(columns, rows, scoresOf, 4.5 * glyph, 0.6 * glyph, 1, isPrint, isTooth),
    }
    if (next.rows.length === current.rows.length && next.columns.length === current.columns.length) return current
    current = next
  }
  return current
}

function rowScores({ rowEdge }: EdgeScores, { columns }: RulingGroup, line: number): number[] {
  return [...rowEdge.subarray(line * (columns.length - 1), (line + 1) * (columns.length - 1))]
}

function columnScores({ columnEdge }: EdgeScores, { rows, columns }: RulingGroup, line: number): number[] {
  return Array.from({ length: rows.length - 1 }, (_, r) => columnEdge[r * columns.length + line] ?? 0)
}

/**
 * `needed` is the unbroken length that no print reaches, tight rows of brackets included; small tables need less.
 * Digits can fill one narrow column from side to side, hardly two: `severalCount` is what several columns count more.
 * `closest` is the distance below which one of two lines must be wrong. What `isSure` needs no length.
 */
function keepLines(
  lines: readonly RulingLine[],
  crossing: readonly RulingLine[],
  scoresOf: (index: number) => readonly number[],
  needed: number,
  closest: number,
  severalCount: number,
  isPrint: (index: number) => boolean = () => false,
  isSure: (index: number) => boolean = () => false,
): readonly RulingLine[] {
  const enough = Math.min(needed, 0.34 * extentOf(crossing))
  const lengths = lines.map((_, i) => unbrokenLength(scoresOf(i), crossing, severalCount))
  const isLong = (i: number) => isSure(i) || (lengths[i] ?? 0) >= enough
  const standing = lines.map((line, i) => line.isVirtual || (isLong(i) && !isPrint(i)))
  return lines.filter((line, i) => {
    if (!standing[i]) return false
    for (const k of [i - 1, i + 1]) {
      const other = lines[k]
      if (other === undefined || !standing[k] || Math.abs(other.position - line.position) >= closest) continue
      const weaker = (lengths[i] ?? 0) - (lengths[k] ?? 0) || i - k
      if (weaker < 0) return false
    }
    return true
  })
}

/** The longest stretch of standing edges of a line, at least one of them beyond doubt; several count `severalCount`-fold. */
function unbrokenLength(scores: readonly number[], crossing: readonly RulingLine[], severalCount: number): number {
  let longest = 0
  let length = 0
  let best = 0
  let edges = 0
  for (const [i, score] of scores.entries()) {
    if (score < EDGE_STANDS) {
      length = 0
      edges = 0
      best = 0
      continue
    }
    edges++
    length += (crossing[i + 1]?.position ?? 0) - (crossing[i]?.position ?? 0)
    best = Math.max(best, score)
    if (best >= EDGE_STANDS + 0.1) longest = Math.max(longest, edges > 1 ? severalCount * length : length)
  }
  return longest
}

function toTable(
  group: RulingGroup,
  judge: EdgeJudge,
  bend: Bend,
  white: WhiteCells,
  print: PrintEvidence,
): readonly ScanTable[] {
  const { rows, columns } = group
  if (rows.length < 2 || columns.length < 2 || rows.length * columns.length < 5) return []
  if (Math.max(extentOf(rows), extentOf(columns)) < SMALLEST_TABLE * print.glyph) return []
  const scores = scoreEdges(judge, group)
  const seen = innerEdges(scores, group)
  const said = whiteWitness(white, bend, group, print.glyph)
  const isBlind = sharesNothing(seen, said)
  const settled = isBlind ? seen : withTieBreak(seen, said)
  const found = findLostEdges(settled, group, bend, print)
  const edges = withFoundEdges(seen, found)
  const witness = witnessBesideFound(said, found)
  const { cells, splits } = mergeUnits(withFoundEdges(settled, found))
  if (cells.length < 2) return []
  const straightRows = rows.map((line) => line.position)
  const straightColumns = columns.map((line) => line.position)
  const gridCells = cells.map((span) => placeCell(span, straightRows, straightColumns, bend))
  const agreement = isBlind ? BLIND_AGREEMENT : agreementOf(cells, edges, witness)
  const decided = decidedness(edges)
  const doubts = [
    ...(agreement < AGREEMENT_WANTED
      ? [`two ways to see cells agree on ${Math.round(100 * agreement)} % of edges`]
      : []),
    ...(splits > 0 ? [`${splits} merged areas were not rectangular`] : []),
  ]
  const traces = [...rows, ...columns].flatMap((line) => line.segments.map((segment) => segment.trace))
  return [
    {
      grid: {
        bbox: tableBox(gridCells),
        columnEdges: straightColumns.map((x) => x + bend.bendX(x, middle(straightRows))),
        rowEdges: straightRows.map((y) => y + bend.bendY(middle(straightColumns), y)),
        cells: gridCells,
      },
      structure: 'pixel-rulings',
      confidence: Math.max(0, decided * agreement * (1 - Math.min(0.5, (3 * splits) / cells.length))),
      doubts,
      doubtfulCells: [
        ...new Set([
          ...doubtfulCells(cells, edges, isBlind ? null : witness, found.doubtfulRows),
          ...cellsBesideStrayLines(cells, edges, group, print.glyph),
        ]),
      ],
      bend,
      straightRows,
      straightColumns,
      traces,
      edges,
      witness: isBlind ? null : witness,
      agreement: isBlind ? null : agreement,
    },
  ]
}

function extentOf(lines: readonly RulingLine[]): number {
  return (lines.at(-1)?.position ?? 0) - (lines[0]?.position ?? 0)
}

function middle(positions: readonly number[]): number {
  return ((positions[0] ?? 0) + (positions.at(-1) ?? 0)) / 2
}

function innerEdges({ rowEdge, columnEdge }: EdgeScores, { rows, columns }: RulingGroup): InnerEdges {
  return {
    rows: rows.length - 1,
    columns: columns.length - 1,
    right: (r, c) => columnEdge[r * columns.length + c + 1] ?? 0,
    below: (r, c) => rowEdge[(r + 1) * (columns.length - 1) + c] ?? 0,
  }
}

/** 1 when every edge is clearly there or clearly not, 0 when all are open. */
function decidedness(edges: InnerEdges): number {
  let sum = 0
  let count = 0
  const add = (score: number): void => {
    sum += Math.min(1, Math.abs(score - 0.55) / 0.3)
    count++
  }
  for (let r = 0; r < edges.rows; r++) {
    for (let c = 0; c < edges.columns; c++) {
      if (c + 1 < edges.columns) add(edges.right(r, c))
      if (r + 1 < edges.rows) add(edges.below(r, c))
    }
  }
  return count === 0 ? 0 : sum / count
}

function placeCell(span: UnitSpan, rows: readonly number[], columns: readonly number[], bend: Bend): GridCell {
  const x0 = columns[span.column] ?? 0
  const x1 = columns[span.columnEnd] ?? 0
  const top = rows[span.row] ?? 0
  const bottom = rows[span.rowEnd] ?? 0
  const x = (x0 + x1) / 2
  const y = (top + bottom) / 2
  return {
    row: span.row,
    column: span.column,
    rowSpan: span.rowEnd - span.row,
    columnSpan: span.columnEnd - span.column,
    bbox: {
      x0: x0 + bend.bendX(x0, y),
      top: top + bend.bendY(x, top),
      x1: x1 + bend.bendX(x1, y),
      bottom: bottom + bend.bendY(x, bottom),
    },
  }
}

function tableBox(cells: readonly GridCell[]): ScanTable['grid']['bbox'] {
  return {
    x0: Math.min(...cells.map((cell) => cell.bbox.x0)),
    top: Math.min(...cells.map((cell) => cell.bbox.top)),
    x1: Math.max(...cells.map((cell) => cell.bbox.x1)),
    bottom: Math.max(...cells.map((cell) => cell.bbox.bottom)),
  }
}
