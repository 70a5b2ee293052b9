import type { MadeStream } from '../../extract/pdf/make-pdf.ts'
import { createNoise, HELLO, type HostileDocuments, onePage, packed } from './hostile-document.ts'

const FONT = '/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>'
const FORM = '/Type /XObject /Subtype /Form /BBox [0 0 600 850]'
const page = (content: string): Uint8Array => onePage(packed(content), FONT)
const formed = (keys: string, bytes: string): MadeStream => ({ dictionary: `${FORM} ${keys}`, bytes })
const mapped = (font: string, more: readonly (string | MadeStream)[] = []): Uint8Array =>
  onePage(HELLO, `/Font << /F1 ${font} >>`, more)
const composite = (keys: string, descendant = ''): string =>
  `<< /Type /Font /Subtype /Type0 /BaseFont /X ${keys} /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X ${descendant}
    /CIDSystemInfo << /Registry (A) /Ordering (I) /Supplement 0 >> >>] >>`
const withMap = (map: string): Uint8Array => mapped(composite('/Encoding /Identity-H /ToUnicode 5 0 R'), [packed(map)])

/** Forms that each show the next, so many deep. */
function nestedForms(depth: number): Uint8Array {
  const forms = Array.from({ length: depth }, (_, level) =>
    formed(`/Resources << /XObject << /X ${level + 6} 0 R >> ${FONT} >>`, 'q /X Do Q'),
  )
  return onePage('/X Do', '/XObject << /X 5 0 R >>', [...forms, formed(`/Resources << ${FONT} >>`, HELLO)])
}

function manyCells(rows: number, columns: number): string {
  const lines: string[] = ['0.05 w']
  for (let row = 0; row <= rows; row += 1)
    lines.push(`0 ${(row * 0.33).toFixed(2)} m 590 ${(row * 0.33).toFixed(2)} l S`)
  for (let column = 0; column <= columns; column += 1) lines.push(`${column * 14} 0 m ${column * 14} 830 l S`)
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      lines.push(`BT /F1 .3 Tf ${column * 14 + 1} ${(row * 0.33 + 0.02).toFixed(2)} Td (${row % 90}.00) Tj ET`)
  return lines.join('\n')
}

