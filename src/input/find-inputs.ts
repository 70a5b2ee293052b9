import { type Dirent, existsSync, type Stats, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { PipelineError } from '../model/pipeline-error.ts'
import { expandGlob, isGlob } from './expand-glob.ts'
import { type InputFile, type Inputs, mergeDetails, NO_DETAILS } from './input-file.ts'
import { readManifest } from './read-manifest.ts'
import { statsOf, walkFolder } from './walk-folder.ts'
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
    if (stats.isDirectory()) return findPdfs(path, name)
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

/**
 * The PDFs under a folder. What has the name of one and is no file that can be read (a pipe, a link that leads nowhere) is a
 * failure of its own, and so is a folder that cannot be looked into.
 */
function findPdfs(folder: string, name: string): Inputs {
  const { entries, failures } = walkFolder(folder)
  // The folder that was asked for is named as it was given.
  const told = failures.map((failure) => (failure.path === folder ? { ...failure, path: name } : failure))
  const found = entries
    .filter(({ path, entry }) => /\.pdf$/i.test(path) && !entry.isDirectory())
    .map(({ path, entry }) => ({ path, kind: kindOf(path, entry) }))
  const files = found.filter(({ kind }) => kind === 'file').map(({ path }) => toFile(path))
  const strange = found.flatMap(({ path, kind }) => (kind instanceof PipelineError ? [{ path, error: kind }] : []))
  if (files.length + strange.length + told.length === 0) throw new PipelineError('input/no-documents', name)
  return { ...NONE, files, failures: [...told, ...strange] }
}

/** What stands under a name; the error where it is neither a file nor leads to a folder. */
function kindOf(path: string, { name }: Dirent): 'file' | 'folder' | PipelineError {
  const stats = statsOf(path)
  if (stats?.isFile()) return 'file'
  if (stats?.isDirectory()) return 'folder'
  if (stats !== null) return new PipelineError('input/not-found', `${path} is neither a file nor a folder`)
  if (name.includes('\ufffd')) return new PipelineError('document/unreadable', `the name of ${path} is not UTF-8`)
  return new PipelineError('input/not-found', `${path} leads nowhere`)
}
