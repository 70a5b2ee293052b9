import { createHash } from 'node:crypto'
import { deflateSync, inflateSync } from 'node:zlib'
import type { BlobStore } from './blobs.ts'
import type { StoreQuery } from './sql-dialect.ts'

/** A text as it is kept: deflated, under the SHA-256 of what it says (64 hex digits). */
export interface PackedText {
  readonly hash: string
  readonly body: Uint8Array
}

/** Texts named by the SHA-256 of what they say: writing twice writes once. */
export interface ArtefactStore {
  /** Returns the name. */
  put(packed: PackedText): Promise<string>
  /** Several at once; in a table that is one statement. */
  putAll(packed: readonly PackedText[]): Promise<void>
  /** Throws when the name is unknown or the text is not what was put: the artefact is damaged. */
  get(hash: string): Promise<string>
}

const COMPRESSION_LEVEL = 3

/** Artefacts in the database of the store. */
export function artefactsInTable(query: StoreQuery): ArtefactStore {
  async function putAll(packed: readonly PackedText[]): Promise<void> {
    if (packed.length === 0) return
    // In one order everywhere, so that two who write the same texts do not wait for each other.
    const rows = packed.map(({ hash, body }) => ({ hash, body: asBuffer(body) }))
    await query
      .insertInto('artefacts')
      .values(rows.toSorted((a, b) => (a.hash < b.hash ? -1 : 1)))
      .onConflict((conflict) => conflict.column('hash').doNothing())
      .execute()
  }

  return {
    putAll,
    async put(packed) {
      await putAll([packed])
      return packed.hash
    },
    async get(hash) {
      const row = await query.selectFrom('artefacts').select('body').where('hash', '=', hash).executeTakeFirst()
      if (row === undefined) throw new Error(`artefact ${hash} is missing`)
      return unpackText({ hash, body: row.body })
    },
  }
}

/** Artefacts as blobs in a folder or an S3-compatible store that machines share. */
export function artefactsInBlobs(blobs: BlobStore): ArtefactStore {
  const nameOf = (hash: string) => `artefacts/${hash.slice(0, 2)}/${hash}`
  async function put({ hash, body }: PackedText): Promise<string> {
    if (!(await blobs.has(nameOf(hash)))) await blobs.put(nameOf(hash), asBuffer(body))
    return hash
  }

  return {
    put,
    async putAll(packed) {
      for (const one of packed) await put(one)
    },
    async get(hash) {
      const body = await blobs.get(nameOf(hash))
      if (body === null) throw new Error(`artefact ${hash} is missing`)
      return unpackText({ hash, body })
    },
  }
}

export function packText(text: string): PackedText {
  return packParts([text])
}

/** A text that is long is given in parts, so that it is held once, as bytes. */
export function packParts(parts: Iterable<string>): PackedText {
  const hash = createHash('sha256')
  const chunks: Buffer[] = []
  for (const part of parts) {
    const bytes = Buffer.from(part, 'utf8')
    hash.update(bytes)
    chunks.push(bytes)
  }
  return { hash: hash.digest('hex'), body: deflateSync(Buffer.concat(chunks), { level: COMPRESSION_LEVEL }) }
}

/** Throws when the bytes are not the text of this name. */
export function unpackText({ hash, body }: PackedText): string {
  const text = inflateOrFail(hash, body)
  if (hashText(text) !== hash) throw new Error(`artefact ${hash} is damaged`)
  return text
}

function inflateOrFail(hash: string, body: Uint8Array): string {
  try {
    return inflateSync(body).toString('utf8')
  } catch (error) {
    throw new Error(`artefact ${hash} is damaged`, { cause: error })
  }
}

/** The same bytes as the class that database drivers know. */
function asBuffer(body: Uint8Array): Buffer {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
}

function hashText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
