import type { GradedField } from '../../../src/model/record.ts'

/** A graded field of a trusted text page, to be varied where a test cares. */
export function fakeField(
  name: string,
  value: string | null,
  pageNumber = 1,
  change: Partial<GradedField> = {},
): GradedField {
  return {
    name,
    value,
    raw: value ?? '',
    pageNumber,
    bbox: { x0: 10.126, top: 20, x1: 30, bottom: 40 },
    flags: [],
    evidence: ['a trusted text layer'],
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
    grade: 'accepted',
    confidence: 0.99876,
    ...change,
  }
}
