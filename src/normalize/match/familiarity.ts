import type { CatalogueEntry } from '../../model/catalogue.ts'
import type { MatchContext } from './code-match.ts'
import type { EditionFacts } from './edition-facts.ts'

/** A sighting elsewhere in the document is worth this much, in nats, and more sightings a little more. */
const SEEN_ONCE = 1.5
const SEEN_MOST = 4
/** Doubtful sightings count by their probability; less than half a sighting is none. */
const HALF = 0.5
const SIBLING_ONCE = 1
const SIBLINGS_MOST = 3

/**
 * What earlier sightings in the document speak for an entry, in nats: sightings of itself, or of its siblings under the
 * same parent, because a department stays within its own branches.
 */
export function createFamiliarity(
  { seenInDocument }: MatchContext,
  { byCode }: EditionFacts,
): (entry: CatalogueEntry) => number {
  if (seenInDocument === undefined || seenInDocument.size === 0) return () => 0
  const parents = new Map<string, number>()
  for (const [code, times] of seenInDocument) {
    const parent = byCode.get(code)?.parent ?? ''
    if (parent !== '') parents.set(parent, (parents.get(parent) ?? 0) + times)
  }
  return (entry) => {
    const own = seenInDocument.get(entry.code === '' ? entry.name : entry.code) ?? 0
    const siblings = parents.get(entry.parent) ?? 0
    const bySelf = own < HALF ? 0 : Math.min(SEEN_MOST, SEEN_ONCE + Math.log(own))
    const bySiblings = siblings < HALF ? 0 : Math.min(SIBLINGS_MOST, SIBLING_ONCE + Math.log(siblings))
    return Math.max(bySelf, bySiblings)
  }
}
