import { type Network, toTensor } from './network.ts'

/**
 * A network on onnxruntime-web: WebAssembly from the installed package, no binary of this machine and no network, at
 * about four times the processor time. One thread, as the native one.
 */
export async function loadWasmNetwork(model: Uint8Array): Promise<Network | null> {
  try {
    // Optional: it may be left out of an installation.
    const { InferenceSession, Tensor, env } = await import('onnxruntime-web')
    env.wasm.numThreads = 1
    const session = await InferenceSession.create(model, {
      executionProviders: ['wasm'],
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    })
    const [inputName, outputName] = [session.inputNames[0] ?? '', session.outputNames[0] ?? '']
    return {
      name: 'wasm',
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
