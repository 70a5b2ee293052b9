import type { Catalogue, CatalogueEntry } from '../../model/catalogue.ts'
import type { Dictionaries } from '../../model/dictionaries.ts'
import type { GlyphConfusion } from '../../model/glyph-confusion.ts'
import { type CatalogueMatcher, createCatalogueMatcher } from '../match/create-catalogue-matcher.ts'
import { createGlyphCosts, type GlyphCosts } from '../match/glyph-costs.ts'
import {
  createNearPlaces,
  createPlaceMender,
  createPlaceOfBody,
  type MendPlace,
  type NearPlaces,
  type PlaceOfBody,
} from '../match/mend-place.ts'
import { hanPairs } from '../trusted-words.ts'

/** Matchers by scheme, made once for a set of dictionaries. */
export interface Matchers {
  /** The matcher of a scheme's catalogues, of one level when given; null where we hold none. */
  of(scheme: string, level?: number): CatalogueMatcher | null
  catalogues(scheme: string): readonly Catalogue[]
  /**
   * A matcher for the words of a scheme, those of `level` first, and for `entries` that the document itself prints. A
   * directory of services goes on in the names of the procurement catalogue's services.
   */
  ofVocabulary(entries: readonly CatalogueEntry[], scheme: string, level?: number): CatalogueMatcher
  /** Pairs of neighbouring Han characters that stand in some name of the dictionaries. */
  readonly knownPairs: ReadonlySet<string>
  readonly glyphCosts: GlyphCosts
  /** Mends the name of the place that a body's name begins with. */
  readonly mendPlace: MendPlace
  /** The divisions of the country that a body's name begins with. */
  readonly placeOfBody: PlaceOfBody
  /** Names of bodies with a division in the place of one that is none. */
  readonly nearPlaces: NearPlaces
  /** Other names of a body. */
  readonly aliasesOf: (publisher: string) => readonly string[]
  /** What unreadable glyphs were seen to stand for. */
  readonly confusionsByGlyph: ReadonlyMap<string, readonly GlyphConfusion[]>
}

const known = new WeakMap<Dictionaries, Matchers>()

/** The matchers of a set of dictionaries; the same object for the same set, because preparing a catalogue takes time. */
export function matchersOf(dictionaries: Dictionaries): Matchers {
  const ready = known.get(dictionaries) ?? createMatchers(dictionaries)
  known.set(dictionaries, ready)
  return ready
}

function createMatchers({ catalogues, glyphConfusions, publisherAliases }: Dictionaries): Matchers {
  const byScheme = new Map<string, CatalogueMatcher | null>()
  const held = (scheme: string, level?: number) =>
    catalogues
      .filter((each) => each.scheme === scheme)
      .map((each) => (level === undefined ? each : ofLevel(each, level)))
  const of = (scheme: string, level?: number) => {
    const key = `${scheme}/${level ?? ''}`
    const editions = held(scheme, level)
    const matcher =
      byScheme.get(key) ?? (editions.length === 0 ? null : createCatalogueMatcher(editions, glyphConfusions))
    byScheme.set(key, matcher)
    return matcher
  }
  const glyphCosts = createGlyphCosts(glyphConfusions)
  const vocabularies = new Map<string, CatalogueMatcher>()
  const ofVocabulary = (entries: readonly CatalogueEntry[], scheme: string, level?: number) => {
    const listed = [...(level === undefined ? [] : held(scheme, level)), ...held(scheme)]
    const services = scheme === 'service-directory' ? held('procurement').map(servicesOf) : []
    const others = [...listed, ...services].flatMap((each) => each.entries)
    const names = new Set(others.map(({ name }) => name))
    const key = entries.every(({ name }) => names.has(name)) ? `${scheme}/${level ?? ''}` : null
    const ready = key === null ? undefined : vocabularies.get(key)
    const matcher = ready ?? createCatalogueMatcher([vocabulary([...others, ...entries])], glyphConfusions)
    if (key !== null) vocabularies.set(key, matcher)
    return matcher
  }
  return {
    of,
    catalogues: (scheme) => held(scheme),
    ofVocabulary,
    glyphCosts,
    mendPlace: createPlaceMender(held('admin-division'), glyphCosts),
    placeOfBody: createPlaceOfBody(held('admin-division')),
    nearPlaces: createNearPlaces(held('admin-division')),
    knownPairs: hanPairs(catalogues.flatMap(({ entries }) => entries.map(({ name }) => name))),
    aliasesOf: (publisher) =>
      publisherAliases.flatMap((pair) =>
        pair.publisher === publisher ? [pair.alias] : pair.alias === publisher ? [pair.publisher] : [],
      ),
    confusionsByGlyph: groupByGlyph(glyphConfusions),
  }
}

function ofLevel(catalogue: Catalogue, level: number): Catalogue {
  return { ...catalogue, entries: catalogue.entries.filter((entry) => entry.level === level) }
}

function servicesOf(catalogue: Catalogue): Catalogue {
  return { ...catalogue, entries: catalogue.entries.filter(({ code }) => /^C./.test(code)) }
}

/** A list of names, each once, whatever codes they have elsewhere. */
function vocabulary(all: readonly CatalogueEntry[]): Catalogue {
  const byName = new Map(all.toReversed().map((entry) => [entry.name, { ...entry, code: '' }]))
  const entries = [...byName.values()].toReversed()
  const about = { scheme: 'document', edition: 'document', title: "the document's own words", source: 'the document' }
  return { ...about, validFrom: null, validTo: null, isComplete: false, entries }
}

function groupByGlyph(confusions: readonly GlyphConfusion[]): ReadonlyMap<string, readonly GlyphConfusion[]> {
  const groups = new Map<string, GlyphConfusion[]>()
  for (const confusion of confusions) {
    const group = groups.get(confusion.observed) ?? []
    group.push(confusion)
    groups.set(confusion.observed, group)
  }
  return groups
}
