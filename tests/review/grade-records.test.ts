import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FlagCode } from '../../src/model/flag.ts'
import type { FieldDraft, RecordDraft, Support } from '../../src/model/record.ts'
import { CALIBRATION } from '../../src/review/calibration.ts'
import { fieldToConfidence } from '../../src/review/field-to-confidence.ts'
import { gradeRecords } from '../../src/review/grade-records.ts'

const READ: Support = {
  origin: 'ocr',
  readersAgreeing: 2,
  readersDisagreeing: 0,
  engineConfidence: 0.999,
  form: 'fits',
  catalogue: 'agrees',
  catalogueMargin: 1,
  equationsHolding: 1,
  equationsContradicted: 0,
  pinned: false,
  repeats: 0,
}
const PRINTED: Support = { ...READ, origin: 'text', readersAgreeing: 0, engineConfidence: null, equationsHolding: 0 }

function field(name: string, support: Support, flags: readonly FlagCode[] = []): FieldDraft {
  return {
    name,
    value: 'x',
    raw: 'x',
    pageNumber: 1,
    bbox: { x0: 0, top: 0, x1: 1, bottom: 1 },
    flags: flags.map((code) => ({ code, detail: '' })),
    evidence: [],
    candidates: [],
    readings: [],
    support,
  }
}

function grade(...fields: readonly FieldDraft[]) {
  const record: RecordDraft = { recordType: 'procurement_line', pageNumber: 1, tableIndex: 1, rowIndex: 1, fields }
  const [graded] = gradeRecords([record])
  if (graded === undefined) throw new Error('no record')
  return graded
}

describe('a figure that two readers see differently', () => {
  const disputed: Support = {
    ...READ,
    readersAgreeing: 1,
    readersDisagreeing: 1,
    catalogue: 'none',
    equationsHolding: 0,
  }
  test.each([
    ['a quantity that nothing proves', 'quantity', '3', disputed, 'review'],
    ['an amount that nothing proves', 'amount', '300.00', disputed, 'review'],
    ['an amount that an equation holds with', 'amount', '300.00', { ...disputed, equationsHolding: 1 }, 'accepted'],
    [
      'an amount that nobody disputes',
      'amount',
      '300.00',
      { ...disputed, readersAgreeing: 2, readersDisagreeing: 0 },
      'accepted',
    ],
  ])('%s', (_, name, value, support, expected) => {
    expect(grade({ ...field(name, support), value }).status).toBe(expected)
  })
})

describe('one field', () => {
  test.each([
    ['everything speaks for a scanned value', READ, [], 'accepted'],
    ['trusted text in order', PRINTED, [], 'accepted'],
    ['trusted text against an equation', { ...PRINTED, equationsContradicted: 1 }, ['equation-contradicted'], 'review'],
    ['trusted text whose code and name disagree', { ...PRINTED, catalogue: 'contradicts' }, [], 'review'],
    ['nobody read this value', { ...READ, readersAgreeing: 0, catalogue: 'none', equationsHolding: 0 }, [], 'review'],
    ['a figure that only a ratio suggests', READ, ['amount-inferred'], 'review'],
    ['print too small for the readers', READ, ['line-too-small'], 'review'],
    ['a doubtful heading over figures that add up', READ, ['header-uncertain'], 'accepted'],
    [
      'a name that nothing holds and two readers dispute',
      { ...READ, form: 'free', catalogue: 'none', readersDisagreeing: 1, repeats: 0 },
      ['readers-disagree'],
      'review',
    ],
    ['a doubtful heading that nothing proves', { ...READ, equationsHolding: 0 }, ['header-uncertain'], 'review'],
    ['digits that print alike in a figure that adds up', READ, ['digits-confused'], 'accepted'],
    ['digits that print alike where nothing adds up', { ...READ, equationsHolding: 0 }, ['digits-confused'], 'review'],
    ['a harmless flag', READ, ['code-restored'], 'accepted'],
  ] as const)('%s: %s', (_name, support, flags, expected) => {
    expect(grade(field('amount', support, flags)).fields[0]?.grade).toBe(expected)
  })

  test.each([
    ['tesseract alone saw', ['tesseract'], 'review'],
    ['PP-OCR alone saw', ['paddle'], 'accepted'],
    ['both saw', ['paddle', 'tesseract'], 'accepted'],
  ] as const)('a name in no list that %s', (_name, readers, expected) => {
    const support: Support = { ...READ, form: 'free', catalogue: 'none', repeats: 3, pinned: true }
    const readings = readers.map((reader) => ({ reader, lines: ['x'], confidence: 0.999, characters: [] }))
    expect(grade({ ...field('project_name', support), readings }).status).toBe(expected)
  })

  const unlisted: Support = {
    ...READ,
    form: 'misfits',
    catalogue: 'unknown',
    catalogueMargin: null,
    equationsHolding: 0,
  }
  test.each([
    ['digits that both readers see in cell after cell', '1', { repeats: 5 }, 'accepted'],
    ['digits that stand in this cell alone', '1', { repeats: 0 }, 'review'],
    [
      'digits that one reader sees differently',
      '1',
      { repeats: 5, readersAgreeing: 1, readersDisagreeing: 1 },
      'review',
    ],
    [
      'digits that one reader alone sees here, both in other cells',
      '1',
      { repeats: 2, readersAgreeing: 1 },
      'accepted',
    ],
    ['digits that both readers see in one other cell only', '1', { repeats: 1, readersAgreeing: 1 }, 'review'],
    ['digits that no reader sees here', '1', { repeats: 5, readersAgreeing: 0 }, 'review'],
    ['a Han word, however often: it may be a look-alike of the printed one', '全城', { repeats: 5 }, 'review'],
  ] as const)('an unlisted value, %s: %s', (_name, value, change, expected) => {
    const draft = { ...field('unit_of_measure', { ...unlisted, ...change }, ['vocabulary-unknown']), value }
    const [graded] = grade(draft).fields
    expect(graded?.grade).toBe(expected)
    expect(graded?.flags.map(({ code }) => code)).toContain('vocabulary-unknown')
  })

  test('a field for review always says why', () => {
    const weak = { ...READ, readersAgreeing: 0, catalogue: 'none', equationsHolding: 0 } as const
    expect(grade(field('project_name', weak)).fields[0]?.flags.map((flag) => flag.code)).toEqual(['confidence-low'])
  })
})

