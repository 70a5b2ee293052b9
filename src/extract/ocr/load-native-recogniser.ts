import { outputToPosteriors, type Recogniser, stripToInput } from './recogniser.ts'

/** The network on onnxruntime-node, one thread: pages, not lines, run side by side. */
export async function loadNativeRecogniser(model: Uint8Array): Promise<Recogniser | null> {
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
      async run(strip) {
        const input = new Tensor('float32', stripToInput(strip), [1, 3, strip.height, strip.width])
        return outputToPosteriors((await session.run({ [inputName]: input }))[outputName])
      },
      close: () => session.release(),
    }
  } catch {
    return null
  }
}
