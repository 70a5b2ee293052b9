import type { CatalogueEntry } from '../../model/catalogue.ts'
import type { CodeAndName, MatchCandidate } from './code-match.ts'
import type { EditionFacts } from './edition-facts.ts'
import { commonLength, foldText } from './fold-text.ts'
import type { Explanation } from './weigh-explanations.ts'

const MAX_CANDIDATES = 5

/** The entries among the explanations, the likeliest first, each with how far it is what was read. */
export function toCandidates(
  explanations: readonly Explanation[],
  printed: CodeAndName,
  edition: EditionFacts,
): readonly MatchCandidate[] {
  const byEntry = new Map<CatalogueEntry, number>()
  for (const { entry, probability } of explanations) if (entry !== null) byEntry.set(entry, probability)
  return [...byEntry].slice(0, MAX_CANDIDATES).map(([entry, probability]) => ({
    entry,
    probability,
    evidence: `${edition.catalogue.scheme}-${edition.catalogue.edition}: ${describeFit(printed, entry)}`,
  }))
}

/** How much of an entry's code and name is as it was read. */
export function describeFit(printed: CodeAndName, entry: CatalogueEntry): string {
  const words: string[] = []
  if (printed.code !== null && entry.code !== '') words.push(fitOf('code', printed.code, entry.code))
  if (printed.name !== null) words.push(fitOf('name', foldText(printed.name), foldText(entry.name)))
  return words.join(', ')
}

function fitOf(part: string, read: string, truth: string): string {
  return read === truth ? `${part} exact` : `${part} ${commonLength(read, truth)} of ${truth.length} characters as read`
}

/** What a code and a name that are no entry together are, each by itself. */
export function describeParts(
  explanation: Explanation,
  byCode: CatalogueEntry | null,
  byName: CatalogueEntry | null,
): string {
  const code = byCode === null ? `code ${explanation.code} is in no entry` : `code ${byCode.code} is ${byCode.name}`
  const name = byName === null ? `name ${explanation.name} is in no entry` : `name ${byName.name} is ${byName.code}`
  return `${code}; ${name}`
}
