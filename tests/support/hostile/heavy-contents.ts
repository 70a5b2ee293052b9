import { type MadeStream, makePdf } from '../../extract/pdf/make-pdf.ts'
import { createNoise, HELLO, type HostileDocuments, latin1, onePage, packed } from './hostile-document.ts'

const HELVETICA = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
const FONT = `/Font << /F1 ${HELVETICA} >>`
const FORM = '/Type /XObject /Subtype /Form /BBox [0 0 600 850]'
const MIB = 1024 * 1024
const times = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => one(i)).join('\n')

/** Forms that each show the next one ten times. */
function laughingForms(levels: number): Uint8Array {
  const forms = Array.from({ length: levels }, (_, level) => ({
    dictionary: `${FORM} /Resources << /XObject << /X ${level + 6} 0 R >> ${FONT} >>`,
    bytes: '/X Do '.repeat(10),
  }))
  const last = { dictionary: `${FORM} /Resources << ${FONT} >>`, bytes: HELLO }
  return onePage('/X Do', '/XObject << /X 5 0 R >>', [...forms, last])
}

function sheet(rows: number, columns: number, text: (row: number, column: number) => string): string {
  const [width, height] = [580 / columns, 820 / rows]
  const size = Math.max(0.5, Math.min(8, height * 0.8))
  const lines = [
    times(rows + 1, (row) => `5 ${(5 + row * height).toFixed(3)} m 585 ${(5 + row * height).toFixed(3)} l S`),
    times(columns + 1, (column) => `${(5 + column * width).toFixed(3)} 5 m ${(5 + column * width).toFixed(3)} 825 l S`),
  ]
  const cells = times(rows, (row) =>
    times(columns, (column) => {
      const [x, y] = [5 + column * width + 0.2, 825 - (row + 0.8) * height]
      return `BT /F1 ${size.toFixed(2)} Tf ${x.toFixed(3)} ${y.toFixed(3)} Td (${text(row, column)}) Tj ET`
    }),
  )
  return `0.05 w\n${lines.join('\n')}\n${cells}`
}

function scatteredWords(count: number): string {
  const noise = createNoise(5)
  return times(count, () => `BT /F1 2 Tf ${(noise() * 590).toFixed(2)} ${(noise() * 840).toFixed(2)} Td (w) Tj ET`)
}

function scatteredLines(count: number): string {
  const noise = createNoise(6)
  return times(count, () => {
    const [x, y] = [noise() * 590, noise() * 840]
    const end = noise() < 0.5 ? [x + noise() * 300, y] : [x, y + noise() * 300]
    return `${x.toFixed(2)} ${y.toFixed(2)} m ${end.map((part) => part.toFixed(2)).join(' ')} l S`
  })
}

const fontPage = (font: string, more: Parameters<typeof onePage>[2] = []): Uint8Array =>
  onePage(HELLO, `/Font << /F1 ${font} >>`, more)
const type3 = (glyph: string, resources: string): Uint8Array =>
  fontPage(
    `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 72 /LastChar 72 /Widths [9]
     /CharProcs << /H 5 0 R >> /Encoding << /Differences [72 /H] >> /Resources << ${resources} >> >>`,
    [{ dictionary: '', bytes: glyph }],
  )
const withMatrix = (matrix: string): Uint8Array => onePage(`${matrix} cm ${HELLO} 0 0 m 100 0 l S`, FONT)
const withBox = (keys: string): Uint8Array => onePage(HELLO, FONT, [], keys)

