import type { ReviewDocument } from '../review/review-repository.ts'
import { districtOf } from './district-of.ts'

/** What the document list was narrowed to; what is left out says nothing. */
export interface DocumentFilter {
  readonly district?: string
  readonly year?: string
  readonly flag?: string
  readonly state?: string
}

/** The documents that fit, those with most open fields first. */
export function filterDocuments(all: readonly ReviewDocument[], filter: DocumentFilter): readonly ReviewDocument[] {
  const { district, year, flag, state } = filter
  return all
    .filter((document) => {
      const { fiscalYear, index } = document
      const open = index?.open ?? 0
      return (
        (district === undefined || districtOf(document) === district) &&
        (year === undefined || String(fiscalYear) === year) &&
        (flag === undefined || Object.keys(index?.flags ?? {}).includes(flag)) &&
        (state !== 'open' || open > 0) &&
        (state !== 'done' || open === 0) &&
        (state !== 'broken' || (index?.contradicted ?? 0) > 0)
      )
    })
    .toSorted((a, b) => (b.index?.open ?? 0) - (a.index?.open ?? 0) || (a.fileName < b.fileName ? -1 : 1))
}
