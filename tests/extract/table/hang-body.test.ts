import { describe, expect, test } from 'vitest'
import { openPdf } from '../../../src/extract/pdf/open-pdf.ts'
import { extractTextPage } from '../../../src/extract/table/extract-text-page.ts'
import { tableToRows } from '../../../src/model/table.ts'
import { hanString, makePdf } from '../pdf/make-pdf.ts'

async function tablesOf(content: string): Promise<string[][][]> {
  const pdf = await openPdf(makePdf([{ content, keys: '' }]))
  return extractTextPage(await pdf.readPage(1)).tables.map((table) => tableToRows(table).map((row) => [...row]))
}

function text(content: string, x: number, y: number): string {
  const font = /^[\d,.]+$/.test(content)
  return font
    ? `BT /F1 8 Tf ${x} ${y} Td (${content}) Tj ET\n`
    : `BT /G1 8 Tf ${x} ${y} Td ${hanString(content)} Tj ET\n`
}

const horizontal = (y: number): string => `20 ${y} m 380 ${y} l S\n`
const vertical = (x: number, from: number, to: number): string => `${x} ${from} m ${x} ${to} l S\n`

const EDGES = [20, 80, 180, 240, 300, 380]

/** Two rows of headings between lines on all sides; the first one stands over two columns. */
function heading(top: number): string {
  const bottom = top - 40
  const inner = EDGES.slice(2).map((x) => vertical(x, bottom, top))
  return [
    horizontal(top),
    horizontal(bottom),
    `20 ${top - 20} m 180 ${top - 20} l S\n`,
    vertical(20, bottom, top),
    vertical(80, bottom, top - 20),
    ...inner,
    text('科目', 85, top - 14),
    text('编码', 35, top - 34),
    text('名称', 110, top - 34),
    text('合计', 200, top - 24),
    text('项目支出', 250, top - 24),
    text('上缴上级支出', 310, top - 24),
  ].join('')
}

const BODY = [
  ['', '', '30.00', '10.00'],
  ['207', '文化支出', '20.00', '10.00'],
  ['20701', '文化', '20.00', ''],
  ['20702', '文物', '10.00', ''],
]

function body(top: number, cells = BODY): string {
  return cells
    .flatMap((row, index) =>
      row.map((cell, column) => text(cell, [24, 84, 205, 265][column] ?? 0, top - 14 - 20 * index)),
    )
    .join('')
}

const rules = (top: number, count: number): string =>
  Array.from({ length: count }, (_, row) => horizontal(top - 20 * (row + 1))).join('')

const HEADING = [
  ['科目', '', '合计', '项目支出', '上缴上级支出'],
  ['编码', '名称', '', '', ''],
]

const WHOLE = [
  ...HEADING,
  ['合计', '', '30.00', '10.00', ''],
  ['207', '文化支出', '20.00', '10.00', ''],
  ['20701', '文化', '20.00', '', ''],
  ['20702', '文物', '10.00', '', ''],
]

describe('a table with lines between the columns of its heading alone', () => {
  test('has those columns in its body, the empty ones too, where rules part its rows', async () => {
    const tables = await tablesOf(heading(280) + body(240) + rules(240, 4) + text('合计', 70, 226))
    expect(tables).toEqual([WHOLE])
  })

  test('also where no rule parts its rows', async () => {
    const tables = await tablesOf(heading(280) + body(240, BODY.slice(1)))
    expect(tables).toEqual([[...HEADING, ...BODY.slice(1).map((row) => [...row, ''])]])
  })

  test('also where it has one row', async () => {
    const tables = await tablesOf(heading(280) + body(240, BODY.slice(1, 2)) + rules(240, 1))
    expect(tables).toEqual([[...HEADING, ['207', '文化支出', '20.00', '10.00', '']]])
  })

  test('also where a frame stands around it all', async () => {
    const frame = vertical(20, 160, 280) + vertical(380, 160, 280)
    const tables = await tablesOf(heading(280) + frame + body(240) + rules(240, 4) + text('合计', 70, 226))
    expect(tables).toEqual([WHOLE])
  })

  test('but words over the whole width under a heading stay in their cell', async () => {
    const frame = vertical(20, 160, 280) + vertical(380, 160, 280)
    const note = text('本表按照批复的预算填列，单位对数据的真实性负责', 24, 226) + text('2024', 300, 206)
    const tables = await tablesOf(heading(280) + frame + note + rules(240, 4))
    expect(tables.map((rows) => rows.slice(2, 4).map(([cell]) => cell))).toEqual([
      ['本表按照批复的预算填列，单位对数据的真实性负责', '2024'],
    ])
  })

  test('ends where the title of the next one stands', async () => {
    const empty = text('本单位无此项支出，此表为空表', 22, 226)
    const title = text('项目支出预算表按科目分列', 150, 180)
    const tables = await tablesOf(
      heading(280) + empty + title + heading(160) + body(120, BODY.slice(1)) + rules(120, 3),
    )
    expect(tables).toEqual([HEADING, [...HEADING, ...BODY.slice(1).map((row) => [...row, ''])]])
  })

  test('is none where its cells hold figures themselves', async () => {
    const figures = heading(280).replace('BT', `${text('12.50', 350, 266)}BT`)
    const tables = await tablesOf(figures + body(240, BODY.slice(1)) + rules(240, 3))
    expect(tables[0]).toHaveLength(2)
  })
})
