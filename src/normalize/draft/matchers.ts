import type { Catalogue, CatalogueEntry } from '../../model/catalogue.ts'
import type { Dictionaries } from '../../model/dictionaries.ts'
import type { GlyphConfusion } from '../../model/glyph-confusion.ts'
import { type CatalogueMatcher, createCatalogueMatcher } from '../match/create-catalogue-matcher.ts'
import { createGlyphCosts, type GlyphCosts } from '../match/glyph-costs.ts'

/** Matchers by scheme, made once for a set of dictionaries. */
export interface Matchers {
  /** The matcher of a scheme's catalogues, of one level when given; null where we hold none. */
  of(scheme: string, level?: number): CatalogueMatcher | null
  catalogues(scheme: string): readonly Catalogue[]
  /** A matcher for words that this document itself uses, with those of `scheme` beside them. */
  ofVocabulary(entries: readonly CatalogueEntry[], scheme: string | null, level?: number): CatalogueMatcher
  readonly glyphCosts: GlyphCosts
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

function createMatchers({ catalogues, glyphConfusions }: Dictionaries): Matchers {
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
  const ofVocabulary = (entries: readonly CatalogueEntry[], scheme: string | null, level?: number) => {
    const own = new Set(entries.map(({ name }) => name))
    const others =
      scheme === null ? [] : held(scheme, level).flatMap((each) => each.entries.filter(({ name }) => !own.has(name)))
    return createCatalogueMatcher([vocabulary([...entries, ...others])], glyphConfusions)
  }
  return {
    of,
    catalogues: (scheme) => held(scheme),
    ofVocabulary,
    glyphCosts: createGlyphCosts(glyphConfusions),
    confusionsByGlyph: groupByGlyph(glyphConfusions),
  }
}

function ofLevel(catalogue: Catalogue, level: number): Catalogue {
  return { ...catalogue, entries: catalogue.entries.filter((entry) => entry.level === level) }
}

function vocabulary(entries: readonly CatalogueEntry[]): Catalogue {
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
