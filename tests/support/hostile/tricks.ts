import { type MadeStream, makePdf, writeObjects } from '../../extract/pdf/make-pdf.ts'
import { createNoise, HELLO, type HostileDocuments, joinBytes, latin1, onePage, packed } from './hostile-document.ts'

const HELVETICA = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
const FONT = `/Font << /F1 ${HELVETICA} >>`
const CATALOGUE = '<< /Type /Catalog /Pages 2 0 R >>'
const IMAGE = '/Type /XObject /Subtype /Image'
const A4 = '0 0 595 842'
const many = (count: number, one: (index: number) => string, between = '\n'): string =>
  Array.from({ length: count }, (_, index) => one(index)).join(between)

/** The same page so many times. */
function pagesThatAreOne(count: number, content: string, resources = FONT): Uint8Array {
  return writeObjects([
    CATALOGUE,
    `<< /Type /Pages /Count ${count} /Kids [${'3 0 R '.repeat(count)}] >>`,
    `<< /Type /Page /Parent 2 0 R /MediaBox [${A4}] /Resources << ${resources} >> /Contents 4 0 R >>`,
    { dictionary: '', bytes: content },
    { dictionary: '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << >>', bytes: '0 0 m 9 9 l S '.repeat(9) },
  ])
}

const grey = (width: number, height: number, bytes: Uint8Array, keys = ''): MadeStream =>
  packed(bytes, `${IMAGE} /Width ${width} /Height ${height} /BitsPerComponent 8 /ColorSpace /DeviceGray ${keys}`)

function noisePicture(width: number, height: number): MadeStream {
  const noise = createNoise(21)
  return grey(
    width,
    height,
    Uint8Array.from({ length: width * height }, () => (noise() < 0.4 ? 0 : 255)),
  )
}

/** Fonts whose one glyph shows that of the next ten times. */
function laughingGlyphs(levels: number): Uint8Array {
  const font = (level: number): string =>
    `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 72 /LastChar 72 /Widths [9]
     /CharProcs << /H ${6 + 2 * level} 0 R >> /Encoding << /Differences [72 /H] >> /Resources << /Font << /F1 ${7 + 2 * level} 0 R >> >> >>`
  const fonts = Array.from({ length: levels }, (_, level): (string | MadeStream)[] => [
    font(level),
    { dictionary: '', bytes: '9 0 d0 BT /F1 1 Tf (HHHHHHHHHH) Tj ET' },
  ]).flat()
  return onePage('BT /F1 9 Tf 50 50 Td (H) Tj ET', '/Font << /F1 5 0 R >>', [...fonts, HELVETICA])
}

