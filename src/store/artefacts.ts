import { createHash } from 'node:crypto'
import { deflateSync, inflateSync } from 'node:zlib'
import type { Database } from './open-database.ts'

/** Texts named by the SHA-256 of what they say: writing twice writes once. */
export interface ArtefactStore {
  /** Returns the name: 64 hex digits. */
  put(text: string): string
  /** Throws when the name is unknown or the text is not what was put: the file is damaged. */
  get(hash: string): string
}

const COMPRESSION_LEVEL = 3

export function artefactsIn(database: Database): ArtefactStore {
  return {
    put(text) {
      const hash = hashText(text)
      database.run(
        'insert or ignore into artefacts(hash, body) values (?, ?)',
        hash,
        deflateSync(text, { level: COMPRESSION_LEVEL }),
      )
      return hash
    },
    get(hash) {
      const row = database.get<{ body: Uint8Array }>('select body from artefacts where hash = ?', hash)
      if (row === undefined) throw new Error(`artefact ${hash} is missing`)
      const text = inflateSync(row.body).toString('utf8')
      if (hashText(text) !== hash) throw new Error(`artefact ${hash} is damaged`)
      return text
    },
  }
}

export function hashText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
