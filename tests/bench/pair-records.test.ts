import { describe, expect, test } from 'vitest'
import { pairRecords } from '../../bench/pair-records.ts'
import { type FoundRecord, scoreRecords } from '../../bench/score-records.ts'

const at = (page_number: number, text: string) => ({ page_number, text })
const alike = (a: { text: string }, b: { text: string }) => (a.text === b.text ? 1 : a.text[0] === b.text[0] ? 0.6 : 0)

describe('records in no order', () => {
  test('find their partners wherever they stand', () => {
    const pairs = pairRecords([at(1, 'income'), at(1, 'spending')], [at(1, 'spending'), at(1, 'income')], alike, 0.5)
    expect(pairs).toEqual([
      [0, 1],
      [1, 0],
    ])
  })

  test('the most alike first, the rest by order', () => {
    const pairs = pairRecords([at(1, 'ab'), at(1, 'ac')], [at(1, 'ac'), at(1, 'ad')], alike, 0.5)
    expect(pairs).toEqual([
      [0, 1],
      [1, 0],
    ])
  })

  test('never on pages far apart', () => {
    expect(pairRecords([at(1, 'ab')], [at(3, 'ab')], alike, 0.5)).toEqual([
      [0, null],
      [null, 0],
    ])
  })
})

test('where only told fields are asked, one more that was found is no error', () => {
  const found: FoundRecord = {
    record_type: 'key_figure',
    page_number: 1,
    table_index: 0,
    row_index: 1,
    status: 'accepted',
    fields: {
      key: { value: 'vehicles', raw: '', grade: 'accepted', confidence: 1, flags: [] },
      year: { value: '2024', raw: '', grade: 'accepted', confidence: 1, flags: [] },
    },
  }
  const truth = { record_type: 'key_figure', page_number: 1, fields: { key: 'vehicles' } }
  const told = new Set<string>()
  expect(scoreRecords('x', [truth], [found], told).fields).toHaveLength(2)
  expect(scoreRecords('x', [truth], [found], told, false).fields).toHaveLength(1)
})
