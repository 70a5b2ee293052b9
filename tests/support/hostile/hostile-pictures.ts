import { type MadeStream, makePdf } from '../../extract/pdf/make-pdf.ts'
import { createNoise, HELLO, type HostileDocuments, packed, pageOf } from './hostile-document.ts'

const A4 = '595 0 0 842 0 0 cm'
const IMAGE = '/Type /XObject /Subtype /Image'

function picture(
  width: number,
  height: number,
  bits: number,
  colours: string,
  bytes: Uint8Array,
  keys = '',
): MadeStream {
  return packed(
    bytes,
    `${IMAGE} /Width ${width} /Height ${height} /BitsPerComponent ${bits} /ColorSpace /${colours} ${keys}`,
  )
}

function scanOf(image: MadeStream): { content: string; mediaBox: string; xObjects: Record<string, MadeStream> } {
  return { content: `q ${A4} /I Do Q`, mediaBox: '0 0 595 842', xObjects: { I: image } }
}

const scan = (image: MadeStream): Uint8Array => makePdf([scanOf(image)])
const raw = (keys: string, bytes: Uint8Array | string): MadeStream => ({ dictionary: `${IMAGE} ${keys}`, bytes })

/** A grey scan of 200 dpi whose every pixel is drawn. */
function drawn(draw: (x: number, y: number) => number, width = 1654, height = 2339): MadeStream {
  const bytes = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) bytes[y * width + x] = draw(x, y)
  return picture(width, height, 8, 'DeviceGray', bytes)
}

function noiseScan(share: number, block: number, seed: number): MadeStream {
  const noise = createNoise(seed)
  const columns = Math.ceil(1654 / block)
  const dark = Array.from({ length: columns * Math.ceil(2339 / block) }, () => noise() < share)
  return drawn((x, y) => (dark[Math.floor(y / block) * columns + Math.floor(x / block)] ? 0 : 255))
}

/** Sheets ruled with nothing in them, and with a stroke in every cell. */
const ruled = (step: number, inked: boolean): MadeStream =>
  drawn((x, y) => {
    if (x % step < 2 || y % step < 2) return 0
    const [dx, dy] = [x % step, y % step]
    return inked && dx > step * 0.3 && dx < step * 0.7 && dy > step * 0.45 && dy < step * 0.6 ? 30 : 255
  })

const JPEG_OF_65500 = Uint8Array.of(
  0xff,
  0xd8,
  0xff,
  0xc0,
  0,
  11,
  8,
  0xff,
  0xdc,
  0xff,
  0xdc,
  1,
  1,
  0x11,
  0,
  0xff,
  0xda,
  0,
  8,
  1,
  1,
  0,
  0,
  0x3f,
  0,
  0xff,
  0xd9,
)

/** Pictures that are too much, or none. */
export const HOSTILE_PICTURES: HostileDocuments = {
  'picture-100000-px': () => scan(picture(100_000, 100_000, 1, 'DeviceGray', new Uint8Array(1000))),
  'picture-of-negative-size': () => scan(picture(-5, -5, 8, 'DeviceGray', new Uint8Array(25))),
  'picture-of-no-size': () => scan(raw('/ColorSpace /DeviceGray', 'x')),
  'picture-of-99-bits': () => scan(picture(100, 100, 99, 'DeviceGray', new Uint8Array(1000))),
  'picture-of-9900-px-in-colour': () =>
    scan(picture(9900, 9900, 8, 'DeviceRGB', new Uint8Array(9900 * 9900 * 3).fill(200))),
  'pictures-of-9900-px-on-8-pages': () => {
    const image = picture(9900, 9900, 1, 'DeviceGray', new Uint8Array(Math.ceil(9900 / 8) * 9900).fill(0x55))
    return makePdf(Array.from({ length: 8 }, () => scanOf(image)))
  },
  'picture-its-own-mask': () =>
    scan(
      packed(
        new Uint8Array(100),
        `${IMAGE} /Width 10 /Height 10 /BitsPerComponent 8 /ColorSpace /DeviceGray /SMask 9 0 R`,
      ),
    ),
  'picture-jpeg-of-65500-px': () =>
    scan(
      raw('/Width 65500 /Height 65500 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode', JPEG_OF_65500),
    ),
  'picture-jpeg-that-lies': () =>
    scan(raw('/Width 10 /Height 10 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode', JPEG_OF_65500)),
  'picture-jpx-of-noise': () => scan(raw('/Width 500 /Height 500 /Filter /JPXDecode', new Uint8Array(5000).fill(0x4f))),
  'picture-jbig2-of-noise': () =>
    scan(
      raw(
        '/Width 500 /Height 500 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode',
        new Uint8Array(5000).fill(0x31),
      ),
    ),
  'picture-fax-of-noise': () =>
    scan(
      raw(
        '/Width 1728 /Height 2200 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 1728 >>',
        new Uint8Array(90_000).fill(0x5a),
      ),
    ),
  'pictures-tiny-5000': () => {
    const dot = picture(1, 1, 8, 'DeviceGray', Uint8Array.of(9))
    const many = Array.from({ length: 5000 }, (_, i) => `q 3 0 0 3 ${(i * 7) % 590} ${(i * 11) % 840} cm /I Do Q`)
    return pageOf(many.join('\n'), { I: dot })
  },
  'pictures-in-stripes-2000': () => {
    const stripe = picture(1654, 1, 8, 'DeviceGray', new Uint8Array(1654).fill(120))
    const many = Array.from({ length: 2000 }, (_, i) => `q 595 0 0 0.421 0 ${(i * 0.421).toFixed(3)} cm /I Do Q`)
    return makePdf([{ content: many.join('\n'), mediaBox: '0 0 595 842', xObjects: { I: stripe } }])
  },
  'scan-of-noise': () => scan(noiseScan(0.5, 1, 3)),
  'scan-of-coarse-noise': () => scan(noiseScan(0.3, 6, 4)),
  'scan-of-blots': () => scan(noiseScan(0.12, 14, 5)),
  'scans-of-blots-on-9-pages': () =>
    makePdf([
      { content: HELLO },
      ...Array.from({ length: 9 }, (_, page) => scanOf(noiseScan(0.15, 10 + page, page + 1))),
    ]),
  'scans-of-fine-noise-on-12-pages': () => {
    const noise = createNoise(11)
    const image = picture(
      500,
      700,
      8,
      'DeviceGray',
      Uint8Array.from({ length: 350_000 }, () => (noise() < 0.5 ? 0 : 255)),
    )
    return makePdf(Array.from({ length: 12 }, () => scanOf(image)))
  },
  'scan-chequered': () => scan(drawn((x, y) => (((x >> 3) + (y >> 3)) & 1) * 255)),
  'scan-of-stripes': () => scan(drawn((_, y) => (y % 6 < 2 ? 0 : 255))),
  'scan-of-ruled-paper': () => scan(ruled(12, false)),
  'scan-of-a-sheet-of-marks': () => scan(ruled(24, true)),
  'scan-black': () => scan(drawn(() => 0)),
  'scan-of-a-slope': () => scan(drawn((x, y) => ((x + y) >> 4) & 255)),
  'scan-one-pixel-high': () => scan(picture(5000, 1, 8, 'DeviceGray', new Uint8Array(5000))),
  'scan-on-a-mile': () =>
    makePdf([
      {
        ...scanOf(drawn((x) => x & 255, 600, 800)),
        mediaBox: '0 0 14400 14400',
        content: 'q 14400 0 0 14400 0 0 cm /I Do Q',
      },
    ]),
}
