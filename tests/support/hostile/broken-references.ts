import { deflateSync } from 'node:zlib'
import { type MadeStream, makePdf, writeObjects } from '../../extract/pdf/make-pdf.ts'
import { HELLO, type HostileDocuments, joinBytes, latin1, onePage, packed } from './hostile-document.ts'

const FONT = '/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>'
const CATALOGUE = '<< /Type /Catalog /Pages 2 0 R >>'
const PAGES = '<< /Type /Pages /Count 1 /Kids [3 0 R] >>'
const PAGE = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Resources << ${FONT} >> /Contents 4 0 R >>`
const CONTENT: MadeStream = { dictionary: '', bytes: HELLO }
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const sound = (): Uint8Array => writeObjects([CATALOGUE, PAGES, PAGE, CONTENT])
const soundPages = (pages: number): Uint8Array => makePdf(Array.from({ length: pages }, () => ({ content: HELLO })))
const catalogue = (keys: string, more: readonly (string | MadeStream)[] = []): Uint8Array =>
  writeObjects([`<< /Type /Catalog /Pages 2 0 R ${keys} >>`, PAGES, PAGE, CONTENT, ...more])

/** An entry of a cross-reference stream: at a place of the file, or in an object stream. */
type Place =
  | { readonly kind: 1; readonly at: number }
  | { readonly kind: 2; readonly stream: number; readonly index: number }

/** A PDF whose table is a stream; object `n` stands at `objects[n - 1]`, those that are null lie in the object stream that `inStream` names. */
function streamed(
  objects: readonly (string | MadeStream | null)[],
  keys = '',
  inStream: (number: number) => Place | null = () => null,
): Uint8Array {
  const parts: Uint8Array[] = [latin1('%PDF-1.7\n')]
  let length = 9
  const add = (bytes: Uint8Array): number => {
    const at = length
    parts.push(bytes)
    length += bytes.length
    return at
  }
  const bodyOf = (object: string | MadeStream): Uint8Array =>
    typeof object === 'string'
      ? latin1(object)
      : joinBytes(`<< ${object.dictionary} /Length ${object.bytes.length} >>\nstream\n`, object.bytes, '\nendstream')
  const places = objects.map((object, index): Place => {
    if (object === null) return inStream(index + 1) ?? { kind: 1, at: 0 }
    return { kind: 1, at: add(joinBytes(`${index + 1} 0 obj\n`, bodyOf(object), '\nendobj\n')) }
  })
  const own = objects.length + 1
  const rows = [{ kind: 1 as const, at: 0 }, ...places, { kind: 1 as const, at: length }].map((place) => {
    const row = Buffer.alloc(7)
    row.writeUInt8(place.kind)
    row.writeUInt32BE(place.kind === 1 ? place.at : place.stream, 1)
    row.writeUInt16BE(place.kind === 1 ? 0 : place.index, 5)
    return row
  })
  const table = deflateSync(Buffer.concat(rows))
  const usual = `/Type /XRef /Size ${own + 1} /W [1 4 2] /Root 1 0 R /Filter /FlateDecode`
  // What is said twice counts as it is said last.
  const at = add(
    joinBytes(`${own} 0 obj\n<< ${usual} ${keys} /Length ${table.length} >>\nstream\n`, table, '\nendstream\nendobj\n'),
  )
  parts.push(latin1(`startxref\n${at}\n%%EOF\n`))
  return joinBytes(...parts)
}

/** Pages whose catalogue, tree and page lie in object 5, an object stream with these keys. */
function inObjectStream(keys: string, packedTimes = 1, filling = ''): Uint8Array {
  const inner = [CATALOGUE, PAGES, PAGE]
  let at = 0
  const header = inner.map((object, index) => {
    const entry = `${index + 1} ${at}`
    at += object.length + 1
    return entry
  })
  const head = `${header.join(' ')} `
  const stream = packed(
    `${head}${inner.join(' ')} ${filling}`,
    `/Type /ObjStm /N 3 /First ${head.length} ${keys}`,
    packedTimes,
  )
  return streamed([null, null, null, CONTENT, stream], '', (number) => ({ kind: 2, stream: 5, index: number - 1 }))
}

/** Every level shows the next one twice: a million pages out of twenty objects. */
function sharedTree(levels: number, count: number): Uint8Array {
  const nodes = Array.from({ length: levels }, (_, level) => {
    const next = level + 3
    return `<< /Type /Pages /Count ${count === 0 ? 2 ** (levels - level) : count} /Kids [${next} 0 R ${next} 0 R] >>`
  })
  return writeObjects([CATALOGUE, ...nodes, `<< /Type /Page /MediaBox [0 0 300 300] >>`])
}

/** The same page changed over and over, each time at the end of the file. */
function updated(times: number): Uint8Array {
  let bytes = textOf(sound())
  let before = Number(/startxref\n(\d+)/.exec(bytes)?.[1])
  for (let time = 0; time < times; time += 1) {
    const at = bytes.length
    const object = `3 0 obj\n${PAGE}\nendobj\n`
    const table = at + object.length
    bytes += `${object}xref\n3 1\n${String(at).padStart(10, '0')} 00000 n \ntrailer\n<< /Size 5 /Root 1 0 R /Prev ${before} >>\nstartxref\n${table}\n%%EOF\n`
    before = table
  }
  return latin1(bytes)
}

/** Tables and object streams that lie, and what points in circles. */
export const BROKEN_REFERENCES: HostileDocuments = {
  'table-a-stream': () => streamed([CATALOGUE, PAGES, PAGE, CONTENT]),
  'table-stream-before-itself': () => streamed([CATALOGUE, PAGES, PAGE, CONTENT], '/Prev 9'),
  'table-stream-of-a-billion': () =>
    streamed([CATALOGUE, PAGES, PAGE, CONTENT], '/Size 1000000000 /Index [0 1000000000]'),
  'table-stream-of-wide-columns': () => streamed([CATALOGUE, PAGES, PAGE, CONTENT], '/W [1000000 4 2]'),
  'table-stream-of-negative-columns': () => streamed([CATALOGUE, PAGES, PAGE, CONTENT], '/W [-1 -4 -2]'),
  'table-stream-packed-by-nobody': () =>
    streamed([CATALOGUE, PAGES, PAGE, CONTENT], '/DecodeParms << /Predictor 15 /Columns 999999999 >>'),
  'objects-in-a-stream': () => inObjectStream(''),
  'object-stream-extends-itself': () => inObjectStream('/Extends 5 0 R'),
  'object-stream-of-a-billion': () => inObjectStream('/N 1000000000'),
  'object-stream-first-negative': () => inObjectStream('/First -100'),
  'object-stream-first-beyond': () => inObjectStream('/First 99999999'),
  'object-stream-in-itself': () =>
    streamed([CATALOGUE, PAGES, PAGE, CONTENT, null], '', () => ({ kind: 2, stream: 5, index: 0 })),
  'object-streams-in-each-other': () =>
    streamed([null, PAGES, PAGE, CONTENT, null, null], '', (number) => ({
      kind: 2,
      stream: number === 5 ? 6 : 5,
      index: 0,
    })),
  'object-stream-a-bomb': () => inObjectStream('', 2, ' '.repeat(200_000_000)),
  'updated-2000-times': () => updated(2000),
  'updates-in-a-circle': () => latin1(textOf(updated(3)).replaceAll(/\/Prev \d+/g, (_, at: number) => `/Prev ${at}`)),
  'two-documents-in-a-row': () => joinBytes(sound(), soundPages(2)),
  'objects-said-twice': () =>
    latin1(textOf(sound()).replace('xref\n', `1 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n`)),
  'object-numbers-huge': () => latin1(textOf(sound()).replaceAll('4 0 R', '99999999999 0 R')),
  'object-numbers-negative': () => latin1(textOf(sound()).replaceAll('4 0 R', '-4 -1 R')),
  'generations-huge': () => latin1(textOf(sound()).replaceAll('4 0 R', '4 99999999999 R')),
  'reference-to-a-reference': () =>
    writeObjects([CATALOGUE, PAGES, PAGE.replace('4 0 R', '5 0 R'), CONTENT, '6 0 R', '5 0 R']),
  'linear-and-lying': () =>
    latin1(
      textOf(sound()).replace(
        '%PDF-1.7\n',
        '%PDF-1.7\n9 0 obj\n<< /Linearized 1 /L 99999999 /H [1 99999999] /O 3 /E 1 /N 4000000 /T 5 >>\nendobj\n',
      ),
    ),
  'version-from-the-future': () => latin1(textOf(sound()).replace('%PDF-1.7', '%PDF-99.99')),
  'header-in-the-dark': () => joinBytes(' '.repeat(1010), sound()),
  'end-without-end': () => joinBytes(sound(), new Uint8Array(3_000_000)),
  'web-page-and-pdf': () => joinBytes('<html><script>while(true);</script></html>', sound(), '</body>'),
  'archive-and-pdf': () =>
    joinBytes('PK\u0003\u0004', new Uint8Array(26), sound(), 'PK\u0005\u0006', new Uint8Array(18)),
  'picture-and-pdf': () =>
    joinBytes(Uint8Array.of(0xff, 0xd8, 0xff, 0xfe, 0, 0x40), sound(), Uint8Array.of(0xff, 0xd9)),
  'names-with-line-ends': () => latin1(textOf(catalogue('/A#0aB#00C#ff << /#2f#2f 1 >>'))),
  'name-of-a-mebibyte': () => catalogue(`/${'n'.repeat(1_000_000)} 1`),
  'pages-a-million-out-of-twenty': () => sharedTree(20, 0),
  'pages-a-million-that-say-three': () => sharedTree(20, 3),
  'pages-1024-out-of-ten': () => sharedTree(10, 0),
  'kids-100000-nothings': () =>
    writeObjects([CATALOGUE, `<< /Type /Pages /Count 1 /Kids [${'null '.repeat(100_000)} 3 0 R] >>`, PAGE, CONTENT]),
  'page-with-kids': () =>
    writeObjects([CATALOGUE, PAGES, PAGE.replace('/Type /Page', '/Type /Page /Kids [3 0 R] /Count 7'), CONTENT]),
  'page-its-own-parent': () =>
    writeObjects([CATALOGUE, PAGES, PAGE.replace('2 0 R', '3 0 R').replace('/MediaBox [0 0 300 300]', ''), CONTENT]),
  'labels-in-a-circle': () => catalogue('/PageLabels 5 0 R', ['<< /Kids [5 0 R] >>']),
  'threads-in-a-circle': () =>
    catalogue('/Threads [5 0 R]', ['<< /F 6 0 R >>', '<< /N 6 0 R /V 6 0 R /P 3 0 R /R [0 0 9 9] >>']),
  'metadata-that-laughs': () => {
    const entities = Array.from({ length: 12 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`)
    const xml = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">${entities.join('')}]><x:xmpmeta>&l12;</x:xmpmeta>`
    return catalogue('/Metadata 5 0 R', [{ dictionary: '/Type /Metadata /Subtype /XML', bytes: xml }])
  },
  'metadata-a-bomb': () =>
    catalogue('/Metadata 5 0 R', [packed(Buffer.alloc(500_000_000, 32), '/Type /Metadata /Subtype /XML', 2)]),
  'attachments-that-are-bombs': () =>
    catalogue('/Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >>', [
      '<< /Type /Filespec /F (../../../etc/passwd) /EF << /F 6 0 R >> >>',
      packed(Buffer.alloc(500_000_000), '/Type /EmbeddedFile', 2),
    ]),
  'portfolio-without-a-cover': () =>
    writeObjects([
      '<< /Type /Catalog /Pages 2 0 R /Collection << /Type /Collection /View /T /D (a.pdf) >> /Names << /EmbeddedFiles << /Names [(a.pdf) 3 0 R] >> >> >>',
      '<< /Type /Pages /Count 0 /Kids [] >>',
      '<< /Type /Filespec /F (a.pdf) /EF << /F 4 0 R >> >>',
      { dictionary: '/Type /EmbeddedFile', bytes: sound() },
    ]),
  'form-of-xfa-alone': () =>
    catalogue('/NeedsRendering true /AcroForm << /XFA [(template) 5 0 R] /Fields [] >>', [
      { dictionary: '', bytes: `${'<a>'.repeat(100_000)}` },
    ]),
  'actions-of-every-kind': () =>
    catalogue(
      '/OpenAction << /S /Launch /Win << /F (cmd.exe) /P (/c calc) >> /Next << /S /URI /URI (file:///dev/zero) /Next << /S /SubmitForm /F (http://127.0.0.1/) /Next << /S /GoToR /F (/dev/zero) /D [0 /Fit] >> >> >> >> /AA << /WC << /S /JavaScript /JS (app.alert\\(1\\)) >> >>',
    ),
  'actions-in-a-circle': () => catalogue('/OpenAction 5 0 R', ['<< /S /JavaScript /JS (0) /Next [5 0 R 5 0 R] >>']),
  'notes-100000-on-a-page': () =>
    onePage(
      HELLO,
      FONT,
      ['<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://x/) >> >>'],
      `/MediaBox [0 0 300 300] /Annots [${'5 0 R '.repeat(100_000)}]`,
    ),
  'note-that-looks-like-itself': () =>
    onePage(
      HELLO,
      FONT,
      [
        '<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /AP << /N 6 0 R >> >>',
        {
          dictionary: '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>',
          bytes: '/X Do',
        },
      ],
      '/MediaBox [0 0 300 300] /Annots [5 0 R]',
    ),
}

