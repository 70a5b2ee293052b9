/** Numbers of a network, row by row along `dims`. */
export interface Tensor {
  readonly data: Float32Array
  readonly dims: readonly number[]
}

/** A loaded network of one input and one output. `name` says what computes it. */
export interface Network {
  readonly name: 'native' | 'wasm'
  run(input: Tensor): Promise<Tensor>
  close(): Promise<void>
}

/** Loads a network from the bytes of its ONNX file; null where the runtime is not installed or does not load on this machine. */
export type LoadNetwork = (model: Uint8Array) => Promise<Network | null>

/** What both ONNX runtimes call a tensor, as far as it is needed here. */
interface RuntimeTensor {
  readonly data: unknown
  readonly dims: readonly number[]
}

/** A runtime's answer as plain numbers. */
export function toTensor(output: RuntimeTensor | undefined): Tensor {
  if (output === undefined || !(output.data instanceof Float32Array)) throw new TypeError('network gave no floats')
  return { data: output.data, dims: output.dims }
}

/** Loads a network on the first of `runtimes` that can. */
export async function loadFirst(runtimes: readonly LoadNetwork[], model: Uint8Array): Promise<Network | null> {
  for (const load of runtimes) {
    const network = await load(model)
    if (network !== null) return network
  }
  return null
}
