import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of its own, in memory, of so many KiB; mounted on an empty folder. */
export interface SmallDisk {
  readonly folder: string
  resize(kib: number): void
  /** Whether anything can be written. Throws while a file is open for writing. */
  setWritable(isWritable: boolean): void
  remove(): void
}

/** Whether this machine lets a test mount one: Linux, as root, with the right to. */
export const CAN_MOUNT: boolean = (() => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    createSmallDisk(100).remove()
    return true
  } catch {
    return false
  }
})()

export function createSmallDisk(kib: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-disk-'))
  run('mount', '-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', folder)
  return {
    folder,
    resize: (wanted) => run('mount', '-o', `remount,size=${wanted}k`, folder),
    setWritable: (isWritable) => run('mount', '-o', `remount,${isWritable ? 'rw' : 'ro'}`, folder),
    remove: () => {
      run('umount', '-l', folder)
      rmdirSync(folder)
    },
  }
}

function run(program: string, ...parameters: readonly string[]): void {
  const { status, stderr } = spawnSync(program, parameters, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program}: ${stderr}`)
}