/** Pages that make no sense, and cost little. */
export const LIGHT_CONTENTS: HostileDocuments = {
  'form-in-itself': () =>
    onePage('/X Do', '/XObject << /X 5 0 R >>', [
      { dictionary: `${FORM} /Resources << /XObject << /X 5 0 R >> >>`, bytes: '/X Do' },
    ]),
  'forms-in-each-other': () =>
    onePage('/X Do', '/XObject << /X 5 0 R >>', [
      { dictionary: `${FORM} /Resources << /XObject << /X 6 0 R >> >>`, bytes: '/X Do /X Do' },
      { dictionary: `${FORM} /Resources << /XObject << /X 5 0 R >> >>`, bytes: '/X Do /X Do' },
    ]),
  'glyph-in-itself': () => type3('9 0 d0 BT /F1 1 Tf (H) Tj ET', '/Font << /F1 5 0 R >>'),
  'pattern-in-itself': () =>
    onePage('/Pattern cs /P scn 0 0 600 800 re f', '/Pattern << /P 5 0 R >>', [
      {
        dictionary: `/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9
          /Resources << /Pattern << /P 5 0 R >> >>`,
        bytes: '/Pattern cs /P scn 0 0 9 9 re f',
      },
    ]),
  'function-in-itself': () =>
    onePage(
      '/S sh',
      '/Shading << /S << /ShadingType 2 /Coords [0 0 9 9] /ColorSpace /DeviceGray /Function 5 0 R >> >>',
      ['<< /FunctionType 3 /Domain [0 1] /Functions [5 0 R 5 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>'],
    ),
  'colours-in-themselves': () =>
    onePage('/C cs 1 sc 0 0 9 9 re f', '/ColorSpace << /C 5 0 R >>', ['[/Indexed 5 0 R 255 <00>]']),
  'state-ends-too-often': () => onePage(packed('Q '.repeat(200_000) + HELLO), FONT),
  'matrix-huge': () => withMatrix('1e39 0 0 1e39 1e39 1e39'),
  'matrix-zero': () => withMatrix('0 0 0 0 0 0'),
  'matrix-no-numbers': () => withMatrix('(a) /b [1] << >> null true'),
  'matrix-too-short': () => withMatrix('1 0 0'),
  'matrix-without-measure': () => withMatrix('99999999999999999999999999999999999999999999999999 0 0 -1e999 0 .0.0.'),
  'box-empty': () => withBox('/MediaBox [0 0 0 0]'),
  'box-huge': () => withBox('/MediaBox [0 0 1e9 1e9]'),
  'box-beyond-numbers': () => withBox('/MediaBox [0 0 1e999 1e999]'),
  'box-inside-out': () => withBox('/MediaBox [595 842 0 0]'),
  'box-of-names': () => withBox('/MediaBox [/a /b /c /d]'),
  'unit-huge': () => withBox('/MediaBox [0 0 595 842] /UserUnit 1e9'),
  'turned-by-45': () => withBox('/MediaBox [0 0 595 842] /Rotate 45'),
  'crop-outside': () => withBox('/MediaBox [0 0 595 842] /CropBox [9000 9000 9999 9999]'),
  'content-is-the-page': () =>
    latin1(
      Buffer.from(withBox('/MediaBox [0 0 9 9]')).toString('latin1').replace('/Contents 4 0 R', '/Contents 3 0 R'),
    ),
  'filters-a-hundred': () => onePage(packed(HELLO, '', 100), FONT),
  'filters-unknown': () => onePage({ dictionary: '/Filter [/NoSuch /Other]', bytes: HELLO }, FONT),
  'operators-unknown': () => onePage(packed('1 2 3 foo '.repeat(200_000)), FONT),
  'arrays-deep-in-content': () => onePage(packed('['.repeat(300_000)), FONT),
}

