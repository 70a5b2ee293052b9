import type { Catalogue } from '../model/catalogue.ts'
import { pinyinInitials } from './pinyin-initials.ts'

/** Where a field's values come from: a list, and the fields that an entry's code and name fill. */
export interface FieldScheme {
  readonly scheme: string
  readonly codeField: string | null
  readonly nameField: string | null
}

export interface FoundEntry {
  readonly code: string
  readonly name: string
  readonly edition: string
}

/** Entries of a list that fit what has been typed so far, the best first. */
export type CatalogueSearch = (scheme: string, typed: string, fiscalYear: number | null) => readonly FoundEntry[]

interface IndexedEntry extends FoundEntry {
  readonly initials: string
  readonly isInForce: (fiscalYear: number) => boolean
}

const MOST_FOUND = 8
/** Lower is better. */
const RANKS = {
  codeIs: 0,
  nameIs: 1,
  codeBegins: 2,
  nameBegins: 3,
  initialsAre: 4,
  initialsBegin: 5,
  nameHolds: 6,
  initialsHold: 7,
}

/** Search by code, name and pinyin initials over all catalogues. A scheme is indexed when it is first asked for. */
export function createCatalogueSearch(catalogues: readonly Catalogue[]): CatalogueSearch {
  const indexes = new Map<string, readonly IndexedEntry[]>()

  function indexOf(scheme: string): readonly IndexedEntry[] {
    const known = indexes.get(scheme)
    if (known !== undefined) return known
    const index = catalogues.filter((catalogue) => catalogue.scheme === scheme).flatMap(indexCatalogue)
    indexes.set(scheme, index)
    return index
  }

  return (scheme, typed, fiscalYear) => {
    const text = typed.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()
    if (text === '') return []
    const found = indexOf(scheme).flatMap((entry, place) => {
      const rank = rankOf(entry, text)
      const edition = fiscalYear !== null && !entry.isInForce(fiscalYear) ? 1 : 0
      return rank === null ? [] : [{ entry, place, order: rank * 2 + edition }]
    })
    return found
      .toSorted((a, b) => a.order - b.order || a.entry.name.length - b.entry.name.length || a.place - b.place)
      .slice(0, MOST_FOUND)
      .map(({ entry: { code, name, edition } }) => ({ code, name, edition }))
  }
}

function indexCatalogue({ edition, validFrom, validTo, entries }: Catalogue): readonly IndexedEntry[] {
  const isInForce = (fiscalYear: number) =>
    (validFrom === null || fiscalYear >= validFrom) && (validTo === null || fiscalYear <= validTo)
  return entries.map(({ code, name }) => ({ code, name, edition, isInForce, initials: pinyinInitials(name) }))
}

function rankOf({ code, name, initials }: IndexedEntry, text: string): number | null {
  const [lowerCode, lowerName] = [code.toLowerCase(), name.toLowerCase()]
  if (lowerCode !== '' && lowerCode === text) return RANKS.codeIs
  if (lowerName === text) return RANKS.nameIs
  if (lowerCode.startsWith(text)) return RANKS.codeBegins
  if (lowerName.startsWith(text)) return RANKS.nameBegins
  if (initials === text) return RANKS.initialsAre
  if (initials.startsWith(text)) return RANKS.initialsBegin
  if (lowerName.includes(text)) return RANKS.nameHolds
  return initials.includes(text) ? RANKS.initialsHold : null
}
