import { groupBy } from '../model/group-by.ts'
import type { Judgement } from '../model/judgement.ts'
import { standingJudgements } from './settle-judgements.ts'

/** Two names of one body, and by how many answers, readings and manifests they were found together. */
export interface ProposedAlias {
  readonly publisher: string
  readonly alias: string
  readonly witnesses: number
}

/** What is known of who published a document: as the manifest has it, and as its own cover does. */
export interface PublisherNames {
  readonly documentId: string
  readonly given: string | null
  readonly own: string | null
}

/** The body itself among its units: 本级, 机关, with or without brackets. */
const OWN_LEVEL = /[（(]?(?:本级|机关)[）)]?$/
/** Once may be a slip. */
const LEAST_WITNESSES = 2
const SHORTEST_NAME = 4

/**
 * Names under which one body goes: those that people found in the columns of units beside the name on the document's cover,
 * and those of manifests beside the cover's. A name that a person confirmed as it was read counts twice: two saw it.
 */
export function proposeAliases(
  judgements: readonly Judgement[],
  documents: readonly PublisherNames[],
): readonly ProposedAlias[] {
  const byDocument = new Map(documents.map((document) => [document.documentId, document]))
  const fromTables = standingJudgements(judgements).flatMap(({ place, value, verdict, batchId }) => {
    const publisher = byDocument.get(place.documentId)?.own ?? byDocument.get(place.documentId)?.given ?? null
    if (place.field !== 'unit_name' || value === null || verdict === 'unreadable') return []
    return toPairs(publisher, value, [batchId, ...(verdict === 'confirmed' ? [`${batchId} as read`] : [])])
  })
  const fromManifests = documents.flatMap(({ documentId, given, own }) =>
    toPairs(given, own ?? '', [`${documentId} manifest`, `${documentId} cover`]),
  )
  return [...groupBy([...fromTables, ...fromManifests], ({ publisher, alias }) => `${publisher}\0${alias}`).values()]
    .flatMap((same): readonly ProposedAlias[] => {
      const [first] = same
      const witnesses = new Set(same.map(({ witness }) => witness)).size
      return first === undefined || witnesses < LEAST_WITNESSES
        ? []
        : [{ publisher: first.publisher, alias: first.alias, witnesses }]
    })
    .toSorted((a, b) => (a.publisher + a.alias < b.publisher + b.alias ? -1 : 1))
}

interface SeenPair {
  readonly publisher: string
  readonly alias: string
  readonly witness: string
}

function toPairs(publisher: string | null, name: string, witnesses: readonly string[]): readonly SeenPair[] {
  if (publisher === null) return []
  const [body, alias] = [publisher.replace(OWN_LEVEL, ''), name.trim().replace(OWN_LEVEL, '')]
  if (body === alias || !isOneBody(body, alias)) return []
  return witnesses.map((witness) => ({ publisher: body, alias, witness }))
}

/**
 * Whether two names may be those of one body: one has all glyphs of the other in their order (教育局, 教育和体育局; 武汉市江汉区财政局,
 * 江汉区财政局) and both end alike. A name that only goes on behind the other is a body under it (财政局国库收付局).
 */
export function isOneBody(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [[...a], [...b]] : [[...b], [...a]]
  if (short.length < SHORTEST_NAME || short.at(-1) !== long.at(-1)) return false
  if (long.slice(0, short.length).join('') === short.join('')) return false
  let at = 0
  for (const glyph of long) if (glyph === short[at]) at += 1
  return at === short.length
}
