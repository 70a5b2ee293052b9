import { decodePosteriors, encodePosteriors, type LinePosteriors } from '../../src/model/line-posteriors.ts'
import type { PageExtract } from '../../src/model/page.ts'
import type { GradedField } from '../../src/model/record.ts'
import type { Cell, Reading } from '../../src/model/table.ts'
import type { Random } from '../generate/random.ts'

/** A cell of a scanned page, by its place among the pages, the page's tables and their cells. */
export interface CellPlace {
  readonly page: number
  readonly table: number
  readonly cell: number
}

/** The pages with one figure printed otherwise: by the publisher, so that the pixels plainly show it. */
export interface PlantedFigure {
  readonly pages: readonly PageExtract[]
  readonly planted: string
  readonly bbox: Cell['bbox']
  readonly pageNumber: number
}

/** What became of a planted error. altered: another figure is published. named: an equation is said not to hold. */
export type PlantedFate =
  | 'altered and accepted'
  | 'altered, asked'
  | 'as printed, named'
  | 'as printed, asked'
  | 'as printed, accepted'

/** Digits that are printed alike enough to be taken for each other. */
const ALIKE: Readonly<Record<string, string>> = {
  '0': '86',
  '1': '7',
  '2': '7',
  '3': '85',
  '4': '9',
  '5': '63',
  '6': '58',
  '7': '1',
  '8': '36',
  '9': '58',
}
const FIGURE = /^\d{2,9}\.\d\d$/

/** Places of figures that a reader with posteriors reads in one line. */
export function placesOfFigures(pages: readonly PageExtract[]): readonly CellPlace[] {
  return pages.flatMap(({ tables }, page) =>
    tables.flatMap(({ cells }, table) =>
      cells.flatMap(({ text, readings }, cell) => {
        const [first] = readings
        const isRead = first?.posteriors?.length === 1 && first.lines.join('') === text
        return isRead && FIGURE.test(text) ? [{ page, table, cell }] : []
      }),
    ),
  )
}

/** Changes one digit of a figure, in every reading and in the posteriors; null where that would lead with a zero. */
export function plantFigure(pages: readonly PageExtract[], place: CellPlace, random: Random): PlantedFigure | null {
  const cell = pages[place.page]?.tables[place.table]?.cells[place.cell]
  const pageNumber = pages[place.page]?.pageNumber
  if (cell === undefined || pageNumber === undefined) return null
  const at = random.integer(0, cell.text.indexOf('.') - 1)
  const from = cell.text[at] ?? ''
  const to = random.pick([...(ALIKE[from] ?? '')])
  if (at === 0 && to === '0') return null
  const planted = replaceAt(cell.text, at, to)
  const rank = [...cell.text.slice(0, at)].filter((glyph) => glyph === from).length
  const readings = cell.readings.map((reading): Reading => {
    const read = reading.lines.join('')
    if (read.length !== cell.text.length) return reading
    const posteriors = reading.posteriors?.map((line) => exchange(line, from, to, rank))
    return { ...reading, lines: [replaceAt(read, at, to)], ...(posteriors === undefined ? {} : { posteriors }) }
  })
  const changed: Cell = { ...cell, text: planted, readings }
  return { pages: withCell(pages, place, changed), planted, bbox: cell.bbox, pageNumber }
}

export function fateOf(field: GradedField): PlantedFate {
  const has = (code: string) => field.flags.some((flag) => flag.code === code)
  const isAccepted = field.grade === 'accepted'
  if (has('amount-repaired')) return isAccepted ? 'altered and accepted' : 'altered, asked'
  if (has('equation-contradicted') || has('beside-contradiction')) return 'as printed, named'
  return isAccepted ? 'as printed, accepted' : 'as printed, asked'
}

function replaceAt(text: string, at: number, glyph: string): string {
  return text.slice(0, at) + glyph + text.slice(at + 1)
}

/** The posteriors with two digits in each other's place where the line shows the first of them for the `rank`th time. */
function exchange(line: LinePosteriors, from: string, to: string, rank: number): LinePosteriors {
  const frames = decodePosteriors(line)
  const best = frames.map(({ glyphs }) => glyphs[0]?.text)
  let seen = -1
  const changed = frames.map((frame, index) => {
    if (best[index] !== from) return frame
    if (best[index - 1] !== from) seen += 1
    if (seen !== rank) return frame
    const swap = (text: string) => (text === from ? to : text === to ? from : text)
    return { ...frame, glyphs: frame.glyphs.map((glyph) => ({ ...glyph, text: swap(glyph.text) })) }
  })
  return encodePosteriors(changed)
}

function withCell(pages: readonly PageExtract[], place: CellPlace, changed: Cell): readonly PageExtract[] {
  const replace = <Item>(items: readonly Item[], at: number, change: (item: Item) => Item) =>
    items.map((item, index) => (index === at ? change(item) : item))
  return replace(pages, place.page, (page) => ({
    ...page,
    tables: replace(page.tables, place.table, (table) => ({
      ...table,
      cells: replace(table.cells, place.cell, () => changed),
    })),
  }))
}
