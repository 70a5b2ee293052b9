import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UsageError } from '../model/usage-error.ts'

/** A document: the path of a file, its `file:` address, or the bytes of a PDF or picture. */
export type DocumentInput = string | URL | Uint8Array

/** The path of an input that has one; null for bytes. Throws UsageError for an address that is not of a file. */
export function pathOfInput(input: DocumentInput): string | null {
  if (typeof input === 'string') return input
  if (!(input instanceof URL)) return null
  if (input.protocol === 'file:') return fileURLToPath(input)
  throw new UsageError('{address} is not a file: download it first, or give the address to ingest()', {
    address: input.href,
  })
}

/** The name that is told of an input; bytes have none of their own. */
export function nameOfInput(input: DocumentInput): string {
  const path = pathOfInput(input)
  return path === null ? 'document' : basename(path)
}
