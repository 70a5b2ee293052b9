import { describe, expect, test } from 'vitest'
import type { Cell, ReaderName, Reading } from '../../../src/model/table.ts'
import { readMoneyCell } from '../../../src/normalize/reconcile/read-money-cells.ts'

const context = (decimals: number | null) => ({
  key: 'r1',
  member: null,
  pageNumber: 1,
  field: 'amount_sme',
  yuanPerUnit: 10_000,
  habit: { decimals, roundShare: 0.5 },
  confusions: new Map(),
})

function scanned(...texts: readonly (readonly [ReaderName, string])[]): Cell {
  const readings = texts.map(([reader, text]): Reading => ({ reader, lines: [text], confidence: 0.9, characters: [] }))
  const place = { row: 0, column: 0, rowSpan: 1, columnSpan: 1, bbox: { x0: 0, top: 0, x1: 1, bottom: 1 } }
  return { ...place, text: texts[0]?.[1] ?? '', origin: 'ocr', confidence: 0.9, readings, flags: [] }
}

test.each([
  ['a slash that both readers see', scanned(['paddle', '/'], ['tesseract', '/']), 2, 'empty'],
  [
    'a slash that one reader takes for 1 among figures with decimals',
    scanned(['paddle', '/'], ['tesseract', '1']),
    2,
    'empty',
  ],
  ['a slash that one reader takes for 1 among whole numbers', scanned(['paddle', '/'], ['tesseract', '1']), 0, 'lone'],
  ['a dash beside a figure', scanned(['paddle', '—'], ['tesseract', '12.00']), 2, 'lone'],
  ['a figure that both readers see', scanned(['paddle', '12.00'], ['tesseract', '12.00']), 2, 'firm'],
  ['a figure against the habit that both readers see', scanned(['paddle', '0.018'], ['tesseract', '0.018']), 2, 'firm'],
  ['a figure against the habit that one reader sees', scanned(['paddle', '0.018']), 2, 'damaged'],
  [
    'a comma that both readers take for a point',
    scanned(['paddle', '36.000.00'], ['tesseract', '36.000.00']),
    2,
    'firm',
  ],
  [
    'a speck before a figure with a point of its own',
    scanned(['paddle', '.3,400.00'], ['tesseract', ',3,400.00']),
    2,
    'firm',
  ],
  ['a point that begins a figure is its own', scanned(['paddle', '.50'], ['tesseract', '.50']), 2, 'firm'],
  ['the heading that a blank cell was joined to', scanned(['paddle', '预算数'], ['tesseract', '预算数']), 2, 'empty'],
  ['a figure that one reader takes for such words', scanned(['paddle', '12.00'], ['tesseract', '预算数']), 2, 'lone'],
  ['two figures', scanned(['paddle', '12.00'], ['tesseract', '13.00']), 2, 'split'],
] as const)('%s', (_name, cell, decimals, state) => {
  expect(readMoneyCell(cell, context(decimals)).state).toBe(state)
})

describe('a letter before a figure', () => {
  const read = (isSigned: boolean, ...texts: readonly [string, string]) =>
    readMoneyCell(scanned(['paddle', texts[0]], ['tesseract', texts[1]]), {
      ...context(2),
      habit: { decimals: 2, roundShare: 0.5, isSigned },
    })

  test('is the sign of a currency where the column prints it', () => {
    expect(read(true, 'Y65,405.00', '￥65,405.00')).toMatchObject({ state: 'firm', options: [{ fen: 65_405_000_000 }] })
    expect(read(true, '-V65,405.00', '-Y65,405.00')).toMatchObject({
      state: 'firm',
      options: [{ fen: -65_405_000_000 }],
    })
  })

  test('may be any digit where it prints none', () => {
    expect(read(false, 'Y65,405.00', 'Y65,405.00').state).toBe('damaged')
  })
})

test('a speck before a figure changes nothing of it', () => {
  const fenOf = (text: string) =>
    readMoneyCell(scanned(['paddle', text], ['tesseract', text]), context(2)).options[0]?.fen
  expect(fenOf('.3,400.00')).toBe(fenOf('3,400.00'))
  expect(fenOf('.50')).toBe(500_000)
})