describe('a record', () => {
  test('is accepted only when every field is', () => {
    expect(grade(field('amount', READ), field('quantity', READ)).status).toBe('accepted')
    expect(grade(field('amount', READ), field('quantity', READ, ['quantity-unreadable'])).status).toBe('review')
  })

  test('with an item of which neither code nor name is listed goes to review, printed clearly or not', () => {
    const code = field('item_code', PRINTED, ['code-unknown'])
    const name = field('item_name', PRINTED, ['name-unknown'])
    expect(grade(code, name).fields.map((each) => each.grade)).toEqual(['review', 'review'])
    expect(grade(code, field('item_name', PRINTED)).fields.map((each) => each.grade)).toEqual(['accepted', 'accepted'])
  })

  test('with an item that a list held in part has not is accepted where it is printed clearly', () => {
    const support = { ...PRINTED, catalogue: 'none' } as const
    const fields = [field('item_code', support, ['code-unknown']), field('item_name', support, ['name-unknown'])]
    expect(grade(...fields).status).toBe('accepted')
  })
})

describe('confidence', () => {
  const support = fc.record({
    origin: fc.constant('ocr' as const),
    readersAgreeing: fc.integer({ min: 0, max: 2 }),
    readersDisagreeing: fc.integer({ min: 0, max: 2 }),
    engineConfidence: fc.double({ min: 0, max: 1, noNaN: true }),
    form: fc.constantFrom('fits' as const, 'misfits' as const, 'free' as const),
    catalogue: fc.constantFrom('agrees' as const, 'restored' as const, 'unknown' as const, 'none' as const),
    catalogueMargin: fc.double({ min: 0, max: 1, noNaN: true }),
    equationsHolding: fc.integer({ min: 0, max: 3 }),
    equationsContradicted: fc.integer({ min: 0, max: 3 }),
    pinned: fc.boolean(),
    repeats: fc.integer({ min: 0, max: 9 }),
  })
  const of = (given: Support) => fieldToConfidence(field('amount', given), CALIBRATION)

  test('lies between 0 and 1 for whatever speaks for a value', () => {
    fc.assert(fc.property(support, (given) => of(given) >= 0 && of(given) <= 1))
  })

  test('never falls because an equation holds, and never rises because a reader disagrees', () => {
    fc.assert(
      fc.property(support, (given) => {
        const bare = { ...given, equationsHolding: 0, readersDisagreeing: 0 }
        expect(of({ ...bare, equationsHolding: 1 })).toBeGreaterThanOrEqual(of(bare))
        expect(of({ ...bare, readersDisagreeing: 1 })).toBeLessThanOrEqual(of(bare))
      }),
    )
  })
})
