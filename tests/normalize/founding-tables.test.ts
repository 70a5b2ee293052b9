import { describe, expect, test } from 'vitest'
import { foundingLayerFigures, judgeFoundingLayer } from '../../bench/restoration/founding-layer-figures.ts'
import { type FoundLine, readFacts } from '../../samples/facts/read-facts.ts'
import { foundingLayerPages } from '../../samples/founding-layer.ts'
import type { PageExtract } from '../../src/model/page.ts'
import type { Cell } from '../../src/model/table.ts'
import { normalizeDocument } from '../../src/normalize/normalize-document.ts'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'

const dictionaries = readDictionaries()
const { fields, rows } = judgeFoundingLayer(dictionaries)
const figures = foundingLayerFigures(fields, rows)
const money = fields.filter(({ name }) => /^(?:unit_price|amount)/.test(name))

const SERVICE_PAGE = 3
const AMOUNT_COLUMN = 6
/** Its rows of headings, of the total and of the department. */
const ROWS_ABOVE = 4
const UNREADABLE_ROW = ROWS_ABOVE + 2

/** The service table with every amount but the unreadable one read alike by two readers. */
function withSiblingsReadWell(page: PageExtract): PageExtract {
  const service = readFacts<readonly FoundLine[]>('founding-service')
  const tables = page.tables.map((table) => ({
    ...table,
    cells: table.cells.map((cell): Cell => {
      if (cell.column !== AMOUNT_COLUMN || cell.row < 2 || cell.row === UNREADABLE_ROW || cell.text === '') return cell
      const amount = service[cell.row - ROWS_ABOVE]?.fields.amount
      const text = amount === undefined ? cell.text : (Number(amount) / 10000).toFixed(2)
      const readBy = (reader: 'paddle' | 'tesseract') => ({ reader, lines: [text], confidence: 0.97, characters: [] })
      return { ...cell, text, readings: [readBy('paddle'), readBy('tesseract')] }
    }),
  }))
  return { ...page, tables }
}

describe('the founding tables from their garbled layer alone', () => {
  test('give every line and no other', () => {
    expect(figures.rows).toEqual({ right: 24, all: 24 })
  })

  test('give all codes with their names', () => {
    expect(figures.items).toEqual({ right: 14, all: 14 })
    expect(figures.functions).toEqual({ right: 24, all: 24 })
    expect(figures.economics).toEqual({ right: 24, all: 24 })
  })

  test('give all 66 amounts right as first candidate', () => {
    expect(figures.money).toEqual({ right: 66, all: 66 })
  })

  test('accept nothing that is wrong', () => {
    expect(fields.filter(({ field, isRight }) => field?.grade === 'accepted' && !isRight)).toEqual([])
    expect(figures.accepted.all).toBeGreaterThanOrEqual(215)
  })

  test('show a garbled word of a list as the listed word that it most likely is, for a person to confirm', () => {
    const garbled = fields.filter(({ field }) => ['上级专萌', '上级专顶', '经费拨就孙朋'].includes(field?.raw ?? ''))
    expect(garbled).toHaveLength(3)
    for (const { field, isRight } of garbled) {
      expect(isRight).toBe(true)
      expect(field).toMatchObject({ grade: 'review' })
      expect(field?.flags.map(({ code }) => code)).toContain('vocabulary-unknown')
    }
    expect(figures.fields.right).toBeGreaterThanOrEqual(389)
  })

  test('prove what equations leave, and ask about what only a ratio or a habit suggests', () => {
    expect(figures.moneyProved).toBeGreaterThanOrEqual(42)
    expect(figures.moneyUnproved).toBe(0)
    for (const { field } of money) {
      const codes = field?.flags.map(({ code }) => code) ?? []
      expect(codes.includes('amount-repaired') && field?.support.pinned !== true).toBe(false)
      expect(codes.includes('amount-inferred') && field?.support.pinned === true).toBe(false)
      expect(codes.includes('amount-inferred') && field?.grade === 'accepted').toBe(false)
    }
  })

  test('the unreadable service amount is what its column leaves, not its namesake in the other table', () => {
    expect(figures.unreadableAmount).toMatchObject({ truth: '480000.00', isRight: true })
    expect(figures.unreadableAmount?.field).toMatchObject({ raw: '咽皿', value: '480000.00', grade: 'review' })
  })

  test('with its siblings read well, that amount is pinned by the column total', () => {
    const pages = foundingLayerPages().map((page) =>
      page.pageNumber === SERVICE_PAGE ? withSiblingsReadWell(page) : page,
    )
    const read = normalizeDocument(pages, dictionaries, { fileName: 'x.pdf' })
    const field = read.records
      .find(({ recordType, rowIndex }) => recordType === 'service_purchase_line' && rowIndex === 3)
      ?.fields.find(({ name }) => name === 'amount')
    expect(field).toMatchObject({ value: '480000.00', support: { pinned: true } })
    expect(field?.flags.map(({ code }) => code)).toContain('amount-repaired')
    expect(field?.evidence.join(' ')).toContain('leaves 480000.00')
  })

  test('publisher and year come from the cover', () => {
    const document = normalizeDocument(foundingLayerPages(), dictionaries, { fileName: 'x.pdf' })
    expect(document).toMatchObject({ publisher: '武汉市江汉区财政局', fiscalYear: 2024 })
  })
})
