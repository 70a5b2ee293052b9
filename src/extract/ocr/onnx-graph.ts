import { bytesField, encodeFields, numberField, type ProtobufField, parseFields, varintOf } from './protobuf.ts'

/** One operation of a network; attributes as they stand in the file, by name. */
export interface GraphNode {
  readonly operation: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: ReadonlyMap<string, Uint8Array>
}

export interface FloatTensor {
  readonly dims: readonly number[]
  readonly data: Float32Array
}

// Field numbers of onnx.proto.
const MODEL_GRAPH = 7
const GRAPH_NODE = 1
const NODE = { input: 1, output: 2, operation: 4, attribute: 5 } as const
const ATTRIBUTE = { name: 1, float: 2, tensor: 5, integers: 8, type: 20 } as const
const ATTRIBUTE_TYPE = { float: 1, tensor: 4, integers: 7 } as const
const TENSOR = { dims: 1, type: 2, floats: 4, raw: 9 } as const
const FLOAT = 1
const FIXED_32 = 5

const textOf = (payload: Uint8Array) => new TextDecoder().decode(payload)

/** The operations of a network in their order. */
export function parseNodes(model: Uint8Array): GraphNode[] {
  const graph = parseFields(model).find((field) => field.number === MODEL_GRAPH)
  return parseFields(graph?.payload ?? new Uint8Array())
    .filter((field) => field.number === GRAPH_NODE)
    .map(({ payload }) => parseNode(parseFields(payload)))
}

function parseNode(fields: readonly ProtobufField[]): GraphNode {
  const texts = (number: number) =>
    fields.filter((field) => field.number === number).map(({ payload }) => textOf(payload))
  const attributes = fields.filter((field) => field.number === NODE.attribute).map(({ payload }) => payload)
  return {
    operation: texts(NODE.operation)[0] ?? '',
    inputs: texts(NODE.input),
    outputs: texts(NODE.output),
    attributes: new Map(attributes.map((bytes) => [textOf(payloadOf(bytes, ATTRIBUTE.name)), bytes])),
  }
}

function payloadOf(message: Uint8Array, number: number): Uint8Array {
  return parseFields(message).find((field) => field.number === number)?.payload ?? new Uint8Array()
}

/** The same network with these operations. */
export function withNodes(model: Uint8Array, nodes: readonly GraphNode[]): Uint8Array {
  return encodeFields(
    parseFields(model).map((field) => {
      if (field.number !== MODEL_GRAPH) return field
      const rest = parseFields(field.payload).filter(({ number }) => number !== GRAPH_NODE)
      return bytesField(
        MODEL_GRAPH,
        encodeFields([...nodes.map((node) => bytesField(GRAPH_NODE, encodeNode(node))), ...rest]),
      )
    }),
  )
}

function encodeNode({ operation, inputs, outputs, attributes }: GraphNode): Uint8Array {
  return encodeFields([
    ...inputs.map((name) => bytesField(NODE.input, name)),
    ...outputs.map((name) => bytesField(NODE.output, name)),
    bytesField(NODE.operation, operation),
    ...[...attributes.values()].map((bytes) => bytesField(NODE.attribute, bytes)),
  ])
}

/** A node that gives a constant. */
export function constantNode(name: string, { dims, data }: FloatTensor): GraphNode {
  const tensor = encodeFields([
    ...dims.map((size) => numberField(TENSOR.dims, size)),
    numberField(TENSOR.type, FLOAT),
    bytesField(TENSOR.raw, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ])
  const value = [bytesField(ATTRIBUTE.tensor, tensor), numberField(ATTRIBUTE.type, ATTRIBUTE_TYPE.tensor)]
  return { operation: 'Constant', inputs: [], outputs: [name], attributes: attributesOf({ value }) }
}

/** A node with plain numbers for attributes. */
export function plainNode(
  operation: string,
  inputs: readonly string[],
  output: string,
  numbers: Readonly<Record<string, number>> = {},
): GraphNode {
  const fields = Object.entries(numbers).map(([name, value]) => {
    const payload = new Uint8Array(Float32Array.of(value).buffer)
    const float: ProtobufField = { number: ATTRIBUTE.float, wire: FIXED_32, payload }
    return [name, [float, numberField(ATTRIBUTE.type, ATTRIBUTE_TYPE.float)]] as const
  })
  return { operation, inputs, outputs: [output], attributes: attributesOf(Object.fromEntries(fields)) }
}

function attributesOf(fields: Readonly<Record<string, readonly ProtobufField[]>>): ReadonlyMap<string, Uint8Array> {
  const entries = Object.entries(fields)
  return new Map(entries.map(([name, values]) => [name, encodeFields([bytesField(ATTRIBUTE.name, name), ...values])]))
}

/** The whole numbers of an attribute (pads, strides), packed or not; none where it is absent. */
export function integersOf(node: GraphNode, name: string): number[] {
  const attribute = node.attributes.get(name)
  if (attribute === undefined) return []
  const fields = parseFields(attribute).filter(({ number }) => number === ATTRIBUTE.integers)
  return fields.map(({ payload }) => varintOf(payload))
}

/** The floats of a constant node; null for other nodes and other types. */
export function floatsOf(node: GraphNode): FloatTensor | null {
  const value = node.attributes.get('value')
  if (node.operation !== 'Constant' || value === undefined) return null
  const fields = parseFields(payloadOf(value, ATTRIBUTE.tensor))
  const type = fields.find(({ number }) => number === TENSOR.type)
  const raw = fields.find(({ number }) => number === TENSOR.raw || number === TENSOR.floats)
  if (type === undefined || varintOf(type.payload) !== FLOAT || raw === undefined) return null
  const dims = fields.filter(({ number }) => number === TENSOR.dims).map(({ payload }) => varintOf(payload))
  return { dims, data: new Float32Array(raw.payload.slice().buffer) }
}
