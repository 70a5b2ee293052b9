/** One field of a protocol-buffer message, its payload as it stands there. */
export interface ProtobufField {
  readonly number: number
  readonly wire: number
  readonly payload: Uint8Array
}

const VARINT = 0
const LENGTH = 2
const FIXED_SIZES: Readonly<Record<number, number>> = { 1: 8, 5: 4 }

/** The fields of a message in order. @throws RangeError for bytes that are no message */
export function parseFields(bytes: Uint8Array): ProtobufField[] {
  const fields: ProtobufField[] = []
  let at = 0
  while (at < bytes.length) {
    const key = readVarint(bytes, at)
    const wire = key.value % 8
    const start = key.end
    let end = start + (FIXED_SIZES[wire] ?? 0)
    let from = start
    if (wire === VARINT) end = readVarint(bytes, start).end
    else if (wire === LENGTH) {
      const length = readVarint(bytes, start)
      from = length.end
      end = from + length.value
    } else if (FIXED_SIZES[wire] === undefined) throw new RangeError(`wire type ${wire}`)
    if (end > bytes.length) throw new RangeError('a field ends behind the message')
    fields.push({ number: Math.floor(key.value / 8), wire, payload: bytes.subarray(from, end) })
    at = end
  }
  return fields
}

/** The message that these fields make. */
export function encodeFields(fields: readonly ProtobufField[]): Uint8Array {
  const parts = fields.flatMap(({ number, wire, payload }) => [
    encodeVarint(number * 8 + wire),
    ...(wire === LENGTH ? [encodeVarint(payload.length)] : []),
    payload,
  ])
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** A field of bytes or text. */
export function bytesField(number: number, payload: Uint8Array | string): ProtobufField {
  return { number, wire: LENGTH, payload: typeof payload === 'string' ? new TextEncoder().encode(payload) : payload }
}

/** A field of a whole number, 0 or more. */
export function numberField(number: number, value: number): ProtobufField {
  return { number, wire: VARINT, payload: encodeVarint(value) }
}

/** The number in a varint's payload, below 2^53. */
export function varintOf(payload: Uint8Array): number {
  return readVarint(payload, 0).value
}

function readVarint(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0
  for (let at = start, scale = 1; at < bytes.length; at++, scale *= 128) {
    const byte = bytes[at] ?? 0
    value += (byte % 128) * scale
    if (byte < 128) return { value, end: at + 1 }
  }
  throw new RangeError('a number ends behind the message')
}

function encodeVarint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return Uint8Array.from([...bytes, rest])
}
