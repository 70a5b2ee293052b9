import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PipelineError } from '../model/pipeline-error.ts'
import { type ArtefactStore, artefactsIn } from './artefacts.ts'
import { type AssemblyTable, assembliesIn } from './assemblies.ts'
import { type DocumentTable, documentsIn } from './documents.ts'
import { type Database, openDatabase } from './open-database.ts'
import { type PageTable, pagesIn } from './pages.ts'
import { type PublicationTable, publicationsIn } from './publications.ts'
import { SCHEMA, SCHEMA_VERSION } from './schema.ts'

/** Everything that is kept of one output folder, in one SQLite file. */
export interface Store {
  readonly directory: string
  readonly database: Database
  readonly artefacts: ArtefactStore
  readonly documents: DocumentTable
  readonly pages: PageTable
  readonly assemblies: AssemblyTable
  readonly publications: PublicationTable
  close(): void
}

const STORE_FILE = 'gongkai.sqlite'

/**
 * Opens the store of an output folder.
 * `mode` create makes folder and file where they are missing; existing wants them and throws output/not-found.
 * Throws output/not-writable where the folder or the file cannot be written.
 */
export async function openStore(directory: string, mode: 'create' | 'existing' = 'create'): Promise<Store> {
  const file = join(directory, STORE_FILE)
  if (mode === 'existing') assertExists(file, directory)
  else makeWritable(directory)
  const database = await openDatabase(file)
  try {
    applySchema(database, file)
  } catch (error) {
    database.close()
    throw error
  }
  const artefacts = artefactsIn(database)
  return {
    directory,
    database,
    artefacts,
    documents: documentsIn(database),
    pages: pagesIn(database, artefacts),
    assemblies: assembliesIn(database, artefacts),
    publications: publicationsIn(database),
    close: () => database.close(),
  }
}

function assertExists(file: string, directory: string): void {
  if (!existsSync(file)) throw new PipelineError('output/not-found', directory)
}

function makeWritable(directory: string): void {
  try {
    makeFolder(directory)
    accessSync(directory, constants.W_OK)
  } catch (error) {
    throw new PipelineError('output/not-writable', error instanceof Error ? error.message : directory, { cause: error })
  }
}

/**
 * Makes a folder and the parents that are missing, one at a time from the nearest that is there: with `recursive`,
 * mkdirSync never returns where the system denies that the parent is there, as under /proc.
 */
function makeFolder(directory: string): void {
  const found = statSync(directory, { throwIfNoEntry: false })
  if (found?.isDirectory()) return
  if (found !== undefined) throw new Error(`${directory} is a file, not a folder`)
  const parent = dirname(directory)
  makeFolder(parent)
  accessSync(parent, constants.W_OK)
  try {
    mkdirSync(directory)
  } catch (error) {
    // Another run may have made it just now.
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) throw error
  }
}

function applySchema(database: Database, file: string): void {
  database.transaction(() => {
    const found = database.get<{ user_version: number }>('pragma user_version')?.user_version ?? 0
    if (found === SCHEMA_VERSION) return
    if (found !== 0) {
      throw new PipelineError('output/not-writable', `${file} was written by another version of gongkai`)
    }
    database.exec(SCHEMA)
    database.exec(`pragma user_version = ${SCHEMA_VERSION}`)
  })
}
