import { describe, expect, test } from 'vitest'
import { normalizeDocument } from '../../../src/normalize/normalize-document.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'
import { buildPage, type CellSketch } from '../../support/factory.ts'
import { type Shown, showGlyphs } from '../../support/posteriors.ts'

const dictionaries = readDictionaries()
const HEADER = ['单位名称', '项目名称', '采购品目', '数量', '单价', '采购金额']

/** What PP-OCR read and held for possible; tesseract read garble. */
const read = (text: string, ...shown: readonly Shown[]): CellSketch => ({
  text,
  readings: { paddle: text, tesseract: '而可' },
  posteriors: [showGlyphs(...shown)],
})

/** The last cell of a column of a scanned table, whose other cells are read six times alike. */
function lastOf(field: 'unit_name' | 'project_name', usual: string, last: CellSketch) {
  const cells: readonly CellSketch[] = [...Array.from({ length: 6 }, () => usual), last]
  const rows = cells.map((cell) => {
    const [unit, project] = field === 'unit_name' ? [cell, '公用经费'] : ['财政局本级', cell]
    return [unit, project, '[A02010105]台式计算机', '1', '2.00', '2.00']
  })
  const lines = ['2024年政府采购预算表', '单位：万元']
  const page = buildPage({ pageNumber: 1, lines, tables: [{ rows: [HEADER, ...rows], origin: 'ocr' }] })
  const { records } = normalizeDocument([page], dictionaries, { fileName: 'x.pdf' })
  const found = records.at(-1)?.fields.find(({ name }) => name === field)
  return { value: found?.value, flags: found?.flags.map(({ code }) => code), evidence: found?.evidence }
}

describe('a name that is all but one glyph what is frequent beside it', () => {
  const USUAL = '常州市武进区看守所'

  test('is that where the pixels can show it', () => {
    const seen = read('常州市武进区香守所', '常州市武进区', { 香: 0.5, 看: 0.4 }, '守所')
    expect(lastOf('unit_name', USUAL, seen)).toMatchObject({
      value: USUAL,
      flags: expect.arrayContaining(['name-restored']),
    })
  })

  test('stays, and is asked about, where they show another', () => {
    const seen = read('常州市武进区香守所', '常州市武进区香守所')
    expect(lastOf('unit_name', USUAL, seen)).toMatchObject({
      value: '常州市武进区香守所',
      flags: expect.arrayContaining(['reading-weak']),
    })
  })

  test('so is a project', () => {
    const seen = read('信息化建改运维', '信息化建', { 改: 0.6, 设: 0.3 }, '运维')
    expect(lastOf('project_name', '信息化建设运维', seen).value).toBe('信息化建设运维')
  })
})

describe('a name that look-alikes make what is frequent beside it', () => {
  const USUAL = '武汉市江汉区财政局本级'

  test('is that where the pixels leave it open', () => {
    const seen = read('武汉市江汉区财政局本组', '武汉市江汉区财政局本', { 组: 0.9, 级: 0.05 })
    expect(lastOf('unit_name', USUAL, seen)).toMatchObject({
      value: USUAL,
      flags: expect.arrayContaining(['name-restored']),
    })
  })

  test('stays, and is asked about, where they show another', () => {
    const seen = read('武汉市江汉区财政局本组', '武汉市江汉区财政局本组')
    expect(lastOf('unit_name', USUAL, seen)).toMatchObject({
      value: '武汉市江汉区财政局本组',
      flags: expect.arrayContaining(['reading-weak']),
      evidence: expect.arrayContaining([`the pixels show no ${USUAL}`]),
    })
  })
})

test('a cell that holds for several rows was read once: its misreading is no frequent name', () => {
  const [truth, misread] = ['武汉市江汉区财政局本级', '武汉市江汉区财政局本组']
  const units: readonly CellSketch[] = [
    { text: misread, readings: { paddle: misread, tesseract: '而可' } },
    '^',
    '^',
    '^',
    truth,
    truth,
  ]
  const rows = units.map((unit) => [unit, '公用经费', '[A02010105]台式计算机', '1', '2.00', '2.00'])
  const lines = ['2024年政府采购预算表', '单位：万元']
  const page = buildPage({ pageNumber: 1, lines, tables: [{ rows: [HEADER, ...rows], origin: 'ocr' }] })
  const { records } = normalizeDocument([page], dictionaries, { fileName: 'x.pdf' })
  const names = records.map(({ fields }) => fields.find(({ name }) => name === 'unit_name')?.value)
  expect(names).toEqual(units.map(() => truth))
})

describe('a code beside a name that has another in the other rows', () => {
  const CODED = ['单位代码', ...HEADER]
  const codeOf = (paddle: string, tesseract: string) => {
    const last: CellSketch = { text: paddle, readings: { paddle, tesseract } }
    const rows = ['196005', '196005', '196005', last].map((code) => {
      return [code, '某市农机安全监理站', '公用经费', '[A02010105]台式计算机', '1', '2.00', '2.00']
    })
    const lines = ['2024年政府采购预算表', '单位：万元']
    const page = buildPage({ pageNumber: 1, lines, tables: [{ rows: [CODED, ...rows], origin: 'ocr' }] })
    const { records } = normalizeDocument([page], dictionaries, { fileName: 'x.pdf' })
    const field = records.at(-1)?.fields.find(({ name }) => name === 'unit_code')
    return [field?.value, field?.flags.map(({ code }) => code).filter((code) => code !== 'readers-disagree')]
  }

  test.each([
    ['that one reader saw', '196003', '196005', '196005', ['code-restored']],
    ['that neither reader saw', '196003', '196003', '196003', ['reading-weak']],
    ['that both readers saw', '196005', '196005', '196005', []],
  ])('%s', (_what, paddle, tesseract, code, flags) => {
    expect(codeOf(paddle, tesseract)).toEqual([code, flags])
  })
})

test('a name is not drawn to a sibling that may be a misreading of it, however often that was read', () => {
  const last: CellSketch = {
    text: '职业技能提升项目',
    readings: { paddle: '职业技能提升项目', tesseract: '职业技能提开项目' },
  }
  expect(lastOf('project_name', '职业技能提升项日', last).value).toBe('职业技能提升项目')
})

test('a sound name is not drawn to what is frequent beside it, and no word (教助 for 救助)', () => {
  const seen: CellSketch = {
    text: '景德镇市昌江区救助管理站',
    readings: { paddle: '景德镇市昌江区救助管理站', tesseract: '景德镇市昌江区教助管理站' },
  }
  const { value, flags } = lastOf('unit_name', '景德镇市昌江区教助管理站', seen)
  expect(value).toBe('景德镇市昌江区救助管理站')
  expect(flags).not.toContain('name-restored')
})
