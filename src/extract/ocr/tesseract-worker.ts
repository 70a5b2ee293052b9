import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createWorker, OEM, PSM, type Worker } from 'tesseract.js'
import { PipelineError } from '../../model/pipeline-error.ts'
import type { GreyImage } from '../raster/image.ts'

export type TesseractLanguage = 'chi_sim' | 'eng'

/** One glyph as tesseract saw it; `x0` and `x1` are pixels of the strip, `confidence` is 0 to 1. */
export interface TesseractSymbol {
  readonly text: string
  readonly confidence: number
  readonly x0: number
  readonly x1: number
}

/** tesseract keeps memory that it frees: a worker is replaced after this many lines. */
const LINES_PER_WORKER = 4000

const PARAMETERS = {
  tessedit_pageseg_mode: PSM.SINGLE_LINE,
  preserve_interword_spaces: '0',
  user_defined_dpi: '300',
  // Lines come dark on light: what reads weakly is not read again as its negative.
  tessedit_do_invert: '0',
  // Its debugging notes would land on standard output.
  debug_file: '/dev/null',
  // Nothing that was read before may colour what is read next.
  classify_enable_learning: '0',
  classify_enable_adaptive_matcher: '0',
  tessedit_enable_doc_dict: '0',
} as const

/** English reads only digits and codes here; without this it sees € for C and | for ]. */
const CODE_GLYPHS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.,-+()[]%/:'

interface RunningWorker {
  readonly worker: Worker
  /** Rejects when the thread reports an error or dies; never resolves. */
  readonly failure: Promise<never>
}

/** One tesseract thread for one language: started when first needed, replaced before its memory grows. */
export class TesseractWorker {
  private readonly language: TesseractLanguage
  private running: Promise<RunningWorker> | null = null
  private lineCount = 0

  constructor(language: TesseractLanguage) {
    this.language = language
  }

  /** @throws PipelineError reader/unavailable */
  async start(): Promise<RunningWorker> {
    this.running ??= startWorker(this.language)
    try {
      return await this.running
    } catch (cause) {
      this.running = null
      throw new PipelineError('reader/unavailable', `tesseract with ${this.language} does not start`, { cause })
    }
  }

  /** The glyphs of one line, left to right. @throws PipelineError page/ocr-failed */
  async read(strip: GreyImage): Promise<TesseractSymbol[]> {
    if (this.lineCount >= LINES_PER_WORKER) await this.stop()
    const { worker, failure } = await this.start()
    this.lineCount++
    try {
      const reading = worker.recognize(toPgm(strip), {}, { blocks: true, text: false })
      const { data } = await Promise.race([reading, failure])
      return blocksToSymbols(data.blocks ?? [])
    } catch (cause) {
      await this.stop()
      throw new PipelineError('page/ocr-failed', `tesseract stopped at a line of ${strip.width} px`, { cause })
    }
  }

  async stop(): Promise<void> {
    const running = this.running
    this.running = null
    this.lineCount = 0
    await running?.then(({ worker }) => worker.terminate()).catch(() => {})
  }
}

async function startWorker(language: TesseractLanguage): Promise<RunningWorker> {
  let fail: (cause: unknown) => void = () => {}
  const failure = new Promise<never>((_resolve, reject) => {
    fail = (cause) => reject(cause instanceof Error ? cause : new Error(String(cause)))
  })
  failure.catch(() => {})
  const packages = createRequire(import.meta.url)
  const langPath = join(dirname(packages.resolve(`@tesseract.js-data/${language}`)), '4.0.0_best_int')
  const options = { langPath, cacheMethod: 'none', gzip: true, errorHandler: fail }
  // createWorker itself never settles when the data cannot be loaded; the error handler hears of it.
  const worker = await Promise.race([createWorker(language, OEM.LSTM_ONLY, options), failure])
  const whitelist = language === 'eng' ? { tessedit_char_whitelist: CODE_GLYPHS } : {}
  await worker.setParameters({ ...PARAMETERS, ...whitelist })
  return { worker, failure }
}

/** Grey PNM: needs no encoder. */
function toPgm({ width, height, data }: GreyImage): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data])
}

interface SymbolNode {
  readonly text: string
  readonly confidence: number
  readonly bbox: { readonly x0: number; readonly x1: number }
}

interface BlockNode {
  readonly paragraphs: readonly {
    readonly lines: readonly { readonly words: readonly { readonly symbols: readonly SymbolNode[] }[] }[]
  }[]
}

function blocksToSymbols(blocks: readonly BlockNode[]): TesseractSymbol[] {
  const symbols = blocks.flatMap((block) =>
    block.paragraphs.flatMap((paragraph) =>
      paragraph.lines.flatMap((line) => line.words.flatMap((word) => word.symbols)),
    ),
  )
  return symbols
    .filter((symbol) => symbol.text.trim() !== '')
    .map(({ text, confidence, bbox }) => ({
      text: text.trim(),
      confidence: Math.max(0, Math.min(1, confidence / 100)),
      x0: bbox.x0,
      x1: bbox.x1,
    }))
}
