import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Pictures of pages that were made before, on disk; what is lost is made again. */
export interface PictureFolder {
  /** Null where it is not there (any more). */
  get(name: string): Promise<Uint8Array | null>
  /** Keeps a picture and lets go of those that were looked at longest ago. What cannot be written is not kept. */
  put(name: string, bytes: Uint8Array): Promise<void>
}

const PRIVATE_FOLDER = 0o700
const PRIVATE_FILE = 0o600
const USUAL_LIMIT = 256 * 2 ** 20
/** Backup programs leave out a folder with this file (bford.info/cachedir). */
const CACHE_TAG = 'CACHEDIR.TAG'
const CACHE_SIGNATURE = 'Signature: 8a477f597d28d172789f06886806bc55\n# Pictures for the review page; may be removed.\n'

/** Keeps at most `limitBytes` in `folder`, readable by nobody else; the folder is made when the first picture comes. */
export function openPictureFolder(folder: string, limitBytes = USUAL_LIMIT): PictureFolder {
  let writing: Promise<void> = Promise.resolve()

  async function keep(name: string, bytes: Uint8Array): Promise<void> {
    if (!existsSync(folder)) await mkdir(folder, { mode: PRIVATE_FOLDER })
    await writeFile(join(folder, CACHE_TAG), CACHE_SIGNATURE, { mode: PRIVATE_FILE })
    const unfinished = join(folder, `${name}.${process.pid}.part`)
    await writeFile(unfinished, bytes, { mode: PRIVATE_FILE })
    await rename(unfinished, join(folder, name))
    await letGo()
  }

  async function letGo(): Promise<void> {
    const names = (await readdir(folder)).filter((name) => name !== CACHE_TAG)
    const found = await Promise.all(
      names.map(async (name) => {
        const { size, mtimeMs } = await stat(join(folder, name))
        return { name, size, mtimeMs }
      }),
    )
    let total = found.reduce((sum, { size }) => sum + size, 0)
    for (const { name, size } of found.toSorted((a, b) => a.mtimeMs - b.mtimeMs)) {
      if (total <= limitBytes) return
      await rm(join(folder, name), { force: true })
      total -= size
    }
  }

  return {
    async get(name) {
      const file = join(folder, name)
      try {
        const bytes = await readFile(file)
        const now = new Date()
        await utimes(file, now, now)
        return new Uint8Array(bytes)
      } catch {
        return null
      }
    },
    put(name, bytes) {
      // A full or read-only disk only costs time: the picture is made again.
      writing = writing.then(() => keep(name, bytes)).catch(() => undefined)
      return writing
    },
  }
}
