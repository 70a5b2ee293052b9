import type { BoundingBox } from '../../model/bounding-box.ts'
import type { Flag } from '../../model/flag.ts'
import type { FieldDraft } from '../../model/record.ts'

/** Where a value that no cell prints was taken from. */
export interface DerivedFrom {
  readonly pageNumber: number
  readonly bbox: BoundingBox
  readonly raw: string
  readonly evidence: string
  readonly flags?: readonly Flag[]
}

/** A field that follows from a table's title, headings or the place of a line: nothing was read for it. */
export function draftDerivedField(name: string, value: string, from: DerivedFrom): FieldDraft {
  return {
    name,
    value,
    raw: from.raw,
    pageNumber: from.pageNumber,
    bbox: from.bbox,
    flags: from.flags ?? [],
    evidence: [from.evidence],
    candidates: [],
    readings: [],
    support: {
      origin: 'text',
      readersAgreeing: 0,
      readersDisagreeing: 0,
      engineConfidence: null,
      form: 'fits',
      catalogue: 'none',
      catalogueMargin: null,
      equationsHolding: 0,
      equationsContradicted: 0,
      pinned: false,
      repeats: 0,
    },
  }
}
