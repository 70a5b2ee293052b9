import { type RulingTrace, type Stretch, traceAt } from './find-rulings.ts'
import { cellAt, ownersOfUnits, type ScanTable } from './grid.ts'
import type { UprightPage } from './image.ts'
import { type Components, firstRuns, labelComponents } from './label-components.ts'

/** A connected mark of ink that is no ruling. `index` is its number in `PageMarks.components`. */
export interface Mark {
  readonly index: number
  readonly x0: number
  readonly top: number
  readonly x1: number
  readonly bottom: number
  readonly area: number
}

/**
 * All ink of a page without the rulings of its tables: its runs in `components`, those of row y from `firstRun[y]` on
 * (see `firstRuns`). `rulings` is 1 on rulings. `inCells[t][c]` are the marks of cell c of table t, `outside` those
 * in no table. A mark belongs to one place as a whole: nothing is ever cut at a cell's border.
 */
export interface PageMarks {
  readonly components: Components
  readonly firstRun: Int32Array
  readonly rulings: Uint8Array
  readonly inCells: readonly (readonly (readonly Mark[])[])[]
  readonly outside: readonly Mark[]
}

/** `rules` are rulings that belong to none of the tables. */
export function findMarks(
  page: UprightPage,
  tables: readonly ScanTable[],
  rules: readonly RulingTrace[] = [],
): PageMarks {
  const { width, height, data } = page.structure
  const rulings = new Uint8Array(width * height)
  const ink = new Uint8Array(data)
  const paint = (trace: RulingTrace, print: readonly Stretch[] = []) =>
    paintTrace(rulings, ink, width, height, trace, print)
  for (const { traces, printOnTraces } of tables) for (const trace of traces) paint(trace, printOnTraces?.get(trace))
  for (const trace of rules) paint(trace)
  const components = labelComponents({ width, height, data: ink })
  const firstRun = firstRuns(components.runY)
  return { components, firstRun, rulings, ...sortIntoCells(components, tables, rulings, width) }
}

/** Sets the pixels of a ruling in `rulings`, and takes them out of `ink`, but for those of `print`. */
function paintTrace(
  rulings: Uint8Array,
  ink: Uint8Array,
  width: number,
  height: number,
  trace: RulingTrace,
  print: readonly Stretch[],
): void {
  const half = trace.thickness / 2 + 1.2
  const isRow = trace.orientation === 'horizontal'
  const limit = isRow ? height : width
  for (let along = Math.max(0, trace.start - 2); along < Math.min(isRow ? width : height, trace.end + 2); along++) {
    if (print.some(([start, end]) => along >= start && along < end)) continue
    const middle = traceAt(trace, along)
    const from = Math.max(0, Math.floor(middle - half))
    const to = Math.min(limit - 1, Math.ceil(middle + half) - 1)
    for (let across = from; across <= to; across++) {
      const i = isRow ? across * width + along : along * width + across
      rulings[i] = 1
      ink[i] = 0
    }
  }
}

function sortIntoCells(
  components: Components,
  tables: readonly ScanTable[],
  rulings: Uint8Array,
  width: number,
): Pick<PageMarks, 'inCells' | 'outside'> {
  const inCells = tables.map((table) => table.grid.cells.map((): Mark[] => []))
  const owners = tables.map((table) => ownersOfUnits(table.grid))
  const outside: Mark[] = []
  // Where a page bows, a table's box reaches over print beside it, and its lowest cell beyond the box.
  const ownerOf = (x: number, y: number): Mark[] | undefined => {
    for (const [t, table] of tables.entries()) {
      const cell = cellAt(table, owners[t] ?? new Int32Array(0), x, y)
      if (cell >= 0) return inCells[t]?.[cell]
    }
    return undefined
  }
  for (let index = 0; index < components.count; index++) {
    const mark: Mark = {
      index,
      x0: components.x0[index] as number,
      top: components.top[index] as number,
      x1: components.x1[index] as number,
      bottom: components.bottom[index] as number,
      area: components.area[index] as number,
    }
    if (isRestOfRuling(mark, rulings, width)) continue
    const owner = ownerOf((mark.x0 + mark.x1) / 2, (mark.top + mark.bottom) / 2)
    if (owner === undefined) outside.push(mark)
    else owner.push(mark)
  }
  return { inCells, outside }
}

/** The ragged edge of a ruling: a sliver that lies along one with its whole length. */
function isRestOfRuling({ x0, x1, top, bottom }: Mark, rulings: Uint8Array, width: number): boolean {
  const w = x1 - x0
  const h = bottom - top
  const isOn = (x: number, y: number): boolean => x >= 0 && x < width && rulings[y * width + x] === 1
  const share = (count: number, hit: (k: number) => boolean): number => {
    let hits = 0
    for (let k = 0; k < count; k++) if (hit(k)) hits++
    return hits / count
  }
  const thin = 3
  if (h <= thin && (share(w, (k) => isOn(x0 + k, top - 1)) > 0.8 || share(w, (k) => isOn(x0 + k, bottom)) > 0.8))
    return true
  return w <= thin && (share(h, (k) => isOn(x0 - 1, top + k)) > 0.8 || share(h, (k) => isOn(x1, top + k)) > 0.8)
}
