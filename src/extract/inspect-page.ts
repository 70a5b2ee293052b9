import type { InspectedPage, InspectedScan } from '../model/inspection.ts'
import type { PageExtract } from '../model/page.ts'
import { inspectScan, LONGEST_SIDE_PX, toDataUri } from './inspect-scan.ts'
import type { ScanTrace } from './ocr/read-scan-page.ts'
import type { PdfPage } from './pdf/pdf-page.ts'
import { encodeJpeg, shrinkImage } from './raster/image-file.ts'

const JPEG_QUALITY = 82

/** A page that was read, with the steps of reading it, painted at `dpi`. Throws what painting throws. */
export async function inspectPage(
  page: PdfPage,
  extract: PageExtract,
  traces: readonly ScanTrace[],
  dpi: number,
): Promise<InspectedPage> {
  const scans: InspectedScan[] = []
  for (const trace of traces) scans.push(await inspectScan(trace))
  return {
    extract,
    picture: toDataUri(
      'image/jpeg',
      await encodeJpeg(await shrinkImage(await page.render(dpi), LONGEST_SIDE_PX), JPEG_QUALITY),
    ),
    words: page.words.map(({ text, bbox, origin, invisible }) => ({ text, bbox, origin, isInvisible: invisible })),
    rulings: page.rulings,
    whiteAreas: page.whiteAreas,
    images: page.images.map((image) => image.bbox),
    scans,
  }
}
