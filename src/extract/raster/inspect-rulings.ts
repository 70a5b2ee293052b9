import type { InspectedRuling } from '../../model/inspection.ts'
import { type RulingTrace, TRACE_STEP_PX, traceAt } from './find-rulings.ts'
import { traceRulings } from './find-scan-tables.ts'
import type { ScanTable } from './grid.ts'
import type { Darkness, UprightPage } from './image.ts'

/** Paler than this share of the usual ruling of its page, by length, a ruling is called faint. */
const FAINT_SHARE = 0.6
/** A ruling is called bridged when the paper bears no ink on so much of it; ink is at least this share of its strength. */
const BRIDGED_SHARE = 0.05
const INK_SHARE = 0.25

/** Everything that was followed as a ruling, told apart by how it stands on the paper, and the open sides of tables. */
export function inspectRulings(page: UprightPage, tables: readonly ScanTable[]): InspectedRuling[] {
  const { traces } = traceRulings(page)
  const inGrid = new Set(tables.flatMap((table) => table.traces.map(keyOf)))
  const usual = usualStrength(traces)
  const rulings = traces.map((trace): InspectedRuling => {
    const { orientation, thickness, strength } = trace
    const isInGrid = inGrid.has(keyOf(trace))
    return {
      orientation,
      kind: kindOf(trace, page.darkness, usual),
      points: pointsOf(trace),
      thickness,
      strength,
      isInGrid,
    }
  })
  return [...rulings, ...tables.flatMap(openSides)]
}

/** Traces of one page that are found again are the same in every number. */
function keyOf({ orientation, start, end, positions }: RulingTrace): string {
  return [orientation, start, end, positions[0]].join(' ')
}

function usualStrength(traces: readonly RulingTrace[]): number {
  const half = traces.reduce((sum, { start, end }) => sum + end - start, 0) / 2
  let seen = 0
  for (const { start, end, strength } of traces.toSorted((a, b) => a.strength - b.strength)) {
    seen += end - start
    if (seen >= half) return strength
  }
  return 0
}

function kindOf(trace: RulingTrace, darkness: Darkness, usual: number): InspectedRuling['kind'] {
  if (gapShare(trace, darkness) >= BRIDGED_SHARE) return 'bridged'
  return trace.strength < FAINT_SHARE * usual ? 'faint' : 'solid'
}

/** The share of a ruling's length on which the paper bears no ink. */
function gapShare(trace: RulingTrace, { width, height, data, noise }: Darkness): number {
  const reach = Math.ceil(trace.thickness / 2) + 1
  const threshold = Math.max(3 * noise, INK_SHARE * trace.strength)
  const isRow = trace.orientation === 'horizontal'
  const limit = isRow ? height : width
  let gaps = 0
  for (let along = trace.start; along < trace.end; along++) {
    const middle = Math.floor(traceAt(trace, along))
    let darkest = 0
    for (let across = Math.max(0, middle - reach); across <= Math.min(limit - 1, middle + reach); across++) {
      darkest = Math.max(darkest, data[isRow ? across * width + along : along * width + across] ?? 0)
    }
    if (darkest < threshold) gaps++
  }
  return gaps / Math.max(1, trace.end - trace.start)
}

function pointsOf(trace: RulingTrace): [number, number][] {
  const steps = Math.max(1, Math.ceil((trace.end - trace.start) / (8 * TRACE_STEP_PX)))
  return Array.from({ length: steps + 1 }, (_, k) => {
    const along = trace.start + ((trace.end - trace.start) * k) / steps
    const across = traceAt(trace, along)
    return trace.orientation === 'horizontal' ? [along, across] : [across, along]
  })
}

/** Outer edges of a grid on which no ruling lies: the table is open there. */
function openSides({ grid, traces }: ScanTable): InspectedRuling[] {
  const { x0, top, x1, bottom } = grid.bbox
  const reach = 0.02 * Math.max(x1 - x0, bottom - top)
  const isDrawn = (orientation: RulingTrace['orientation'], position: number): boolean =>
    traces.some((trace) => {
      return trace.orientation === orientation && trace.positions.some((at) => Math.abs(at - position) < reach)
    })
  const open = (orientation: RulingTrace['orientation'], points: [number, number][]): InspectedRuling => {
    return { orientation, kind: 'open', points, thickness: 1, strength: 0, isInGrid: true }
  }
  return [
    ...[top, bottom].flatMap((y) => {
      return isDrawn('horizontal', y)
        ? []
        : [
            open('horizontal', [
              [x0, y],
              [x1, y],
            ]),
          ]
    }),
    ...[x0, x1].flatMap((x) => {
      return isDrawn('vertical', x)
        ? []
        : [
            open('vertical', [
              [x, top],
              [x, bottom],
            ]),
          ]
    }),
  ]
}
