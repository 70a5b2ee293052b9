import { describe, expect, test } from 'vitest'
import { openPdf } from '../../../src/extract/pdf/open-pdf.ts'
import { extractTextPage, type TextPageExtract } from '../../../src/extract/table/extract-text-page.ts'
import { tableToRows } from '../../../src/model/table.ts'
import { hanString, type MadePage, makePdf } from '../pdf/make-pdf.ts'

async function extractMade(page: MadePage): Promise<TextPageExtract> {
  const pdf = await openPdf(makePdf([page]))
  return extractTextPage(await pdf.readPage(1))
}

function text(content: string, x: number, y: number, size = 10): string {
  return `BT /G1 ${size} Tf ${x} ${y} Td ${hanString(content)} Tj ET\n`
}

const lines =
  [200, 180, 160].map((y) => `40 ${y} m 240 ${y} l S\n`).join('') +
  [40, 140, 240].map((x) => `${x} 160 m ${x} 200 l S\n`).join('')
const words = text('项目', 45, 186) + text('金额', 145, 186) + text('印刷', 45, 166) + text('４', 145, 166)
const content = text('采购预算表', 100, 240, 14) + lines + words + text('注：按批复', 40, 120)
const rows = [
  ['项目', '金额'],
  ['印刷', '４'],
]

describe('a text page', () => {
  test.each(['', '/Rotate 90', '/Rotate 180', '/Rotate 270', '/CropBox [20 20 380 280]'])(
    'with "%s" gives its table and lines',
    async (keys) => {
      const { tables, lines: found } = await extractMade({ content, keys })
      expect(tables.map(tableToRows)).toEqual([rows])
      expect(found.map((line) => line.text)).toEqual(['采购预算表', '注：按批复'])
    },
  )

  test('boxes are those of the page as displayed, also where the text runs sideways', async () => {
    const { tables } = await extractMade({ content, keys: '/Rotate 90' })
    const { x0, top, x1, bottom } = tables[0]?.bbox ?? { x0: 0, top: 0, x1: 0, bottom: 0 }
    expect([x0, top, x1, bottom].map(Math.round)).toEqual([160, 40, 200, 240])
  })

  test('invisible words are left out', async () => {
    const { tables } = await extractMade({ content: `${content} 3 Tr ${text('假', 105, 166)}` })
    expect(tables.map(tableToRows)).toEqual([rows])
  })

  test('a slanting watermark stays out of the cells', async () => {
    const watermark = `BT /G1 30 Tf 0.7 0.7 -0.7 0.7 60 150 Tm ${hanString('公开')} Tj ET`
    const { tables, lines: found } = await extractMade({ content: content + watermark })
    expect(tables.map(tableToRows)).toEqual([rows])
    expect(found.map((line) => line.text)).toContain('公开')
  })

  test('a frame around everything is no table', async () => {
    const { tables } = await extractMade({ content: `${content} 10 10 380 280 re S` })
    expect(tables.map(tableToRows)).toEqual([rows])
  })

  test('a highlight behind a word does not cut its cell', async () => {
    const { tables } = await extractMade({ content: `0.9 g 43 162 24 16 re f 0 g ${content}` })
    expect(tables.map(tableToRows)).toEqual([rows])
  })

  test('a shaded heading over a table of lines belongs to it', async () => {
    const heading = `0.9 g 40 200 100 20 re f 140 200 100 20 re f 0 g ${text('甲', 45, 206)}${text('乙', 145, 206)}`
    const { tables } = await extractMade({ content: heading + content })
    expect(tables.map(tableToRows)).toEqual([[['甲', '乙'], ...rows]])
  })

  const whiteLines =
    '1 G ' +
    [80, 130].map((x) => `${x} 140 m ${x} 210 l S\n`).join('') +
    [200, 180, 160, 140].map((y) => `20 ${y} m 180 ${y} l S\n`).join('')
  const stripes = `0.3 g 20 200 60 24 re 80 200 50 24 re 130 200 50 24 re f 0.8 g 20 140 160 20 re 20 180 160 20 re f 0 g `
  const whiteRuled =
    stripes +
    whiteLines +
    [
      ['科目', '上年', '本年'],
      ['水费', '12', '15'],
      ['电费', '31', '29'],
      ['邮电费', '8', ''],
    ]
      .flatMap((cells, row) => cells.map((cell, column) => text(cell, [24, 90, 140][column] ?? 0, 207 - 20 * row)))
      .join('')

  test('white lines on shaded rows part cells, up to the edge of a heading into which they hardly reach', async () => {
    const { tables } = await extractMade({ content: whiteRuled })
    expect(tables.map(tableToRows)).toEqual([
      [
        ['科目', '上年', '本年'],
        ['水费', '12', '15'],
        ['电费', '31', '29'],
        ['邮电费', '8', ''],
      ],
    ])
  })

  test('tables are numbered from the top', async () => {
    const lower = `1 0 0 1 0 -110 cm ${lines}${text('下', 45, 186)}`
    const { tables } = await extractMade({ content: `q ${lower} Q ${content}` })
    expect(tables.map((table) => [table.tableIndex, table.cells[0]?.text])).toEqual([
      [1, '项目'],
      [2, '下'],
    ])
  })

  test('a sheet of white cells without lines is a table', async () => {
    const cells = [200, 180, 160].map((y) => `40 ${y} 240 20 re f\n`).join('')
    const entries = text('目录', 45, 206) + text('一、职能', 45, 166)
    const { tables } = await extractMade({ content: `1 g ${cells} 0 g ${entries}` })
    expect(tables.map(tableToRows)).toEqual([[['目录'], [''], ['一、职能']]])
  })

  test.each([
    ['behind prose that fills the width', text('一二三四五六七八九十一二三四五六七八九十一二三四', 41, 186), []],
    ['around a table of lines', lines + words, [rows]],
  ])('white areas %s are no cells', async (_where, content, expected) => {
    const areas = [200, 180, 160].map((y) => `40 ${y} 242 20 re f\n`).join('')
    const { tables } = await extractMade({ content: `1 g ${areas} 0 g ${content}` })
    expect(tables.map(tableToRows)).toEqual(expected)
  })

  test('a ruled form that nobody filled in is a table of empty cells, ornament is not', async () => {
    const { tables } = await extractMade({ content: `${lines} 300 20 4 4 re S 304 20 4 4 re S 308 20 4 4 re S` })
    expect(tables.map(tableToRows)).toEqual([
      [
        ['', ''],
        ['', ''],
      ],
    ])
  })

  test('an empty page has nothing', async () => {
    expect(await extractMade({ content: '' })).toEqual({ tables: [], lines: [] })
  })
})

