import { expect, test } from 'vitest'
import { reliabilitySvg } from '../../bench/reliability-svg.ts'

const bins = [
  { from: 0.9, to: 0.95, fields: 40, meanConfidence: 0.93, shareRight: 0.9 },
  { from: 0.999, to: 1, fields: 1200, meanConfidence: 0.9995, shareRight: 1 },
]
const svg = reliabilitySvg('a < b', bins, 0.0123)

test('names the folder and the expected calibration error', () => {
  expect(svg).toContain('a &lt; b: expected calibration error 0.0123')
})

test('shows every bin with its bounds and its fields', () => {
  for (const { from, to, fields } of bins) {
    expect(svg).toContain(`>${from}–${to}<`)
    expect(svg).toContain(`>${fields}<`)
  }
  expect(svg.match(/<circle/g)).toHaveLength(2 * bins.length)
})

test('a bin in which all are right still has an interval, for it says nothing of the next thousand', () => {
  const heights = [...svg.matchAll(/<path d="M[\d.]+ ([\d.]+)V([\d.]+)"/g)].map(
    ([, low, high]) => Number(low) - Number(high),
  )
  expect(heights).toHaveLength(bins.length)
  for (const height of heights) expect(height).toBeGreaterThan(1)
})
