import { deflateSync } from 'node:zlib'
import { type MadeStream, makePdf } from '../../extract/pdf/make-pdf.ts'
import { HELLO, type HostileDocuments, joinBytes, onePage, packed } from './hostile-document.ts'

const FONT = '/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>'
const IMAGE = '/Type /XObject /Subtype /Image'
const GREY = '/BitsPerComponent 8 /ColorSpace /DeviceGray'
const contentIn = (dictionary: string, bytes: Uint8Array | string): Uint8Array => onePage({ dictionary, bytes }, FONT)
const hexOf = (text: string): string => Buffer.from(text, 'latin1').toString('hex')
const big = (value: number, bytes = 4): Uint8Array => {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntBE(value, 0, bytes)
  return buffer
}

/** A picture that is the page. */
const scan = (image: MadeStream): Uint8Array =>
  makePdf([{ content: 'q 595 0 0 842 0 0 cm /I Do Q', mediaBox: '0 0 595 842', xObjects: { I: image } }])
/** Small enough to be read whole, of a kind of colour that is named by its keys. */
const coloured = (keys: string, bytesPerPixel = 1, size = 64): Uint8Array =>
  scan(packed(Buffer.alloc(size * size * bytesPerPixel, 0x5a), `${IMAGE} /Width ${size} /Height ${size} ${keys}`))
const encoded = (keys: string, bytes: Uint8Array | string): Uint8Array =>
  scan({ dictionary: `${IMAGE} ${keys}`, bytes })

/** JPEG 2000: the size that its first marker claims, in tiles of so many pixels. */
function jpxHeader(width: number, height: number, tile: number, components = 1): Uint8Array {
  const sizes = [width, height, 0, 0, tile, tile, 0, 0].map((value) => big(value))
  const channels = Array.from({ length: components }, () => Uint8Array.of(7, 1, 1))
  const size = joinBytes(big(0, 2), ...sizes, big(components, 2), ...channels)
  const style = Uint8Array.of(0xff, 0x52, 0, 12, 0, 0, 0, 1, 0, 5, 4, 4, 0, 1)
  const quantities = Uint8Array.of(0xff, 0x5c, 0, 4, 0x40, 0x40)
  const start = joinBytes(
    Uint8Array.of(0xff, 0x90, 0, 10, 0, 0),
    big(0),
    Uint8Array.of(0, 1),
    Uint8Array.of(0xff, 0x93),
  )
  return joinBytes(
    Uint8Array.of(0xff, 0x4f, 0xff, 0x51),
    big(size.length + 2, 2),
    size,
    style,
    quantities,
    start,
    new Uint8Array(64),
  )
}

/** JBIG2: a page of this size and one generic region that fills it. */
function jbig2(width: number, height: number): Uint8Array {
  const page = joinBytes(
    big(0),
    Uint8Array.of(48, 0, 1),
    big(19),
    big(width),
    big(height),
    new Uint8Array(8),
    Uint8Array.of(0, 0, 0),
  )
  const data = joinBytes(
    big(width),
    big(height),
    new Uint8Array(9),
    Uint8Array.of(0),
    new Uint8Array(8),
    new Uint8Array(40),
  )
  return joinBytes(page, big(1), Uint8Array.of(38, 0, 1), big(data.length), data)
}

/** A baseline JPEG of this size that ends after its headers; `scans` repeats the scan of a progressive one. */
function jpegHeader(width: number, height: number, components: number, scans = 1): Uint8Array {
  const channels = Array.from({ length: components }, (_, index) => Uint8Array.of(index + 1, 0x11, 0))
  const frame = joinBytes(
    Uint8Array.of(0xff, 0xc2),
    big(8 + 3 * components, 2),
    Uint8Array.of(8),
    big(height, 2),
    big(width, 2),
    Uint8Array.of(components),
    ...channels,
  )
  const table = joinBytes(Uint8Array.of(0xff, 0xdb, 0, 67, 0), new Uint8Array(64).fill(1))
  const codes = joinBytes(Uint8Array.of(0xff, 0xc4, 0, 20, 0, 1), new Uint8Array(15), Uint8Array.of(0))
  const one = Uint8Array.of(0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0, 0)
  return joinBytes(
    Uint8Array.of(0xff, 0xd8),
    table,
    codes,
    frame,
    ...Array.from({ length: scans }, () => one),
    Uint8Array.of(0xff, 0xd9),
  )
}