/** What a stranger would try, and costs little. */
export const TRICKS: HostileDocuments = {
  'page-a-strip-of-100000-points': () =>
    makePdf([{ content: 'BT /F1 2 Tf 9 0 Td (Hello) Tj ET', mediaBox: '0 0 100000 3' }]),
  'pages-50000-that-are-one': () => pagesThatAreOne(50_000, HELLO),
  'pages-300-that-are-one': () => pagesThatAreOne(300, HELLO),
  'names-with-nothing-in-them': () =>
    onePage('BT /F#001 12 Tf 50 200 Td (Hel\\000lo) Tj ET', `/Font << /F#001 ${HELVETICA} /#00 null / 5 >>`),
  'pdf-in-a-pdf': () => {
    const inner = makePdf([{ content: HELLO }, { content: HELLO }])
    return onePage(HELLO, FONT, [
      { dictionary: '/Type /EmbeddedFile', bytes: inner },
      { dictionary: '', bytes: joinBytes(inner, inner) },
    ])
  },
  'pdf-whose-end-points-into-another': () => {
    const inner = Buffer.from(makePdf([{ content: HELLO }]))
    const outer = onePage(HELLO, FONT, [{ dictionary: '', bytes: inner }])
    const at = Buffer.from(outer).indexOf('xref', Buffer.from(outer).indexOf(inner))
    return joinBytes(outer, `startxref\n${at}\n%%EOF\n`)
  },
  'contents-of-50000-streams': () =>
    onePage(
      'q',
      FONT,
      Array.from(
        { length: 50_000 },
        (_, index): MadeStream => ({
          dictionary: '',
          bytes: index === 25_000 ? HELLO : '0 0 m 1 1 l S',
        }),
      ),
      `/MediaBox [${A4}] /Contents [${many(50_000, (index) => `${5 + index} 0 R`, ' ')}]`,
    ),
  'lengths-all-wrong': () => {
    const pages = Array.from({ length: 30 }, () => ({ content: HELLO }))
    let count = 0
    const lengths = ['0', '1', '-7', '99999999999', '(a)', '4 0 R', '3.5', 'null']
    const text = Buffer.from(makePdf(pages)).toString('latin1')
    return latin1(text.replaceAll(/\/Length \d+/g, () => `/Length ${lengths[count++ % lengths.length]}`))
  },
  'table-of-hidden-tables-itself': () => {
    const text = Buffer.from(makePdf([{ content: HELLO }])).toString('latin1')
    const at = /startxref\n(\d+)/.exec(text)?.[1] ?? '0'
    return latin1(text.replace('trailer\n<<', `trailer\n<< /XRefStm ${at} /Prev ${at}`))
  },
  'layers-20000': () =>
    writeObjects([
      '<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [5 0 R] /D << /Order [5 0 R] /OFF [5 0 R] >> >> >>',
      '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      `<< /Type /Page /Parent 2 0 R /MediaBox [${A4}] /Resources << ${FONT} /Properties << ${many(20_000, (index) => `/L${index} 5 0 R`, ' ')} >> >> /Contents 4 0 R >>`,
      { dictionary: '', bytes: `${many(20_000, (index) => `/OC /L${index} BDC`)} ${HELLO} ${'EMC '.repeat(20_000)}` },
      '<< /Type /OCG /Name (x) >>',
    ]),
  'notes-that-are-fields-in-a-circle': () =>
    writeObjects([
      '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] /NeedAppearances true /DR 5 0 R >> >>',
      '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      `<< /Type /Page /Parent 2 0 R /MediaBox [${A4}] /Annots [5 0 R 5 0 R] /Resources << ${FONT} >> /Contents 4 0 R >>`,
      { dictionary: '', bytes: HELLO },
      '<< /Type /Annot /Subtype /Widget /FT /Ch /Parent 5 0 R /Kids [5 0 R] /Opt [5 0 R] /V 5 0 R /DA (/F1 0 Tf) /Rect [0 0 99 99] /AP << /N << /On 5 0 R >> >> >>',
    ]),
  'lock-of-version-5-of-nothing': () =>
    makePdf(
      [{ content: HELLO }],
      `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 5 /R 5 /Length 256 /P -4 /O () /U () /OE () /UE () /Perms () /CF << /StdCF << /CFM /AESV3 /Length 32 >> >> /StmF /StdCF /StrF /StdCF >>`,
    ),
  'lock-that-locks-nothing': () =>
    makePdf(
      [{ content: HELLO }],
      `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 4 /R 4 /Length 128 /P -4 /O <${'00'.repeat(32)}> /U <${'00'.repeat(32)}> /CF << >> /StmF /Identity /StrF /Identity >>`,
    ),
  'map-of-half-characters': () =>
    onePage(
      'BT /F1 12 Tf 50 200 Td <0001000200030004> Tj ET',
      `/Font << /F1 << /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 5 0 R
        /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (A) /Ordering (I) /Supplement 0 >> >>] >> >>`,
      [
        {
          dictionary: '',
          bytes:
            'begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 4 beginbfchar <0001> <D83D> <0002> <DE00> <0003> <0000> <0004> <202E> endbfchar endcmap',
        },
      ],
    ),
}

