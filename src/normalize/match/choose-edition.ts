import type { Catalogue } from '../../model/catalogue.ts'
import { foldText, withoutRemark } from './fold-text.ts'

export interface EditionChoice {
  readonly catalogue: Catalogue
  /** Pairs whose code and name both are in this edition. */
  readonly agreements: number
  readonly reason: string
}

/** So many more agreements must speak for an edition that was not in force in the document's year. */
const LEAD_AGAINST_YEAR = 2

/**
 * The edition of one scheme that a document follows: the one in force in its fiscal year, unless clearly more of its own
 * pairs of code and name belong to another. `catalogues` must not be empty; pairs may be damaged, those just do not count.
 */
export function chooseEdition(
  pairs: readonly { readonly code: string; readonly name: string }[],
  catalogues: readonly Catalogue[],
  fiscalYear: number | null,
): EditionChoice {
  const counted = catalogues.map((catalogue) => ({
    catalogue,
    agreements: countAgreements(pairs, catalogue),
    isInForce: isInForce(catalogue, fiscalYear),
  }))
  const newestFirst = counted.sort((a, b) => (b.catalogue.validFrom ?? 0) - (a.catalogue.validFrom ?? 0))
  const byYear = newestFirst.find((edition) => edition.isInForce) ?? newestFirst[0]
  if (byYear === undefined) throw new RangeError('a scheme without editions')
  const byPairs = newestFirst.reduce((best, edition) => (edition.agreements > best.agreements ? edition : best), byYear)
  if (byPairs.agreements >= byYear.agreements + LEAD_AGAINST_YEAR) {
    const reason = `${byPairs.agreements} pairs of code and name agree, with ${byYear.catalogue.edition} only ${byYear.agreements}`
    return { catalogue: byPairs.catalogue, agreements: byPairs.agreements, reason }
  }
  const reason = byYear.isInForce
    ? `in force in ${fiscalYear ?? 'any year'}`
    : 'the newest; none is known to be in force'
  return { catalogue: byYear.catalogue, agreements: byYear.agreements, reason }
}

export function isInForce({ validFrom, validTo }: Catalogue, fiscalYear: number | null): boolean {
  if (fiscalYear === null) return validTo === null
  return (validFrom ?? fiscalYear) <= fiscalYear && fiscalYear <= (validTo ?? fiscalYear)
}

function countAgreements(pairs: readonly { code: string; name: string }[], { entries }: Catalogue): number {
  if (pairs.length === 0) return 0
  const names = new Map(entries.filter(({ code }) => code !== '').map(({ code, name }) => [code, foldText(name)]))
  return pairs.filter(({ code, name }) => {
    const listed = names.get(foldText(code))
    const printed = foldText(name)
    return listed !== undefined && (listed === printed || listed === withoutRemark(printed))
  }).length
}
