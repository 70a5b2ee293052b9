import { join } from 'node:path'
import type { PublishedDocument } from '../../publish/published-document.ts'
import type { DatasetWriter } from '../dataset-writer.ts'
import { openFileTarget } from '../file-target.ts'
import { DATASET_TABLES } from '../tables/dataset-tables.ts'
import { openCsvFiles } from './csv-files.ts'
import { type DocumentSource, toDataPackage } from './to-data-package.ts'

/** `datapackage/datapackage.json` and `datapackage/data/<table>.csv`: a Data Package (v2). */
export function openDataPackageWriter(folder: string, version: string): DatasetWriter {
  const place = join(folder, 'datapackage')
  const files = openCsvFiles(join(place, 'data'), DATASET_TABLES)
  const sources: DocumentSource[] = []
  return {
    add(rows, document) {
      files.add(rows)
      if (document !== null) sources.push(toSource(document))
    },
    async finish() {
      const written = files.finish()
      const descriptor = openFileTarget(join(place, 'datapackage.json'))
      descriptor.write(`${JSON.stringify(toDataPackage(written, sources, version), null, 2)}\n`)
      return [descriptor.finish().path, ...[...written.values()].map(({ path }) => path)]
    },
    discard: () => files.discard(),
  }
}

function toSource({ documentId, fileName, title, sourceUrl }: PublishedDocument): DocumentSource {
  const name = title === null ? fileName : `${title} (${fileName})`
  return { title: name, ...(sourceUrl === null ? {} : { path: sourceUrl }), version: `sha256:${documentId}` }
}
