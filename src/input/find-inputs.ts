import { type Dirent, existsSync, readdirSync, type Stats, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { PipelineError } from '../model/pipeline-error.ts'
import { expandGlob, isGlob } from './expand-glob.ts'
import { type InputFile, type Inputs, mergeDetails, NO_DETAILS } from './input-file.ts'
import { readManifest } from './read-manifest.ts'
import { isWebAddress, parseDocumentUrl } from './web-address.ts'

/**
 * What the given names mean: a file itself, the PDFs under a folder, the files of a pattern (reports/**\/*.pdf), an address
 * on the web, the rows of a manifest CSV. Absolute paths, sorted, each once. What cannot be found is a failure of that
 * name alone.
 */
export function findInputs(names: readonly string[]): Inputs {
  const found = names.map(findInput)
  const files = mergeSame(
    found.flatMap((inputs) => inputs.files),
    (file) => file.path,
  )
  const urls = mergeSame(
    found.flatMap((inputs) => inputs.urls),
    (input) => input.url,
  )
  return { files, urls, failures: found.flatMap((inputs) => inputs.failures) }
}

function mergeSame<Input extends Inputs['files'][number] | Inputs['urls'][number]>(
  inputs: readonly Input[],
  keyOf: (input: Input) => string,
): readonly Input[] {
  const byKey = new Map<string, Input>()
  for (const input of inputs) byKey.set(keyOf(input), mergeDetails(byKey.get(keyOf(input)), input))
  return [...byKey.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

function findInput(name: string): Inputs {
  try {
    if (isWebAddress(name)) return { ...NONE, urls: [{ url: parseDocumentUrl(name), ...NO_DETAILS }] }
    const path = resolve(name)
    if (!existsSync(path) && isGlob(name)) return { ...NONE, files: expandGlob(name).map(toFile) }
    const stats = statOf(path, name)
    if (stats.isDirectory()) return { ...NONE, files: findPdfs(path, name).map(toFile) }
    // A device or a pipe may never end.
    if (!stats.isFile()) throw new PipelineError('input/not-found', `${name} is neither a file nor a folder`)
    return path.toLowerCase().endsWith('.csv') ? readManifest(path, name) : { ...NONE, files: [toFile(path)] }
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error
    return { ...NONE, failures: [{ path: name, error }] }
  }
}

const NONE: Inputs = { files: [], urls: [], failures: [] }

function toFile(path: string): InputFile {
  return { path, fileName: basename(path), url: null, ...NO_DETAILS }
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
