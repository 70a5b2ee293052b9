import { describe, expect, test } from 'vitest'
import { alignLooseLines, type LooseLine } from '../../../src/extract/ocr/align-loose-lines.ts'
import { tableToRows } from '../../../src/model/table.ts'

function line(text: string, x: number, y: number): LooseLine {
  const bbox = { x0: x, top: y, x1: x + 9 * text.length, bottom: y + 9 }
  return { text, bbox, origin: 'ocr', reading: { text, confidence: 0.9, readings: [], flags: [], why: '' } }
}

const ROWS = [
  ['项目', '目录', '金额'],
  ['办公用品采购', '复印纸', '12.50'],
  ['信息系统运维', '运行维护服务', '308.00'],
  ['会议保障', '会议服务', '45.75'],
  ['合计', '', '366.25'],
]
const TITLE = line('政府购买服务预算表', 180, 20)
const TABLE = [
  TITLE,
  ...ROWS.flatMap((row, r) => row.flatMap((text, c) => (text === '' ? [] : [line(text, 60 + c * 160, 60 + r * 22)]))),
]
const SAME = (box: LooseLine['bbox']) => box

describe('a scanned table without vertical rulings', () => {
  test('is read by the columns in which its print stands, and carries the doubt', () => {
    const { tables, lines } = alignLooseLines(2, TABLE, [], SAME)
    expect(tables.map(tableToRows)).toEqual([ROWS])
    expect(tables[0]?.structure).toBe('alignment')
    expect(tables[0]?.cells.every((cell) => cell.flags.includes('structure-uncertain'))).toBe(true)
    expect(lines.map(({ text }) => text)).toEqual([TITLE.text])
  })

  test('lies where the page is displayed', () => {
    const shifted = alignLooseLines(2, TABLE, [], ({ x0, top, x1, bottom }) => ({
      x0: x0 + 100,
      top: top + 50,
      x1: x1 + 100,
      bottom: bottom + 50,
    }))
    expect(shifted.tables[0]?.bbox.x0).toBeGreaterThan(140)
    expect(shifted.lines[0]?.bbox.top).toBe(70)
  })
})

test('prose and a list of names are no table', () => {
  const prose = Array.from({ length: 8 }, (_, k) =>
    line('本部门年初预算安排的采购资金共计元其中货物类占比较大', 60, 60 + k * 18),
  )
  const list = ['主要职能', '机构设置', '名词解释'].map((text, k) => line(text, 60, 300 + k * 18))
  const { tables, lines } = alignLooseLines(2, [...prose, ...list], [], SAME)
  expect(tables).toEqual([])
  expect(lines).toHaveLength(11)
})
