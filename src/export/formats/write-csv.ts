import { join } from 'node:path'
import type { DatasetWriter } from '../dataset-writer.ts'
import { DATASET_TABLES } from '../tables/dataset-tables.ts'
import { openCsvFiles } from './csv-files.ts'

/** `csv/<table>.csv`. */
export function openCsvWriter(folder: string): DatasetWriter {
  const files = openCsvFiles(join(folder, 'csv'), DATASET_TABLES)
  return {
    add: (rows) => files.add(rows),
    finish: async () => [...files.finish().values()].map(({ path }) => path),
    discard: () => files.discard(),
  }
}
