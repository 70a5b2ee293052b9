/**
 * One long run, watched: `npm run bench:endurance -- [--pages 2000] [--runs embedded-1,embedded-2,hosts-2x1] [FILE]`.
 * FILE (default: the digital sample) is copied under many contents until there are so many pages. For each run it tells pages a
 * minute, processor time a page (all processes, and the parent's alone, which is what queue, store and messages cost) and
 * the resident memory of parents and page processes over time, with the slope of its middle half. `redis-2x1` means two
 * process groups of one worker each on Redis and PostgreSQL; `hosts-2x1` the same on two network namespaces of their own (Linux,
 * root). Last, what the queues alone cost a job, the first thousand of a process and those after them; `--runs none` tells only
 * that. Run `npm run build` before.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openPdf } from '../src/extract/pdf/open-pdf.ts'
import { bullmqQueue } from '../src/queue/bullmq-queue.ts'
import { embeddedQueue } from '../src/queue/embedded-queue.ts'
import type { JobQueue } from '../src/queue/job-queue.ts'
import { jobId, type NewJob } from '../src/queue/stages.ts'
import { openStore, type Store } from '../src/store/open-store.ts'
import { localStore } from '../src/store/store-location.ts'
import { startPostgres } from '../tests/support/postgres-server.ts'
import { startRedis } from '../tests/support/redis-server.ts'
import { memorySvg } from './memory-svg.ts'
import { makeNetworkHosts } from './network-hosts.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pages: { type: 'string', default: '2000' },
    runs: { type: 'string', default: 'embedded-1,embedded-2,hosts-2x1' },
    out: { type: 'string', default: 'out/bench' },
  },
})
const original = positionals[0] ?? 'samples/fancheng-education-2025-digital.pdf'
const SAMPLE_MS = 1000
const CLOCK_TICKS = 100
const MS_PER_MINUTE = 60_000

interface Sample {
  readonly seconds: number
  readonly parentMib: number
  readonly childrenMib: number
}

interface Measured {
  readonly run: string
  readonly pages: number
  readonly pagesPerMinute: number
  readonly cpuMsPerPage: number
  readonly parentCpuMsPerPage: number
  readonly peakParentMib: number
  readonly peakChildrenMib: number
  readonly parentSlopeMibPerThousandPages: number
  readonly childrenSlopeMibPerThousandPages: number
}

const folder = mkdtempSync(join(tmpdir(), 'gongkai-endurance-'))
const { pageCount } = await openPdf(new Uint8Array(readFileSync(original)))
const copies = Math.ceil(Number(values.pages) / pageCount)
const inputs = join(folder, 'in')
mkdirSync(inputs)
for (let copy = 0; copy < copies; copy += 1) {
  const path = join(inputs, `${String(copy).padStart(5, '0')}.pdf`)
  copyFileSync(original, path)
  // Bytes after the end change the content's name and nothing else.
  appendFileSync(path, `\n% copy ${copy}\n`)
}
const pages = copies * pageCount

/** Processor time (ms) and resident memory (MiB) of a process; null when it is gone. Linux only. */
function statusOf(pid: number): { cpuMs: number; mib: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const cpuMs = ((Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS) * 1000
    const resident = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return { cpuMs, mib: Number(resident?.[1] ?? 0) / 1024 }
  } catch {
    return null
  }
}

function childrenOf(pid: number): readonly number[] {
  const path = `/proc/${pid}/task/${pid}/children`
  return existsSync(path) ? readFileSync(path, 'utf8').split(' ').filter(Boolean).map(Number) : []
}

/** Starts the command line and samples it and its page processes until it ends. */
async function watch(processes: readonly ChildProcess[], ended: Promise<unknown>) {
  const samples: Sample[] = []
  const cpuMs = new Map<number, number>()
  const parents = new Set(processes.map((one) => one.pid ?? 0))
  const begun = performance.now()
  let isOver = false
  void ended.then(() => {
    isOver = true
  })
  const look = (pid: number): number => {
    const status = statusOf(pid)
    if (status !== null) cpuMs.set(pid, status.cpuMs)
    return status?.mib ?? 0
  }
  while (!isOver) {
    let [parentMib, childrenMib] = [0, 0]
    for (const pid of parents) {
      parentMib += look(pid)
      for (const child of childrenOf(pid)) childrenMib += look(child)
    }
    samples.push({ seconds: (performance.now() - begun) / 1000, parentMib, childrenMib })
    await Promise.race([sleep(SAMPLE_MS), ended])
  }
  const sum = (wanted: (pid: number) => boolean) =>
    [...cpuMs].filter(([pid]) => wanted(pid)).reduce((total, [, ms]) => total + ms, 0)
  return { samples, cpuMs: sum(() => true), parentCpuMs: sum((pid) => parents.has(pid)), ms: performance.now() - begun }
}

/** Starts the command line; `before` are words that run a command elsewhere. */
function start(
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
  before: readonly string[],
): ChildProcess {
  const [program = process.execPath, ...rest] = [...before, process.execPath, 'dist/cli.js', ...parameters]
  return spawn(program, rest, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...environment } })
}

/** Redis and PostgreSQL, on the hosts' own net where there are hosts; null for a run in one folder. */
async function startServers(kind: string | undefined, groups: number) {
  if (kind === 'embedded') return null
  const hosts = kind === 'hosts' ? makeNetworkHosts(groups) : null
  return { hosts, redis: await startRedis(hosts?.address), postgres: await startPostgres(hosts?.address) }
}