/** More than any page needs, again. */
export const HEAVY_TRICKS: HostileDocuments = {
  'pages-1900-that-are-one-and-hang': () =>
    pagesThatAreOne(1900, `${HELLO} ${'/X Do '.repeat(2_000_000)}`, `${FONT} /XObject << /X 5 0 R >>`),
  'scans-of-noise-on-1900-pages': () =>
    writeObjects([
      CATALOGUE,
      `<< /Type /Pages /Count 1900 /Kids [${'3 0 R '.repeat(1900)}] >>`,
      `<< /Type /Page /Parent 2 0 R /MediaBox [${A4}] /Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R >>`,
      { dictionary: '', bytes: 'q 595 0 0 842 0 0 cm /I Do Q' },
      noisePicture(600, 840),
    ]),
  'rulings-20000': () =>
    onePage(
      packed(
        `0.01 w ${many(20_000, (row) => `5 ${(5 + row * 0.04).toFixed(3)} m 585 ${(5 + row * 0.04).toFixed(3)} l S`)} ${HELLO}`,
      ),
      FONT,
    ),
  'rulings-1500-by-1500': () =>
    onePage(
      packed(
        `0.01 w ${many(1500, (row) => `5 ${(5 + row * 0.55).toFixed(2)} m 585 ${(5 + row * 0.55).toFixed(2)} l S`)}
         ${many(1500, (column) => `${(5 + column * 0.38).toFixed(2)} 5 m ${(5 + column * 0.38).toFixed(2)} 830 l S`)} ${HELLO}`,
      ),
      FONT,
    ),
  'frames-in-frames-4000': () =>
    onePage(
      packed(
        many(
          4000,
          (index) =>
            `${(index * 0.07).toFixed(2)} ${(index * 0.1).toFixed(2)} ${(590 - index * 0.14).toFixed(2)} ${(838 - index * 0.2).toFixed(2)} re S`,
        ),
      ),
      FONT,
    ),
  'glyphs-a-billion-in-fonts': () => laughingGlyphs(9),
  'font-of-100000-glyphs': () => {
    const names = many(100_000, (index) => `/g${index}`, ' ')
    return onePage(
      HELLO,
      `/Font << /F1 << /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 0 /LastChar 255 /Widths [${'500 '.repeat(256)}]
        /CharProcs << ${many(100_000, (index) => `/g${index} 5 0 R`, ' ')} >> /Encoding << /Differences [0 ${names}] >> >> >>`,
      [{ dictionary: '', bytes: '500 0 d0 0 0 500 500 re f' }],
    )
  },
  'map-of-two-million': () =>
    onePage(
      HELLO,
      `/Font << /F1 << /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 5 0 R
        /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (A) /Ordering (I) /Supplement 0 >> >>] >> >>`,
      [
        packed(
          `begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange ${many(2_000_000, (index) => `1 beginbfchar <${index.toString(16).padStart(8, '0')}> <4e00> endbfchar`)} endcmap`,
        ),
      ],
    ),
  'words-8000-on-each-of-40-pages': () => {
    const noise = createNoise(31)
    const page = () =>
      many(
        8000,
        () =>
          `BT /F1 3 Tf ${(noise() * 590).toFixed(1)} ${(noise() * 840).toFixed(1)} Td (${Math.floor(noise() * 1e5)}.00) Tj ET`,
      )
    return makePdf(Array.from({ length: 40 }, () => ({ content: page(), mediaBox: A4 })))
  },
  'picture-jpx-of-20000-px-that-lies': () => {
    const big = (value: number, bytes = 4) => {
      const buffer = Buffer.alloc(bytes)
      buffer.writeUIntBE(value, 0, bytes)
      return buffer
    }
    const sizes = [20_000, 20_000, 0, 0, 20_000, 20_000, 0, 0].map((value) => big(value))
    const size = joinBytes(big(0, 2), ...sizes, big(3, 2), Uint8Array.of(7, 1, 1, 7, 1, 1, 7, 1, 1))
    const jpx = joinBytes(
      Uint8Array.of(0xff, 0x4f, 0xff, 0x51),
      big(size.length + 2, 2),
      size,
      Uint8Array.of(0xff, 0x52, 0, 12, 0, 0, 0, 1, 0, 5, 4, 4, 0, 1),
      Uint8Array.of(0xff, 0x5c, 0, 4, 0x40, 0x40),
      Uint8Array.of(0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0x93),
      new Uint8Array(64),
    )
    return makePdf([
      {
        content: 'q 595 0 0 842 0 0 cm /I Do Q',
        mediaBox: A4,
        xObjects: { I: { dictionary: `${IMAGE} /Width 600 /Height 800 /Filter /JPXDecode`, bytes: jpx } },
      },
    ])
  },
  'picture-of-one-pixel-on-the-page': () =>
    makePdf([
      {
        content: `q 595 0 0 842 0 0 cm /I Do Q BT 3 Tr /F1 12 Tf 50 200 Td (Hello below the picture) Tj ET`,
        mediaBox: A4,
        xObjects: { I: grey(1, 1, Uint8Array.of(255)) },
      },
    ]),
  'picture-whose-mask-is-20000-px': () =>
    makePdf([
      {
        content: 'q 595 0 0 842 0 0 cm /I Do Q',
        mediaBox: A4,
        xObjects: {
          I: {
            ...grey(2, 2, new Uint8Array(4), '/SMask @mask'),
            references: {
              mask: packed(
                new Uint8Array(20_000 * 2500),
                `${IMAGE} /Width 20000 /Height 20000 /BitsPerComponent 1 /ColorSpace /DeviceGray`,
              ),
            },
          },
        },
      },
    ]),
  'scan-a-strip-of-100000-px': () =>
    makePdf([
      {
        content: 'q 100000 0 0 3 0 0 cm /I Do Q',
        mediaBox: '0 0 100000 3',
        xObjects: { I: grey(100_000, 3, new Uint8Array(300_000).fill(90)) },
      },
    ]),
  'title-of-20-mib': () =>
    makePdf([{ content: HELLO }], `/Info << /Title (${'\\000预算'.repeat(2)}${'a'.repeat(20 * 1024 * 1024)}) >>`),
}
