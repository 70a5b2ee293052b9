import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toPageBlocks } from '../../src/export/page-text/page-blocks.ts'
import { toAlto } from '../../src/export/page-text/to-alto.ts'
import { toHocr } from '../../src/export/page-text/to-hocr.ts'
import type { PageExtract } from '../../src/model/page.ts'
import type { Cell, Reading } from '../../src/model/table.ts'
import { faultsOfAlto } from './support/alto-rules.ts'
import { exportFakes, fakePages } from './support/fake-dataset.ts'
import { faultsOfHocr } from './support/hocr-rules.ts'
import { everyElement, parseXml, type XmlElement } from './support/parse-xml.ts'

const SOURCE = { documentId: 'd'.repeat(64), fileName: 'x "y" & <z>.pdf', version: '0.1.0' }

function reading(lines: readonly string[], confidences: readonly number[] = []): Reading {
  const glyphs = [...lines.join('')]
  const characters = confidences.map((confidence, index) => ({
    text: glyphs[index] ?? '',
    confidence,
    alternatives: [],
  }))
  return { reader: 'paddle', lines, confidence: 0.9, characters }
}

function cell(row: number, column: number, lines: readonly string[], change: Partial<Cell> = {}): Cell {
  const bbox = { x0: 72 * column, top: 144 + 36 * row, x1: 72 * (column + 1), bottom: 180 + 36 * row }
  const readings = lines.length === 0 ? [] : [reading(lines)]
  const about = { origin: 'ocr' as const, confidence: 0.9, flags: [], rowSpan: 1, columnSpan: 1 }
  return { row, column, bbox, text: lines.join('\n'), readings, ...about, ...change }
}

function page(lines: readonly string[], cells: readonly Cell[]): PageExtract {
  const bbox = { x0: 0, top: 144, x1: 144, bottom: 216 }
  const table = {
    pageNumber: 7,
    tableIndex: 1,
    bbox,
    rowCount: 2,
    columnCount: 2,
    structure: 'pixel-rulings' as const,
    structureConfidence: 1,
    cells,
  }
  return {
    pageNumber: 7,
    kind: 'scan',
    reason: 'pixels',
    width: 595.2,
    height: 841.9,
    lines: lines.map((text, index) => ({
      text,
      bbox: { x0: 72, top: 36 + 20 * index, x1: 200, bottom: 50 + 20 * index },
      origin: 'ocr',
    })),
    tables: cells.length === 0 ? [] : [table],
    warnings: [],
  }
}

const PAGE = page(
  ['2024年 部门预算'],
  [
    cell(0, 0, ['合计'], { columnSpan: 2 }),
    cell(1, 0, ['办公设', '备 A1'], {
      readings: [reading(['办公设', '备 A1'], [0.99, 0.98, 0.97, 0.96, 1, 0.5, 0.75])],
    }),
    cell(1, 1, []),
  ],
)

const only = (root: XmlElement, name: string) => everyElement(root).filter((element) => element.name === name)
const ofClass = (root: XmlElement, name: string) =>
  everyElement(root).filter((element) => element.attributes.class === name)

describe('hOCR', () => {
  const text = toHocr(PAGE, SOURCE)
  const root = parseXml(text)

  test('keeps the rules of version 1.2', () => expect(faultsOfHocr(root)).toEqual([]))

  test.each([
    [
      'a box with a minus',
      'bbox 300 150 833 208',
      'bbox -300 150 833 208',
      'a bbox that is none: bbox -300 150 833 208',
    ],
    [
      'a box from right to left',
      'bbox 300 150 833 208',
      'bbox 833 150 300 208',
      'a box that is turned over: bbox 833 150 300 208',
    ],
    ['a confidence in words', 'x_wconf 97', 'x_wconf high', 'a x_wconf that is none: x_wconf high'],
    ['a page without a box', / bbox 0 0 \d+ \d+;/, '', 'ocr_page lacks bbox'],
    ['a page that begins elsewhere', /bbox 0 0 /, 'bbox 5 0 ', 'ocr_page does not begin at 0 0'],
    ['a class that is not in its capabilities', 'ocr_table ocrp', 'ocrp', 'ocr_table is not in the capabilities'],
    ['no system', 'ocr-system', 'system', 'the head lacks ocr-system'],
    ['a property of nobody', 'scan_res', 'resolution', 'no property resolution'],
    ['the same id twice', 'id="block_2"', 'id="block_1"', 'an id twice'],
    ['a line that is no span', '<div class="ocr_carea"', '<div class="ocr_line"', 'ocr_line is a div'],
  ])('with %s would be refused', (_, sound, broken, told) => {
    const spoiled = text.replace(sound, broken)
    expect(spoiled).not.toBe(text)
    expect(faultsOfHocr(parseXml(spoiled))).toContain(told)
  })

  test('tells of page, system and what it marks', () => {
    expect(ofClass(root, 'ocr_page')[0]?.attributes.title).toBe(
      'image "x ”y” & <z>.pdf"; bbox 0 0 2480 3508; ppageno 6; scan_res 300 300',
    )
    const metas = Object.fromEntries(only(root, 'meta').map(({ attributes }) => [attributes.name, attributes.content]))
    expect(metas['ocr-system']).toBe('gongkai 0.1.0')
    const marked = new Set(everyElement(root).flatMap(({ attributes }) => attributes.class ?? []))
    expect([...marked].filter((name) => !(metas['ocr-capabilities'] ?? '').split(' ').includes(name))).toEqual([])
  })

  test('has words with their boxes and how sure the reader was of the least sure glyph', () => {
    expect(ofClass(root, 'ocrx_word').map(({ text, attributes }) => [text, attributes.title])).toEqual([
      ['2024年', 'bbox 300 150 833 208'],
      ['部门预算', 'bbox 300 150 833 208'],
      ['合计', 'bbox 0 600 300 750; x_wconf 90'],
      ['办公设', 'bbox 0 750 300 900; x_wconf 97'],
      ['备', 'bbox 0 750 300 900; x_wconf 96'],
      ['A1', 'bbox 0 750 300 900; x_wconf 50'],
    ])
  })

  test('has the cells of a table with their spans', () => {
    const rows = only(ofClass(root, 'ocr_table')[0] as XmlElement, 'tr')
    expect(
      rows.map(({ children }) => children.map(({ text, attributes }) => [text, attributes.colspan ?? '1'])),
    ).toEqual([
      [['合计', '2']],
      [
        ['办公设备 A1', '1'],
        ['', '1'],
      ],
    ])
  })
})

