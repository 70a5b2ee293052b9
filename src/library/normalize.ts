import type { Dictionaries } from '../model/dictionaries.ts'
import type { PageExtract } from '../model/page.ts'
import { assembleDocument } from '../queue/assemble-document.ts'
import { loadDictionaries } from '../queue/load-dictionaries.ts'
import type { DocumentOutcome } from '../store/assemblies.ts'

/** What is known of a document beside its pages. */
export interface NormalizeOptions {
  /** Its name often says publisher and year. */
  readonly fileName: string
  /** A folder of dictionaries instead of those that the package brings. */
  readonly dictionaries?: string
}

const loaded = new Map<string, Dictionaries>()

/**
 * Pages of one document to graded records, with codes and names from the catalogues and figures held against the
 * document's own sums. Give all its pages: a table goes on over pages, and totals stand on others. The same pages give
 * the same records. Throws PipelineError `dictionaries/damaged`.
 *
 * @example
 * const pages = await Array.fromAsync(document.pages())
 * const { records } = normalize(pages, { fileName: document.fileName })
 */
export function normalize(pages: readonly PageExtract[], options: NormalizeOptions): DocumentOutcome {
  return assembleDocument(pages, knowledge(options.dictionaries), options.fileName)
}

function knowledge(folder?: string): Dictionaries {
  const known = loaded.get(folder ?? '')
  if (known !== undefined) return known
  const dictionaries = folder === undefined ? loadDictionaries() : loadDictionaries(folder)
  loaded.set(folder ?? '', dictionaries)
  return dictionaries
}
