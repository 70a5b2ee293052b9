import { expect, test } from 'vitest'
import { pageDeadline } from '../../src/queue/page-deadline.ts'
import { processorMs } from '../../src/queue/process-usage.ts'

const TIMEOUT_MS = 60_000

/** When the deadline is over, in seconds, for a page that gets `share` of a processor until `stopsAt` (seconds). */
function overAfter(share: number | null, stopsAt = Number.POSITIVE_INFINITY): number {
  const usedAt = (ms: number): number | null => (share === null ? null : share * Math.min(ms, stopsAt * 1000))
  const deadline = pageDeadline(TIMEOUT_MS, 0, usedAt(0))
  for (let now = 0; now < 100 * TIMEOUT_MS; now += 100) if (deadline.isOver(now, usedAt(now))) return now / 1000
  return Number.POSITIVE_INFINITY
}

test.each([
  ['with a processor of its own: at the limit', 1, undefined, 60],
  ['with two threads at work: at the limit, not before', 2, undefined, 60],
  ['with half a processor: when it has had its time', 0.5, undefined, 120],
  ['that hangs from the start: at the limit', 0, undefined, 60],
  ['that hangs past the limit on a busy machine: soon after it stops', 0.2, 70, 75],
  ['that crawls: at ten times the limit', 0.02, undefined, 600],
  ['whose processor time cannot be told: at the limit', null, undefined, 60],
])('a page %s', (_, share, stopsAt, seconds) => {
  expect(Math.abs(overAfter(share, stopsAt) - seconds)).toBeLessThan(1)
})

test.runIf(process.platform === 'linux')('the processor time of a process grows with its work', () => {
  const before = processorMs(process.pid)
  while ((processorMs(process.pid) ?? 0) < (before ?? 0) + 30) Math.sqrt(2)
  expect(processorMs(process.pid)).toBeGreaterThanOrEqual((before ?? 0) + 30)
})

test('a process that is gone has none', () => {
  expect(processorMs(2 ** 22 + 1)).toBeNull()
})
