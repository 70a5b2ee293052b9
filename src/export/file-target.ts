import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { replaceFile } from '../publish/replace-file.ts'
import { removeLeftovers } from '../publish/write-outputs.ts'

/** A file as it was put in place. `sha256` is of its bytes, in hex. */
export interface FinishedFile {
  readonly path: string
  readonly byteSize: number
  readonly sha256: string
}

/**
 * A file that is written beside its place and put there when it is whole. It is not forced to the disk: what a power cut
 * spoils, the same command makes again.
 */
export interface FileTarget {
  write(content: string | Uint8Array): void
  /** A file that says the same already keeps its time. */
  finish(): FinishedFile
  /** Leaves nothing behind; after finish it does nothing. */
  discard(): void
}

/** The name under which a file is written before it is whole, in the same folder so that a rename suffices. */
export function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
}

/** Opens a file to be written; its folder is made, and freed of what a killed process left half-written. Throws what the disk throws. */
export function openFileTarget(path: string): FileTarget {
  mkdirSync(dirname(path), { recursive: true })
  removeLeftovers(dirname(path))
  const temporary = temporaryName(path)
  const descriptor = openSync(temporary, 'w')
  const hash = createHash('sha256')
  let byteSize = 0
  let isOpen = true
  return {
    write(content) {
      const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
      hash.update(bytes)
      byteSize += bytes.length
      let written = 0
      while (written < bytes.length) written += writeSync(descriptor, bytes, written)
    },
    finish() {
      closeSync(descriptor)
      isOpen = false
      replaceFile(temporary, path)
      return { path, byteSize, sha256: hash.digest('hex') }
    },
    discard() {
      if (!isOpen) return
      isOpen = false
      closeSync(descriptor)
      rmSync(temporary, { force: true })
    },
  }
}
