import Fuse from 'fuse.js'
import type { CatalogueEntry } from '../../model/catalogue.ts'

/**
 * Numbers of the entries whose names are nearest to `foldedName` by fuse.js, best first. A last resort of retrieval: it
 * is slow, and its similarity must never decide (a part of a name scores as well as the whole).
 */
export function createNameSearch(
  entries: readonly CatalogueEntry[],
  foldedName: (entry: CatalogueEntry) => string,
): (text: string, limit: number) => readonly number[] {
  let fuse: Fuse<string> | null = null
  return (text, limit) => {
    fuse ??= new Fuse(entries.map(foldedName), { threshold: 0.6, ignoreLocation: true })
    return fuse.search(text.slice(0, 32), { limit }).map(({ refIndex }) => refIndex)
  }
}
