import { deflateSync } from 'node:zlib'
import { type MadePage, type MadeStream, makePdf, writeObjects } from '../../extract/pdf/make-pdf.ts'

/** Makes the bytes of a file that nobody should send; made when they are wanted, as some are large. */
export type HostileMaker = () => Uint8Array

/** File name without ending → maker. */
export type HostileDocuments = Readonly<Record<string, HostileMaker>>

export const HELLO = 'BT /F1 12 Tf 50 200 Td (Hello) Tj ET'

export const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

export const joinBytes = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))))

/** A stream that is packed so many times over: what is read of it grows by up to a thousand each time. */
export function packed(bytes: Uint8Array | string, dictionary = '', times = 1): MadeStream {
  let body: Uint8Array = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes
  for (let time = 0; time < times; time += 1) body = deflateSync(body)
  return { dictionary: `${dictionary} /Filter [${'/FlateDecode '.repeat(times)}]`, bytes: body }
}

/** One page that shows these objects under their names. */
export function pageOf(content: string, xObjects: MadePage['xObjects'] = {}, keys = ''): Uint8Array {
  return makePdf([{ content, xObjects, keys }])
}

/** One page, 595 x 842 points, whose content and further objects are given as they stand: object 4 is the content, 5 and on `more`. */
export function onePage(
  content: string | MadeStream,
  resources: string,
  more: readonly (string | MadeStream)[] = [],
  pageKeys = '/MediaBox [0 0 595 842]',
): Uint8Array {
  return writeObjects([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    // What is said twice counts as it is said last.
    `<< /Type /Page /Parent 2 0 R /Resources << ${resources} >> /Contents 4 0 R ${pageKeys} >>`,
    typeof content === 'string' ? { dictionary: '', bytes: content } : content,
    ...more,
  ])
}

/** The same numbers every time, 0 to 1. */
export function createNoise(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
