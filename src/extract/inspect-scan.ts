import type { AffineNumbers, InspectedGrid, InspectedLine, InspectedScan } from '../model/inspection.ts'
import { isDirt } from './ocr/line-shape.ts'
import type { ScanPicture, ScanTrace, TracedReading } from './ocr/read-scan-page.ts'
import type { ScanTable } from './raster/grid.ts'
import type { AffineMap, BitImage, ColorImage, GreyImage } from './raster/image.ts'
import { encodeJpeg, encodePng, shrinkImage } from './raster/image-file.ts'
import { inspectEdges } from './raster/inspect-edges.ts'
import { inspectRulings } from './raster/inspect-rulings.ts'
import { composeMaps } from './raster/resample.ts'

const JPEG_QUALITY = 80
/** Pictures are for the eye: beyond this a screen shows no more, and the page grows heavy. */
export const LONGEST_SIDE_PX = 3600

/** Tells how a picture was read in plain data with pictures embedded; what was not kept is found again. */
export async function inspectScan(trace: ScanTrace): Promise<InspectedScan> {
  const { picture, page, tables, crops, look } = trace
  return {
    source: {
      widthPx: picture.image.width,
      heightPx: picture.image.height,
      isPainted: picture.isPainted,
      placement: picture.placement,
      picture: await toJpeg(picture.image),
    },
    widthPx: page.grey.width,
    heightPx: page.grey.height,
    toPage: toNumbers(composeMaps(mapToPage(picture), page.toSource)),
    pictures: {
      grey: await toJpeg(page.grey),
      flattened: await toJpeg(inverted(page.darkness)),
      print: await toPng(inverted(inBlack(page.structure))),
    },
    quarterTurns: page.quarterTurns,
    skewDegrees: page.skewDegrees,
    sealShare: page.sealShare,
    glyphHeightPx: crops.glyphHeightPx,
    sizeFactor: look.factor,
    isSmoothed: look.isSmoothed,
    rulings: inspectRulings(page, tables),
    grids: tables.map((table, index) => inspectGrid(table, trace.cells[index] ?? [])),
    looseLines: trace.loose.flatMap((traced) =>
      toLines(traced).map((line) => ({ ...line, text: traced.reading.text, why: traced.reading.why })),
    ),
  }
}

/** Source pixels to points of the page. */
function mapToPage({ image, placement }: ScanPicture): AffineMap {
  const { x0, top, x1, bottom } = placement
  return { a: (x1 - x0) / image.width, b: 0, c: 0, d: (bottom - top) / image.height, e: x0, f: top }
}

function toNumbers({ a, b, c, d, e, f }: AffineMap): AffineNumbers {
  return [a, b, c, d, e, f]
}

function inspectGrid(table: ScanTable, cells: readonly TracedReading[]): InspectedGrid {
  const doubtful = new Set(table.doubtfulCells)
  return {
    bboxPx: table.grid.bbox,
    rowCount: table.grid.rowEdges.length - 1,
    columnCount: table.grid.columnEdges.length - 1,
    agreement: table.agreement,
    confidence: table.confidence,
    doubts: table.doubts,
    edges: inspectEdges(table),
    cells: table.grid.cells.map(({ bbox, ...place }, index) => ({
      ...place,
      bboxPx: bbox,
      isDoubtful: doubtful.has(index),
      lines: cells[index] === undefined ? [] : toLines(cells[index]),
      why: cells[index]?.reading.why ?? '',
    })),
  }
}

/** Readers were shown the lines that are no dirt, in this order. */
function toLines({ lines, answers }: TracedReading): InspectedLine[] {
  let shown = 0
  return lines.map((line) => {
    const { bboxPx, glyphHeightPx } = line
    if (isDirt(line)) return { bboxPx, glyphHeightPx, isDirt: true, answers: [] }
    const place = shown++
    const said = answers.flatMap(({ reader, hint, lines: read }) => {
      const answer = read[place]
      return answer === undefined ? [] : [{ reader, hint, ...answer }]
    })
    return { bboxPx, glyphHeightPx, isDirt: false, answers: said }
  })
}

function inverted({ width, height, data }: GreyImage): GreyImage {
  return { width, height, data: data.map((level) => 255 - level) }
}

function inBlack({ width, height, data }: BitImage): GreyImage {
  return { width, height, data: data.map((bit) => (bit === 0 ? 0 : 255)) }
}

async function toJpeg(image: ColorImage | GreyImage): Promise<string> {
  return toDataUri('image/jpeg', await encodeJpeg(await shrinkImage(image, LONGEST_SIDE_PX), JPEG_QUALITY))
}

async function toPng(image: GreyImage): Promise<string> {
  return toDataUri('image/png', await encodePng(await shrinkImage(image, LONGEST_SIDE_PX)))
}

/** Bytes of a file as an address that holds them. */
export function toDataUri(type: string, bytes: Uint8Array): string {
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
}
