import type { DocumentIndex } from '../review/index-document.ts'
import type { ReviewDocument } from '../review/review-repository.ts'
import { districtOf } from './district-of.ts'

/** What the document list was narrowed to; what is left out says nothing. */
export interface DocumentFilter {
  readonly district?: string
  readonly year?: string
  readonly flag?: string
  /** One of DOCUMENT_STATES. */
  readonly state?: string
}

/** By what became of fields: a document has some that are open, confirmed or corrected, none open, or sums that do not come out. */
export const DOCUMENT_STATES = ['open', 'done', 'accepted', 'confirmed', 'corrected', 'broken'] as const

/** The documents that fit, those with most open fields first. */
export function filterDocuments(all: readonly ReviewDocument[], filter: DocumentFilter): readonly ReviewDocument[] {
  const { district, year, flag, state } = filter
  return all
    .filter((document) => {
      const { fiscalYear, index } = document
      return (
        (district === undefined || districtOf(document) === district) &&
        (year === undefined || String(fiscalYear) === year) &&
        (flag === undefined || Object.keys(index?.flags ?? {}).includes(flag)) &&
        (state === undefined || (index !== null && isIn(state, index)))
      )
    })
    .toSorted((a, b) => (b.index?.open ?? 0) - (a.index?.open ?? 0) || (a.fileName < b.fileName ? -1 : 1))
}

function isIn(state: string, { open, judged, corrected, contradicted }: DocumentIndex): boolean {
  switch (state) {
    case 'open':
      return open > 0
    case 'done':
      return open === 0
    case 'accepted':
      return open + judged === 0
    case 'confirmed':
      return judged > corrected
    case 'corrected':
      return corrected > 0
    case 'broken':
      return contradicted > 0
    default:
      return true
  }
}
