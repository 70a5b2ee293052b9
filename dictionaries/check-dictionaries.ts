import { readdirSync } from 'node:fs'
import type { Catalogue, CatalogueEntry } from '../src/model/catalogue.ts'
import type { Dictionaries, PublisherAlias } from '../src/model/dictionaries.ts'
import type { GlyphConfusion } from '../src/model/glyph-confusion.ts'
import { readDictionaries, readManifest } from '../src/store/read-dictionaries.ts'

/** Every fault of the data in `folder`, in words; none for sound data. Files that do not load are one fault. */
export function checkDictionaries(folder: string): readonly string[] {
  try {
    const dictionaries = readDictionaries(folder)
    return [
      ...findUnlistedFiles(folder),
      ...findClashingEditions(dictionaries),
      ...dictionaries.catalogues.flatMap(checkCatalogue),
      ...checkConfusions(dictionaries.glyphConfusions),
      ...checkAliases(dictionaries.publisherAliases),
    ]
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

function findUnlistedFiles(folder: string): string[] {
  const manifest = readManifest(folder)
  const { catalogues, glyphConfusions, publisherAliases } = manifest
  const listed = new Set([...catalogues, ...glyphConfusions, ...publisherAliases].map(({ file }) => file))
  const files = readdirSync(folder).filter((file) => file.endsWith('.csv') && !listed.has(file))
  return files.map((file) => `${file}: not listed in index.json`)
}

function findClashingEditions({ catalogues }: Dictionaries): string[] {
  return catalogues.flatMap((catalogue, index) =>
    catalogues.slice(index + 1).flatMap((other) => {
      if (catalogue.scheme !== other.scheme) return []
      if (catalogue.edition === other.edition) return [`${label(catalogue)}: listed twice`]
      const apart =
        (catalogue.validTo ?? Number.POSITIVE_INFINITY) < (other.validFrom ?? Number.NEGATIVE_INFINITY) ||
        (other.validTo ?? Number.POSITIVE_INFINITY) < (catalogue.validFrom ?? Number.NEGATIVE_INFINITY)
      return apart ? [] : [`${label(catalogue)}: in force at the same time as ${label(other)}`]
    }),
  )
}

function checkCatalogue(catalogue: Catalogue): string[] {
  const faults: string[] = []
  const codes = new Set<string>()
  const paths = new Set<string>()
  for (const entry of catalogue.entries) {
    if (entry.code !== '' && codes.has(entry.code)) faults.push(`code ${entry.code} stands twice`)
    codes.add(entry.code)
    const path = entry.parent === '' ? entry.name : `${entry.parent}/${entry.name}`
    if (entry.code === '' && paths.has(path)) faults.push(`name ${path} stands twice`)
    paths.add(path)
    if (entry.name !== entry.name.trim() || /[\s\uFFFD]/.test(entry.name.replaceAll(' ', '_'))) {
      faults.push(`name of ${entry.code || entry.name} has stray blanks or broken characters`)
    }
    if (!/^[A-Z]?\d*$/.test(entry.code)) faults.push(`code ${entry.code} is not a letter and digits`)
  }
  for (const entry of catalogue.entries) faults.push(...checkParent(entry, codes, paths, catalogue.isComplete))
  if (catalogue.validFrom !== null && catalogue.validTo !== null && catalogue.validFrom > catalogue.validTo) {
    faults.push('in force to a year before it begins')
  }
  return faults.map((fault) => `${label(catalogue)}: ${fault}`)
}

function checkParent(
  entry: CatalogueEntry,
  codes: ReadonlySet<string>,
  paths: ReadonlySet<string>,
  isComplete: boolean,
): string[] {
  if (entry.parent === '') return []
  const known = entry.code === '' ? paths.has(entry.parent) : codes.has(entry.parent)
  return known || !(isComplete || entry.code === '')
    ? []
    : [`parent ${entry.parent} of ${entry.code || entry.name} is missing`]
}

function checkConfusions(confusions: readonly GlyphConfusion[]): string[] {
  return confusions.flatMap(({ observed, truth, source }) => {
    if (observed === truth) return [`confusion ${observed} (${source}): observed and truth are the same`]
    if (observed === '' && truth === '') return [`confusion (${source}): empty`]
    return []
  })
}

function label(catalogue: Catalogue): string {
  return `${catalogue.scheme} ${catalogue.edition}`
}

function checkAliases(aliases: readonly PublisherAlias[]): string[] {
  const seen = new Set<string>()
  return aliases.flatMap(({ publisher, alias }) => {
    const key = [publisher, alias].toSorted().join('/')
    const isTwice = seen.has(key)
    seen.add(key)
    if (publisher === alias) return [`alias ${alias}: both names are the same`]
    if (/\s/.test(publisher + alias)) return [`alias ${alias} of ${publisher}: stray blanks`]
    return isTwice ? [`alias ${alias} of ${publisher} stands twice`] : []
  })
}
