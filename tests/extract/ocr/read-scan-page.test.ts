import { describe, expect, test } from 'vitest'
import { extractPage } from '../../../src/extract/extract-page.ts'
import { foldText } from '../../../src/extract/ocr/fold-text.ts'
import type { OcrEngine } from '../../../src/extract/ocr/ocr-engine.ts'
import { openReaders } from '../../../src/extract/ocr/open-readers.ts'
import { readScanPage } from '../../../src/extract/ocr/read-scan-page.ts'
import type { Word } from '../../../src/model/page.ts'
import { tableToRows } from '../../../src/model/table.ts'
import { openDocumentBytes } from '../../../src/queue/document-file.ts'
import { fakeEngine, loadSmallScan, reading, smallScanFile } from './ocr-fixtures.ts'

const signal = new AbortController().signal
const { image, rows } = await loadSmallScan()
const placement = { x0: 0, top: 0, x1: 425.2, bottom: 212.6 }
const picture = { pageNumber: 3, image, placement, isPainted: false }
const constant = (text: string, name: 'paddle' | 'tesseract' = 'paddle') => fakeEngine(name, () => reading(text))

const folded = (texts: readonly (readonly string[])[]) => texts.map((row) => row.map(foldText))

describe('a small worn scan', () => {
  test('is read whole by the installed readers, whichever page came before', async () => {
    const readers = await openReaders('both')
    try {
      const source = await openDocumentBytes(smallScanFile())
      const first = await extractPage(await source.readPage(1), readers, signal)
      expect(folded(tableToRows(first.tables[0] ?? failNoTable()))).toEqual(folded(rows))
      expect(first.lines.map((line) => foldText(line.text))).toEqual(['政府采购预算表', foldText('单位：万元')])
      expect(first.kind).toBe('scan')
      const blank = { ...picture, image: { width: 300, height: 200, data: new Uint8Array(180_000).fill(250) } }
      expect((await readScanPage(blank, readers, [], signal)).tables).toEqual([])
      expect(await extractPage(await source.readPage(1), readers, signal)).toEqual(first)
    } finally {
      await readers.close()
    }
  }, 240_000)

  test('is read for the most part by tesseract alone', async () => {
    const readers = await openReaders('tesseract')
    try {
      const { tables } = await readScanPage(picture, readers, [], signal)
      const read = folded(tableToRows(tables[0] ?? failNoTable())).flat()
      const wanted = folded(rows).flat()
      expect(read).toHaveLength(wanted.length)
      expect(read.filter((text, i) => text === wanted[i]).length).toBeGreaterThanOrEqual(20)
    } finally {
      await readers.close()
    }
  }, 240_000)
})

describe('places and witnesses', () => {
  test('cells lie in points where the picture lies on the page', async () => {
    const { tables } = await readScanPage(picture, { first: constant('字'), second: null }, [], signal)
    const table = tables[0] ?? failNoTable()
    expect([table.rowCount, table.columnCount, table.pageNumber]).toEqual([5, 5, 3])
    for (const cell of table.cells) {
      expect(cell.bbox.x0).toBeGreaterThanOrEqual(table.bbox.x0 - 1)
      expect(cell.bbox.x1).toBeLessThanOrEqual(table.bbox.x1 + 1)
      expect(cell.bbox.bottom).toBeLessThanOrEqual(placement.bottom)
    }
    const shifted = { ...picture, placement: { x0: 100, top: 50, x1: 525.2, bottom: 262.6 } }
    const moved = await readScanPage(shifted, { first: constant('字'), second: null }, [], signal)
    expect(moved.tables[0]?.bbox.x0).toBeCloseTo(table.bbox.x0 + 100, 1)
    expect(moved.tables[0]?.bbox.top).toBeCloseTo(table.bbox.top + 50, 1)
  })

  test('a scanner’s text layer becomes the last reading of the cell that it lies in', async () => {
    const readers = { first: constant('2.00'), second: null }
    const { tables } = await readScanPage(picture, readers, [], signal)
    const cell = tables[0]?.cells.find(({ row, column }) => row === 1 && column === 3) ?? failNoTable()
    const word: Word = { text: '2回', bbox: cell.bbox, origin: 'untrusted-text' }
    const again = await readScanPage(picture, readers, [word], signal)
    const readings = again.tables[0]?.cells.find(({ row, column }) => row === 1 && column === 3)?.readings ?? []
    expect(readings.at(-1)).toEqual({
      reader: 'untrusted-text-layer',
      lines: ['2回'],
      confidence: null,
      characters: [],
    })
    expect(readings[0]?.lines).toEqual(['2.00'])
  })

  test('ink that nobody can read is a flagged cell, paper is an empty one', async () => {
    const { tables } = await readScanPage(picture, { first: constant(''), second: null }, [], signal)
    const table = tables[0] ?? failNoTable()
    const at = (row: number, column: number) => table.cells.find((cell) => cell.row === row && cell.column === column)
    expect(at(1, 0)).toMatchObject({ text: '', confidence: 0, flags: ['reading-weak', 'reading-unconfirmed'] })
    expect(at(4, 1)).toMatchObject({ text: '', confidence: null, flags: [], readings: [] })
  })
})

describe('readers that fail', () => {
  const broken = (message: string): OcrEngine => ({
    name: 'tesseract',
    recognize: () => Promise.reject(new Error(message)),
    close: async () => {},
  })

  test.each([
    ['crashes', broken('segmentation fault'), /tesseract: Error: segmentation fault/],
    ['loses lines', { ...constant('1', 'tesseract'), recognize: async () => [] }, /tesseract read 0 of \d+ lines/],
  ])('a reader that %s fails the page, by name', async (_how, second, message) => {
    const attempt = readScanPage(picture, { first: constant('1.00'), second }, [], signal)
    await expect(attempt).rejects.toMatchObject({ code: 'page/ocr-failed', pageNumber: 3 })
    await expect(attempt).rejects.toThrow(message)
  })

  test('a slow reader is left when the page is aborted', async () => {
    const controller = new AbortController()
    const slow: OcrEngine = {
      name: 'paddle',
      recognize: (_lines, _hint, given) =>
        new Promise((_resolve, reject) => {
          given.addEventListener('abort', () => reject(new Error('stopped')))
          controller.abort(new Error('the page timed out'))
        }),
      close: async () => {},
    }
    await expect(readScanPage(picture, { first: slow, second: null }, [], controller.signal)).rejects.toThrow(
      'the page timed out',
    )
  })
})

describe('picture files', () => {
  test('a page that is not there is an error of that page', async () => {
    const source = await openDocumentBytes(smallScanFile())
    expect(source.pageCount).toBe(1)
    await expect(source.readPage(2)).rejects.toMatchObject({ code: 'page/unreadable', pageNumber: 2 })
  })

  test('bytes that are neither picture nor PDF are refused as a PDF would be', async () => {
    await expect(openDocumentBytes(new TextEncoder().encode('hello'))).rejects.toMatchObject({
      code: 'document/not-a-pdf',
    })
  })
})

function failNoTable(): never {
  throw new Error('no table was found')
}
