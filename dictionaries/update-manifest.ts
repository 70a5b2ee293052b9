import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCsv } from '../src/model/parse-csv.ts'
import { sha256Of } from '../src/store/read-dictionaries.ts'

interface ListedFile {
  file: string
  entries: number
  sha256: string
}

/** Writes the entry counts and checksums of the data files as they are now into index.json. */
export function updateManifest(folder: string): void {
  const path = join(folder, 'index.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<
    'catalogues' | 'glyphConfusions' | 'publisherAliases',
    ListedFile[]
  >
  for (const listed of [...manifest.catalogues, ...manifest.glyphConfusions, ...manifest.publisherAliases]) {
    const text = readFileSync(join(folder, listed.file), 'utf8').replaceAll('\r\n', '\n')
    listed.entries = parseCsv(text).length - 1
    listed.sha256 = sha256Of(text)
  }
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`)
}
