import { describe, expect, test } from 'vitest'
import type { FieldDraft } from '../../../src/model/record.ts'
import { normalizeDocument } from '../../../src/normalize/normalize-document.ts'
import { gradeRecords } from '../../../src/review/grade-records.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'
import { buildPage, type CellSketch, type PageSketch } from '../../support/factory.ts'

const dictionaries = readDictionaries()
const HEADER = ['单位名称', '项目名称', '购买内容', '购买金额（万元）', '资金来源', '一级目录', '二级目录', '三级目录']
const ROW = [
  '某市财政局本级',
  '预算绩效管理',
  '绩效评价',
  '10.00',
  '财政拨款',
  '公共服务',
  '卫生健康公共服务',
  '应急救治服务',
]
const COLUMNS = ['unit_name', 'project_name', 'service_content', 'amount', 'fund_source', 'directory_level1']
const columnOf = (field: string) => (field.startsWith('directory') ? Number(field.at(-1)) + 4 : COLUMNS.indexOf(field))

/** The drafts of one field in three rows of a scan that read alike, after `before` pages. */
function readAlike(field: string, read: CellSketch, ...before: readonly PageSketch[]): readonly FieldDraft[] {
  const row: readonly CellSketch[] = ROW.with(columnOf(field), '').map((text, index) =>
    index === columnOf(field) ? read : text,
  )
  const sketches: readonly PageSketch[] = [
    ...before,
    { lines: ['2024年政府购买服务预算表'], tables: [{ rows: [HEADER, row, row, row], origin: 'ocr' }] },
  ]
  const pages = sketches.map((sketch, index) => buildPage({ pageNumber: index + 1, ...sketch }))
  const { records } = normalizeDocument(pages, dictionaries, { fileName: 'x.pdf' })
  return records.flatMap(({ fields }) => fields.filter(({ name }) => name === field))
}

function gradesOf(fields: readonly FieldDraft[]) {
  const [record] = gradeRecords([
    { recordType: 'service_purchase_line', pageNumber: 1, tableIndex: 1, rowIndex: 1, fields },
  ])
  return record?.fields.map(({ grade }) => grade)
}

const trustedTable = (text: string): PageSketch => ({ tables: [{ rows: [['项目名称', text]] }] })

describe('what readers repeat on every row does not vouch for itself', () => {
  test.each([
    ['a word of the directory misread', 'directory_level3', '应急教治服务', 'restored', '应急救治服务'],
    [
      'a word of the directory without its first glyph',
      'directory_level2',
      '生健康公共服务',
      'restored',
      '卫生健康公共服务',
    ],
    ['a source of funds misread', 'fund_source', '财政拔款', 'restored', '财政拨款'],
    ['a word in no list', 'directory_level3', '陨石观测服务', 'unknown', '陨石观测服务'],
    ['a project with an odd character', 'project_name', '全城旅游宣传', 'ambiguous', '全城旅游宣传'],
  ])('%s', (_name, field, read, catalogue, value) => {
    const fields = readAlike(field, read)
    expect(fields.map((each) => [each.value, each.support.catalogue])).toEqual(fields.map(() => [value, catalogue]))
    expect(gradesOf(fields)).toEqual(['review', 'review', 'review'])
  })

  test('the look-alike is offered, and nothing is changed', () => {
    const [field] = readAlike('project_name', '全城旅游宣传')
    expect(field?.candidates.map(({ value }) => value)).toContain('全域旅游宣传')
    expect(field?.flags.map(({ code }) => code)).toContain('reading-weak')
  })

  test('a value in no list says so', () => {
    const [field] = readAlike('directory_level3', '陨石观测服务')
    expect(field?.support.form).toBe('misfits')
    expect(field?.flags.map(({ code }) => code)).toContain('vocabulary-unknown')
  })
})

describe('what vouches for a word', () => {
  test.each([
    ['a trusted table', [trustedTable('陨石观测')], 'agrees'],
    ['a trusted sentence', [{ lines: ['其中，“陨石观测”，10万元。'] }], 'agrees'],
    ['not a longer word around it', [trustedTable('大陨石观测')], 'none'],
    ['not a line that may go on', [{ lines: ['陨石观测'] }], 'none'],
    ['not another scan', [{ tables: [{ rows: [['项目名称', '陨石观测']], origin: 'ocr' as const }] }], 'none'],
  ])('%s', (_name, pages, catalogue) => {
    expect(readAlike('project_name', '陨石观测', ...pages)[0]?.support.catalogue).toBe(catalogue)
  })

  test('the list of the column', () => {
    const fields = readAlike('directory_level2', '卫生健康公共服务')
    expect(fields.map(({ support, flags }) => [support.catalogue, flags])).toEqual(fields.map(() => ['agrees', []]))
  })

  test('a trusted page proves a misreading of all readers', () => {
    const [field] = readAlike('project_name', '全城旅游宣传', trustedTable('全域旅游宣传'))
    expect(field).toMatchObject({ value: '全域旅游宣传', support: { catalogue: 'restored', readersAgreeing: 0 } })
  })
})

test('a listed word that one reader saw is not called unknown', () => {
  const [field] = readAlike('directory_level3', { text: '会计服务', readings: { paddle: '会计服务' } })
  expect(field).toMatchObject({ value: '会计服务' })
  expect(field?.flags.map(({ code }) => code)).not.toContain('vocabulary-unknown')
})

test('a unit whose name has an odd character goes to a person, with the look-alike', () => {
  const fields = readAlike('unit_name', '某县教肓局')
  expect(fields[0]).toMatchObject({ value: '某县教肓局', support: { catalogue: 'ambiguous' } })
  expect(fields[0]?.candidates.map(({ value }) => value)).toContain('某县教育局')
  expect(gradesOf(fields)).toEqual(['review', 'review', 'review'])
})

test('repeats count other cells that two readers saw alike', () => {
  const one: CellSketch = { text: '陨石观测', readings: { paddle: '陨石观测' } }
  expect(readAlike('project_name', '陨石观测').map(({ support }) => support.repeats)).toEqual([2, 2, 2])
  expect(readAlike('project_name', one).map(({ support }) => support.repeats)).toEqual([0, 0, 0])
})

test('readers who set a bracket differently saw the same, and the better one says how it is spelled', () => {
  const read = { paddle: '绩效评价（市专）', tesseract: '绩效评价(市专)' }
  const [field] = readAlike('project_name', { text: '绩效评价（市专）', readings: read })
  expect(field).toMatchObject({
    value: '绩效评价（市专）',
    support: { readersAgreeing: 2, readersDisagreeing: 0, repeats: 2 },
  })
})

test.each([
  ['a word of another level alone', 'directory_level3', '卫生健康公共服务', true],
  ['a word of the column’s own level', 'directory_level2', '卫生健康公共服务', false],
  ['a word in no list', 'directory_level3', '陨石观测服务', false],
] as const)('%s in a column of the directory (%s)', (_name, field, read, isDoubted) => {
  const fields = readAlike(field, read)
  const doubted = fields.filter(({ flags }) => flags.some(({ code }) => code === 'header-uncertain'))
  expect(doubted).toHaveLength(isDoubted ? 3 : 0)
  if (isDoubted) expect(gradesOf(fields)).toEqual(['review', 'review', 'review'])
})

test.each([
  ['某县第中学', true],
  ['某县第一中学', false],
  ['某县第3中学', false],
  ['某县教育局', false],
])('an ordinal that lost its number is asked about: %s', (name, isAsked) => {
  const [field] = readAlike('unit_name', name)
  expect(field?.flags.map(({ code }) => code).includes('reading-weak')).toBe(isAsked)
})
