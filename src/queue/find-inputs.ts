import { type Dirent, readdirSync, readFileSync, type Stats, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseCsv } from '../model/parse-csv.ts'
import { PipelineError } from '../model/pipeline-error.ts'

/** A file to ingest. `publisher` and `fiscalYear` come from a manifest and win over what the document says. */
export interface InputFile {
  readonly path: string
  readonly publisher: string | null
  readonly fiscalYear: number | null
}

export interface InputFailure {
  readonly path: string
  readonly error: PipelineError
}

export interface Inputs {
  readonly files: readonly InputFile[]
  readonly failures: readonly InputFailure[]
}

/**
 * The files that the given names mean: a file itself, the PDFs under a folder, the rows of a manifest CSV.
 * Absolute paths, sorted, each once. What cannot be found is a failure of that name alone.
 */
export function findInputs(names: readonly string[]): Inputs {
  const found = names.map(findInput)
  const files = new Map<string, InputFile>()
  for (const file of found.flatMap((inputs) => inputs.files)) {
    const known = files.get(file.path)
    files.set(file.path, {
      path: file.path,
      publisher: known?.publisher ?? file.publisher,
      fiscalYear: known?.fiscalYear ?? file.fiscalYear,
    })
  }
  return {
    files: [...files.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    failures: found.flatMap((inputs) => inputs.failures),
  }
}

function findInput(name: string): Inputs {
  const path = resolve(name)
  try {
    const stats = statOf(path, name)
    if (stats.isDirectory()) return { files: findPdfs(path, name).map(withoutMeta), failures: [] }
    // A device or a pipe may never end.
    if (!stats.isFile()) throw new PipelineError('input/not-found', `${name} is neither a file nor a folder`)
    return path.toLowerCase().endsWith('.csv') ? readManifest(path, name) : { files: [withoutMeta(path)], failures: [] }
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error
    return { files: [], failures: [{ path: name, error }] }
  }
}

function withoutMeta(path: string): InputFile {
  return { path, publisher: null, fiscalYear: null }
}

/** `name`, here and below, is the path as it was given: errors repeat that. */
function statOf(path: string, name: string): Stats {
  try {
    return statSync(path)
  } catch (error) {
    throw new PipelineError('input/not-found', name, { cause: error })
  }
}

/** Folders behind symbolic links are not entered: they may lead in circles. */
function findPdfs(folder: string, name: string): readonly string[] {
  const paths = entriesOf(folder, name)
    .filter((entry) => /\.pdf$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
  if (paths.length === 0) throw new PipelineError('input/no-documents', name)
  return paths
}

function entriesOf(folder: string, name: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new PipelineError('document/unreadable', `${name}: ${detail}`, { cause: error })
  }
}

/** Paths in a manifest are relative to its folder. */
function readManifest(manifest: string, name: string): Inputs {
  const [header = [], ...rows] = parseManifest(manifest, name)
  const columns = header.map((column) => column.trim().toLowerCase())
  if (!columns.includes('path')) throw new PipelineError('input/bad-manifest', `${name} has no column "path"`)
  const cellOf = (row: readonly string[], column: string) => row[columns.indexOf(column)]?.trim() || null
  const files = rows.map((row, index): InputFile => {
    const path = cellOf(row, 'path')
    const year = cellOf(row, 'fiscal_year')
    if (path === null) throw new PipelineError('input/bad-manifest', `${name}: data row ${index + 1} has no path`)
    if (year !== null && !/^\d{4}$/.test(year)) {
      throw new PipelineError('input/bad-manifest', `${name}: data row ${index + 1}: fiscal_year "${year}" is no year`)
    }
    return {
      path: resolve(dirname(manifest), path),
      publisher: cellOf(row, 'publisher'),
      fiscalYear: year === null ? null : Number(year),
    }
  })
  const isThere = (file: InputFile) => statSync(file.path, { throwIfNoEntry: false })?.isFile() === true
  return {
    files: files.filter(isThere),
    failures: files
      .filter((file) => !isThere(file))
      .map(({ path }) => ({ path, error: new PipelineError('input/not-found', path) })),
  }
}

function parseManifest(manifest: string, name: string): string[][] {
  try {
    return parseCsv(readFileSync(manifest, 'utf8'))
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new PipelineError('input/bad-manifest', `${name}: ${detail}`, { cause: error })
  }
}
