/** `npm run check:dictionaries`: exits 1 and names every fault of the data beside this file. `--update` first rewrites counts and checksums. */
import { readDictionaries } from '../src/store/read-dictionaries.ts'
import { checkDictionaries } from './check-dictionaries.ts'
import { updateManifest } from './update-manifest.ts'

const HERE = import.meta.dirname

if (process.argv.includes('--update')) updateManifest(HERE)
const faults = checkDictionaries(HERE)
for (const fault of faults) process.stderr.write(`${fault}\n`)
if (faults.length > 0) {
  process.stderr.write(
    `${faults.length} fault(s); after an intended change run: npm run check:dictionaries -- --update\n`,
  )
  process.exitCode = 1
} else {
  const { catalogues, glyphConfusions, forms } = readDictionaries(HERE)
  for (const { scheme, edition, entries } of catalogues) {
    process.stdout.write(`${scheme} ${edition}: ${entries.length} entries\n`)
  }
  process.stdout.write(`glyph confusions: ${glyphConfusions.length}, forms: ${forms.length}\n`)
}
