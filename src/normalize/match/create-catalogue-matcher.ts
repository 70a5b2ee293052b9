import type { Catalogue, CatalogueEntry } from '../../model/catalogue.ts'
import type { GlyphConfusion } from '../../model/glyph-confusion.ts'
import { chooseEdition } from './choose-edition.ts'
import type { CodeAndName, CodeMatch, MatchContext, MatchQuery } from './code-match.ts'
import { createEditionFacts, type EditionFacts } from './edition-facts.ts'
import { foldText, withoutRemark } from './fold-text.ts'
import { createGlyphCosts } from './glyph-costs.ts'
import { matchDamagedText } from './match-damaged-text.ts'
import { matchTrustedText } from './match-trusted-text.ts'

export interface CatalogueMatcher {
  /** What the readings of one code, name, or cell with both are. */
  match(query: MatchQuery, context: MatchContext): CodeMatch
  /**
   * Matches a column twice: entries that were certain in some rows make the same entries likelier in the doubtful ones,
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
      context.origin === 'text' ? matchTrustedText(query, facts) : matchDamagedText(query, context, facts, costs)
    if (result.kind === 'exact') return result
    const others = catalogues.filter((other) => other !== catalogue).map(factsOf)
    return { ...result, otherEdition: findPair(result.printed, others) }
  }

  function matchColumn(queries: readonly MatchQuery[], context: MatchContext): readonly CodeMatch[] {
    const first = queries.map((query) => match(query, context))
    if (context.origin === 'text') return first
    const seen = new Map(context.seenInDocument)
    for (const result of first) {
      if (result.kind !== 'exact' && result.kind !== 'restored') continue
      const key = keyOf(result.entry)
      seen.set(key, (seen.get(key) ?? 0) + 1)
    }
    const informed = { ...context, seenInDocument: seen }
    return first.map((result, at) => {
      const query = queries[at]
      const isSettled = result.kind === 'exact' || result.kind === 'restored'
      return isSettled || query === undefined ? result : match(query, informed)
    })
  }

  return { match, matchColumn }
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
