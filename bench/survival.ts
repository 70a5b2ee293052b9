/**
 * Kills at random moments, many times: `npm run bench:survival -- [--kills 100] [--batch-kills 20] [--queue embedded|redis|both]
 * [--seed 1]`.
 * Two processes work on a batch, one of them the ingest. At random moments one of them is killed with SIGKILL and started again;
 * with Redis and PostgreSQL the servers are victims too. When a batch is done its output files must have the bytes of a run
 * that nobody disturbed; then the next batch begins, until so many kills have been survived, `batch-kills` in each at most. An
 * ingest that was started while a server was down and said so is started again, as a user would. Pages are stand-ins
 * that take 30 ms: everything around them (queue, store, processes, output) is real.
 */
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Behaviour, fakeDocument, makeFolder, writeFakes } from '../tests/queue/support/fake-document.ts'
import { outputsOf, startIngest, untilEnd } from '../tests/queue/support/kill-runs.ts'
import { startPostgres } from '../tests/support/postgres-server.ts'
import { startRedis } from '../tests/support/redis-server.ts'
import { createRandom } from './generate/random.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    'batch-kills': { type: 'string', default: '20' },
    queue: { type: 'string', default: 'both' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'out/bench' },
  },
})

const DOCUMENTS = 6
const PAGES = 60
const LONGEST_PAUSE_MS = 1500
const SHORTEST_PAUSE_MS = 50
const START_MS = 400

/** What is killed, and how it comes back. */
interface Victim {
  readonly name: string
  strike(): Promise<void>
}

interface Survived {
  readonly queue: string
  readonly kills: Readonly<Record<string, number>>
  readonly batches: number
  readonly pages: number
  readonly differing: number
  readonly seconds: number
}

function writeBatch(folder: string): string {
  const documents = Array.from({ length: DOCUMENTS }, (_, index) => {
    const pages = Array<Behaviour>(PAGES).fill('slow')
    if (index === 0) pages[7] = 'refuse'
    return [`${index}.pdf`, fakeDocument(`document ${index}`, pages)] as const
  })
  return writeFakes(folder, Object.fromEntries(documents))
}

async function survive(queue: 'embedded' | 'redis', kills: number, seed: number): Promise<Survived> {
  const random = createRandom(seed)
  const folder = makeFolder()
  const inputs = writeBatch(folder)
  const begun = performance.now()
  await untilEnd(startIngest(inputs, join(folder, 'undisturbed')), null)
  const expected = JSON.stringify(outputsOf(join(folder, 'undisturbed')))
  const servers = queue === 'redis' ? { redis: await startRedis(), postgres: await startPostgres() } : null
  const counted: Record<string, number> = {}
  let [batches, differing, total] = [0, 0, 0]

  while (total < kills) {
    const out = join(folder, `disturbed-${batches}`)
    const addresses = servers === null ? [] : [servers.redis.createPlace(), await servers.postgres.createPlace()]
    let isDone = false
    let ingesting: ChildProcess
    const beginIngest = () => {
      ingesting = startIngest(inputs, out, addresses)
      ingesting.stdout?.resume()
      ingesting.once('exit', (code, signal) => {
        if (code === 0) isDone = true
        // It met a server that was down at that moment, and has said so.
        else if (signal === null) setTimeout(beginIngest, SHORTEST_PAUSE_MS)
      })
    }
    const beginWorker = () => {
      const worker = startIngest('-', out, addresses)
      worker.stdout?.resume()
      return worker
    }
    beginIngest()
    await sleep(START_MS)
    let worker = beginWorker()
    const strikeProcess = async (child: ChildProcess) => {
      const gone = child.exitCode !== null || new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    }
    const victims: Victim[] = [
      {
        name: 'ingest',
        async strike() {
          await strikeProcess(ingesting)
          if (!isDone) beginIngest()
        },
      },
      {
        name: 'worker',
        async strike() {
          await strikeProcess(worker)
          worker = beginWorker()
        },
      },
      ...(servers === null
        ? []
        : [
            { name: 'redis', strike: async () => servers.redis.kill().then(() => servers.redis.start()) },
            { name: 'postgres', strike: async () => servers.postgres.kill().then(() => servers.postgres.start()) },
          ]),
    ]
    const most = Math.min(kills, total + Number(values['batch-kills']))
    while (!isDone) {
      await sleep(SHORTEST_PAUSE_MS + random.next() * LONGEST_PAUSE_MS)
      const victim = victims[Math.floor(random.next() * victims.length)]
      if (isDone || victim === undefined || total >= most) continue
      await victim.strike()
      counted[victim.name] = (counted[victim.name] ?? 0) + 1
      total += 1
    }
    await strikeProcess(worker)
    batches += 1
    if (JSON.stringify(outputsOf(out)) !== expected) differing += 1
    console.log(`${queue}: ${total} kills, ${batches} batches, ${differing} differ`)
    rmSync(out, { recursive: true })
  }
  await servers?.redis.close()
  await servers?.postgres.close()
  const seconds = (performance.now() - begun) / 1000
  return { queue, kills: counted, batches, pages: batches * DOCUMENTS * PAGES, differing, seconds }
}

const queues = values.queue === 'both' ? (['embedded', 'redis'] as const) : [values.queue as 'embedded' | 'redis']
const results: Survived[] = []
for (const queue of queues) results.push(await survive(queue, Number(values.kills), Number(values.seed)))
mkdirSync(values.out, { recursive: true })
writeFileSync(join(values.out, 'survival.json'), `${JSON.stringify(results, null, 2)}\n`)
console.log(JSON.stringify(results, null, 2))
process.exitCode = results.every(({ differing }) => differing === 0) ? 0 : 1
