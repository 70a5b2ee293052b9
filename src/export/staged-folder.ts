import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { replaceFile } from '../publish/replace-file.ts'
import { removeLeftovers } from '../publish/write-outputs.ts'
import { openFileTarget, temporaryName } from './file-target.ts'

/** The list of what an export wrote into a folder: one path a line. */
const LIST = 'files.txt'

/**
 * A folder of many files that is written beside its place and put there when all of it is whole. Files that say the same
 * already keep their time; files of the last export that this one has not are removed, and no others.
 */
export interface StagedFolder {
  /** Whether there is a file of this name; it then counts as written. For names that tell their content. */
  keep(name: string): boolean
  /** Puts a file in place at once: what was dear to make stays when the rest is given up. */
  place(name: string, content: string | Uint8Array): void
  write(name: string, content: string | Uint8Array): void
  finish(): void
  /** Leaves nothing behind but what was placed; after finish it does nothing. */
  discard(): void
}

/** Names are relative to `folder`, with slashes. Throws what the disk throws. */
export function stageFolder(folder: string): StagedFolder {
  mkdirSync(dirname(folder), { recursive: true })
  removeLeftovers(dirname(folder))
  const staging = temporaryName(folder)
  rmSync(staging, { recursive: true, force: true })
  const before = new Set(readList(folder))
  const kept = new Set<string>()
  const written = new Set<string>()
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(staging, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
    written.add(name)
  }
  return {
    keep(name) {
      const isThere = existsSync(join(folder, name))
      if (isThere) kept.add(name)
      return isThere
    },
    place(name, content) {
      const target = openFileTarget(join(folder, name))
      target.write(content)
      target.finish()
      kept.add(name)
    },
    write,
    finish() {
      const names = [...kept, ...written].toSorted()
      write(LIST, [...names, LIST].map((name) => `${name}\n`).join(''))
      for (const name of written) {
        mkdirSync(dirname(join(folder, name)), { recursive: true })
        replaceFile(join(staging, name), join(folder, name))
      }
      rmSync(staging, { recursive: true, force: true })
      const standing = new Set([...names, LIST])
      for (const name of before) if (!standing.has(name)) removeFile(folder, name)
    },
    discard: () => rmSync(staging, { recursive: true, force: true }),
  }
}

function readList(folder: string): readonly string[] {
  const path = join(folder, LIST)
  const names = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
  // The list may have been changed by anybody: nothing outside the folder is ever touched.
  return names.filter((name) => /^[\w-][\w./-]*$/.test(name) && !name.includes('..'))
}

/** With the folders that it leaves empty. */
function removeFile(folder: string, name: string): void {
  rmSync(join(folder, name), { force: true })
  for (let place = dirname(name); place !== '.'; place = dirname(place)) {
    const path = join(folder, place)
    if (!existsSync(path) || readdirSync(path).length > 0) return
    rmdirSync(path)
  }
}
