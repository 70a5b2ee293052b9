import { type Network, toTensor } from './network.ts'

/** A network on onnxruntime-node, one thread: pages, not lines, run side by side. */
export async function loadNativeNetwork(model: Uint8Array): Promise<Network | null> {
  try {
    // Optional and native: it may be left out of an installation, or have no binary for this machine.
    const { InferenceSession, Tensor } = await import('onnxruntime-node')
    const session = await InferenceSession.create(model, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    })
    const [inputName, outputName] = [session.inputNames[0] ?? '', session.outputNames[0] ?? '']
    return {
      name: 'native',
      async run({ data, dims }) {
        const input = new Tensor('float32', data, [...dims])
        return toTensor((await session.run({ [inputName]: input }))[outputName])
      },
      close: () => session.release(),
    }
  } catch {
    return null
  }
}
