import { describe, expect, test } from 'vitest'
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
  ['two figures in noise that was left out', ['50'], false],
  ['brackets and dashes', ['[]', '——', '( )'], false],
  ['no characters at all', [], false],
  ['white space', [' ', '\n'], false],
] as const)('%s', (_name, texts, legible) => {
  expect(isLegible(pageOf(...texts))).toBe(legible)
})

const cellOf = (text: string, confidence: number | null) => {
  const place = { row: 0, column: 0, rowSpan: 1, columnSpan: 1, bbox }
  return { ...place, text, origin: 'ocr', confidence, readings: [], flags: [] }
}
const tableOf = (...cells: readonly object[]) => [{ cells }] as unknown as PageExtract['tables']

describe('the cells of tables count with the lines', () => {
  test.each([
    ['read surely', [cellOf('政府采购预算表明细', 0.97)], true],
    ['of a text layer', [cellOf('政府采购预算表明细', null)], true],
    ['letters that the reader only half believes', [cellOf('专平T民', 0.4), cellOf('呵ye', 0.5)], false],
    ['a few doubtful ones among sure ones', [cellOf('政府采购预算表明细', 0.97), cellOf('口1', 0.3)], true],
  ] as const)('%s', (_name, cells, legible) => {
    expect(isLegible({ lines: pageOf('..').lines, tables: tableOf(...cells) })).toBe(legible)
  })
})
