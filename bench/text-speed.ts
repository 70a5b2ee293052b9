/**
 * Pages of text a second of processor time, from the bytes to the records: `npm run bench:text-speed -- [--rounds N] PDF...`.
 * One process, one core; the first round is cold (nothing compiled), the later ones are what a long run does. Documents
 * with scanned pages are left out.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { extractPage } from '../src/extract/extract-page.ts'
import type { OcrEngine } from '../src/extract/ocr/ocr-engine.ts'
import type { PageExtract } from '../src/model/page.ts'
import { PipelineError } from '../src/model/pipeline-error.ts'
import { assembleDocument } from '../src/queue/assemble-document.ts'
import { openDocumentBytes } from '../src/queue/document-file.ts'
import { readDictionaries } from '../src/store/read-dictionaries.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' } },
})
if (positionals.length === 0) {
  process.stderr.write('npm run bench:text-speed -- [--rounds N] PDF...\n')
  process.exit(2)
}

/** Stands where readers of scans would: a page that needs one is no page of text. */
const noReader: OcrEngine = {
  name: 'paddle',
  recognize: () => Promise.reject(new Error('a scanned page')),
  close: () => Promise.resolve(),
}

function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const dictionaries = readDictionaries()
const signal = new AbortController().signal
let files = positionals.map((path) => ({ path, bytes: readFileSync(path) }))

for (let round = 1; round <= Number(values.rounds); round += 1) {
  let [reading, assembling, pages] = [0, 0, 0]
  const text: typeof files = []
  for (const file of files) {
    const begun = processorMs()
    const document = await openDocumentBytes(new Uint8Array(file.bytes))
    try {
      const extracts: PageExtract[] = []
      for (let pageNumber = 1; pageNumber <= document.pageCount; pageNumber += 1)
        extracts.push(await extractPage(await document.readPage(pageNumber), { first: noReader, second: null }, signal))
      const read = processorMs()
      assembleDocument(extracts, dictionaries, file.path)
      reading += read - begun
      assembling += processorMs() - read
      pages += document.pageCount
      text.push(file)
    } catch (error) {
      if (!(error instanceof PipelineError) || error.code !== 'page/ocr-failed') throw error
      process.stderr.write(`left out: ${file.path} has scanned pages\n`)
    } finally {
      await document.close()
    }
  }
  files = text
  const perPage = (ms: number) => (ms / Math.max(1, pages)).toFixed(1)
  process.stdout.write(
    `round ${round}: ${pages} pages, ${((1000 * pages) / (reading + assembling)).toFixed(1)} a second of processor time ` +
      `(reading ${perPage(reading)} ms a page, assembling ${perPage(assembling)} ms)\n`,
  )
}
