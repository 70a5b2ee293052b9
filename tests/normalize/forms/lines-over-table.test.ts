import { describe, expect, test } from 'vitest'
import type { BoundingBox } from '../../../src/model/bounding-box.ts'
import type { TextLine } from '../../../src/model/page.ts'
import type { Table } from '../../../src/model/table.ts'
import { linesOverTable } from '../../../src/normalize/forms/lines-over-table.ts'

type Place = (box: BoundingBox) => BoundingBox

/** A page of 600 by 400 points as it reads; `place` is how it is displayed. */
const upright: Place = (box) => box
const upsideDown: Place = ({ x0, top, x1, bottom }) => ({
  x0: 600 - x1,
  x1: 600 - x0,
  top: 400 - bottom,
  bottom: 400 - top,
})
const clockwise: Place = ({ x0, top, x1, bottom }) => ({ x0: 400 - bottom, x1: 400 - top, top: x0, bottom: x1 })
const counterClockwise: Place = ({ x0, top, x1, bottom }) => ({ x0: top, x1: bottom, top: 600 - x1, bottom: 600 - x0 })
const skewed: Place = ({ x0, top, x1, bottom }) => {
  const lower = (x: number) => (x - 50) * 0.05
  return { x0, x1, top: top + lower(x0), bottom: bottom + lower(x1) }
}

function line(text: string, x0: number, top: number, place: Place): TextLine {
  return { text, bbox: place({ x0, top, x1: x0 + 80, bottom: top + 10 }), origin: 'ocr' }
}

function table(top: number, place: Place, tableIndex = 1): Table {
  const cells = Array.from({ length: 12 }, (_, index) => {
    const [row, column] = [Math.floor(index / 4), index % 4]
    const bbox = place({
      x0: 50 + column * 125,
      x1: 175 + column * 125,
      top: top + row * 20,
      bottom: top + 20 + row * 20,
    })
    return {
      row,
      column,
      rowSpan: 1,
      columnSpan: 1,
      bbox,
      text: '',
      origin: 'ocr' as const,
      confidence: null,
      readings: [],
      flags: [],
    }
  })
  const bbox = {
    x0: Math.min(...cells.map((cell) => cell.bbox.x0)),
    top: Math.min(...cells.map((cell) => cell.bbox.top)),
    x1: Math.max(...cells.map((cell) => cell.bbox.x1)),
    bottom: Math.max(...cells.map((cell) => cell.bbox.bottom)),
  }
  return {
    pageNumber: 1,
    tableIndex,
    bbox,
    rowCount: 3,
    columnCount: 4,
    structure: 'pixel-rulings',
    structureConfidence: 1,
    cells,
  }
}

describe('the title and the unit stand over a table, the note does not', () => {
  test.each([
    ['as it reads', upright],
    ['upside down', upsideDown],
    ['on its right side', clockwise],
    ['on its left side', counterClockwise],
    ['skewed, the unit lower than the table’s highest corner', skewed],
  ])('on a page displayed %s', (_how, place) => {
    const lines = [line('标题', 250, 60, place), line('单位：万元', 465, 88, place), line('注', 50, 170, place)]
    expect(linesOverTable(table(100, place), [], lines).map(({ text }) => text)).toEqual(['单位：万元', '标题'])
  })

  test.each([
    ['as it reads', upright],
    ['upside down', upsideDown],
  ])('of the second table only those below the first, on a page displayed %s', (_how, place) => {
    const lines = [line('一', 250, 60, place), line('二', 250, 200, place)]
    expect(linesOverTable(table(220, place, 2), [table(80, place)], lines).map(({ text }) => text)).toEqual(['二'])
  })

  test.each([
    ['as it reads', upright],
    ['upside down', upsideDown],
  ])('of two tables side by side each has its own and what stands over both, on a page displayed %s', (_how, place) => {
    const aside: Place = ({ x0, x1, ...box }) => place({ ...box, x0: x0 / 2 - 20, x1: x1 / 2 - 20 })
    const further: Place = ({ x0, x1, ...box }) => place({ ...box, x0: x0 / 2 + 280, x1: x1 / 2 + 280 })
    const both: Place = ({ x0, x1, ...box }) => place({ ...box, x0: x0 - 60, x1: x1 + 60 })
    const lines = [line('一', 250, 60, aside), line('二', 250, 70, further), line('都', 250, 50, both)]
    const [left, right] = [table(100, aside), table(110, further, 2)]
    const of = (own: Table) => linesOverTable(own, own === right ? [left] : [], lines, [left, right])
    expect(of(left).map(({ text }) => text)).toEqual(['一', '都'])
    expect(of(right).map(({ text }) => text)).toEqual(['二', '都'])
  })
})
