import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, copyFile, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PipelineError } from '../model/pipeline-error.ts'
import type { BlobStore } from './blobs.ts'

/** Blobs as files of a folder that machines share. Each is written beside its place and renamed: no reader sees half of one. */
export function blobsInFolder(folder: string): BlobStore {
  const pathOf = (name: string) => join(folder, name)

  async function write(name: string, fill: (temporary: string) => Promise<void>): Promise<void> {
    const temporary = join(folder, `.${randomUUID()}.tmp`)
    try {
      await mkdir(dirname(pathOf(name)), { recursive: true })
      await fill(temporary)
      await flush(temporary)
      await rename(temporary, pathOf(name))
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined)
      throw unavailable(error)
    }
  }

  return {
    has: (name) =>
      access(pathOf(name)).then(
        () => true,
        () => false,
      ),
    put: (name, bytes) =>
      write(name, async (temporary) => {
        const file = await open(temporary, 'wx', 0o600)
        await file.writeFile(bytes).finally(() => file.close())
      }),
    putFile: (name, path) => write(name, (temporary) => copyFile(path, temporary, constants.COPYFILE_EXCL)),
    async get(name) {
      return readFile(pathOf(name)).catch(nullWhenMissing)
    },
    async getFile(name, path) {
      const copied = await copyFile(pathOf(name), path, constants.COPYFILE_EXCL).catch(nullWhenMissing)
      return copied !== null
    },
    close: () => undefined,
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+')
  await file.sync().finally(() => file.close())
}

function nullWhenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw unavailable(error)
}

function unavailable(error: unknown): PipelineError {
  const detail = error instanceof Error ? error.message : String(error)
  return new PipelineError('store/artefacts-unavailable', detail, { cause: error })
}
