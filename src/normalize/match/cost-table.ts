import type { CatalogueEntry } from '../../model/catalogue.ts'
import { alignCode, alignName, leastCodeCost } from './align-text.ts'
import type { ObservedQuery, ObservedText } from './observed-text.ts'

/** What the readings of one value cost, in nats, under any code with any name. */
export interface CostTable {
  readonly hasCode: boolean
  readonly hasName: boolean
  /** Whether code and name share a cell, so that one of them may not have been printed. */
  readonly mayLackPart: boolean
  /** '' for a part that was not printed. Above `limit` the result may be too low, but not below the limit. */
  cost(code: string, foldedName: string, limit?: number): number
  /** The same, with the posteriors of the readers that give them in the place of their texts; null where none does. */
  costByPosteriors: ((code: string, foldedName: string) => PosteriorCost) | null
  /** Whether the name alone, whatever the code, already costs more than `limit`. */
  isNameAbove(foldedName: string, limit: number): boolean
  /** Entries whose code, with whatever name, costs least; one for each code. */
  bestCodes(candidates: readonly CatalogueEntry[], limit: number): readonly CatalogueEntry[]
  bestNames(
    candidates: readonly CatalogueEntry[],
    foldedName: (entry: CatalogueEntry) => string,
    limit: number,
  ): readonly CatalogueEntry[]
}

/** A cost with posteriors in it; `isShown`: whether they hold the glyphs for possible at all, whatever else is even less likely. */
export interface PosteriorCost {
  readonly cost: number
  readonly isShown: boolean
}

/** What posteriors may cost, in nats, of a text that the pixels show: of 920 that were restored rightly three cost more. */
const SHOWN = { open: 2, perGlyph: 0.8 }

/**
 * Aligns each code and each name once with each reading; where they share a cell, the border between them is free, so
 * any code can be weighed with any name.
 */
export function createCostTable(query: ObservedQuery): CostTable {
  const codeReadings = [...query.code, ...query.combined]
  const nameReadings = [...query.name, ...query.combined]
  const separateCodes = query.code.length
  const separateNames = query.name.length
  const codeColumns = new Map<string, Float64Array[]>()
  const nameColumns = new Map<string, Float64Array[]>()

  const floors = query.combined.map(leastCodeCost)

  function codeColumnAt(code: string, at: number, limit?: number): Float64Array {
    const columns = remember(codeColumns, code, () => [])
    const reading = codeReadings[at]
    if (reading === undefined) throw new RangeError(`no reading ${at}`)
    const known = columns[at] ?? (code === '' ? onlyAt(reading, 0) : alignCode(reading, code, limit))
    columns[at] = known
    return known
  }

  function codeColumn(code: string): readonly Float64Array[] {
    return codeReadings.map((_, at) => codeColumnAt(code, at))
  }

  function nameColumnAt(name: string, at: number, limit?: number): Float64Array {
    const columns = remember(nameColumns, name, () => [])
    const reading = nameReadings[at]
    if (reading === undefined) throw new RangeError(`no reading ${at}`)
    const known =
      columns[at] ?? (name === '' ? onlyAt(reading, reading.glyphs.length) : alignName(reading, name, limit))
    columns[at] = known
    return known
  }

  function nameColumn(name: string): readonly Float64Array[] {
    return nameReadings.map((_, at) => nameColumnAt(name, at))
  }

  function cost(code: string, name: string, limit = Number.POSITIVE_INFINITY): number {
    let sum = 0
    for (const [at, reading] of query.code.entries()) {
      sum += reading.weight * (codeColumnAt(code, at)[reading.glyphs.length] ?? 0)
    }
    for (const [at, reading] of query.name.entries()) sum += reading.weight * (nameColumnAt(name, at)[0] ?? 0)
    for (const [at, reading] of query.combined.entries()) {
      if (sum > limit) return sum
      const before = codeColumnAt(code, separateCodes + at, (limit - sum) / reading.weight)
      sum += reading.weight * cheapestBorder(before, nameColumnAt(name, separateNames + at))
    }
    return sum
  }

  function costByPosteriors(code: string, name: string): PosteriorCost {
    const parts = [
      ...query.code.map((reading, at) => ({
        reading,
        aligned: codeColumnAt(code, at)[reading.glyphs.length] ?? 0,
        posterior: reading.posteriors?.cost(code, '') ?? null,
        glyphs: code.length,
      })),
      ...query.name.map((reading, at) => ({
        reading,
        aligned: nameColumnAt(name, at)[0] ?? 0,
        posterior: reading.posteriors?.cost('', name) ?? null,
        glyphs: name.length,
      })),
      ...query.combined.map((reading, at) => ({
        reading,
        aligned: cheapestBorder(codeColumnAt(code, separateCodes + at), nameColumnAt(name, separateNames + at)),
        posterior: reading.posteriors?.cost(code, name) ?? null,
        glyphs: code.length + name.length,
      })),
    ]
    let [cost, posteriorCost, glyphs] = [0, 0, 0]
    for (const { reading, aligned, posterior, glyphs: own } of parts) {
      cost += reading.weight * (posterior === null ? aligned : eitherCost(posterior, aligned))
      posteriorCost += posterior ?? 0
      glyphs += posterior === null ? 0 : own
    }
    return { cost, isShown: posteriorCost <= SHOWN.open + SHOWN.perGlyph * glyphs }
  }

  /** Stops at the first reading that settles it, and forgets its column, which may be cut short: most names are out after one. */
  function isNameAbove(name: string, limit: number): boolean {
    let sum = 0
    for (const [at, reading] of nameReadings.entries()) {
      const own = nameColumnAt(name, at, (limit - sum) / reading.weight)
      const floor = floors[at - separateNames]
      sum += reading.weight * (floor === undefined ? (own[0] ?? 0) : cheapestBorder(floor, own))
      if (sum > limit) {
        nameColumns.delete(name)
        return true
      }
    }
    return false
  }

  function bestCodes(candidates: readonly CatalogueEntry[], limit: number): readonly CatalogueEntry[] {
    const rest = lowest(nameColumns, nameReadings)
    const entries = [...new Map(candidates.map((entry) => [entry.code, entry])).values()]
    return cheapest(entries, limit, ({ code }) => {
      const column = codeColumn(code)
      return partCost(codeReadings, separateCodes, column, rest.slice(separateNames), (r) => r.glyphs.length)
    })
  }

  function bestNames(
    candidates: readonly CatalogueEntry[],
    foldedName: (entry: CatalogueEntry) => string,
    limit: number,
  ): readonly CatalogueEntry[] {
    const rest = lowest(codeColumns, codeReadings)
    const entries = [...new Map(candidates.map((entry) => [foldedName(entry), entry])).values()]
    return cheapest(entries, limit, (entry) => {
      const column = nameColumn(foldedName(entry))
      return partCost(nameReadings, separateNames, column, rest.slice(separateCodes), () => 0)
    })
  }

  return {
    hasCode: codeReadings.length > 0,
    hasName: nameReadings.length > 0,
    mayLackPart: query.combined.length > 0,
    cost,
    costByPosteriors: [...codeReadings, ...nameReadings].some((reading) => reading.posteriors !== null)
      ? costByPosteriors
      : null,
    isNameAbove,
    bestCodes,
    bestNames,
  }
}

