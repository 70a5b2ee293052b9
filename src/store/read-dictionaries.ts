import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { Attestation, type Catalogue, CatalogueEntry } from '../model/catalogue.ts'
import type { Dictionaries, PublisherAlias } from '../model/dictionaries.ts'
import { GlyphConfusion } from '../model/glyph-confusion.ts'
import { parseCsvRecords } from '../model/parse-csv.ts'

const DataFile = z.object({
  file: z.string().regex(/^[a-z0-9-]+\.csv$/),
  entries: z.number().int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

/** dictionaries/index.json: what each data file is, and what it must hold. */
export const DictionaryManifest = z.strictObject({
  version: z.string().regex(/^\d{4}\.\d+$/),
  catalogues: z.array(
    DataFile.extend({
      scheme: z.string().min(1),
      edition: z.string().min(1),
      title: z.string().min(1),
      validFrom: z.number().int().nullable(),
      validTo: z.number().int().nullable(),
      isComplete: z.boolean(),
      source: z.string().min(1),
    }).strict(),
  ),
  glyphConfusions: z.array(DataFile.extend({ source: z.string().min(1) }).strict()),
  /** Filled by proposals from reviews; may be empty. */
  publisherAliases: z.array(DataFile.extend({ entries: z.number().int().min(0), source: z.string().min(1) }).strict()),
})
export type DictionaryManifest = z.infer<typeof DictionaryManifest>

const CATALOGUE_COLUMNS = ['code', 'name', 'parent', 'level', 'attested'] as const
const CONFUSION_COLUMNS = ['observed', 'truth', 'count', 'source'] as const
const ALIAS_COLUMNS = ['publisher', 'alias', 'source'] as const
const CatalogueRow = z.object({
  code: z.string(),
  name: z.string().min(1),
  parent: z.string(),
  level: z.string().regex(/^\d$/).transform(Number),
  attested: Attestation,
})
const ConfusionRow = z.object({
  observed: z.string(),
  truth: z.string(),
  count: z.string().regex(/^\d+$/).transform(Number),
  source: z.string().min(1),
})

const AliasRow = z.object({ publisher: z.string().min(2), alias: z.string().min(2), source: z.string().min(1) })

/** The folder of data that comes with the package: beside `src` in a checkout, beside `dist` when installed. */
export const DICTIONARIES_FOLDER = fileURLToPath(new URL('../../dictionaries/', import.meta.url))

/**
 * Reads and checks the folder of dictionaries. A file that is missing, changed without its manifest, or malformed
 * throws an Error with the file's name: the package is damaged, and no document could be trusted.
 */
export function readDictionaries(folder: string = DICTIONARIES_FOLDER): Dictionaries {
  const manifest = readManifest(folder)
  return {
    version: manifest.version,
    catalogues: manifest.catalogues.map((listed) => readCatalogue(folder, listed)),
    glyphConfusions: manifest.glyphConfusions.flatMap((listed) => readGlyphConfusions(folder, listed)),
    publisherAliases: manifest.publisherAliases.flatMap((listed) => readAliases(folder, listed)),
    forms: readForms(folder),
  }
}

export function readManifest(folder: string): DictionaryManifest {
  return within('index.json', () =>
    DictionaryManifest.parse(JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))),
  )
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function readCatalogue(folder: string, listed: DictionaryManifest['catalogues'][number]): Catalogue {
  const { file, entries: expected, sha256, ...about } = listed
  return within(file, () => {
    const rows = parseCsvRecords(readExactly(join(folder, file), sha256), CATALOGUE_COLUMNS)
    const entries = rows.map((row) => CatalogueEntry.parse(CatalogueRow.parse(row)))
    assertCount(entries.length, expected)
    return { ...about, entries }
  })
}

function readGlyphConfusions(folder: string, listed: DictionaryManifest['glyphConfusions'][number]): GlyphConfusion[] {
  return within(listed.file, () => {
    const rows = parseCsvRecords(readExactly(join(folder, listed.file), listed.sha256), CONFUSION_COLUMNS)
    assertCount(rows.length, listed.entries)
    return rows.map((row) => GlyphConfusion.parse(ConfusionRow.parse(row)))
  })
}

function readAliases(folder: string, listed: DictionaryManifest['publisherAliases'][number]): PublisherAlias[] {
  return within(listed.file, () => {
    const rows = parseCsvRecords(readExactly(join(folder, listed.file), listed.sha256), ALIAS_COLUMNS)
    assertCount(rows.length, listed.entries)
    return rows.map((row) => AliasRow.parse(row))
  })
}

/** The names of the files of `dictionaries/forms`, in the order in which their forms are read. */
export function listFormFiles(folder: string): readonly string[] {
  const forms = join(folder, 'forms')
  if (!existsSync(forms)) return []
  return readdirSync(forms)
    .filter((file) => file.endsWith('.json'))
    .sort()
}

function readForms(folder: string): unknown[] {
  return listFormFiles(folder)
    .map((name) => `forms/${name}`)
    .map((file) => within(file, () => JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown))
}

/** Line ends are folded first: a checkout with CRLF holds the same data. */
function readExactly(path: string, sha256: string): string {
  const text = readFileSync(path, 'utf8').replaceAll('\r\n', '\n')
  const found = sha256Of(text)
  if (found !== sha256) throw new Error(`sha256 is ${found}, the manifest says ${sha256}`)
  return text
}

function assertCount(found: number, expected: number): void {
  if (found !== expected) throw new Error(`${found} entries, the manifest says ${expected}`)
}

function within<Result>(file: string, step: () => Result): Result {
  try {
    return step()
  } catch (error) {
    throw new Error(`dictionaries/${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
