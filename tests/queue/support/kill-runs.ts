import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const SCRIPT = fileURLToPath(new URL('./ingest-process.ts', import.meta.url))
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const OUTPUTS = ['records.jsonl', 'documents.jsonl', 'checks.jsonl', 'procurement_line.csv']

/** When to kill a run: after so many ended jobs and a few milliseconds, so that the moment falls anywhere. */
export interface Kill {
  readonly endedJobs: number
  readonly delayMs: number
}

/** Starts a process that ingests, or with '-' for the inputs one that works on the jobs of others. */
export function startIngest(inputs: string, out: string, addresses: readonly string[] = []): ChildProcess {
  const parameters = ['--import', LOADER, SCRIPT, inputs, out, ...addresses]
  return spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** The signal that ended the process, or null when it ended well by itself. */
export function untilEnd(child: ChildProcess, kill: Kill | null): Promise<NodeJS.Signals | null> {
  let endedJobs = 0
  child.stdout?.on('data', (data: Buffer) => {
    endedJobs += data.length
    if (kill !== null && endedJobs >= kill.endedJobs) setTimeout(() => child.kill('SIGKILL'), kill.delayMs)
  })
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) =>
      code !== null && code > 0 ? reject(new Error(`exit ${code}`)) : resolve(signal),
    )
  })
}

/** What a run wrote, all of it. */
export const outputsOf = (out: string): readonly string[] =>
  OUTPUTS.map((name) => readFileSync(join(out, name), 'utf8'))
