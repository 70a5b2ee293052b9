import { describe, expect, test } from 'vitest'
import { inspectScan } from '../../src/extract/inspect-scan.ts'
import { readScanPage, type ScanPicture, type ScanTrace } from '../../src/extract/ocr/read-scan-page.ts'
import { decodeImageFile } from '../../src/extract/raster/image-file.ts'
import type { InspectedScan } from '../../src/model/inspection.ts'
import { fakeEngine, loadSmallScan, reading } from './ocr/ocr-fixtures.ts'
import { DrawnPage, SOLID, steps } from './raster/draw-page.ts'

const signal = new AbortController().signal
const first = fakeEngine('paddle', () => reading('字8', 0.6))
const second = fakeEngine('tesseract', () => reading('字B', 0.7))

function pictureOf(image: ScanPicture['image']): ScanPicture {
  const placement = { x0: 10, top: 20, x1: 10 + image.width / 2, bottom: 20 + image.height / 2 }
  return { pageNumber: 1, image, placement, isPainted: false }
}

async function traceOf(picture: ScanPicture): Promise<ScanTrace> {
  const traces: ScanTrace[] = []
  await readScanPage(picture, { first, second }, [], signal, (trace) => traces.push(trace))
  expect(traces).toHaveLength(1)
  return traces[0] as ScanTrace
}

const inspect = async (picture: ScanPicture): Promise<InspectedScan> => inspectScan(await traceOf(picture))

const XS = steps(80, 150, 120, 200, 120, 130)
const YS = steps(120, 50, 50, 50, 50, 50, 50, 50)

/** `omit` leaves whole rulings out by place. */
function tablePage(options: { degrees?: number } = {}, omit: readonly string[] = []): DrawnPage {
  const page = new DrawnPage(900, 640, options)
  const faint = { thickness: 2, grey: 200 }
  const dashed = { ...SOLID, pattern: (along: number) => along % 16 < 10 }
  for (const [r, y] of YS.entries()) {
    if (!omit.includes(`row ${r}`)) page.ruling(80, y, 800, y, r === 2 ? faint : r === 4 ? dashed : SOLID)
  }
  for (const [c, x] of XS.entries()) if (!omit.includes(`column ${c}`)) page.ruling(x, 120, x, 470)
  for (const x of XS.slice(1, -1)) for (const y of YS.slice(0, -1)) page.digits('12.50', x + 14, y + 14, 24)
  return page.han(300, 60, 26).han(330, 60, 26).han(360, 60, 26)
}

describe('how a scan was read is told', () => {
  test('and telling changes nothing of the page', async () => {
    const { image } = await loadSmallScan()
    const picture = pictureOf(image)
    const silent = await readScanPage(picture, { first, second }, [], signal)
    const told = await readScanPage(picture, { first, second }, [], signal, (trace) => void inspectScan(trace))
    expect(JSON.stringify(told)).toBe(JSON.stringify(silent))
  })

  test('solid, bridged and faint rulings apart, all lines of the table', async () => {
    const { rulings } = await inspect(pictureOf(tablePage().color()))
    const rows = rulings.filter(({ orientation, isInGrid }) => orientation === 'horizontal' && isInGrid)
    const kinds = rows.toSorted((a, b) => (a.points[0]?.[1] ?? 0) - (b.points[0]?.[1] ?? 0)).map(({ kind }) => kind)
    expect(kinds).toEqual(['solid', 'solid', 'faint', 'solid', 'bridged', 'solid', 'solid', 'solid'])
    const columns = rulings.filter(({ orientation }) => orientation === 'vertical')
    expect(columns.map(({ kind }) => kind)).toEqual(XS.map(() => 'solid'))
  })

  test('a side without a ruling is open', async () => {
    const { rulings } = await inspect(pictureOf(tablePage({}, ['column 0', 'column 5']).color()))
    const open = rulings.filter(({ kind }) => kind === 'open')
    expect(open.map(({ orientation }) => orientation)).toEqual(['vertical', 'vertical'])
  })

  test('edges with both their witnesses, cells with lines and every answer, and why', async () => {
    const scan = await inspect(pictureOf(tablePage().color()))
    const [grid] = scan.grids
    const edges = grid?.edges ?? []
    expect([grid?.rowCount, grid?.columnCount, edges.length]).toEqual([7, 5, 7 * 4 + 6 * 5])
    expect(edges.every(({ isParted }) => isParted)).toBe(true)
    // The white areas run through the faint ruling and the dashed one, and no others.
    const leaking = edges.filter(({ areas }) => areas === 'one')
    expect(new Set(leaking.map(({ from, to }) => `${Math.round(from[1] / 10)} ${Math.round(to[1] / 10)}`))).toEqual(
      new Set(['22 22', '32 32']),
    )
    expect(grid?.agreement).toBeCloseTo(1 - leaking.length / edges.length, 9)
    const cell = grid?.cells.find(({ row, column }) => row === 1 && column === 1)
    expect(cell?.lines.map(({ answers }) => answers.map(({ reader, text }) => `${reader} ${text}`))).toEqual([
      expect.arrayContaining(['paddle 字8', 'tesseract 字B']),
    ])
    expect(cell?.lines[0]?.answers[0]?.characters.map(({ confidence }) => confidence)).toEqual([0.6, 0.6])
    expect(cell?.why).toMatch(/readers differ/)
    expect(scan.looseLines.map(({ text }) => text)).toEqual(['字8'])
  })

  test('pictures are upright and of their size, and pixels lead back to the page', async () => {
    const scan = await inspect(pictureOf(tablePage({ degrees: 2 }).color()))
    for (const picture of [scan.pictures.grey, scan.pictures.flattened, scan.pictures.print]) {
      const [image] = await decodeImageFile(Buffer.from(picture.split(',')[1] ?? '', 'base64'))
      expect([image?.width, image?.height]).toEqual([scan.widthPx, scan.heightPx])
    }
    const [a, b, c, d, e, f] = scan.toPage
    const { x0, top } = scan.grids[0]?.bboxPx ?? { x0: 0, top: 0 }
    const drawn = new DrawnPage(900, 640, { degrees: 2 }).place(80, 120)
    expect(Math.abs(a * x0 + c * top + e - (10 + drawn.x / 2))).toBeLessThan(2)
    expect(Math.abs(b * x0 + d * top + f - (20 + drawn.y / 2))).toBeLessThan(2)
  })
})
