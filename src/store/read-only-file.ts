import { accessSync, constants, copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { PipelineError } from '../model/pipeline-error.ts'

/** A SQLite file that may only be read, as it is opened. */
export interface ReadableFile {
  readonly file: string
  /** Nobody changes it and SQLite need leave nothing beside it. */
  readonly isImmutable: boolean
  /** The private folder that it was copied to; null where it is read in its own place. */
  readonly copiedTo: string | null
}

/** Whether SQLite can work on a file: it must be writable, and so must its folder. */
export function isWritable(file: string): boolean {
  try {
    for (const path of [file, dirname(file)]) accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

const COPY_TRIES = 3

/**
 * Makes a file readable that SQLite cannot open for want of the right to write. Where a run that was killed left changes beside it (its
 * write-ahead log), it is copied with them, since they can only be taken in by writing. Throws output/not-writable.
 */
export function toReadable(file: string): ReadableFile {
  if (sizeOf(logOf(file)) === 0) return { file, isImmutable: true, copiedTo: null }
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-read-only-'))
  try {
    for (let tries = 1; tries <= COPY_TRIES; tries += 1) {
      const copy = join(folder, basename(file))
      const before = stateOf(file)
      copyFileSync(file, copy)
      copyFileSync(logOf(file), logOf(copy))
      if (stateOf(file) === before) return { file: copy, isImmutable: false, copiedTo: folder }
    }
  } catch (error) {
    removeCopy(folder)
    const reason = error instanceof Error ? error.message : String(error)
    throw new PipelineError('output/not-writable', `${file} cannot be copied to be read: ${reason}`, { cause: error })
  }
  removeCopy(folder)
  throw new PipelineError('output/not-writable', `${file} is being written elsewhere, and may only be read here`)
}

export function removeCopy(folder: string | null): void {
  if (folder !== null) rmSync(folder, { recursive: true, force: true })
}

function logOf(file: string): string {
  return `${file}-wal`
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

function stateOf(file: string): string {
  return [file, logOf(file)].map((path) => `${statSync(path).size} ${statSync(path).mtimeMs}`).join(' ')
}