/** Operators and fonts that make no sense, and cost little. */
export const STRANGE_CONTENTS: HostileDocuments = {
  'numbers-that-are-none': () => page(`--5 +-1 1.2.3 .-. 1e5 0x10 NaN Infinity - + . w ${HELLO}`),
  'numbers-of-a-thousand-digits': () => page(`${'9'.repeat(1000)} ${'.'.padEnd(1000, '1')} m 5 5 l S ${HELLO}`),
  'numbers-negative-nothing': () => page(`-0 -0 m -0.0 -0 l -0 -0 -0 -0 re f ${HELLO}`),
  'font-size-beyond-numbers': () => page('BT /F1 1e39 Tf 5 5 Td (Hello) Tj ET'),
  'font-size-nothing': () => page('BT /F1 0 Tf 5 5 Td (Hello) Tj ET'),
  'font-size-negative': () => page('BT /F1 -12 Tf 200 200 Td (Hello) Tj ET'),
  'text-scaled-to-nothing': () => page('BT /F1 12 Tf 0 Tz 9e9 Tw -9e9 Tc 1e30 TL 50 50 Td (He llo) Tj T* (x) Tj ET'),
  'text-never-begun': () => page('(Hello) Tj [(a) 5 (b)] TJ ET ET ET'),
  'text-within-text-10000': () => page(`${'BT '.repeat(10_000)} /F1 12 Tf 50 50 Td (Hello) Tj`),
  'text-at-no-place': () => page('BT /F1 12 Tf NaN 0 0 (a) null 5 Tm (Hello) Tj ET'),
  'text-on-one-spot': () => page(`BT /F1 12 Tf 50 50 Td ${'(Hello) Tj 1 0 0 1 50 50 Tm '.repeat(5000)} ET`),
  'string-without-end': () => page(`${HELLO} BT /F1 12 Tf (${'('.repeat(50_000)}`),
  'hex-string-odd': () => page('BT /F1 12 Tf 50 50 Td <48656c6c6> Tj <zz> Tj < Tj ET'),
  'dictionaries-deep-in-content': () => page(`/A ${'<< /B '.repeat(50_000)} BDC ${HELLO}`),
  'marks-without-end': () => page(`${'/Span << /MCID 1 >> BDC '.repeat(50_000)} ${HELLO}`),
  'marks-end-too-often': () => page(`${'EMC '.repeat(100_000)} ${HELLO}`),
  'dashes-of-nothing': () =>
    page(`[0 0 0] 0 d 0 0 m 500 500 l S [${'0.0001 '.repeat(10_000)}] 0 d 0 0 m 500 0 l S ${HELLO}`),
  'lines-beyond-numbers': () => page(`1e39 w 0 0 m 1e39 1e39 l S -5 w 0 0 m 9 9 l S ${HELLO}`),
  'matrix-a-thousand-times': () => page(`${'9 0 0 9 9 9 cm '.repeat(1000)} ${HELLO}`),
  'forms-200-deep': () => nestedForms(200),
  'form-of-no-box': () =>
    onePage('/X Do', '/XObject << /X 5 0 R >>', [
      { dictionary: '/Type /XObject /Subtype /Form /BBox [0 0] /Matrix [a]', bytes: HELLO },
    ]),
  'mask-in-itself': () =>
    onePage(`/G gs ${HELLO}`, `${FONT} /ExtGState << /G 5 0 R >>`, [
      '<< /Type /ExtGState /SMask << /S /Luminosity /G 6 0 R >> >>',
      formed('/Group << /S /Transparency >> /Resources << /ExtGState << /G 5 0 R >> >>', '/G gs 0 0 9 9 re f'),
    ]),
  'layers-that-ask-each-other': () =>
    onePage(`/OC /L BDC ${HELLO} EMC`, `${FONT} /Properties << /L 5 0 R >>`, [
      '<< /Type /OCMD /VE 6 0 R >>',
      '[/And 6 0 R 6 0 R]',
    ]),
  'glyphs-that-show-forms': () =>
    onePage('BT /F1 9 Tf 50 50 Td (H) Tj ET', '/Font << /F1 5 0 R >>', [
      '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 72 /LastChar 72 /Widths [9] /CharProcs << /H 6 0 R >> /Encoding << /Differences [72 /H] >> /Resources << /XObject << /X 7 0 R >> >> >>',
      { dictionary: '', bytes: '9 0 d0 /X Do' },
      formed('/Resources << /Font << /F1 5 0 R >> >>', 'BT /F1 9 Tf (H) Tj ET'),
    ]),
  'map-that-uses-itself': () =>
    mapped(composite('/Encoding 5 0 R'), [
      { dictionary: '/Type /CMap /CMapName /X /UseCMap 5 0 R', bytes: '/X usecmap begincmap endcmap' },
    ]),
  'map-of-a-missing-name': () => mapped(composite('/Encoding /No-Such-Map-H')),
  'map-with-long-answers': () =>
    withMap(
      `begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <48> <${'4e00'.repeat(100_000)}> endbfchar endcmap`,
    ),
  'map-of-ranges-backwards': () =>
    withMap(
      'begincmap 1 begincodespacerange <ff> <00> endcodespacerange 2 beginbfrange <ff> <00> <4e00> <0000> <ffff> [<0041>] endbfrange endcmap',
    ),
  'widths-by-the-billion': () =>
    mapped(composite('/Encoding /Identity-H', '/W [0 1000000000 500 5 [1 2 (a) null]] /DW -1e9')),
  'codes-by-the-billion': () =>
    mapped(
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [1000000000 /a -5 /b (c) /d] >> >>',
    ),
  'glyph-numbers-a-bomb': () =>
    mapped(composite('/Encoding /Identity-H', '/CIDToGIDMap 5 0 R'), [packed(Buffer.alloc(100_000_000), '', 2)]),
  'font-its-own-descendant': () =>
    mapped('5 0 R', [
      '<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 5 0 R >>',
    ]),
  'fonts-2000': () => {
    const fonts = Array.from(
      { length: 2000 },
      (_, index) =>
        `/F${index} << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [65 /B] >> >>`,
    )
    return onePage(
      packed(fonts.map((_, index) => `BT /F${index} 9 Tf 50 ${index % 800} Td (A) Tj ET`).join('\n')),
      `/Font << ${fonts.join(' ')} >>`,
    )
  },
}

/** Pages of more than any page has. */
export const ENDLESS_CONTENTS: HostileDocuments = {
  'forms-5000-deep': () => nestedForms(5000),
  'glyphs-a-million': () =>
    page(`BT /F1 1 Tf 1 TL ${'(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj T*\n'.repeat(20_000)} ET`),
  'glyphs-spaced-a-million': () => page(`BT /F1 1 Tf 5 5 Td [${'(a) -50 '.repeat(1_000_000)}] TJ ET`),
  'cells-100000': () => page(manyCells(2500, 40)),
  'shadings-10000': () =>
    onePage(
      packed('/S sh '.repeat(10_000)),
      '/Shading << /S << /ShadingType 3 /Coords [300 300 0 300 300 300] /ColorSpace /DeviceRGB /Extend [true true] /Function << /FunctionType 2 /Domain [0 1] /C0 [0 0 0] /C1 [1 1 1] /N 1 >> >> >>',
    ),
  'mesh-of-a-million': () => {
    const noise = createNoise(12)
    const bytes = Uint8Array.from({ length: 8_000_000 }, () => Math.floor(noise() * 256))
    return onePage('/S sh', '/Shading << /S 5 0 R >>', [
      packed(
        bytes,
        '/ShadingType 4 /BitsPerCoordinate 16 /BitsPerComponent 8 /BitsPerFlag 8 /Decode [0 600 0 800 0 1 0 1 0 1] /ColorSpace /DeviceRGB',
      ),
    ])
  },
  'patterns-in-patterns': () => {
    const patterns = Array.from({ length: 30 }, (_, level) => ({
      dictionary: `/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 99 99] /XStep 3 /YStep 3 /Resources << /Pattern << /P ${level + 6} 0 R >> >>`,
      bytes: '/Pattern cs /P scn 0 0 99 99 re f',
    }))
    return onePage('/Pattern cs /P scn 0 0 600 800 re f', '/Pattern << /P 5 0 R >>', [...patterns, formed('', '')])
  },
}