/** A frame with a rule under its first line, and texts in three columns, on a page of 400 by 300 points unless it is wider. */
function framed(x: number, top: number, items: readonly (readonly [string, string, string])[]): string {
  const bottom = top - 18 * items.length - 4
  const drawn = `${x} ${bottom} 300 ${top - bottom} re S ${x} ${top - 20} m ${x + 300} ${top - 20} l S\n`
  const texts = items.map(([name, count, amount], k) => {
    const y = top - 15 - 18 * k
    const figure = (content: string, at: number): string =>
      /\d/.test(content) ? `BT /F1 10 Tf ${at} ${y} Td (${content}) Tj ET\n` : text(content, at, y)
    return text(name, x + 8, y) + figure(count, x + 130) + figure(amount, x + 210)
  })
  return drawn + texts.join('')
}

describe('a frame with a rule under its headings alone', () => {
  const first = [
    ['项目名称', '数量', '金额'],
    ['印刷', '2', '12.500'],
    ['培训', '1', '8.250'],
  ] as const
  const second = [
    ['项目名称', '数量', '金额'],
    ['物业', '3', '6.000'],
  ] as const

  test('holds the cells of the texts that stand in it', async () => {
    const { tables } = await extractMade({ content: text('采购预算表', 150, 270, 14) + framed(40, 240, first) })
    expect(tables.map(tableToRows)).toEqual([first])
  })

  test('stands on each of two pages on one sheet, each under the lines of its own', async () => {
    const titles = text('水利局采购预算表', 130, 270, 14) + text('水利局追加采购预算表', 510, 274, 14)
    const units = text('单位：万元', 290, 250) + text('单位：万元', 680, 250)
    const content = titles + units + framed(40, 240, first) + framed(430, 244, second)
    const { tables, lines: found } = await extractMade({ content, mediaBox: '0 0 800 300' })
    expect(tables.map(tableToRows)).toEqual([first, second])
    expect(found.map((line) => line.text)).toEqual([
      '水利局采购预算表',
      '单位：万元',
      '水利局追加采购预算表',
      '单位：万元',
    ])
  })
})
