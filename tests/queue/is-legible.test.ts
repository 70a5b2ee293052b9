import { expect, test } from 'vitest'
import type { PageExtract } from '../../src/model/page.ts'
import { isLegible } from '../../src/queue/is-legible.ts'

const bbox = { x0: 0, top: 0, x1: 10, bottom: 10 }
const pageOf = (...texts: readonly string[]): Pick<PageExtract, 'lines' | 'tables'> => ({
  lines: texts.map((text) => ({ text, bbox, origin: 'ocr' })),
  tables: [],
})

test.each([
  ['a title', ['2024年部门预算公开'], true],
  ['amounts with points and separators', ['1,250.00', '-3.5', '(20,000.00)'], true],
  ['Latin words', ['Total of 12 items'], true],
  ['a page of dots that was given a letter or two', ['.......+', '··...·....', 'h.', '!', '1', '--..'], false],
  ['brackets and dashes', ['[]', '——', '( )'], false],
  ['no characters at all', [], false],
  ['white space', [' ', '\n'], false],
] as const)('%s', (_name, texts, legible) => {
  expect(isLegible(pageOf(...texts))).toBe(legible)
})

test('the cells of tables count with the lines', () => {
  const { lines } = pageOf('...')
  const cell = {
    row: 0,
    column: 0,
    rowSpan: 1,
    columnSpan: 1,
    bbox,
    origin: 'ocr',
    confidence: 1,
    readings: [],
    flags: [],
  }
  const table = { cells: [{ ...cell, text: '采购预算表' }] } as unknown as PageExtract['tables'][number]
  expect(isLegible({ lines, tables: [table] })).toBe(true)
})
