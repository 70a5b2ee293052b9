import { closeSync, fsyncSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { PipelineError } from '../model/pipeline-error.ts'
import { RECORD_TYPES } from '../model/record.ts'
import type { PublishedDocument } from './published-document.ts'
import { replaceFile } from './replace-file.ts'
import { BYTE_ORDER_MARK, toCsvHeader, toCsvLines } from './to-csv.ts'
import { toCheckLines, toDocumentLine, toRecordLines } from './to-json-lines.ts'

/** One file of the output folder: what stands at its top and what each document adds. */
interface OutputFile {
  readonly name: string
  readonly head: string
  readonly toText: (document: PublishedDocument) => string
}

const jsonText = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')
const csvText = (lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join('')

const OUTPUT_FILES: readonly OutputFile[] = [
  { name: 'records.jsonl', head: '', toText: (document) => jsonText(toRecordLines(document)) },
  { name: 'documents.jsonl', head: '', toText: (document) => jsonText([toDocumentLine(document)]) },
  { name: 'checks.jsonl', head: '', toText: (document) => jsonText(toCheckLines(document)) },
  ...RECORD_TYPES.map((recordType) => ({
    name: `${recordType}.csv`,
    head: BYTE_ORDER_MARK + csvText([toCsvHeader(recordType)]),
    toText: (document: PublishedDocument) => csvText(toCsvLines(document, recordType)),
  })),
]

/** A written file: its name in the folder and its size, by which a later run sees whether it still stands. */
export interface WrittenFile {
  readonly name: string
  readonly byteSize: number
}

/**
 * Writes the output files of a folder. Documents come sorted and one at a time, so memory does not grow with them.
 * Each file is written beside its place and renamed: a reader never sees half a file, nor does a kill leave one. A file
 * whose content has not changed keeps its time.
 * Throws PipelineError output/not-writable.
 */
export async function writeOutputs(
  directory: string,
  documents: AsyncIterable<PublishedDocument> | Iterable<PublishedDocument>,
): Promise<readonly WrittenFile[]> {
  try {
    removeLeftovers(directory)
    return await writeAndRename(directory, documents)
  } catch (error) {
    if (!isDiskError(error)) throw error
    throw new PipelineError('output/not-writable', error.message, { cause: error })
  }
}

async function writeAndRename(
  directory: string,
  documents: AsyncIterable<PublishedDocument> | Iterable<PublishedDocument>,
): Promise<readonly WrittenFile[]> {
  const targets = OUTPUT_FILES.map((file) => {
    const temporary = join(directory, `.${file.name}.${process.pid}.tmp`)
    return { ...file, temporary, descriptor: openSync(temporary, 'w') }
  })
  try {
    for (const target of targets) writeSync(target.descriptor, target.head)
    for await (const document of documents) {
      for (const target of targets) writeAll(target.descriptor, target.toText(document))
    }
    for (const target of targets) fsyncSync(target.descriptor)
  } catch (error) {
    // On a disk that is full they would take the room that the next run needs.
    for (const { temporary } of targets) rmSync(temporary, { force: true })
    throw error
  } finally {
    for (const target of targets) closeSync(target.descriptor)
  }
  return targets.map(({ name, temporary }) => {
    const byteSize = statSync(temporary).size
    replaceFile(temporary, join(directory, name))
    return { name, byteSize }
  })
}

/** A single call may write less than it was given. */
function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8')
  let written = 0
  while (written < bytes.length) written += writeSync(descriptor, bytes, written)
}

/** Half-written files of a process that was killed. One of a process that still writes is left alone. */
export function removeLeftovers(directory: string): void {
  for (const name of readdirSync(directory)) {
    const writer = /^\..+\.(\d+)\.tmp$/.exec(name)?.[1]
    if (writer !== undefined && !isAlive(Number(writer)))
      rmSync(join(directory, name), { recursive: true, force: true })
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

const DISK_CODES = ['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'EDQUOT', 'EIO', 'ENOENT', 'EISDIR']

/** Whether it is the disk or the folder that does not let us. */
export function isDiskError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && DISK_CODES.includes((error as NodeJS.ErrnoException).code ?? '')
}
