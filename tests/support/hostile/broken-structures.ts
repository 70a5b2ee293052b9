import { gzipSync } from 'node:zlib'
import { makePdf, writeObjects } from '../../extract/pdf/make-pdf.ts'
import { createNoise, HELLO, type HostileDocuments, joinBytes, latin1, onePage } from './hostile-document.ts'
import { lockedPdf } from './locked-pdf.ts'

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const sound = (pages = 3): Uint8Array => makePdf(Array.from({ length: pages }, () => ({ content: HELLO })))
const noiseBytes = (length: number, seed: number): Uint8Array => {
  const noise = createNoise(seed)
  return Uint8Array.from({ length }, () => Math.floor(noise() * 256))
}
const FONT = '/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>'
const catalogue = (keys: string, more: readonly string[] = []): Uint8Array =>
  writeObjects([
    `<< /Type /Catalog /Pages 2 0 R ${keys} >>`,
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Resources << ${FONT} >> /Contents 4 0 R >>`,
    { dictionary: '', bytes: HELLO },
    ...more,
  ])
const pagesOf = (pages: string, more: readonly string[] = []): Uint8Array =>
  writeObjects(['<< /Type /Catalog /Pages 2 0 R >>', pages, '<< /Type /Page /Parent 2 0 R >>', ...more])
/** A chain of page trees, each the only child of the one before. */
function deepPageTree(depth: number): Uint8Array {
  const nodes = Array.from({ length: depth }, (_, index) => `<< /Type /Pages /Count 1 /Kids [${index + 3} 0 R] >>`)
  return writeObjects(['<< /Type /Catalog /Pages 2 0 R >>', ...nodes, '<< /Type /Page /MediaBox [0 0 9 9] >>'])
}

/** What is no PDF at all, and says that it is one. */
export const OTHER_FILES: HostileDocuments = {
  empty: () => new Uint8Array(),
  'one-byte': () => latin1('%'),
  'only-spaces': () => latin1(' '.repeat(1_000_000)),
  'only-nulls': () => new Uint8Array(1_000_000),
  noise: () => noiseBytes(300_000, 7),
  'web-page': () => latin1('<!DOCTYPE html><html><head><title>404</title></head><body>not here</body></html>'),
  'web-page-that-names-a-pdf': () => latin1(`<html>${'x'.repeat(2000)}<a href="a.pdf">%PDF-1.4</a></html>`),
  'word-document': () => joinBytes(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), noiseBytes(9000, 3)),
  'zip-archive': () => joinBytes('PK\u0003\u0004', noiseBytes(9000, 4)),
  'rich-text': () => latin1(String.raw`{\rtf1\ansi budget}`),
  postscript: () => latin1('%!PS-Adobe-3.0\n/x { x } def x showpage\n'),
  'picture-png': () => joinBytes('\u0089PNG\r\n\u001a\n', noiseBytes(900, 5)),
  'packed-pdf': () => new Uint8Array(gzipSync(sound())),
  'text-in-utf16': () => new Uint8Array(Buffer.from('\ufeff%PDF-1.7 预算公开', 'utf16le')),
}

/** PDFs whose parts do not hang together. */
export const BROKEN_STRUCTURES: HostileDocuments = {
  'header-alone': () => latin1('%PDF-1.7\n'),
  'cut-in-half': () => sound(9).slice(0, 2000),
  'cut-before-the-table': () => latin1(textOf(sound()).replace(/xref[\s\S]*/, '')),
  'table-shifted': () => latin1(textOf(sound()).replaceAll(/(\d{10}) 00000 n/g, '0000000077 00000 n')),
  'table-place-beyond-the-end': () => latin1(textOf(sound()).replace(/startxref\n\d+/, 'startxref\n99999999999')),
  'table-place-negative': () => latin1(textOf(sound()).replace(/startxref\n\d+/, 'startxref\n-5')),
  'table-before-itself': () => {
    const text = textOf(sound())
    return latin1(text.replace('/Root', `/Prev ${/startxref\n(\d+)/.exec(text)?.[1]} /Root`))
  },
  'table-of-a-billion': () => latin1(textOf(sound()).replace(/xref\n0 \d+/, 'xref\n0 999999999')),
  'no-root': () => latin1(textOf(sound()).replace('/Root 1 0 R', '')),
  'root-is-a-number': () => latin1(textOf(sound()).replace('/Root 1 0 R', '/Root 7')),
  'root-is-itself': () => latin1(textOf(sound()).replace('<< /Type /Catalog /Pages 2 0 R >>', '1 0 R')),
  'pages-missing': () => writeObjects(['<< /Type /Catalog >>']),
  'pages-in-a-circle': () => pagesOf('<< /Type /Pages /Count 1 /Kids [2 0 R] >>'),
  'pages-their-own-parents': () =>
    pagesOf('<< /Type /Pages /Count 2 /Kids [4 0 R] /Parent 4 0 R >>', [
      '<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>',
    ]),
  'page-twice-in-the-tree': () => pagesOf('<< /Type /Pages /Count 2 /Kids [3 0 R 3 0 R] >>'),
  'page-without-a-box': () => pagesOf('<< /Type /Pages /Count 1 /Kids [3 0 R] >>'),
  'count-a-million': () => pagesOf('<< /Type /Pages /Count 1000000 /Kids [3 0 R] >>'),
  'count-of-1500-and-one-page': () => pagesOf('<< /Type /Pages /Count 1500 /Kids [3 0 R] >>'),
  'count-negative': () => pagesOf('<< /Type /Pages /Count -5 /Kids [3 0 R] >>'),
  'count-nothing': () => pagesOf('<< /Type /Pages /Count 0 /Kids [3 0 R] >>'),
  'count-a-name': () => pagesOf('<< /Type /Pages /Count /Many /Kids [3 0 R] >>'),
  'kids-are-numbers': () => pagesOf('<< /Type /Pages /Count 3 /Kids [1 2 3] >>'),
  'tree-of-20000-levels': () => deepPageTree(20_000),
  'pages-5000': () => sound(5000),
  'arrays-100000-deep': () => catalogue(`/Names ${'['.repeat(100_000)}`),
  'dictionaries-20000-deep': () => catalogue(`/Names ${'<< /A '.repeat(20_000)}1${' >>'.repeat(20_000)}`),
  'garbage-before': () => joinBytes(noiseBytes(900, 8), sound(), noiseBytes(900, 9)),
  'garbage-before-2-mib': () => joinBytes(noiseBytes(2_000_000, 8), sound()),
  'garbage-within': () => joinBytes(sound().slice(0, 700), noiseBytes(500, 11), sound().slice(700)),
  'line-ends-changed': () => latin1(textOf(sound()).replaceAll('\n', '\r\n')),
  'script-on-opening': () => catalogue('/OpenAction << /S /JavaScript /JS (while \\(true\\) {}) >>'),
  'form-of-xfa': () => catalogue('/AcroForm << /XFA (<xdp><script>while(true);</script></xdp>) /Fields [] >>'),
  'outline-in-a-circle': () =>
    catalogue('/Outlines 5 0 R', ['<< /First 6 0 R /Last 6 0 R >>', '<< /Title (A) /Next 6 0 R /Parent 6 0 R >>']),
  'names-in-a-circle': () => catalogue('/Names << /Dests 5 0 R >>', ['<< /Kids [5 0 R 5 0 R] >>']),
  'structure-in-a-circle': () => catalogue('/StructTreeRoot 5 0 R', ['<< /K [5 0 R 5 0 R] /ParentTree 5 0 R >>']),
  'layers-in-a-circle': () =>
    catalogue('/OCProperties << /OCGs [5 0 R] /D << /Order 6 0 R >> >>', ['<< /Type /OCG >>', '[6 0 R 6 0 R]']),
  'fields-in-a-circle': () => catalogue('/AcroForm << /Fields [5 0 R] >>', ['<< /Kids [5 0 R] /Parent 5 0 R >>']),
  'file-to-be-read': () => catalogue('/OpenAction << /S /Launch /F (/etc/passwd) >>'),
  'stream-in-a-file': () => onePage({ dictionary: '/F (/etc/passwd)', bytes: '' }, FONT),
  'stream-length-wrong': () => latin1(textOf(sound()).replaceAll(/\/Length \d+/g, '/Length 999999')),
  'stream-length-itself': () => latin1(textOf(sound()).replaceAll(/\/Length \d+/g, '/Length 4 0 R')),
  'password-wanted': () => lockedPdf('secret'),
  'password-empty': () => lockedPdf(''),
  'encryption-unknown': () => makePdf([{ content: HELLO }], '/ID [<00> <00>] /Encrypt << /Filter /Secret /V 9 >>'),
  'encryption-itself': () => makePdf([{ content: HELLO }], '/ID [<00> <00>] /Encrypt 1 0 R'),
}
