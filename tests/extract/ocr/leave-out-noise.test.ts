import { describe, expect, test } from 'vitest'
import { leaveOutNoise } from '../../../src/extract/ocr/leave-out-noise.ts'
import type { LineReading } from '../../../src/extract/ocr/ocr-engine.ts'
import { drawLine, fakeEngine, reading } from './ocr-fixtures.ts'

const signal = new AbortController().signal

/** What is left of so many lines, read as `read` says of each; and how many are left out. */
async function left(count: number, read: (index: number) => LineReading, name: 'paddle' | 'tesseract' = 'paddle') {
  const lines = Array.from({ length: count }, (_, index) => drawLine(30 + index, 20))
  const engine = fakeEngine(name, (line) => read(line.inkInCrop.x1 - line.inkInCrop.x0 - 30))
  const { print, noise } = await leaveOutNoise(lines, engine, signal)
  return [print.length, noise]
}

const sure = reading('预算公开', 0.97)
const doubtful = reading('目项', 0.65)
const scribble = reading('.·-', 0.3)

describe('lines outside the tables', () => {
  test.each([
    ['of sound print all stay', 200, () => sure, [200, 0]],
    ['of worn print that nobody is sure of all stay', 200, () => doubtful, [200, 0]],
    ['of which one in twenty can be read all stay', 200, (at: number) => (at % 20 === 0 ? sure : scribble), [200, 0]],
    ['of single figures, surely read, all stay', 200, () => reading('0', 0.95), [200, 0]],
    ['that are few all stay, whatever they are', 20, () => scribble, [20, 0]],
    ['of noise go', 200, () => scribble, [0, 200]],
    ['of noise with a caption go, the caption stays', 200, (at: number) => (at === 7 ? sure : scribble), [1, 199]],
  ] as const)('%s', async (_name, count, read, expected) => {
    expect(await left(count, read)).toEqual(expected)
  })

  test('all stay where only a reader looks that is half sure of noise', async () => {
    expect(await left(200, () => scribble, 'tesseract')).toEqual([200, 0])
  })
})
