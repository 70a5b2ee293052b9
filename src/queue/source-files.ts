import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { PipelineError } from '../model/pipeline-error.ts'
import type { Store } from '../store/open-store.ts'

/** A document as a file of this machine; to be released when it is no longer read. */
export interface SourceFile {
  readonly path: string
  release(): void
}

/** Where the documents' own bytes are. */
export interface SourceFiles {
  /** Makes a document readable for every machine. */
  keep(documentId: string, path: string): Promise<void>
  /** Throws input/not-found when the bytes are nowhere, store/artefacts-unavailable when they cannot be fetched. */
  open(documentId: string): Promise<SourceFile>
  close(): void
}

const PATH_KEPT_MS = 1000

/** Documents where they were found: every machine that works on them must see them under the same path. */
export function filesInPlace(store: Store): SourceFiles {
  let last = { documentId: '', path: '', askedAt: Number.NEGATIVE_INFINITY }

  /** Pages of a document follow one another; the store is asked again soon, since a document may be named anew. */
  async function pathOf(documentId: string): Promise<string> {
    if (last.documentId === documentId && performance.now() - last.askedAt < PATH_KEPT_MS) return last.path
    const path = await store.documents.pathOf(documentId)
    last = { documentId, path, askedAt: performance.now() }
    return path
  }

  return {
    keep: async () => undefined,
    open: async (documentId) => ({ path: await pathOf(documentId), release: () => undefined }),
    close: () => undefined,
  }
}

/** The store's files: in place, or fetched from the place that machines share. */
export function openSourceFiles(store: Store): SourceFiles {
  return store.blobs === null ? filesInPlace(store) : filesFromBlobs(store, store.blobs)
}

const nameOf = (documentId: string) => `documents/${documentId.slice(0, 2)}/${documentId}`

/** Pages of a document follow one another: the last few documents stay at hand. */
const MOST_IDLE = 4
const FOLDER_PREFIX = `gongkai-documents-${hostname()}-`

interface Fetched {
  readonly path: Promise<string>
  users: number
}

function filesFromBlobs(store: Store, blobs: NonNullable<Store['blobs']>): SourceFiles {
  removeAbandoned()
  const folder = mkdtempSync(join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`))
  const removeOnExit = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', removeOnExit)
  const fetched = new Map<string, Fetched>()

  async function fetch(documentId: string): Promise<string> {
    const path = join(folder, documentId)
    await rm(path, { force: true })
    if (await blobs.getFile(nameOf(documentId), path)) return path
    // Registered on this machine, perhaps before there was a place to share.
    return store.documents.pathOf(documentId)
  }

  /** The longest unused go first; maps keep the order of use. */
  function dropIdle(): void {
    const idle = [...fetched].filter(([, { users }]) => users === 0)
    for (const [documentId] of idle.slice(0, Math.max(0, idle.length - MOST_IDLE))) {
      fetched.delete(documentId)
      rmSync(join(folder, documentId), { force: true })
    }
  }

  return {
    async keep(documentId, path) {
      if (!(await blobs.has(nameOf(documentId)))) await blobs.putFile(nameOf(documentId), path)
    },
    async open(documentId) {
      const entry = fetched.get(documentId) ?? { path: fetch(documentId), users: 0 }
      fetched.delete(documentId)
      fetched.set(documentId, entry)
      entry.users += 1
      const release = () => {
        entry.users -= 1
        dropIdle()
      }
      try {
        return { path: await entry.path, release }
      } catch (error) {
        release()
        fetched.delete(documentId)
        throw error instanceof PipelineError ? error : new PipelineError('document/unreadable', String(error))
      }
    },
    close() {
      process.off('exit', removeOnExit)
      removeOnExit()
    },
  }
}

/** Folders that processes of this machine left when they were killed. Only their owner can read them. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(FOLDER_PREFIX)) continue
    const pid = Number.parseInt(name.slice(FOLDER_PREFIX.length), 10)
    if (!isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
