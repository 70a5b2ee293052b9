import { expect, test } from 'vitest'
import { distrustText } from '../../../src/extract/table/distrust-text.ts'
import { buildPage } from '../../support/factory.ts'

test('what nobody trusts keeps its words and its places, and becomes the word of a weak witness', () => {
  const { tables, lines } = buildPage({ lines: ['2024年政府采购预算表'], tables: [{ rows: [['品目', '']] }] })
  const distrusted = distrustText({ tables, lines })
  expect(distrusted.lines.map(({ text, origin }) => [text, origin])).toEqual([
    ['2024年政府采购预算表', 'untrusted-text'],
  ])
  const [word, empty] = distrusted.tables[0]?.cells ?? []
  expect(word).toMatchObject({ text: '品目', origin: 'ocr', readings: [{ reader: 'untrusted-text-layer' }] })
  expect(empty).toMatchObject({ text: '', origin: 'ocr', readings: [] })
  expect(word?.bbox).toEqual(tables[0]?.cells[0]?.bbox)
})
