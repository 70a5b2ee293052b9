import { describe, expect, test } from 'vitest'
import type { NormalizedDocument, RecordDraft } from '../../src/model/record.ts'
import { normalizeDocument } from '../../src/normalize/normalize-document.ts'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'
import { buildPage, type CellSketch } from '../support/factory.ts'

const dictionaries = readDictionaries()
const LINES = ['2019年政府采购预算表', '单位：万元']

/** A table of a scan over several pages, its title on the first. */
function normalize(...pages: readonly (readonly (readonly CellSketch[])[])[]): NormalizedDocument {
  const built = pages.map((rows, index) => {
    return buildPage({ pageNumber: index + 1, lines: index === 0 ? LINES : [], tables: [{ rows, origin: 'ocr' }] })
  })
  return normalizeDocument(built, dictionaries, { fileName: 'x.pdf' })
}

const valuesOf = ({ fields }: RecordDraft) => Object.fromEntries(fields.map(({ name, value }) => [name, value]))
const flagsOf = ({ fields }: RecordDraft, field: string) =>
  fields.find(({ name }) => name === field)?.flags.map(({ code }) => code) ?? []

/** What one reader saw, and nobody else the like of it. */
const damaged = (text: string): CellSketch => ({
  text,
  readings: { paddle: text, tesseract: 'BO' },
  flags: ['readers-disagree', 'reading-weak'],
})

const FIRST = [
  [
    '1',
    '314001',
    '临江市公安局本级',
    '2040202一般行政管理事务',
    '台式计算机（A02010104）',
    '65',
    '台',
    '0.48',
    '31.20',
  ],
  ['2', '314001', '临江市公安局本级', '2040219信息化建设', '服务器（A02010103）', '6', '台', '8.96', '53.76'],
  ['3', '314001', '临江市公安局本级', '2040220执法办案', '扫描仪（A0201060901）', '9', '台', '0.312', '2.808'],
]
const SECOND = [
  ['4', '314005', '看守所', '2040202一般行政管理事务', '热水器（A02061808）', '12', '台', '0.675', '8.10'],
  ['5', '314005', '看守所', '2040202一般行政管理事务', '空调机（A0206180203）', '20', '台', '0.318', '6.36'],
]
const PRINTED = [
  '序号',
  '单位编码',
  '采购单位',
  '功能分类科目',
  '品目名称(品目编码)',
  '数量',
  '计量单位',
  '控制单价',
  '采购预算',
]
/** Two copies of the heading, each with other glyphs filled in. */
const ONCE = [
  '移导',
  '仁位锦玛',
  '聚鹏单位',
  '功健分英科园',
  '品国名称(品国端码)',
  '数量',
  '计量已位',
  '妞树服价',
  '采购摄算',
]
const AGAIN = [
  '序导',
  '单位镶码',
  '采莉单位',
  '功健分美科器',
  '品阳名称(品假端码)',
  '数量',
  '计入单位',
  '控利单价',
  '采购R算',
]

describe('a heading that is damaged on each page of a copy', () => {
  const clean = normalize([PRINTED, ...FIRST], SECOND).records
  const copied = normalize([ONCE.map(damaged), ...FIRST], [AGAIN.map(damaged), ...SECOND]).records

  test('is no row where it is printed again', () => {
    expect(copied).toHaveLength(FIRST.length + SECOND.length)
  })

  test('is known by what can be read of it on any of them', () => {
    expect(copied.map(valuesOf)).toEqual(clean.map(valuesOf))
    expect(copied.map(({ fields }) => fields.length)).toEqual(clean.map(({ fields }) => fields.length))
  })

  test('leaves no doubt over cells that say themselves what they are', () => {
    for (const field of ['unit_code', 'function_code', 'function_name', 'item_code', 'item_name', 'unit_of_measure'])
      expect([field, ...copied.flatMap((record) => flagsOf(record, field))]).toEqual([field])
  })
})

test('rows whose figures are all words go on as rows: nothing of them looks like the heading', () => {
  const words = [
    '4',
    '314005',
    '看守所',
    '2040202一般行政管理事务',
    '热水器（A02061808）',
    '若干',
    '台',
    '另议',
    '另行公布',
  ]
  const { records } = normalize([PRINTED, ...FIRST], [words, ...SECOND])
  expect(records).toHaveLength(FIRST.length + SECOND.length + 1)
})

describe('the name of a unit that one reader alone saw', () => {
  const HEADER = ['单位编码', '单位名称', '采购品目', '数量', '单价', '采购金额']
  const row = (code: string, name: CellSketch): readonly CellSketch[] => {
    return [code, name, '[A02010105]台式计算机', '1', '2.00', '2.00']
  }
  const alone = (text: string): CellSketch => ({ text, readings: { paddle: text } })
  const disputed = (text: string): CellSketch => ({ text, readings: { paddle: text, tesseract: '30器支队' } })
  const lastName = (...rows: readonly (readonly CellSketch[])[]) => {
    const { records } = normalize([HEADER, ...rows])
    return flagsOf(records.at(-1) as RecordDraft, 'unit_name')
  }

  test.each([
    [
      'is asked about where readers disagree about names almost like it beside the same code',
      '314008',
      '遂特警支队',
      true,
    ],
    ['is not where they stand beside another code', '314009', '遂特警支队', false],
    ['is not where they are nothing like it', '314008', '后勤保障处', false],
  ])('%s', (_sentence, code, name, isAsked) => {
    const others = [row('314008', disputed('这特管支队')), row('314008', disputed('巡特警支队'))]
    expect(lastName(...others, row(code, alone(name))).includes('reading-weak')).toBe(isAsked)
  })
})

test('a body that begins with its level is no misreading of another word', () => {
  const rows = ['省农业农村厅本级', '市农业农村局本级'].map((name) => [
    name,
    '[A02010105]台式计算机',
    '1',
    '2.00',
    '2.00',
  ])
  const { records } = normalize([['单位名称', '采购品目', '数量', '单价', '采购金额'], ...rows])
  expect(records.map((record) => flagsOf(record, 'unit_name'))).toEqual([[], []])
})

test.each([
  ['小计', '小十'],
  ['小订', '小这'],
  ['小这', '小订'],
])('a sub-total that readers take for %s and %s ends its group all the same', (paddle, tesseract) => {
  const label: CellSketch = { text: paddle, readings: { paddle, tesseract }, flags: ['readers-disagree'] }
  const items = (project: string, number: number) => [
    [`${number}`, project, '[A02010105]台式计算机', '2', '1.00', '2.00'],
    [`${number + 1}`, project, '[A02021003]A4黑白打印机', '3', '1.00', '3.00'],
  ]
  const { records, checks } = normalize([
    ['序号', '项目名称', '采购品目', '数量', '单价', '采购金额'],
    ...items('公用经费', 1),
    [label, '', '', '', '', '5.00'],
    ...items('办案经费', 3),
    ['小计', '', '', '', '', '5.00'],
    ['合计', '', '', '', '', '10.00'],
  ])
  expect(records).toHaveLength(4)
  expect(checks.filter(({ outcome }) => outcome === 'contradicted')).toEqual([])
  expect(records.flatMap((record) => flagsOf(record, 'amount'))).toEqual([])
})
