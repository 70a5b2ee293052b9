import { createHash } from 'node:crypto'
import { HELLO, latin1 } from './hostile-document.ts'

/** PDF 32000-1, algorithm 2: fills up short passwords. */
const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex')
const ID = Buffer.from('0123456789abcdef0123456789abcdef', 'hex')
const PERMISSIONS = -4
const KEY_BYTES = 5

const md5 = (...parts: readonly Uint8Array[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest()
const padded = (password: string): Buffer => Buffer.concat([Buffer.from(password, 'latin1'), PADDING]).subarray(0, 32)

function rc4(key: Uint8Array, data: Uint8Array): Buffer {
  const box = Array.from({ length: 256 }, (_, index) => index)
  const at = (index: number): number => box[index & 255] ?? 0
  const swap = (a: number, b: number): void => {
    ;[box[a & 255], box[b & 255]] = [at(b), at(a)]
  }
  let j = 0
  for (let i = 0; i < 256; i += 1) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255
    swap(i, j)
  }
  let [a, b] = [0, 0]
  return Buffer.from(
    data.map((byte) => {
      a = (a + 1) & 255
      b = (b + at(a)) & 255
      swap(a, b)
      return byte ^ at(at(a) + at(b))
    }),
  )
}

/** One page under 40-bit RC4 (security handler, revision 2); with an empty password every reader opens it. */
export function lockedPdf(userPassword: string): Uint8Array {
  const owner = rc4(md5(padded('owner')).subarray(0, KEY_BYTES), padded(userPassword))
  const permissions = Buffer.alloc(4)
  permissions.writeInt32LE(PERMISSIONS)
  const key = md5(padded(userPassword), owner, permissions, ID).subarray(0, KEY_BYTES)
  const user = rc4(key, PADDING)
  const contentKey = md5(key, Uint8Array.of(4, 0, 0, 0, 0)).subarray(0, KEY_BYTES + 5)
  const content = rc4(contentKey, Buffer.from(HELLO)).toString('latin1')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const lock = `/Filter /Standard /V 1 /R 2 /P ${PERMISSIONS} /O <${owner.toString('hex')}> /U <${user.toString('hex')}>`
  const id = `<${ID.toString('hex')}>`
  const table = `xref\n0 6\n0000000000 65535 f \n${places.join('')}`
  const trailer = `trailer\n<< /Size 6 /Root 1 0 R /ID [${id} ${id}] /Encrypt << ${lock} >> >>`
  return latin1(`${text}${table}${trailer}\nstartxref\n${text.length}\n%%EOF\n`)
}
