import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const KIB_PER_MIB = 1024

/** Memory that a process holds, in MiB; null when it cannot be told (the process is gone, or the system is unknown). */
export function residentMemoryMib(pid: number): number | null {
  const kib = process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
  return kib === null ? null : kib / KIB_PER_MIB
}

function fromProc(pid: number): number | null {
  try {
    const match = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return match === null ? null : Number(match[1])
  } catch {
    return null
  }
}

function fromPs(pid: number): number | null {
  if (process.platform === 'win32') return null
  try {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim())
  } catch {
    return null
  }
}

/** Linux counts processor time in hundredths of a second, whatever the kernel's own clock. */
const MS_PER_TICK = 10

/** Processor time that a process has taken with all its threads, in ms; null when it cannot be told. */
export function processorMs(pid: number): number | null {
  if (process.platform !== 'linux') return null
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold anything, brackets too; the state comes next, then numbers.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [user, system] = [Number(fields[11]), Number(fields[12])]
    return Number.isFinite(user + system) ? (user + system) * MS_PER_TICK : null
  } catch {
    return null
  }
}
