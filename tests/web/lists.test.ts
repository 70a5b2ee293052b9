import { describe, expect, test } from 'vitest'
import { readFieldNames } from '../../src/queue/field-names.ts'
import { parseTypedValue } from '../../src/review/parse-typed-value.ts'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'
import { cleanName, createAccess } from '../../src/web/access.ts'
import { createCatalogueSearch } from '../../src/web/catalogue-search.ts'
import { districtOf } from '../../src/web/district-of.ts'
import { chooseLanguage } from '../../src/web/messages.ts'
import { reliabilityOf } from '../../src/web/summarize-batch.ts'
import { fakeJudgement } from '../review/support/fake-judgement.ts'

test.each([
  ['武汉市江汉区财政局', '武汉市江汉区'],
  ['荆州市沙市区文化和旅游局', '荆州市沙市区'],
  ['湖北省宜昌市夷陵区卫生健康局', '宜昌市夷陵区'],
  ['潜江市财政局', '潜江市'],
  ['财政部', ''],
])('%s lies in "%s"', (publisher, district) => {
  expect(districtOf({ publisher, district: null })).toBe(district)
  expect(districtOf({ publisher, district: '江汉' })).toBe('江汉')
})

test.each([
  ['money', '20000', '20000.00'],
  ['money', '20,000.5', '20000.50'],
  ['money', '２０．５', '20.50'],
  ['money', '2.5万元', '25000.00'],
  ['money', '0.000001亿', '100.00'],
  ['money', '-12.30', '-12.30'],
  ['money', '1.234', null],
  ['money', '12,34', null],
  ['money', '二十', null],
  ['quantity', '0012.50', '12.5'],
  ['quantity', '3台', null],
  ['boolean', '是', 'true'],
  ['boolean', '不', null],
  ['code', 'a0201 0105', 'A02010105'],
  ['code', '[A02]', null],
  ['text', '  台式 计算机 ', '台式 计算机'],
  ['text', ' ', null],
] as const)('as %s, "%s" is %s', (kind, typed, value) => {
  const parsed = parseTypedValue(kind, typed)
  expect(parsed.ok ? parsed.value : null).toBe(value)
})

describe('the catalogue is searched', () => {
  const search = createCatalogueSearch(readDictionaries().catalogues)
  test.each([
    ['by code', 'procurement', 'A02010105', 'A02010105'],
    ['by the beginning of a code', 'procurement', 'a0201010', 'A02010100'],
    ['by name', 'procurement', '台式计算机', 'A02010105'],
    ['by part of a name', 'functional-expenditure', '行政运行', '2010101'],
    ['by pinyin initials', 'procurement', 'tsjsj', 'A02010105'],
  ])('%s', (_name, scheme, typed, code) => {
    expect(search(scheme, typed, 2024).map((entry) => entry.code)).toContain(code)
  })

  test('and gives the edition in force first: A02010105 is another thing in 2013', () => {
    expect(search('procurement', 'A02010105', 2024)[0]?.name).toBe('台式计算机')
    expect(search('procurement', 'A02010105', 2015)[0]?.edition).toBe('2013')
  })

  test('for nothing typed nothing is found', () => expect(search('procurement', '  ', 2024)).toEqual([]))
})

test.each([
  ['reception', '公务接待费'],
  ['prior_year_reception', '上年预算数 公务接待费'],
  ['project_code', '项目代码'],
])('the forms call %s %s', (field, name) => {
  expect(readFieldNames(readDictionaries()).get(field)).toBe(name)
})

test('a session cannot be made up, nor carried over to another process', () => {
  const rules = { token: null, hostNames: null, usualReviewer: 'wang' }
  const [here, elsewhere] = [createAccess(rules), createAccess(rules)]
  const cookie = here.open('li')
  expect(here.read(cookie)?.reviewer).toBe('li')
  expect(elsewhere.read(cookie)).toBeNull()
  expect(here.read(`${Buffer.from('["root","x"]').toString('base64url')}.${cookie.split('.')[1]}`)).toBeNull()
  expect(here.read('nonsense')).toBeNull()
  expect(cleanName(' li\u0000\n\u202e wei ')).toBe('li wei')
})

test.each([
  [undefined, 'en-GB,en;q=0.9', 'en'],
  [undefined, 'fr,zh-CN;q=0.8', 'zh'],
  [undefined, 'fr', 'zh'],
  ['en', 'zh-CN', 'en'],
] as const)('chosen %s, accepted %s: %s', (chosen, accepted, language) => {
  expect(chooseLanguage(chosen, accepted)).toBe(language)
})

test('confidence is held against what people found, unreadable fields left out', () => {
  const judged = (rowIndex: number, confidence: number, isRight: boolean) =>
    fakeJudgement({
      rowIndex,
      value: isRight ? '200.00' : '1.00',
      shown: { flags: [], candidates: [], cells: 1, confidence, typed: null },
    })
  const bins = reliabilityOf([
    judged(1, 0.97, true),
    judged(2, 0.97, false),
    judged(3, 0.3, false),
    fakeJudgement({ rowIndex: 4, verdict: 'unreadable', value: null }),
  ])
  expect(bins.map(({ confidence, right }) => [confidence, right.errors, right.of])).toEqual([
    [0.3, 0, 1],
    [0.97, 1, 2],
  ])
})
