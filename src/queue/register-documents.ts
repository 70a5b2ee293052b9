import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { InputFailure, InputFile } from '../input/input-file.ts'
import { PipelineError } from '../model/pipeline-error.ts'
import type { DocumentName } from '../store/documents.ts'
import type { Store, StoreTables } from '../store/open-store.ts'
import { isRetryableCode, toStoredError } from '../store/stored-error.ts'
import { forgetFailures } from './forget-failures.ts'
import { unfinishedError } from './plan-document.ts'
import type { SourceFiles } from './source-files.ts'

export interface RegisterOptions {
  readonly selection: string
  readonly readers: string
  readonly maxFileMib: number
}

export interface Registered {
  /** Each content once, in the order of its first path. */
  readonly documentIds: readonly string[]
  readonly failures: readonly InputFailure[]
  readonly repeated: readonly RepeatedFile[]
}

/** A file whose content another file of the same run has, too: it is read once, under the other's name. */
export interface RepeatedFile {
  readonly path: string
  readonly sameAs: string
}

interface HashedFile extends InputFile {
  readonly documentId: string
  readonly byteSize: number
}

const BYTES_PER_MIB = 1024 * 1024

/** Each transaction waits for the disk, and holds up the other workers while it lasts. */
export const DOCUMENTS_PER_TRANSACTION = 200

/**
 * Makes the files known to the store, as failed until their work has ended: a crash then tells the truth.
 * Files of the same content are one document, named after the first path. A file that cannot be read, or is many times too large,
 * has no content to be known by; it is a failure of this run only.
 */
export async function registerDocuments(
  store: Store,
  sources: SourceFiles,
  files: readonly InputFile[],
  options: RegisterOptions,
): Promise<Registered> {
  const hashed: HashedFile[] = []
  const failures: InputFailure[] = []
  for (const file of files) {
    try {
      hashed.push({ ...file, ...(await hashFile(file.path, options)) })
    } catch (error) {
      failures.push({ path: file.path, error: toUnreadable(error, file.path) })
    }
  }
  const byContent = new Map<string, HashedFile[]>()
  for (const file of hashed) byContent.set(file.documentId, [...(byContent.get(file.documentId) ?? []), file])
  const contents = [...byContent.values()]
  for (const [first] of contents) {
    if (first !== undefined && isSmallEnough(first.byteSize, options)) await sources.keep(first.documentId, first.path)
  }
  for (let begin = 0; begin < contents.length; begin += DOCUMENTS_PER_TRANSACTION) {
    await store.transaction(async (tables) => {
      for (const same of contents.slice(begin, begin + DOCUMENTS_PER_TRANSACTION)) {
        await registerContent(tables, same, options)
      }
    })
  }
  const repeated = contents.flatMap(([first, ...others]) =>
    others.flatMap(({ path }) => (first === undefined || path === first.path ? [] : { path, sameAs: first.path })),
  )
  return { documentIds: [...byContent.keys()], failures, repeated }
}

/** A file that is so many times larger than may be opened is not read at all: a sparse one has no end that is worth waiting for. */
const UNREAD_FACTOR = 10

async function hashFile(path: string, options: RegisterOptions): Promise<{ documentId: string; byteSize: number }> {
  const hash = createHash('sha256')
  const { size } = await stat(path)
  if (!isSmallEnough(size / UNREAD_FACTOR, options)) throw tooLarge(size, options)
  let byteSize = 0
  // What the kernel shows as a file has no size, and to read it may mean to wait for ever.
  if (size === 0) return { documentId: hash.digest('hex'), byteSize }
  for await (const chunk of createReadStream(path)) {
    const bytes = chunk as Buffer
    hash.update(bytes)
    byteSize += bytes.length
  }
  return { documentId: hash.digest('hex'), byteSize }
}

async function registerContent(
  tables: StoreTables,
  same: readonly HashedFile[],
  options: RegisterOptions,
): Promise<void> {
  const [first] = same
  if (first === undefined) return
  const { documents } = tables
  const { documentId, byteSize } = first
  const names = mergeNames(await documents.namesOf(documentId), same)
  const { selection, readers } = options
  await documents.register(
    {
      documentId,
      path: first.path,
      fileName: names[0]?.fileName ?? first.fileName,
      byteSize,
      givenPublisher: same.find((file) => file.publisher !== null)?.publisher ?? null,
      givenFiscalYear: same.find((file) => file.fiscalYear !== null)?.fiscalYear ?? null,
      givenDistrict: same.find((file) => file.district !== null)?.district ?? null,
      givenDepartment: same.find((file) => file.department !== null)?.department ?? null,
      sourceUrl: same.find((file) => file.url !== null)?.url ?? null,
      selection,
      readers,
    },
    unfinishedError(),
  )
  await documents.setNames(documentId, names)
  await forgetFailures(tables, documentId, isRetryableCode)
  await settleMomentaryErrors(tables, documentId, byteSize, options)
}

/** Earlier names stay as long as their files do. Sorted by path, so that the order of runs does not matter. */
function mergeNames(known: readonly DocumentName[], same: readonly HashedFile[]): readonly DocumentName[] {
  const standing = known.filter(({ path }) => existsSync(path))
  const names = new Map([...standing, ...same].map(({ path, fileName }) => [path, { path, fileName }]))
  return [...names.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** Errors that hang on limits or on the moment, not on the content, are judged anew each time. */
async function settleMomentaryErrors(
  { documents }: StoreTables,
  documentId: string,
  byteSize: number,
  options: RegisterOptions,
): Promise<void> {
  const { error } = await documents.get(documentId)
  if (!isSmallEnough(byteSize, options)) {
    await documents.setStatus(documentId, 'failed', toStoredError(tooLarge(byteSize, options)))
  } else if (error?.code === 'document/too-large' || error?.code === 'document/changed') {
    await documents.setOpened(documentId, { openedId: null, title: null, pageCount: null })
    await documents.setStatus(documentId, 'failed', unfinishedError())
  }
}

function tooLarge(byteSize: number, { maxFileMib }: RegisterOptions): PipelineError {
  const sizeMib = Math.ceil(byteSize / BYTES_PER_MIB)
  return new PipelineError('document/too-large', `${sizeMib} MiB, the limit is ${maxFileMib} MiB`)
}

function toUnreadable(error: unknown, path: string): PipelineError {
  if (error instanceof PipelineError) return error
  return new PipelineError('document/unreadable', error instanceof Error ? error.message : path, { cause: error })
}

function isSmallEnough(byteSize: number, { maxFileMib }: RegisterOptions): boolean {
  return byteSize <= maxFileMib * BYTES_PER_MIB
}

/** Whether a document may be worked on at all. */
export async function isWithinSize({ documents }: StoreTables, documentId: string): Promise<boolean> {
  return (await documents.get(documentId)).error?.code !== 'document/too-large'
}
