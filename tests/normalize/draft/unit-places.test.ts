import { describe, expect, test } from 'vitest'
import { normalizeDocument } from '../../../src/normalize/normalize-document.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'
import { buildPage, type CellSketch } from '../../support/factory.ts'

const dictionaries = readDictionaries()
const HEADER = ['单位名称', '项目名称', '采购品目', '数量', '单价', '采购金额']

/** The names of units on a scan of a document with this title, with what speaks for them. */
function unitsOf(title: string, ...units: readonly CellSketch[]) {
  const rows = units.map((unit) => [unit, '公用经费', '[A02010105]台式计算机', '1', '2.00', '2.00'])
  const pages = [
    buildPage({ pageNumber: 1, lines: [title] }),
    buildPage({
      pageNumber: 2,
      lines: ['2024年政府采购预算表', '单位：万元'],
      tables: [{ rows: [HEADER, ...rows], origin: 'ocr' }],
    }),
  ]
  const { records } = normalizeDocument(pages, dictionaries, { fileName: 'x.pdf' })
  return records.flatMap(({ fields }) => fields.filter(({ name }) => name === 'unit_name'))
}

describe('a unit of a district whose name leaves the city out', () => {
  const title = '荆门市掇刀区水利和湖泊局2024年部门预算公开'

  test('has its place mended as if the city stood before it', () => {
    const [unit] = unitsOf(title, '摄刀区水利工程质量服务中心')
    expect(unit?.value).toBe('掇刀区水利工程质量服务中心')
    expect(unit?.flags.map(({ code }) => code)).toContain('name-restored')
  })

  test.each(['水利工程质量服务中心', '掇刀区水利工程质量服务中心', '沙洋县水利局'])('else stays: %s', (name) => {
    expect(unitsOf(title, name)[0]?.value).toBe(name)
  })
})

test('what tesseract makes of a place that exists is no word against it', () => {
  const read = (paddle: string, tesseract: string): CellSketch => ({ text: paddle, readings: { paddle, tesseract } })
  const units = unitsOf(
    '西宁市湟源县财政局2024年部门预算公开',
    read('西宁市湟源县公共就业服务中心', '西宁市涅源县公共就业服务中心'),
    read('西宁市湟源县公共就业服务中心', '西宁市渔源县公共就业服务中心'),
    read('西宁市湟源县公共就业服务中心', '西宁市湟源县公共就业服务中小'),
  )
  expect(units.map(({ support }) => [support.readersAgreeing, support.readersDisagreeing, support.repeats])).toEqual([
    [1, 0, 1],
    [1, 0, 1],
    // 中小 is as good a pair as 中心: there the readers do differ.
    [1, 1, 2],
  ])
})
