import type { Dictionaries } from '../model/dictionaries.ts'
import { PageExtract } from '../model/page.ts'
import { normalizeDocument } from '../normalize/normalize-document.ts'
import { gradeRecords } from '../review/grade-records.ts'
import type { DocumentOutcome } from '../store/assemblies.ts'
import { openStore } from '../store/open-store.ts'
import type { StoredPages } from './child-protocol.ts'

/** Pages of one document to graded records and equations. Pure. */
export function assembleDocument(
  extracts: readonly PageExtract[],
  dictionaries: Dictionaries,
  fileName: string,
): DocumentOutcome {
  const { records, ...rest } = normalizeDocument(extracts, dictionaries, { fileName })
  const pageWarnings = extracts.flatMap(({ pageNumber, warnings }) =>
    warnings.length === 0 ? [] : [{ pageNumber, warnings }],
  )
  return { ...rest, records: gradeRecords(records), pageWarnings }
}

/** Opens the artefacts that a request names. */
export async function readExtracts({ location, artefacts }: StoredPages): Promise<readonly PageExtract[]> {
  const store = await openStore(location, 'existing', { isKnownToBeThere: true, isForReading: true })
  try {
    const extracts: PageExtract[] = []
    for (const hash of artefacts) extracts.push(PageExtract.parse(JSON.parse(await store.artefacts.get(hash))))
    return extracts
  } finally {
    await store.close()
  }
}
