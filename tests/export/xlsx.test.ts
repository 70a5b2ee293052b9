import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { exportFakes, LARGE_AMOUNT } from './support/fake-dataset.ts'
import { readZip } from './support/read-zip.ts'

interface ReadCell {
  readonly value: string
  readonly isText: boolean
  readonly style: string
}

let folder = ''
let files: ReadonlyMap<string, string>
beforeAll(async () => {
  folder = await exportFakes(['xlsx'])
  files = readZip(readFileSync(join(folder, 'dataset.xlsx')))
})

const part = (name: string) => files.get(name) ?? ''
const matches = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map((match) => match.slice(1).map(String))
const unescaped = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&')

/** The rows of a sheet as a reader of ECMA-376 sees them: cells by their column letters. */
function rowsOf(sheetName: string): readonly ReadonlyMap<string, ReadCell>[] {
  const names = matches(part('xl/workbook.xml'), /<sheet [^>]*name="([^"]+)"/g).map(([name]) => name)
  const xml = part(`xl/worksheets/sheet${names.indexOf(sheetName) + 1}.xml`)
  const strings = matches(part('xl/sharedStrings.xml'), /<si>(.*?)<\/si>/gs).map(([text = '']) =>
    unescaped(matches(text, /<t[^>]*>(.*?)<\/t>/gs).join('')),
  )
  return matches(xml, /<row [^>]*>(.*?)<\/row>/gs).map(([row = '']) => {
    const cells = new Map<string, ReadCell>()
    for (const [attributes = '', content = ''] of matches(row, /<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const isText = attributes.includes('t="s"')
      const [raw = ''] = matches(content, /<v>(.*?)<\/v>/gs)[0] ?? []
      const letter = /r="([A-Z]+)/.exec(attributes)?.[1] ?? ''
      cells.set(letter, {
        value: isText ? (strings[Number(raw)] ?? '') : raw,
        isText,
        style: /\bs="(\d+)"/.exec(attributes)?.[1] ?? '',
      })
    }
    return cells
  })
}

/** The cells of a column under its Chinese heading. */
function columnOf(sheetName: string, heading: string): readonly (ReadCell | undefined)[] {
  const [head, ...rows] = rowsOf(sheetName)
  const letter = [...(head ?? [])].find(([, cell]) => cell.value === heading)?.[0] ?? 'no such heading'
  return rows.map((row) => row.get(letter))
}

/** The number format and the fill of a cell, by its style. */
function looksOf(cell: ReadCell | undefined): { readonly format: string; readonly fill: string } {
  const styles = part('xl/styles.xml')
  const formats = new Map(
    matches(styles, /<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g).map(([id, code]) => [id, code]),
  )
  const xfs = matches(/<cellXfs.*?<\/cellXfs>/s.exec(styles)?.[0] ?? '', /<xf ([^>]*?)\/?>/g).map(([xf = '']) => xf)
  const fills = matches(styles, /<fill>(.*?)<\/fill>/gs).map(
    ([fill = '']) => /fgColor rgb="(?:FF)?([0-9A-F]{6})"/i.exec(fill)?.[1] ?? '',
  )
  const xf = xfs[Number(cell?.style)] ?? ''
  const formatId = /numFmtId="(\d+)"/.exec(xf)?.[1] ?? ''
  return { format: formats.get(formatId) ?? formatId, fill: fills[Number(/fillId="(\d+)"/.exec(xf)?.[1])] ?? '' }
}

test('codes are texts, amounts numbers with two places, and an amount too long for a number a text with every digit', () => {
  const [code] = columnOf('政府采购预算', '采购品目代码')
  expect([code?.value, code?.isText]).toEqual(['A02010105', true])
  const [amount, large] = columnOf('政府采购预算', '金额（元）')
  expect([amount?.value, amount?.isText, large?.value, large?.isText]).toEqual(['20000', false, LARGE_AMOUNT, true])
  expect(['4', '#,##0.00']).toContain(looksOf(amount).format)
  expect(columnOf('政府采购预算', '数量').map((cell) => [cell?.value, cell?.isText])[0]).toEqual(['2.5', false])
})

test('a text that looks like a formula is a text, and letters of markup are kept', () => {
  expect(columnOf('政府采购预算', '项目名称')[0]).toMatchObject({ value: '=cmd|"/c calc"!A1', isText: true })
  expect([...files.values()].some((content) => content.includes('<f>'))).toBe(false)
})

test('doubt is a colour: review, a judgement, a flag on an accepted value', () => {
  const codes = columnOf('政府采购预算', '采购品目代码')
  const [amount] = columnOf('政府采购预算', '金额（元）')
  expect([looksOf(codes[0]).fill, looksOf(codes[1]).fill, looksOf(amount).fill]).toEqual(['FFF2CC', 'F8CBAD', 'C6E0B4'])
})

test('the headings stay in sight, and a table without rows has no sheet', () => {
  expect(part('xl/worksheets/sheet2.xml')).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/)
  expect(part('xl/workbook.xml')).toContain('未成记录的表')
})

test('the same input gives the same bytes', async () => {
  const again = await exportFakes(['xlsx'])
  expect(readFileSync(join(again, 'dataset.xlsx'))).toEqual(readFileSync(join(folder, 'dataset.xlsx')))
  expect(readdirSync(folder)).toEqual(['dataset.xlsx'])
  // The time of a file in it is 1980-01-01 00:00: two runs within a second or two would be alike by chance.
  expect(readFileSync(join(folder, 'dataset.xlsx')).subarray(10, 14).toString('hex')).toBe('00002100')
})
