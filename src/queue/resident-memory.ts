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