const lock = (keys: string): Uint8Array =>
  makePdf(
    [{ content: HELLO }],
    `/ID [<00112233445566778899aabbccddeeff> <00>] /Encrypt << /Filter /Standard ${keys} >>`,
  )
const zeros = (bytes: number): string => `<${'00'.repeat(bytes)}>`

/** Locks that nobody can open, and that must not hang whoever tries. */
export const BROKEN_LOCKS: HostileDocuments = {
  'lock-with-public-keys': () =>
    makePdf(
      [{ content: HELLO }],
      '/ID [<00> <00>] /Encrypt << /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4 /Recipients [<00>] >>',
    ),
  'lock-of-length-nothing': () => lock(`/V 2 /R 3 /Length 0 /P -4 /O ${zeros(32)} /U ${zeros(32)}`),
  'lock-of-length-negative': () => lock(`/V 2 /R 3 /Length -128 /P -4 /O ${zeros(32)} /U ${zeros(32)}`),
  'lock-of-version-6': () =>
    lock(
      `/V 5 /R 6 /Length 256 /P -4 /O ${zeros(48)} /U ${zeros(48)} /OE ${zeros(32)} /UE ${zeros(32)} /Perms ${zeros(16)}`,
    ),
  'lock-of-version-6-cut': () => lock(`/V 5 /R 6 /Length 256 /P -4 /O ${zeros(4)} /U ${zeros(4)} /OE <> /UE <>`),
  'lock-without-filters': () =>
    lock(`/V 4 /R 4 /Length 128 /P -4 /O ${zeros(32)} /U ${zeros(32)} /StmF /StdCF /StrF /StdCF`),
  'lock-filter-itself': () =>
    lock(`/V 4 /R 4 /Length 128 /P -4 /O ${zeros(32)} /U ${zeros(32)} /CF 1 0 R /StmF /StdCF`),
  'lock-of-names': () => lock('/V /Five /R (six) /P /Minus /O [] /U << >>'),
  'lock-without-an-id': () =>
    makePdf([{ content: HELLO }], `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ${zeros(32)} /U ${zeros(32)} >>`),
}

/** One that is tried at length. */
export const HEAVY_LOCKS: HostileDocuments = {
  'lock-of-length-huge': () => lock(`/V 2 /R 3 /Length 999999992 /P -4 /O ${zeros(32)} /U ${zeros(32)}`),
}