/** Filters that lie, end early, or give far more than they are given. */
export const BROKEN_FILTERS: HostileDocuments = {
  'filter-hex': () => contentIn('/Filter /ASCIIHexDecode', `${hexOf(HELLO)}>`),
  'filter-hex-without-end': () => contentIn('/Filter /ASCIIHexDecode', `${hexOf(HELLO)}zz0`),
  'filter-ascii85-of-junk': () => contentIn('/Filter /ASCII85Decode', '~~zzzz{{{{|||'),
  'filter-ascii85-of-z': () => contentIn('/Filter /ASCII85Decode', `${'z'.repeat(8_000_000)}~>`),
  'filter-flate-cut': () =>
    contentIn('/Filter /FlateDecode', deflateSync(Buffer.from(HELLO.repeat(2000))).subarray(0, 60)),
  'filter-flate-of-noise': () => contentIn('/Filter /FlateDecode', Buffer.alloc(5000, 0x9d)),
  'filter-lzw-of-noise': () => contentIn('/Filter /LZWDecode', Buffer.alloc(50_000, 0x5b)),
  'filter-lzw-early': () =>
    contentIn('/Filter /LZWDecode /DecodeParms << /EarlyChange -5 >>', Buffer.alloc(5000, 0x80)),
  'filters-a-thousand': () => contentIn(`/Filter [${'/ASCIIHexDecode '.repeat(1000)}]`, hexOf(HELLO)),
  'filters-100000-names': () => contentIn(`/Filter [${'/NoSuch '.repeat(100_000)}]`, HELLO),
  'filter-is-itself': () => contentIn('/Filter 4 0 R', HELLO),
  'filter-crypt-unknown': () => contentIn('/Filter [/Crypt] /DecodeParms [<< /Name /NoSuch >>]', HELLO),
  'predictor-of-a-billion-columns': () =>
    contentIn(
      '/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 1000000000 >>',
      deflateSync(Buffer.from(HELLO)),
    ),
  'predictor-of-a-billion-colours': () =>
    contentIn(
      '/Filter /FlateDecode /DecodeParms << /Predictor 12 /Colors 1000000000 /Columns 9 >>',
      deflateSync(Buffer.from(HELLO)),
    ),
  'predictor-negative': () =>
    contentIn(
      '/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns -9 /Colors -1 /BitsPerComponent -8 >>',
      deflateSync(Buffer.from(HELLO)),
    ),
  'predictor-unknown': () =>
    contentIn('/Filter /FlateDecode /DecodeParms << /Predictor 99 >>', deflateSync(Buffer.from(HELLO))),
}

/** Bombs among filters: they cost time or memory before they are stopped. */
export const HEAVY_FILTERS: HostileDocuments = {
  'predictor-a-bomb': () =>
    onePage(packed(Buffer.alloc(400_000_000), '/DecodeParms [null << /Predictor 12 /Columns 1 >>]', 2), FONT),
  'filter-lzw-a-bomb': () => {
    // Clear, a zero, then every code names the longest string so far: each says one byte more than the one before.
    const codes = [256, 0, ...Array.from({ length: 3800 }, (_, index) => 258 + index)]
    const repeated = Array.from({ length: 400 }, () => codes).flat()
    let [bits, count] = [0, 0]
    let width = 9
    let known = 258
    const bytes: number[] = []
    for (const code of repeated) {
      if (code === 256) [width, known] = [9, 258]
      bits = (bits << width) | code
      count += width
      while (count >= 8) {
        count -= 8
        bytes.push((bits >> count) & 255)
        bits &= (1 << count) - 1
      }
      if (code === 256) width = 9
      else {
        known += 1
        if (known + 1 >= 1 << width && width < 12) width += 1
      }
    }
    return contentIn('/Filter /LZWDecode', Uint8Array.from(bytes))
  },
}

