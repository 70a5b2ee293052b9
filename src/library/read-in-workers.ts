import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openPagePool, toPoolLimits } from '../commands/terminal.ts'
import { unpackExtract } from '../queue/packed-answers.ts'
import { readLimits } from '../queue/read-limits.ts'
import { type DocumentInput, pathOfInput } from './document-input.ts'
import type { PageReading } from './page-reading.ts'

/**
 * Reads in `workers` processes: a page that hangs, crashes or needs too much memory is a PipelineError of that page and
 * costs nothing else. Bytes are written to a file of the system's temporary folder, which is removed at the end.
 */
export async function readInWorkers(
  input: DocumentInput,
  readers: string,
  workers: number,
  signal: AbortSignal,
): Promise<PageReading> {
  const { path, remove } = toFile(input)
  const pool = openPagePool(toPoolLimits(readLimits(process.env), workers))
  const source = { path, documentId: null }
  async function close(): Promise<void> {
    await pool.close()
    remove()
  }
  try {
    const { title, pageCount } = await pool.run('open', source, signal)
    return {
      title,
      pageCount,
      width: workers,
      async readPage(pageNumber, pageSignal) {
        try {
          return unpackExtract(await pool.run('page', { ...source, pageNumber, readers }, pageSignal))
        } catch (error) {
          // Who gives up has the process killed: that is no failure of the page.
          pageSignal.throwIfAborted()
          throw error
        }
      },
      close,
    }
  } catch (error) {
    await close()
    signal.throwIfAborted()
    throw error
  }
}

function toFile(input: DocumentInput): { readonly path: string; readonly remove: () => void } {
  const path = pathOfInput(input)
  if (path !== null) return { path: resolve(path), remove: () => undefined }
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-'))
  const written = join(folder, 'document')
  writeFileSync(written, input as Uint8Array)
  return { path: written, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
