import { BitWriter } from './bit-writer.ts'

const [CLEAR, END] = [256, 257]

/** LZW as PDF and TIFF have it: codes of 9 to 12 bits that grow one code early. */
export function encodeLzw(bytes: Uint8Array): Uint8Array {
  const writer = new BitWriter().add(CLEAR, 9)
  let table = new Map<string, number>()
  let next = 258
  const width = (): number => (next < 512 ? 9 : next < 1024 ? 10 : next < 2048 ? 11 : 12)
  const codeOf = (text: string): number => (text.length === 1 ? text.charCodeAt(0) : (table.get(text) ?? 0))
  let held = ''
  for (const byte of bytes) {
    const longer = held + String.fromCharCode(byte)
    if (longer.length === 1 || table.has(longer)) {
      held = longer
      continue
    }
    writer.add(codeOf(held), width())
    table.set(longer, next++)
    if (next === 4095) {
      writer.add(CLEAR, 12)
      table = new Map()
      next = 258
    }
    held = String.fromCharCode(byte)
  }
  if (held !== '') {
    writer.add(codeOf(held), width())
    next++
  }
  return writer.add(END, width()).bytes()
}
