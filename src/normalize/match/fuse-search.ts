import Fuse from 'fuse.js'
import type { CatalogueEntry } from '../../model/catalogue.ts'

const THRESHOLD = 0.6
const LONGEST = 32

/**
 * Numbers of the entries whose names are nearest to `foldedName` by fuse.js, best first. A last resort of retrieval: it
 * is slow, and its similarity must never decide (a part of a name scores as well as the whole).
 */
export function createNameSearch(
  entries: readonly CatalogueEntry[],
  foldedName: (entry: CatalogueEntry) => string,
): (text: string, limit: number) => readonly number[] {
  let search: ((text: string, limit: number) => readonly number[]) | null = null
  return (text, limit) => {
    search ??= createSearch(entries.map(foldedName))
    return search(text, limit)
  }
}

/**
 * Places of the names that are nearest to a text, best first. fuse.js allows so many errors a character of the text and compares every
 * name: only those are shown to it that hold as many of the characters as must be right, which leaves its answer the same.
 */
export function createSearch(names: readonly string[]): (text: string, limit: number) => readonly number[] {
  const holders = new Map<string, number[]>()
  for (const [place, name] of names.entries()) {
    for (const character of new Set(name.toLowerCase().split(''))) {
      const known = holders.get(character)
      if (known === undefined) holders.set(character, [place])
      else known.push(place)
    }
  }
  return (text, limit) => {
    const pattern = text.slice(0, LONGEST).toLowerCase()
    const held = new Uint8Array(names.length)
    for (const character of pattern.split('')) {
      for (const place of holders.get(character) ?? []) held[place] = (held[place] ?? 0) + 1
    }
    const wanted = pattern.length - Math.floor(THRESHOLD * pattern.length)
    const places = [...names.keys()].filter((place) => (held[place] ?? 0) >= wanted)
    const fuse = new Fuse(
      places.map((place) => names[place] ?? ''),
      { threshold: THRESHOLD, ignoreLocation: true },
    )
    return fuse.search(pattern, { limit }).flatMap(({ refIndex }) => places[refIndex] ?? [])
  }
}