/** Pages that ask for more than any page needs. */
export const HEAVY_CONTENTS: HostileDocuments = {
  'pages-1200-empty': () => makePdf(Array.from({ length: 1200 }, () => ({ content: '' }))),
  'forms-a-million': () => laughingForms(6),
  'forms-a-billion': () => laughingForms(9),
  'forms-a-billion-on-12-pages': () => {
    const form = (levels: number): MadeStream =>
      levels === 0
        ? { dictionary: FORM, bytes: '0 0 m 9 9 l S' }
        : {
            dictionary: `${FORM} /Resources << /XObject << /X @next >> >>`,
            bytes: '/X Do '.repeat(10),
            references: { next: form(levels - 1) },
          }
    const page = { content: '/X Do', xObjects: { X: form(9) } }
    return makePdf([{ content: HELLO }, ...Array.from({ length: 12 }, () => page), { content: HELLO }])
  },
  'glyph-without-end': () => type3(`9 0 d0 ${'q '.repeat(100_000)}`, ''),
  'pattern-of-tiny-steps': () =>
    onePage('/Pattern cs /P scn 0 0 600 800 re f', '/Pattern << /P 5 0 R >>', [
      {
        dictionary:
          '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001 /Resources << >>',
        bytes: '0 0 1 1 re f',
      },
    ]),
  'shading-of-a-huge-function': () =>
    onePage('/S sh', `/Shading << /S << /ShadingType 1 /ColorSpace /DeviceGray /Function 5 0 R >> >>`, [
      {
        dictionary: '/FunctionType 0 /Domain [0 1 0 1] /Range [0 1] /Size [60000 60000] /BitsPerSample 8',
        bytes: 'short',
      },
    ]),
  'state-200000-deep': () => onePage(packed('q '.repeat(200_000) + HELLO), FONT),
  'contents-100000-times': () =>
    onePage(HELLO, FONT, [], `/MediaBox [0 0 595 842] /Contents [${'4 0 R '.repeat(100_000)}]`),
  'bomb-of-spaces-1-gib': () => onePage(packed(Buffer.alloc(1024 * MIB, 32), '', 2), FONT),
  'bomb-of-operators': () => onePage(packed('0 0 m 9 9 l S '.repeat(4_000_000)), FONT),
  'bomb-of-one-string': () => onePage(packed(`BT /F1 1 Tf (${'a'.repeat(30 * MIB)}) Tj ET`), FONT),
  'bomb-of-runs': () =>
    onePage({ dictionary: '/Filter /RunLengthDecode', bytes: Buffer.alloc(4 * MIB, Uint8Array.of(129, 32)) }, FONT),
  'words-60000': () => onePage(packed(scatteredWords(60_000)), FONT),
  'lines-60000': () => onePage(packed(scatteredLines(60_000)), FONT),
  'rectangles-100000': () =>
    onePage(packed(times(100_000, (i) => `${i % 590} ${(i / 120).toFixed(2)} 1 1 re f`)), FONT),
  'table-of-200-by-200': () => onePage(packed(sheet(200, 200, () => '1')), FONT),
  'table-of-1500-rows': () => onePage(packed(sheet(1500, 12, (row, column) => `${row * 7 + column}.00`)), FONT),
  'curves-300000': () => onePage(packed('0 0 m 1 2 3 4 5 6 c S '.repeat(300_000)), FONT),
  'clips-50000': () => onePage(packed(`${'0 0 500 500 re W n '.repeat(50_000)} ${HELLO}`), FONT),
  'inline-pictures-20000': () =>
    onePage(
      packed(times(20_000, (i) => `q 5 0 0 5 ${i % 590} ${i % 840} cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q`)),
      FONT,
    ),
}

const NOISE_FONT = (() => {
  const noise = createNoise(9)
  return Uint8Array.from({ length: 20_000 }, () => Math.floor(noise() * 256))
})()
const described = (file: string): string =>
  `<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 0 /LastChar 255 /Widths 6 0 R
   /FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4 /${file} 5 0 R >> >>`
const mapped = (map: string): Uint8Array =>
  fontPage(
    `<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 5 0 R
     /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (A) /Ordering (I) /Supplement 0 >> >>] >>`,
    [{ dictionary: '', bytes: map }],
  )
const codeSpace = 'begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange'

/** Fonts that lie about themselves. */
export const HOSTILE_FONTS: HostileDocuments = {
  'font-of-noise': () => fontPage(described('FontFile2'), [{ dictionary: '', bytes: NOISE_FONT }, '[0]']),
  'font-of-noise-cff': () =>
    fontPage(described('FontFile3'), [{ dictionary: '/Subtype /Type1C', bytes: NOISE_FONT }, '[0]']),
  'font-of-noise-type1': () =>
    fontPage(described('FontFile'), [{ dictionary: '/Length1 9 /Length2 9 /Length3 9', bytes: NOISE_FONT }, '[0]']),
  'font-a-bomb': () => fontPage(described('FontFile2'), [packed(Buffer.alloc(256 * MIB), '', 2), '[0]']),
  'font-of-a-million-widths': () =>
    fontPage(described('FontFile2'), [{ dictionary: '', bytes: NOISE_FONT }, `[${'500 '.repeat(1_000_000)}]`]),
  'font-in-itself': () =>
    fontPage('5 0 R', ['<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [5 0 R] >>']),
  'font-missing': () => onePage(HELLO, '/Font << >>'),
  'map-of-all-numbers': () => mapped(`${codeSpace} 1 beginbfrange <00000000> <ffffffff> <0000> endbfrange endcmap`),
  'map-of-itself': () => mapped(`/X usecmap ${codeSpace} endcmap`),
  'map-without-end': () => mapped(`${codeSpace} 100 beginbfchar ${'<0001> '.repeat(200_000)}`),
}
