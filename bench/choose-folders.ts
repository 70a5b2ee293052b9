import { existsSync } from 'node:fs'

/**
 * The folders to measure: those that were named, or those of `usual` that are there; what is not there is said to stderr.
 * Throws Error where a named one is missing, or where nothing is left to measure: a benchmark of nothing is no success.
 */
export function chooseFolders(
  named: readonly string[],
  usual: readonly string[],
  say: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): readonly string[] {
  const missing = (named.length > 0 ? named : usual).filter((folder) => !existsSync(folder))
  if (named.length > 0) {
    if (missing.length > 0) throw new Error(`there is no ${missing.join(', ')}`)
    return named
  }
  for (const folder of missing) say(`left out: ${folder} is not here`)
  const folders = usual.filter((folder) => !missing.includes(folder))
  if (folders.length === 0) throw new Error('nothing to measure: name a folder of documents with their truth')
  return folders
}
