import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { type Behaviour, fakeDocument, makeFolder, writeFakes } from './support/fake-document.ts'

const SCRIPT = fileURLToPath(new URL('./support/ingest-process.ts', import.meta.url))
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const OUTPUTS = ['records.jsonl', 'documents.jsonl', 'checks.jsonl', 'procurement_line.csv']

/** When to kill a run: after so many ended jobs and a few milliseconds, so that the moment falls anywhere. */
const KILLS = [
  { endedJobs: 1, delayMs: 0 },
  { endedJobs: 2, delayMs: 7 },
  { endedJobs: 5, delayMs: 3 },
  { endedJobs: 4, delayMs: 31 },
  { endedJobs: 6, delayMs: 1 },
  { endedJobs: 3, delayMs: 13 },
]

function startIngest(inputs: string, out: string): ChildProcess {
  return spawn(process.execPath, ['--import', LOADER, SCRIPT, inputs, out], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** The signal that ended the process, or null when it ended well by itself. */
function untilEnd(child: ChildProcess, kill: (typeof KILLS)[number] | null): Promise<string | null> {
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

const outputsOf = (out: string) => OUTPUTS.map((name) => readFileSync(join(out, name), 'utf8'))

test('kill -9 at any moment and running again gives the same bytes as a run that nobody disturbed', async () => {
  const folder = makeFolder()
  const pages = Array<Behaviour>(12).fill('slow')
  const inputs = writeFakes(folder, {
    'a.pdf': fakeDocument('a', pages),
    'b.pdf': fakeDocument('b', [...pages, 'refuse']),
    'c.pdf': fakeDocument('c', ['read']),
  })
  const [undisturbed, disturbed] = [join(folder, 'undisturbed'), join(folder, 'disturbed')]
  expect(await untilEnd(startIngest(inputs, undisturbed), null)).toBeNull()
  for (const kill of KILLS) expect(await untilEnd(startIngest(inputs, disturbed), kill)).toBe('SIGKILL')
  expect(await untilEnd(startIngest(inputs, disturbed), null)).toBeNull()
  expect(outputsOf(disturbed)).toEqual(outputsOf(undisturbed))
}, 180_000)

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch {
    return false
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(50)
}

test('a child that hangs does not outlive a parent that was killed', async () => {
  const folder = makeFolder()
  const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['hang']) })
  const parent = startIngest(inputs, join(folder, 'out'))
  const trace = join(inputs, 'a.pdf.1.tried')
  await until(() => existsSync(trace) && readFileSync(trace, 'utf8') !== '')
  const childId = Number(readFileSync(trace, 'utf8'))
  expect(isAlive(childId)).toBe(true)
  parent.kill('SIGKILL')
  await until(() => !isAlive(childId))
})
