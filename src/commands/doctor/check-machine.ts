import { accessSync, constants } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { availableParallelism, freemem, totalmem } from 'node:os'
import { dirname, resolve } from 'node:path'
import { defaultJobs } from '../terminal.ts'
import { bad, doubtful, type Finding, good, reasonOf } from './finding.ts'

const OLDEST_NODE: readonly [number, number] = [20, 19]
const BYTES_PER_MIB = 1024 * 1024
/** A page process with both readers loaded. */
const CHILD_MIB = 1024
/** Artefacts and output of some thousand pages. */
const ENOUGH_DISK_MIB = 1024
const LEAST_DISK_MIB = 100

export function checkNode(version: string = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldest, oldestMinor] = OLDEST_NODE
  const values = { version, oldest: `${oldest}.${oldestMinor}`, platform: `${process.platform} ${process.arch}` }
  if (major < oldest || (major === oldest && minor < oldestMinor)) {
    return bad('node', 'Node {version} is older than {oldest}', 'Install Node {oldest} or later.', values)
  }
  return good('node', 'Node {version} on {platform}', values)
}

/** `limitBytes`: what the process may use, such as the limit of a container; 0 when there is none. */
export function checkMemory(
  totalBytes: number = totalmem(),
  limitBytes: number = process.constrainedMemory?.() ?? 0,
  freeBytes: number = freemem(),
): Finding {
  // A process without a limit is told one larger than the machine.
  const usable = limitBytes > 0 && limitBytes < totalBytes ? limitBytes : totalBytes
  const [mib, freeMib] = [Math.round(usable / BYTES_PER_MIB), Math.round(Math.min(freeBytes, usable) / BYTES_PER_MIB)]
  const values = { mib, freeMib, cores: availableParallelism(), jobs: defaultJobs(), need: CHILD_MIB }
  if (mib < CHILD_MIB) {
    return bad(
      'memory',
      '{mib} MiB of memory; a page process with both readers needs about {need}',
      'Give the machine or the container more memory, or read with one reader (--ocr paddle).',
      values,
    )
  }
  if (mib < values.jobs * CHILD_MIB) {
    return doubtful(
      'memory',
      '{mib} MiB of memory may be used; {jobs} page processes need about {need} each',
      'Give --jobs a smaller number, or the container more memory.',
      values,
    )
  }
  return good('memory', '{mib} MiB of memory, {freeMib} free; {cores} cores; --jobs {jobs} by default', values)
}

/** The disk of a folder, or of the nearest parent that is there. */
export async function checkDisk(folder: string): Promise<Finding> {
  const path = resolve(folder)
  try {
    const place = await nearest(path)
    accessSync(place, constants.W_OK)
    const { bavail, bsize } = await statfs(place)
    const values = { folder: path, mib: Math.floor((bavail * bsize) / BYTES_PER_MIB) }
    if (values.mib < LEAST_DISK_MIB) {
      return bad('disk', '{mib} MiB are free for {folder}', 'Free some disk space, or choose another folder.', values)
    }
    if (values.mib < ENOUGH_DISK_MIB) {
      return doubtful('disk', '{mib} MiB are free for {folder}', 'Free some disk space before a large batch.', values)
    }
    return good('disk', '{mib} MiB are free for {folder}, which can be written', values)
  } catch (error) {
    const values = { folder: path, reason: reasonOf(error) }
    return bad('disk', '{folder} cannot be written: {reason}', 'Choose another folder, or change its rights.', values)
  }
}

async function nearest(path: string): Promise<string> {
  try {
    await statfs(path)
    return path
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error
    return nearest(dirname(path))
  }
}