/** Damage that a network's posteriors do not foresee (one glyph for three digits) is left to the model of damage. */
const UNFORESEEN = 0.05

function eitherCost(posterior: number, aligned: number): number {
  return -Math.log((1 - UNFORESEEN) * Math.exp(-posterior) + UNFORESEEN * Math.exp(-aligned) + 1e-300)
}

function partCost(
  readings: readonly ObservedText[],
  separate: number,
  column: readonly Float64Array[],
  rest: readonly Float64Array[],
  endOf: (reading: ObservedText) => number,
): number {
  let sum = 0
  for (const [at, reading] of readings.entries()) {
    const own = column[at]
    const other = rest[at - separate]
    if (own === undefined) continue
    sum += reading.weight * (other === undefined ? (own[endOf(reading)] ?? 0) : cheapestBorder(own, other))
  }
  return sum
}

const NO_COSTS = new Float64Array(0)

/** Per reading and border: the least cost that any part aligned so far leaves for the other side. */
function lowest(
  columns: ReadonlyMap<string, readonly Float64Array[]>,
  readings: readonly ObservedText[],
): readonly Float64Array[] {
  return readings.map(({ glyphs }, at) => {
    const least = new Float64Array(glyphs.length + 1).fill(Number.POSITIVE_INFINITY)
    for (const column of columns.values()) {
      const costs = column[at] ?? NO_COSTS
      for (let border = 0; border < costs.length; border += 1) {
        const cost = costs[border] ?? 0
        if (cost < (least[border] ?? 0)) least[border] = cost
      }
    }
    return least
  })
}

function cheapestBorder(before: Float64Array, after: Float64Array): number {
  let least = Number.POSITIVE_INFINITY
  for (let border = 0; border < before.length; border += 1) {
    const sum = (before[border] ?? 0) + (after[border] ?? 0)
    if (sum < least) least = sum
  }
  return least
}

function onlyAt({ glyphs }: ObservedText, border: number): Float64Array {
  const column = new Float64Array(glyphs.length + 1).fill(Number.POSITIVE_INFINITY)
  column[border] = 0
  return column
}

function cheapest<Item>(items: readonly Item[], limit: number, costOf: (item: Item) => number): readonly Item[] {
  return items
    .map((item) => ({ item, cost: costOf(item) }))
    .sort((a, b) => a.cost - b.cost)
    .slice(0, limit)
    .map(({ item }) => item)
}

function remember<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}
