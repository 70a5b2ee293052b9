import type { Dictionaries } from '../../src/model/dictionaries.ts'
import type { PageExtract } from '../../src/model/page.ts'
import { assembleDocument } from '../../src/queue/assemble-document.ts'
import { openStore } from '../../src/store/open-store.ts'
import { readExtract } from '../../src/store/pages.ts'
import { localStore } from '../../src/store/store-location.ts'
import { createRandom } from '../generate/random.ts'
import { fateOf, type PlantedFate, placesOfFigures, plantFigure } from './plant-on-scans.ts'

/** What became of the errors, with the readers' strings alone and with posteriors. */
export interface ScannedErrors {
  readonly strings: ReadonlyMap<PlantedFate, number>
  readonly posteriors: ReadonlyMap<PlantedFate, number>
}

const SEED = 77
const FIGURES_PER_DOCUMENT = 8
const SAME_PLACE = 1

/** Plants publisher's errors in the scanned figures of the documents that `ingest` left in `out`, one at a time. */
export async function judgeScannedErrors(out: string, dictionaries: Dictionaries): Promise<ScannedErrors> {
  const fates = { strings: new Map<PlantedFate, number>(), posteriors: new Map<PlantedFate, number>() }
  for (const { fileName, pages } of await readDocuments(out)) {
    const random = createRandom(SEED).fork(fileName)
    for (const place of random.sample(placesOfFigures(pages), FIGURES_PER_DOCUMENT)) {
      const error = plantFigure(pages, place, random)
      if (error === null) continue
      for (const witness of ['strings', 'posteriors'] as const) {
        const given = witness === 'strings' ? error.pages.map(withoutPosteriors) : error.pages
        const { records } = assembleDocument(given, dictionaries, fileName)
        const field = records
          .flatMap(({ fields }) => fields)
          .find(
            ({ raw, pageNumber, bbox }) =>
              raw === error.planted &&
              pageNumber === error.pageNumber &&
              Math.abs(bbox.top - error.bbox.top) < SAME_PLACE &&
              Math.abs(bbox.x0 - error.bbox.x0) < SAME_PLACE,
          )
        // A figure that is no field (a total) is not altered, whatever is said of its sum.
        if (field === undefined) continue
        const fate = fateOf(field)
        fates[witness].set(fate, (fates[witness].get(fate) ?? 0) + 1)
      }
    }
  }
  return fates
}

/** Prints both witnesses side by side. */
export function printScannedErrors({ strings, posteriors }: ScannedErrors): void {
  process.stdout.write("\npublisher's errors planted in scanned figures (strings, posteriors)\n")
  for (const fate of [...new Set([...strings.keys(), ...posteriors.keys()])].sort()) {
    const counts = [strings, posteriors].map((fates) => String(fates.get(fate) ?? 0).padStart(6))
    process.stdout.write(`  ${fate.padEnd(24)}${counts.join('')}\n`)
  }
}

interface ReadDocument {
  readonly fileName: string
  readonly pages: readonly PageExtract[]
}

async function readDocuments(out: string): Promise<readonly ReadDocument[]> {
  const store = await openStore(localStore(out), 'existing')
  try {
    const documents: ReadDocument[] = []
    for (const { fileName, pageJobIds } of await store.documents.getAll(await store.documents.ids())) {
      const pages: PageExtract[] = []
      for (const page of await store.pages.findAll(pageJobIds)) {
        if (page.artefact !== null) pages.push(await readExtract(store.artefacts, page))
      }
      documents.push({ fileName, pages })
    }
    return documents
  } finally {
    await store.close()
  }
}

function withoutPosteriors(page: PageExtract): PageExtract {
  const tables = page.tables.map((table) => ({
    ...table,
    cells: table.cells.map((cell) => ({
      ...cell,
      readings: cell.readings.map(({ posteriors: _kept, ...reading }) => reading),
    })),
  }))
  return { ...page, tables }
}
