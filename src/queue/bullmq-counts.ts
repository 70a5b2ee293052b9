import type { JobCounts, JobsLeft } from './job-queue.ts'
import { mapStages, STAGE_NAMES, STAGE_PRIORITIES, type StageName } from './stages.ts'

type CountedSet = 'delayed' | 'active' | 'completed' | 'failed'

/** What counting needs of a queue of BullMQ. */
export interface CountedQueue {
  getCountsPerPriority(priorities: number[]): Promise<Readonly<Record<string, number>>>
  getRanges(sets: CountedSet[], start: number, end: number): Promise<string[]>
}

/** BullMQ counts states, not stages; an id begins with its stage, and ids are little to read. */
export async function countAll(queues: readonly CountedQueue[]): Promise<JobCounts> {
  const counts = mapStages(() => ({ wait: 0, active: 0, done: 0, failed: 0 }))
  const stages = Object.keys(counts) as StageName[]
  for (const queue of queues) {
    const waiting = await countWaiting(queue)
    for (const stage of stages) counts[stage].wait += waiting[stage]
    for (const { set, state } of COUNTED_SETS) {
      for (const id of await queue.getRanges([set], 0, -1)) {
        const stage = stages.find((name) => id.startsWith(`${name}__`))
        if (stage !== undefined) counts[stage][state] += 1
      }
    }
  }
  return counts
}

async function countWaiting(queue: CountedQueue): Promise<JobsLeft> {
  const waiting = await queue.getCountsPerPriority(STAGE_NAMES.map((stage) => STAGE_PRIORITIES[stage] + 1))
  return mapStages((stage) => waiting[String(STAGE_PRIORITIES[stage] + 1)] ?? 0)
}

/** Without a look at what has ended. Few jobs are in work or wait for another try at a time. */
export async function countLeft(queues: readonly CountedQueue[]): Promise<JobsLeft> {
  const counted = await Promise.all(
    queues.flatMap((queue) => [
      countWaiting(queue),
      queue
        .getRanges(['delayed', 'active'], 0, -1)
        .then((ids) => mapStages((stage) => ids.filter((id) => id.startsWith(`${stage}__`)).length)),
    ]),
  )
  return mapStages((stage) => counted.reduce((total, each) => total + each[stage], 0))
}

const COUNTED_SETS = [
  { set: 'delayed', state: 'wait' },
  { set: 'active', state: 'active' },
  { set: 'completed', state: 'done' },
  { set: 'failed', state: 'failed' },
] as const
