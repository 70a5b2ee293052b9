import type { GreyImage } from '../raster/image.ts'
import type { Posteriors } from './decode-ctc.ts'
import type { Tensor } from './network.ts'

/** Grey as the recognition network wants it: three equal planes, -1 (black) to 1 (white). */
export function stripToInput(strip: GreyImage): Tensor {
  const plane = strip.width * strip.height
  const data = new Float32Array(3 * plane)
  for (let i = 0; i < plane; i++) data[i] = (strip.data[i] ?? 255) / 127.5 - 1
  data.copyWithin(plane, 0, plane)
  data.copyWithin(2 * plane, 0, plane)
  return { data, dims: [1, 3, strip.height, strip.width] }
}

/** The recognition network's answer for one strip: steps by classes. */
export function outputToPosteriors({ data, dims }: Tensor): Posteriors {
  const [, steps = 0, classes = 0] = dims
  return { data, steps, classes }
}
