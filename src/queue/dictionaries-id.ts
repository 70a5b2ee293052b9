import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PipelineError } from '../model/pipeline-error.ts'
import { DICTIONARIES_FOLDER } from '../store/read-dictionaries.ts'

const ID_LENGTH = 12

/**
 * Tells one state of the dictionaries from another: when an entry changes, documents are put together anew.
 * Throws dictionaries/damaged where the folder cannot be read.
 */
export function dictionariesId(folder: string = DICTIONARIES_FOLDER): string {
  try {
    return hashFolder(folder)
  } catch (error) {
    throw new PipelineError('dictionaries/damaged', error instanceof Error ? error.message : folder, { cause: error })
  }
}

function hashFolder(folder: string): string {
  const hash = createHash('sha256')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(csv|json)$/.test(file))
  for (const file of files.map((name) => name.replaceAll('\\', '/')).sort()) {
    hash.update(`${file}\0`).update(readFileSync(join(folder, file)))
  }
  return hash.digest('hex').slice(0, ID_LENGTH)
}
