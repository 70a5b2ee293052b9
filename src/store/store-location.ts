import { resolve } from 'node:path'
import { UsageError } from '../model/usage-error.ts'

/** Where the store of an output folder lies. Plain data: it is also sent to the processes that read artefacts. */
export interface StoreLocation {
  /** The output folder, absolute; null for a worker that only takes part in a shared store. */
  readonly directory: string | null
  /** A PostgreSQL address, or null for a SQLite file in the output folder. May hold a password: never print it as it is. */
  readonly database: string | null
  /** Where artefacts and documents lie for all machines: an absolute folder or s3://bucket/prefix; null for the database. */
  readonly artefacts: string | null
}

/** The place of a store on one machine: everything in the output folder. */
export function localStore(directory: string): StoreLocation {
  return { directory, database: null, artefacts: null }
}

/** Reads a value of --store: 'sqlite' or a PostgreSQL address. Throws UsageError, in words for the user. */
export function parseStoreAddress(text: string): string | null {
  if (text === 'sqlite') return null
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) return text
  throw new UsageError('--store is "{value}"; it must be sqlite or an address such as postgres://user@host/name', {
    value: hideSecrets(text),
  })
}

/** Reads a value of --artefacts: a folder or s3://bucket/prefix. Throws UsageError, in words for the user. */
export function parseArtefactPlace(text: string): string {
  if (!/^[a-z0-9]+:\/\//i.test(text)) return resolve(text)
  if (/^s3:\/\/[^/]+/.test(text) && URL.canParse(text)) return text
  throw new UsageError('--artefacts is "{value}"; it must be a folder or s3://bucket/prefix', {
    value: hideSecrets(text),
  })
}

/** An address as it may be shown: without its password, and without parameters, which may hold one too. */
export function hideSecrets(address: string): string {
  if (!URL.canParse(address)) return hideUpToLastAt(address)
  const url = new URL(address)
  if (`${url.pathname}${url.search}${url.hash}`.includes('@')) return hideUpToLastAt(address)
  if (url.password !== '') url.password = '***'
  return url.href.replace(/[?#].*$/, '')
}

/** For an address whose password may hold / # or ? as they are, so that what comes after them is no path or parameter. */
function hideUpToLastAt(address: string): string {
  const shown = address.replace(/[?#].*$/s, '')
  if (address.slice(shown.length).includes('@')) return shown.replace(/\/\/.*/s, '//…')
  return shown.replace(/\/\/.*@/s, '//…@')
}
