import type { Catalogue, CatalogueEntry } from '../../model/catalogue.ts'
import type { GlyphConfusion } from '../../model/glyph-confusion.ts'
import { chooseEdition } from './choose-edition.ts'
import type { CodeAndName, CodeMatch, MatchContext, MatchQuery } from './code-match.ts'
import { dropMisreadDash } from './drop-misread-dash.ts'
import { createEditionFacts, type EditionFacts } from './edition-facts.ts'
import { foldText, withoutRemark } from './fold-text.ts'
import { createGlyphCosts } from './glyph-costs.ts'
import { matchDamagedText } from './match-damaged-text.ts'
import { matchTrustedText } from './match-trusted-text.ts'
import { putCodeFirst } from './put-code-first.ts'

const EXTRA_PASSES = 2

export interface CatalogueMatcher {
  /** What the readings of one code, name, or cell with both are. */
  match(query: MatchQuery, context: MatchContext): CodeMatch
  /**
   * Matches a column several times: entries that were certain in some rows make the same entries likelier in the doubtful ones,
   * because documents repeat their codes. Results in the order of `queries`.
   */
  matchColumn(queries: readonly MatchQuery[], context: MatchContext): readonly CodeMatch[]
}

/**
 * Prepares the editions of ONE scheme for matching. `context.edition` or else the fiscal year chooses among them; an
 * edition is never corrected towards another.
 */
export function createCatalogueMatcher(
  catalogues: readonly Catalogue[],
  confusions: readonly GlyphConfusion[],
): CatalogueMatcher {
  const costs = createGlyphCosts(confusions)
  const prepared = new Map<Catalogue, EditionFacts>()

  function factsOf(catalogue: Catalogue): EditionFacts {
    const known = prepared.get(catalogue) ?? createEditionFacts(catalogue, costs)
    prepared.set(catalogue, known)
    return known
  }

  function match(query: MatchQuery, context: MatchContext): CodeMatch {
    const catalogue =
      catalogues.find(({ edition }) => edition === context.edition) ??
      chooseEdition([], catalogues, context.fiscalYear).catalogue
    const facts = factsOf(catalogue)
    const result =
      context.origin === 'text'
        ? matchTrustedText(query, facts)
        : matchDamagedText(dropMisreadDash(putCodeFirst(query), facts), context, facts, costs)
    if (result.kind === 'exact') return result
    const others = catalogues.filter((other) => other !== catalogue).map(factsOf)
    return { ...result, otherEdition: findPair(result.printed, others) }
  }

  function matchColumn(queries: readonly MatchQuery[], context: MatchContext): readonly CodeMatch[] {
    let results = queries.map((query) => match(query, context))
    for (let pass = 0; context.origin === 'ocr' && pass < EXTRA_PASSES; pass += 1) {
      const sightings = countSightings(results, context)
      const before = results
      results = before.map((result, at) => {
        const query = queries[at]
        if (isSettled(result) || query === undefined) return result
        return match(query, { ...context, seenInDocument: withoutOwn(sightings, result) })
      })
    }
    return results
  }

  return { match, matchColumn }
}

function isSettled(result: CodeMatch): result is Extract<CodeMatch, { kind: 'exact' | 'restored' }> {
  return result.kind === 'exact' || result.kind === 'restored'
}

/** Certain rows count as one sighting, doubtful rows as the probability of each of their candidates. */
function countSightings(results: readonly CodeMatch[], context: MatchContext): ReadonlyMap<string, number> {
  const sightings = new Map(context.seenInDocument)
  for (const result of results) {
    for (const [key, weight] of sightingsOf(result)) sightings.set(key, (sightings.get(key) ?? 0) + weight)
  }
  return sightings
}

/** A row must not confirm itself. */
function withoutOwn(sightings: ReadonlyMap<string, number>, result: CodeMatch): ReadonlyMap<string, number> {
  const others = new Map(sightings)
  for (const [key, weight] of sightingsOf(result)) others.set(key, (others.get(key) ?? 0) - weight)
  return others
}

function sightingsOf(result: CodeMatch): readonly (readonly [string, number])[] {
  if (isSettled(result)) return [[keyOf(result.entry), 1]]
  if (result.kind !== 'ambiguous') return []
  return result.candidates.map(({ entry, probability }) => [keyOf(entry), probability])
}

function keyOf(entry: CatalogueEntry): string {
  return entry.code === '' ? entry.name : entry.code
}

function findPair(
  { code, name }: CodeAndName,
  editions: readonly EditionFacts[],
): { readonly edition: string; readonly entry: CatalogueEntry } | null {
  if (code === null || name === null) return null
  const printed = foldText(name)
  for (const { byCode, foldedName, catalogue } of editions) {
    const entry = byCode.get(foldText(code))
    if (entry === undefined) continue
    const listed = foldedName(entry)
    if (listed === printed || listed === withoutRemark(printed)) return { edition: catalogue.edition, entry }
  }
  return null
}
