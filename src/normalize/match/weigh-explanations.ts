import type { CatalogueEntry } from '../../model/catalogue.ts'
import type { BackgroundCosts } from './background-cost.ts'
import { type CostTable, createCostTable } from './cost-table.ts'
import { commonLength } from './fold-text.ts'
import type { ObservedQuery } from './observed-text.ts'

/** What may have been printed: an entry, code and name of two entries, or something that the catalogue does not have. */
export interface Explanation {
  readonly code: string
  /** Folded. */
  readonly name: string
  /** The entry that has both this code and this name; null for every other explanation. */
  readonly entry: CatalogueEntry | null
  /** 0 to 1, over all explanations. */
  readonly probability: number
  /** False where a reader's posteriors hardly hold its glyphs for possible. */
  readonly isShown: boolean
}

export interface ExplanationSetting {
  /** How many entries the catalogue has. */
  readonly catalogueSize: number
  readonly isComplete: boolean
  readonly background: BackgroundCosts
  readonly foldedName: (entry: CatalogueEntry) => string
  /** What sightings elsewhere in the document speak for an entry, in nats. */
  readonly familiarity: (entry: CatalogueEntry) => number
}

/** Texts as printed that the catalogue may not have: what the reader saw, taken at its word. */
export interface PrintedTexts {
  readonly codes: readonly string[]
  /** Folded. */
  readonly names: readonly string[]
}

/* Prior costs in nats. Publishers export these tables from a system: slips are rare, their own wording less so. */
const UNLISTED = { complete: 4, partial: 2 }
const SLIP = 7
const OWN_WORDING = 5
const NEIGHBOUR = { open: 2.5, perGlyph: 3 }
const PART_NOT_PRINTED = 7
/** Costs are cruder than they look: flatten the posterior a little. */
const TEMPER = 0.8
const MIXED = 4
/** Entries that cost so much more than the best, in nats, are not looked at further. */
const HOPELESS = 16
/** At most so many are weighed by posteriors, too. */
const WEIGHED_TWICE = 40

/** Probability of every explanation of the readings, the likeliest first. */
export function weighExplanations(
  query: ObservedQuery,
  proposed: { readonly all: readonly CatalogueEntry[]; readonly byCode: readonly CatalogueEntry[] },
  printed: PrintedTexts,
  setting: ExplanationSetting,
): readonly Explanation[] {
  const table = createCostTable(query)
  const lnSize = Math.log(setting.catalogueSize + 1)
  let least = Number.POSITIVE_INFINITY
  const found = new Map<string, WeighedExplanation>()
  const add = (code: string, name: string, entry: CatalogueEntry | null, prior: number) => {
    const key = `${code}\t${name}`
    const cost = found.get(key)?.cost ?? prior + table.cost(code, name, least + HOPELESS - prior)
    if (!found.has(key)) found.set(key, { explanation: { code, name, entry }, isShown: true, prior, cost })
    return cost
  }
  const nameOf = setting.foldedName
  const fairNames: CatalogueEntry[] = []
  const fairCodes = [...proposed.byCode]
  for (const entry of proposed.all) {
    const prior = lnSize - setting.familiarity(entry)
    if (table.isNameAbove(nameOf(entry), least + HOPELESS - prior)) continue
    fairNames.push(entry)
    const cost = add(entry.code, nameOf(entry), entry, prior)
    if (cost <= least + HOPELESS) fairCodes.push(entry)
    least = Math.min(least, cost)
  }

  const codes = table.hasCode ? table.bestCodes(fairCodes, MIXED) : []
  const names = table.hasName ? table.bestNames(fairNames, nameOf, MIXED) : []
  const unlisted = setting.isComplete ? UNLISTED.complete : UNLISTED.partial
  const near = (a: string, b: string) =>
    NEIGHBOUR.open + NEIGHBOUR.perGlyph * (Math.max(a.length, b.length) - commonLength(a, b))
  for (const byCode of codes) {
    for (const byName of names)
      add(byCode.code, nameOf(byName), null, lnSize + SLIP + Math.min(lnSize, near(byCode.code, byName.code)))
    for (const name of printed.names) {
      const { nameCost, wordingCost } = setting.background
      const wording = Math.min(nameCost(name), wordingCost(name, nameOf(byCode)))
      add(byCode.code, name, null, lnSize + OWN_WORDING + wording)
    }
  }
  for (const code of table.hasCode ? printed.codes : []) {
    const codeCost = setting.background.codeCost(code)
    for (const byName of names)
      add(code, nameOf(byName), null, lnSize + SLIP + Math.min(codeCost, near(code, byName.code)))
    for (const name of printed.names) add(code, name, null, unlisted + codeCost + setting.background.nameCost(name))
    if (!table.hasName || table.mayLackPart)
      add(code, '', null, unlisted + codeCost + (table.hasName ? PART_NOT_PRINTED : 0))
  }
  if (!table.hasCode || table.mayLackPart) {
    for (const name of printed.names) {
      add('', name, null, unlisted + setting.background.nameCost(name) + (table.hasCode ? PART_NOT_PRINTED : 0))
    }
  }
  return toProbabilities(weighByPosteriors([...found.values()], table))
}

interface WeighedExplanation {
  readonly explanation: Pick<Explanation, 'code' | 'name' | 'entry'>
  readonly isShown: boolean
  readonly prior: number
  readonly cost: number
}

/** The explanations that the texts leave possible, weighed again by all that the readers held for possible. */
function weighByPosteriors(
  weighed: readonly WeighedExplanation[],
  { costByPosteriors }: CostTable,
): readonly WeighedExplanation[] {
  if (costByPosteriors === null) return weighed
  const least = weighed.reduce((lowest, { cost }) => Math.min(lowest, cost), Number.POSITIVE_INFINITY)
  return weighed
    .filter(({ cost }) => cost <= least + HOPELESS)
    .toSorted((a, b) => a.cost - b.cost)
    .slice(0, WEIGHED_TWICE)
    .map((each) => {
      const { cost, isShown } = costByPosteriors(each.explanation.code, each.explanation.name)
      return { ...each, cost: each.prior + cost, isShown }
    })
}

function toProbabilities(weighed: readonly WeighedExplanation[]): readonly Explanation[] {
  const sorted = [...weighed].sort((a, b) => a.cost - b.cost)
  const least = sorted[0]?.cost ?? 0
  const masses = sorted.map(({ cost }) => Math.exp(-TEMPER * (cost - least)))
  const sum = masses.reduce((total, mass) => total + mass, 0)
  return sorted.map(({ explanation, isShown }, at) => ({
    ...explanation,
    isShown,
    probability: (masses[at] ?? 0) / sum,
  }))
}