describe('ALTO', () => {
  const text = toAlto(PAGE, SOURCE)
  const root = parseXml(text)

  test('is built as version 4.2 wants it', () => {
    expect(faultsOfAlto(root)).toEqual([])
    expect(root.attributes).toEqual({ xmlns: 'http://www.loc.gov/standards/alto/ns-v4#', SCHEMAVERSION: '4.2' })
  })

  test.each([
    ['a line without a word', /<String CONTENT="合计"[^>]*\/>/, '', 'TextLine holds '],
    ['a block without an ID', 'ID="block_1"', '', 'TextBlock lacks ID'],
    ['a tag that is not there', 'TAGREFS="cell_1_1_1_2"', 'TAGREFS="cell_9_9_1_1"', 'no cell_9_9_1_1'],
    ['a confidence above one', 'WC="0.900"', 'WC="90"', 'WC above 1'],
  ])('with %s would be refused', (_, sound, broken, told) => {
    expect(faultsOfAlto(parseXml(text.replace(sound, broken)))).toContain(told)
  })

  test('has words in units of 1/1200 inch with their confidence', () => {
    const strings = only(root, 'String').map(({ attributes: { CONTENT, WC, HPOS, VPOS } }) => [CONTENT, WC, HPOS, VPOS])
    expect(strings.slice(1)).toEqual([
      ['部门预算', undefined, '1200.0', '600.0'],
      ['合计', '0.900', '0.0', '2400.0'],
      ['办公设', '0.970', '0.0', '3000.0'],
      ['备', '0.960', '0.0', '3000.0'],
      ['A1', '0.500', '0.0', '3000.0'],
    ])
  })

  test('tells row, column and spans of every cell', () => {
    const labels = new Map(only(root, 'StructureTag').map(({ attributes }) => [attributes.ID, attributes.LABEL]))
    const cells = only(root, 'ComposedBlock')[0]?.children ?? []
    expect(cells.map(({ attributes }) => labels.get(attributes.TAGREFS))).toEqual([
      'row 1, column 1, row span 1, column span 2',
      'row 2, column 1, row span 1, column span 1',
      'row 2, column 2, row span 1, column span 1',
    ])
  })
})

test('whatever is read on a page, both are well-formed and built right, and no character is lost', () => {
  const texts = fc.array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('<b>&"\'', '\ud800', '\u0000', ' ', '金额 1')),
    { maxLength: 4 },
  )
  fc.assert(
    fc.property(texts, texts, (lines, cellLines) => {
      const given = page(lines, [cell(0, 0, cellLines), cell(1, 1, ['x'])])
      const words = toPageBlocks(given).flatMap((block) =>
        block.kind === 'line'
          ? block.line.words
          : block.rows.flat().flatMap((each) => each.lines.flatMap((line) => line.words)),
      )
      const expected = words.map(({ text }) => text)
      const alto = parseXml(toAlto(given, SOURCE))
      expect(faultsOfAlto(alto)).toEqual([])
      expect(only(alto, 'String').map(({ attributes }) => attributes.CONTENT)).toEqual(expected)
      const hocr = parseXml(toHocr(given, SOURCE))
      expect(faultsOfHocr(hocr)).toEqual([])
      expect(ofClass(hocr, 'ocrx_word').map(({ text }) => text)).toEqual(expected)
      const lengthOf = (some: readonly string[]) => some.join('').replaceAll(/\s/g, '').length
      expect(lengthOf(expected)).toBe(lengthOf([...lines, ...cellLines, 'x']))
    }),
  )
})

test.each([
  ['hocr', 'p007.html'],
  ['alto', 'p007.xml'],
] as const)('--format %s writes a file for every page, in the same bytes each time', async (format, file) => {
  const pages = {
    ...fakePages(),
    async *extracts() {
      yield PAGE
    },
  }
  const read = async () => {
    const folder = join(await exportFakes([format], undefined, { pages }), format)
    return [readdirSync(folder).sort(), readFileSync(join(folder, '3f9c0d1e2a4b5c6d', file), 'utf8')]
  }
  const first = await read()
  expect(first[0]).toEqual(['3f9c0d1e2a4b5c6d', 'ffffffffffffffff', 'files.txt'])
  expect(await read()).toEqual(first)
})
