import { expect, test } from 'vitest'
import { hasPrint } from '../../src/queue/open-page-reader.ts'
import { reading } from '../extract/ocr/ocr-fixtures.ts'

const many = (count: number, text: string, confidence: number) =>
  Array.from({ length: count }, () => reading(text, confidence))

test.each([
  ['sound print', many(24, '预算', 0.99), true],
  ['single figures', many(24, '0', 0.95), true],
  ['worn print of which a quarter is sure', [...many(6, '预算', 0.95), ...many(18, '顶算', 0.7)], true],
  ['noise', many(24, '·.', 0.3), false],
  ['strokes that are surely dashes', many(24, '—', 0.97), false],
  ['noise in which tesseract is sure of a few', [...many(2, '全', 0.92), ...many(22, 'vv', 0.7)], false],
  ['nothing', [], false],
])('%s', (_name, readings, expected) => {
  expect(hasPrint(readings)).toBe(expected)
})
