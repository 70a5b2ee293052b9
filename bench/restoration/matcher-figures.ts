import { type FoundLine, readFacts } from '../../samples/facts/read-facts.ts'
import type { Catalogue } from '../../src/model/catalogue.ts'
import type { Dictionaries } from '../../src/model/dictionaries.ts'
import { createCatalogueIndex } from '../../src/normalize/match/catalogue-index.ts'
import { createCatalogueMatcher } from '../../src/normalize/match/create-catalogue-matcher.ts'
import { createGlyphCosts } from '../../src/normalize/match/glyph-costs.ts'
import { observeText } from '../../src/normalize/match/observed-text.ts'
import { createRandom } from '../generate/random.ts'
import { type ContenderFigures, cellsPerSecond, createContenders, measureContender } from './compare-matchers.ts'
import { type DamagedCell, damageCell } from './damage-cells.ts'

/** Cells damaged alike, and how every contender did on them. */
export interface ComparedSet {
  readonly name: string
  readonly contenders: readonly ContenderFigures[]
  /** How often the truth is among the entries that retrieval proposes. */
  readonly recall: { readonly found: number; readonly cells: number }
}

/** Speed of the matcher alone, in cells a second of one core. */
export interface MatcherSpeed {
  readonly exact: number
  /** Damaged cells against a part of the catalogue, by its size. */
  readonly bySize: readonly { readonly entries: number; readonly cellsPerSecond: number }[]
}

const RATES = [0.05, 0.15, 0.3]
const SEED = 4301
/** As many entries as the matcher has proposed to itself. */
const PROPOSALS = 24
const READER = 'untrusted-text-layer'

/** The newest catalogue of procurement items. */
export function itemCatalogue({ catalogues }: Dictionaries): Catalogue {
  const newest = catalogues
    .filter(({ scheme }) => scheme === 'procurement')
    .toSorted((a, b) => b.edition.localeCompare(a.edition))[0]
  if (newest === undefined) throw new RangeError('no catalogue of items')
  return newest
}

/** Cells of the items, `count` at each rate of damage, and the 14 of the founding document's garbled layer. */
export function damagedSets(
  catalogue: Catalogue,
  count: number,
): readonly (readonly [string, readonly DamagedCell[]])[] {
  const made = RATES.map((rate) => {
    const random = createRandom(SEED).fork(String(rate))
    const cells = Array.from({ length: count }, () => damageCell(random.pick(catalogue.entries), rate, random))
    return [`${rate * 100} % of the glyphs damaged`, cells] as const
  })
  const byCode = new Map(catalogue.entries.map((entry) => [entry.code, entry]))
  const founding = readFacts<readonly FoundLine[]>('founding-procurement').flatMap(({ fields, layer }) => {
    const truth = byCode.get(fields.item_code ?? '')
    const column = layer.findIndex((texts) => /^[[I]/.test(texts[0] ?? ''))
    return truth === undefined ? [] : [{ text: (layer[column] ?? []).join(''), truth }]
  })
  return [...made, ['founding document, garbled layer', founding]]
}

/** Lets the matcher, fuse.js alone and Levenshtein alone answer the same cells. */
export function compareMatchers(dictionaries: Dictionaries, count: number): readonly ComparedSet[] {
  const catalogue = itemCatalogue(dictionaries)
  const contenders = createContenders(catalogue, dictionaries.glyphConfusions)
  const costs = createGlyphCosts(dictionaries.glyphConfusions)
  const index = createCatalogueIndex(catalogue.entries, costs)
  return damagedSets(catalogue, count).map(([name, cells]) => {
    const found = cells.filter(({ text, truth }) => {
      const observed = [observeText({ reader: READER, text }, costs)]
      return index.propose(observed, observed, PROPOSALS).all.some((number) => catalogue.entries[number] === truth)
    })
    const measured = contenders.map((contender) => measureContender(contender, cells))
    return { name, contenders: measured, recall: { found: found.length, cells: cells.length } }
  })
}

/** How fast the matcher is: on cells that two readers read exactly, and on damaged ones against catalogues of several sizes. */
export function measureMatcherSpeed(dictionaries: Dictionaries, count: number): MatcherSpeed {
  const catalogue = itemCatalogue(dictionaries)
  const { glyphConfusions } = dictionaries
  const matcher = createCatalogueMatcher([catalogue], glyphConfusions)
  const printed = catalogue.entries.map(({ code, name }) => `[${code}]${name}`)
  const readTwice = (text: string) => {
    const combined = [{ reader: 'paddle', text } as const, { reader: 'tesseract', text } as const]
    matcher.match({ combined }, { fiscalYear: null, origin: 'ocr' })
  }
  const random = createRandom(SEED)
  const bySize = [4, 2, 1].map((share) => {
    const entries = random.sample(catalogue.entries, Math.floor(catalogue.entries.length / share))
    const [own] = createContenders({ ...catalogue, entries }, glyphConfusions)
    const cells = Array.from({ length: count }, () => damageCell(random.pick(entries), RATES[1] ?? 0, random).text)
    const answer = (text: string) => own?.answer(text)
    cells.forEach(answer)
    return { entries: entries.length, cellsPerSecond: cellsPerSecond(cells, answer) }
  })
  printed.forEach(readTwice)
  return { exact: cellsPerSecond(printed, readTwice), bySize }
}