async function measure(run: string): Promise<Measured> {
  const out = join(folder, run)
  const [, kind, groups = '1', jobs = '1'] = /^(embedded|redis|hosts)-(?:(\d+)x)?(\d+)$/.exec(run) ?? []
  const ingest = ['ingest', inputs, '--out', out, '--no-progress', '--jobs', jobs]
  const servers = await startServers(kind, Number(groups))
  const on = (host: number) => servers?.hosts?.command(host) ?? []
  const environment: Record<string, string> =
    servers === null
      ? {}
      : { GONGKAI_QUEUE: servers.redis.createPlace(), GONGKAI_STORE: await servers.postgres.createPlace() }
  const leader = start(ingest, environment, on(0))
  const ended = new Promise((resolve) => leader.once('exit', resolve))
  if (servers !== null) await sleep(2 * SAMPLE_MS)
  const followers = Array.from({ length: Number(groups) - 1 }, (_, index) =>
    start(['work', '--no-progress', '--jobs', jobs], environment, on(index + 1)),
  )
  const seen = await watch([leader, ...followers], ended)
  for (const follower of followers) follower.kill('SIGTERM')
  await Promise.all(followers.map((follower) => new Promise((resolve) => follower.once('exit', resolve))))
  await servers?.redis.close()
  await servers?.postgres.close()
  servers?.hosts?.remove()
  writeFileSync(join(values.out, `memory-${run}.svg`), memorySvg(run, seen.samples))
  rmSync(out, { recursive: true, force: true })
  return {
    run,
    pages,
    pagesPerMinute: (pages / seen.ms) * MS_PER_MINUTE,
    cpuMsPerPage: seen.cpuMs / pages,
    parentCpuMsPerPage: seen.parentCpuMs / pages,
    peakParentMib: Math.max(...seen.samples.map((sample) => sample.parentMib)),
    peakChildrenMib: Math.max(...seen.samples.map((sample) => sample.childrenMib)),
    parentSlopeMibPerThousandPages: slopeOf(seen.samples, ({ parentMib }) => parentMib) * (1000 / (pages / 2)),
    childrenSlopeMibPerThousandPages: slopeOf(seen.samples, ({ childrenMib }) => childrenMib) * (1000 / (pages / 2)),
  }
}

/** By how many MiB memory grows over the middle half of a run, while pages are read, by least squares. */
function slopeOf(samples: readonly Sample[], of: (sample: Sample) => number): number {
  const half = samples.slice(Math.floor(samples.length / 4), Math.ceil((samples.length * 3) / 4))
  const meanX = half.reduce((total, { seconds }) => total + seconds, 0) / half.length
  const meanY = half.reduce((total, sample) => total + of(sample), 0) / half.length
  const covariance = half.reduce((total, one) => total + (one.seconds - meanX) * (of(one) - meanY), 0)
  const variance = half.reduce((total, one) => total + (one.seconds - meanX) ** 2, 0)
  return (covariance / variance) * ((half.at(-1)?.seconds ?? 0) - (half[0]?.seconds ?? 0))
}

const FIRST_JOBS = 1000
const FURTHER_JOBS = 5000

/** Of the first jobs of a process, for which the program must warm up, and of those after them. */
interface QueueCost {
  readonly firstMsPerJob: number
  readonly furtherMsPerJob: number
}

async function costOfQueue(queue: JobQueue): Promise<QueueCost> {
  const firstMsPerJob = await costOfJobs(queue, 'a', FIRST_JOBS)
  return { firstMsPerJob, furtherMsPerJob: await costOfJobs(queue, 'b', FURTHER_JOBS) }
}

/** Processor time of this process for jobs whose handlers do nothing, ms a job: adding, taking, ending. */
async function costOfJobs(queue: JobQueue, letter: string, count: number): Promise<number> {
  const jobs = Array.from({ length: count }, (_, index): NewJob => {
    const payload = { documentId: letter.repeat(64), pageNumber: index + 1, readers: 'both' }
    return { id: jobId('page', payload.documentId, `p${index}`, '1'), stage: 'page', payload }
  })
  const before = process.cpuUsage()
  const nothing = async () => null
  await queue.enqueue(jobs)
  const never = new AbortController().signal
  await queue.work({
    handlers: { document: nothing, page: nothing, assemble: nothing, publish: nothing },
    effects: { settled: async () => [], failed: async () => [] },
    concurrency: 2,
    stop: never,
    abort: never,
  })
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / count
}

async function withStore<Result>(name: string, work: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStore(localStore(join(folder, name)))
  return work(store).finally(() => store.close())
}

mkdirSync(values.out, { recursive: true })
const runs: Measured[] = []
for (const run of values.runs === 'none' ? [] : values.runs.split(',')) {
  const measured = await measure(run)
  runs.push(measured)
  console.log(JSON.stringify(measured))
}
const redis = await startRedis()
const queues = {
  embedded: await withStore('queue-embedded', (store) => costOfQueue(embeddedQueue(store))),
  bullmq: await withStore('queue-bullmq', async (store) => {
    const queue = await bullmqQueue(redis.createPlace(), store)
    return costOfQueue(queue).finally(() => queue.close())
  }),
}
await redis.close()
console.log(JSON.stringify(queues))
writeFileSync(join(values.out, 'endurance.json'), `${JSON.stringify({ runs, queues }, null, 2)}\n`)
if (readdirSync(folder).length > 0) rmSync(folder, { recursive: true })
