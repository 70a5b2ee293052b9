import type { GreyImage } from '../raster/image.ts'
import type { Posteriors } from './decode-ctc.ts'

/** A loaded recognition network: one strip in, its posteriors out. `name` says what computes it. */
export interface Recogniser {
  readonly name: 'native' | 'wasm'
  run(strip: GreyImage): Promise<Posteriors>
  close(): Promise<void>
}

/** Loads a network from the bytes of its ONNX file; null where the runtime is not installed or does not load on this machine. */
export type LoadRecogniser = (model: Uint8Array) => Promise<Recogniser | null>

/** What both ONNX runtimes call a tensor, as far as it is needed here. */
interface OutputTensor {
  readonly data: unknown
  readonly dims: readonly number[]
}

/** Grey as the network wants it: three equal planes, -1 (black) to 1 (white). */
export function stripToInput(strip: GreyImage): Float32Array {
  const plane = strip.width * strip.height
  const input = new Float32Array(3 * plane)
  for (let i = 0; i < plane; i++) input[i] = (strip.data[i] ?? 255) / 127.5 - 1
  input.copyWithin(plane, 0, plane)
  input.copyWithin(2 * plane, 0, plane)
  return input
}

/** The network's answer for one strip: steps by classes. */
export function outputToPosteriors(output: OutputTensor | undefined): Posteriors {
  if (output === undefined || !(output.data instanceof Float32Array)) throw new TypeError('recogniser gave no floats')
  const [, steps = 0, classes = 0] = output.dims
  return { data: output.data, steps, classes }
}
