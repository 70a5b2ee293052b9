import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { PipelineError } from '../model/pipeline-error.ts'
import type { InputFailure } from './input-file.ts'

/** What lies under a folder, at any depth. `failures` are the folders that cannot be looked into: they cost only themselves. */
export interface Walked {
  readonly entries: readonly { readonly path: string; readonly entry: Dirent }[]
  readonly failures: readonly InputFailure[]
}

/** Folders behind symbolic links are not entered: they may lead in circles. */
export function walkFolder(folder: string): Walked {
  const entries: { path: string; entry: Dirent }[] = []
  const failures: InputFailure[] = []
  const folders = [folder]
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    try {
      for (const entry of readdirSync(next, { withFileTypes: true })) {
        const path = join(next, entry.name)
        entries.push({ path, entry })
        if (entry.isDirectory()) folders.push(path)
      }
    } catch (error) {
      const detail = error instanceof Error ? error.message : next
      failures.push({ path: next, error: new PipelineError('document/unreadable', detail, { cause: error }) })
    }
  }
  return { entries, failures }
}

/** What stands under a path, behind links; null where there is nothing, or a link that leads nowhere or in a circle. */
export function statsOf(path: string): Stats | null {
  try {
    return statSync(path)
  } catch {
    return null
  }
}
