import { describe, expect, test } from 'vitest'
import { DATASET_TABLES } from '../../src/export/tables/dataset-tables.ts'
import { RECORD_TYPES } from '../../src/model/record.ts'
import { FIELD_COLUMNS } from '../../src/publish/field-columns.ts'
import { findTitle, titleOf } from '../../src/publish/field-titles.ts'
import { messagesIn } from '../../src/web/messages.ts'

describe.each(RECORD_TYPES)('the fields of a %s', (recordType) => {
  test('have one Chinese name, which the review page and the exported tables share', () => {
    const shown = messagesIn('zh', new Map(FIELD_COLUMNS[recordType].map((name) => [name, 'of a form'])))
    const columns = DATASET_TABLES.find(({ name }) => name === recordType)?.columns ?? []
    for (const name of FIELD_COLUMNS[recordType]) {
      expect([name, findTitle(name)]).toEqual([name, expect.stringMatching(/\p{Script=Han}/u)])
      expect([name, columns.find((column) => column.name === name)?.title]).toEqual([name, shown.field(name)])
    }
  })
})

test('no code and no name is held as a figure', () => {
  const columns = DATASET_TABLES.flatMap((table) => table.columns.map((column) => ({ table: table.name, ...column })))
  const named = columns.filter(({ name }) => /_(?:code|name|id)$/.test(name))
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter(({ type }) => type !== 'text').map(({ table, name }) => `${table}.${name}`)).toEqual([])
})

test('a measure of another period is named after both', () => {
  expect(findTitle('prior_year_reception')).toBe('上年数·公务接待费')
})

test('a field that no list names is called what its form calls it, or by its own name', () => {
  expect(findTitle('other_1')).toBeNull()
  expect(() => titleOf('other_1')).toThrow('other_1')
  expect(messagesIn('zh', new Map([['other_1', '其他']])).field('other_1')).toBe('其他')
  expect(messagesIn('zh').field('other_1')).toBe('other_1')
  expect(messagesIn('en').field('line_code')).toBe('line code')
})
