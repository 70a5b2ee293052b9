import { expect, test } from 'vitest'
import { createRandom } from '../../bench/generate/random.ts'
import { placesOfFigures, plantFigure } from '../../bench/restoration/plant-on-scans.ts'
import { createTextGlyphs } from '../../src/normalize/match/text-glyphs.ts'
import { buildPage } from '../support/factory.ts'
import { showGlyphs } from '../support/posteriors.ts'

test('a planted figure is what every reader saw and what the pixels show', () => {
  const page = buildPage({ tables: [{ rows: [['1336.50', '会议桌']], origin: 'ocr' }] })
  const tables = page.tables.map((table) => ({
    ...table,
    cells: table.cells.map((cell) => ({
      ...cell,
      readings: cell.readings.map((reading) =>
        reading.reader === 'paddle' ? { ...reading, posteriors: [showGlyphs(cell.text)] } : reading,
      ),
    })),
  }))
  const places = placesOfFigures([{ ...page, tables }])
  expect(places).toEqual([{ page: 0, table: 0, cell: 0 }])
  const [place] = places
  const error = place === undefined ? null : plantFigure([{ ...page, tables }], place, createRandom(5))
  const cell = error?.pages[0]?.tables[0]?.cells[0]
  expect(error?.planted).toMatch(/^\d{4}\.50$/)
  expect(error?.planted).not.toBe('1336.50')
  expect(cell?.readings.map(({ lines }) => lines.join(''))).toEqual([error?.planted, error?.planted])
  const glyphs = createTextGlyphs(cell?.readings ?? [])
  expect(glyphs?.costOf(error?.planted ?? '')).toBeLessThan(0.5)
  expect(glyphs?.costOf('1336.50')).toBeGreaterThan(5)
})
