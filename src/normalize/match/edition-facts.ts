import type { Catalogue, CatalogueEntry } from '../../model/catalogue.ts'
import { type BackgroundCosts, createBackgroundCosts } from './background-cost.ts'
import { type CatalogueIndex, createCatalogueIndex } from './catalogue-index.ts'
import { foldText } from './fold-text.ts'
import { createNameSearch } from './fuse-search.ts'
import type { GlyphCosts } from './glyph-costs.ts'

/** One edition of a scheme, made ready for matching. */
export interface EditionFacts {
  readonly catalogue: Catalogue
  readonly byCode: ReadonlyMap<string, CatalogueEntry>
  /** By folded name; a name may belong to several entries. */
  readonly byName: ReadonlyMap<string, readonly CatalogueEntry[]>
  readonly foldedName: (entry: CatalogueEntry) => string
  readonly background: BackgroundCosts
  readonly index: CatalogueIndex
  readonly searchNames: (text: string, limit: number) => readonly number[]
}

export function createEditionFacts(catalogue: Catalogue, costs: GlyphCosts): EditionFacts {
  const folded = new Map<CatalogueEntry, string>(catalogue.entries.map((entry) => [entry, foldText(entry.name)]))
  const foldedName = (entry: CatalogueEntry) => folded.get(entry) ?? foldText(entry.name)
  const byName = new Map<string, CatalogueEntry[]>()
  for (const entry of catalogue.entries) {
    const name = foldedName(entry)
    const known = byName.get(name)
    if (known === undefined) byName.set(name, [entry])
    else known.push(entry)
  }
  return {
    catalogue,
    byCode: new Map(catalogue.entries.filter(({ code }) => code !== '').map((entry) => [entry.code, entry])),
    byName,
    foldedName,
    background: createBackgroundCosts(catalogue, catalogue.entries.map(foldedName)),
    index: createCatalogueIndex(catalogue.entries, costs),
    searchNames: createNameSearch(catalogue.entries, foldedName),
  }
}