/** Pictures in rare colours, of rare depths, or of sizes that their codecs only claim. */
export const RARE_PICTURES: HostileDocuments = {
  'picture-16-bits': () => coloured('/BitsPerComponent 16 /ColorSpace /DeviceGray', 2),
  'picture-2-bits': () => coloured('/BitsPerComponent 2 /ColorSpace /DeviceGray'),
  'picture-cmyk': () => coloured('/BitsPerComponent 8 /ColorSpace /DeviceCMYK', 4),
  'picture-cmyk-16-bits': () => coloured('/BitsPerComponent 16 /ColorSpace /DeviceCMYK', 8),
  'picture-lab': () =>
    coloured('/BitsPerComponent 8 /ColorSpace [/Lab << /WhitePoint [0.95 1 1.09] /Range [-100 100 -100 100] >>]', 3),
  'picture-lab-without-white': () =>
    coloured('/BitsPerComponent 8 /ColorSpace [/Lab << /WhitePoint [0 0 0] /Range [(a) null] >>]', 3),
  'picture-calibrated': () =>
    coloured('/BitsPerComponent 8 /ColorSpace [/CalRGB << /WhitePoint [0.95 1 1.09] /Gamma [0 -1 1e9] >>]', 3),
  'picture-indexed': () => coloured('/BitsPerComponent 8 /ColorSpace [/Indexed /DeviceRGB 255 <000000ffffff>]'),
  'picture-indexed-a-billion': () => coloured('/BitsPerComponent 8 /ColorSpace [/Indexed /DeviceRGB 1000000000 <00>]'),
  'picture-indexed-in-indexed': () =>
    coloured('/BitsPerComponent 8 /ColorSpace [/Indexed [/Indexed /DeviceRGB 1 <00>] 1 <00>]'),
  'picture-profile-broken': () =>
    makePdf([
      {
        content: 'q 595 0 0 842 0 0 cm /I Do Q',
        mediaBox: '0 0 595 842',
        xObjects: {
          I: {
            ...packed(
              Buffer.alloc(64 * 64 * 3, 0x5a),
              `${IMAGE} /Width 64 /Height 64 /BitsPerComponent 8 /ColorSpace [/ICCBased @profile]`,
            ),
            references: { profile: { dictionary: '/N 3', bytes: Buffer.alloc(3000, 0x21) } },
          },
        },
      },
    ]),
  'picture-profile-of-99': () =>
    makePdf([
      {
        content: 'q 595 0 0 842 0 0 cm /I Do Q',
        mediaBox: '0 0 595 842',
        xObjects: {
          I: {
            ...packed(
              Buffer.alloc(64 * 64 * 3, 0x5a),
              `${IMAGE} /Width 64 /Height 64 /BitsPerComponent 8 /ColorSpace [/ICCBased @profile]`,
            ),
            references: { profile: { dictionary: '/N 99 /Alternate [/ICCBased @profile]', bytes: 'x' } },
          },
        },
      },
    ]),
  'picture-separation-without-end': () =>
    coloured(
      '/BitsPerComponent 8 /ColorSpace [/Separation /Spot /DeviceRGB << /FunctionType 2 /Domain [0 1] /N -1e9 >>]',
    ),
  'picture-of-1000-inks': () =>
    coloured(
      `/BitsPerComponent 8 /ColorSpace [/DeviceN [${'/A '.repeat(1000)}] /DeviceRGB << /FunctionType 2 /Domain [0 1] /N 1 >>]`,
    ),
  'picture-decoded-by-no-numbers': () => coloured(`${GREY} /Decode [(a) /b]`),
  'picture-masked-by-junk': () => coloured(`${GREY} /Mask [(a) -1 1e99 null]`),
  'picture-a-stencil': () => coloured('/ImageMask true /BitsPerComponent 1 /Decode [1 0]'),
  'picture-of-65535-px-in-bits': () =>
    scan(
      packed(
        Buffer.alloc(65535 * 8192, 0xaa),
        `${IMAGE} /Width 65535 /Height 65535 /BitsPerComponent 1 /ColorSpace /DeviceGray`,
      ),
    ),
  'picture-a-billion-high': () => encoded(`/Width 1 /Height 1000000000 ${GREY}`, 'x'),
  'picture-beyond-numbers': () => encoded(`/Width 4294967297 /Height 4294967297 ${GREY}`, 'x'),
  'picture-of-fractions': () => encoded(`/Width 10.5 /Height 1e1 ${GREY}`, new Uint8Array(100)),
  'picture-in-line-without-end': () =>
    onePage(`${HELLO} q 9 0 0 9 0 0 cm BI /W 100 /H 100 /BPC 8 /CS /G ID ${'x'.repeat(500)}`, FONT),
  'picture-in-line-of-a-billion': () =>
    onePage(`${HELLO} q 9 0 0 9 0 0 cm BI /W 1000000000 /H 1000000000 /BPC 8 /CS /G ID x EI Q`, FONT),
  'picture-jpx-of-two-billion': () =>
    encoded('/Width 10 /Height 10 /Filter /JPXDecode', jpxHeader(2_000_000_000, 2_000_000_000, 2_000_000_000)),
  'picture-jpx-of-a-billion-tiles': () =>
    encoded('/Width 30000 /Height 30000 /Filter /JPXDecode', jpxHeader(30_000, 30_000, 1)),
  'picture-jpx-of-16384-channels': () =>
    encoded('/Width 100 /Height 100 /Filter /JPXDecode', jpxHeader(100, 100, 100, 16_384)),
  'picture-jbig2-of-65535': () =>
    encoded(
      '/Width 65535 /Height 65535 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode',
      jbig2(65_535, 65_535),
    ),
  'picture-jbig2-of-four-billion': () =>
    encoded(
      '/Width 100 /Height 100 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode',
      jbig2(4_000_000_000, 4_000_000_000),
    ),
  'picture-fax-of-a-billion': () =>
    encoded(
      '/Width 1000 /Height 1000 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 1000000000 /Rows 1000000000 >>',
      Buffer.alloc(5000, 0x5a),
    ),
  'picture-jpeg-of-255-channels': () =>
    encoded(`/Width 100 /Height 100 ${GREY} /Filter /DCTDecode`, jpegHeader(100, 100, 255)),
  'picture-jpeg-of-20000-scans': () =>
    encoded(`/Width 4000 /Height 4000 ${GREY} /Filter /DCTDecode`, jpegHeader(4000, 4000, 1, 20_000)),
  'picture-jpeg-of-65500-px-in-colour': () =>
    encoded(
      '/Width 65500 /Height 65500 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /DCTDecode',
      jpegHeader(65_500, 65_500, 3),
    ),
}
