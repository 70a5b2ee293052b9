import { expect, test } from 'vitest'
import { STAGE_PRIORITIES } from '../../src/queue/stages.ts'

test('documents are opened first, finished ones put together before more pages are read, and publishing waits for all', () => {
  const order = Object.entries(STAGE_PRIORITIES).toSorted(([, a], [, b]) => a - b)
  expect(order.map(([stage]) => stage)).toEqual(['document', 'assemble', 'page', 'publish'])
})
