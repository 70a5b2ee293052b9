import { describe, expect, test } from 'vitest'
import type { Cell, Reading } from '../../../src/model/table.ts'
import { createFieldDraft, supportOf } from '../../../src/normalize/draft/create-field-draft.ts'
import type { CellUse } from '../../../src/normalize/forms/classify-rows.ts'

const reading = (reader: Reading['reader'], text: string, ...confidences: readonly number[]): Reading => ({
  reader,
  lines: [text],
  confidence: 0.9,
  characters: confidences.map((confidence, at) => ({ text: text[at] ?? '', confidence, alternatives: [] })),
})

const cellOf = (origin: Cell['origin'], text: string, ...readings: readonly Reading[]): Cell => ({
  row: 0,
  column: 0,
  rowSpan: 1,
  columnSpan: 1,
  bbox: { x0: 0, top: 0, x1: 10, bottom: 10 },
  text,
  origin,
  confidence: null,
  readings,
  flags: [],
})

const same = (text: string) => text

describe('what speaks for a value', () => {
  test.each([
    ['two engines that agree', [reading('paddle', '12', 1, 1), reading('tesseract', '12', 1, 1)], 2, 0],
    ['two engines that differ', [reading('paddle', '12', 1, 1), reading('tesseract', '13', 1, 1)], 1, 1],
    ['one engine that read twice alike', [reading('paddle', '12', 1, 1), reading('paddle', '12', 1, 1)], 1, 0],
    ['one engine that read twice and differs from itself', [reading('paddle', '12'), reading('paddle', '1Z')], 1, 0],
    ['two engines that set a bracket differently', [reading('paddle', '（12）'), reading('tesseract', '(12)')], 2, 0],
    ['a text layer that nobody trusts', [reading('untrusted-text-layer', '12')], 0, 0],
  ] as const)('%s', (_name, readings, readersAgreeing, readersDisagreeing) => {
    const value = readings[0].lines[0] ?? ''
    const support = supportOf(cellOf('ocr', value, ...readings), value, same)
    expect(support).toMatchObject({ readersAgreeing, readersDisagreeing })
  })

  test.each([
    ['a dash that two engines see', [reading('paddle', '—'), reading('tesseract', '-')], 2, 0],
    ['a dash that one of them takes for a figure', [reading('paddle', '—'), reading('tesseract', '1')], 1, 1],
    ['figures that nobody could make out', [reading('paddle', '1X'), reading('tesseract', 'l7')], 0, 2],
  ] as const)('for no value: %s', (_name, readings, readersAgreeing, readersDisagreeing) => {
    const support = supportOf(cellOf('ocr', '', ...readings), null, same)
    expect(support).toMatchObject({ readersAgreeing, readersDisagreeing })
  })

  test("the engine's confidence is that of its weakest character, of the surest engine that agrees", () => {
    const readings = [reading('paddle', '12', 0.99, 0.7), reading('tesseract', '12', 0.8, 0.95)]
    expect(supportOf(cellOf('ocr', '12', ...readings), '12', same).engineConfidence).toBe(0.8)
  })
})

test('a rare ideograph where a font shares its glyph with a common one is asked about', () => {
  const cell = cellOf('text', '镇惊㬵囊')
  const assignment = { headerText: '品目名称', isExact: true, similarity: 1 } as CellUse['assignment']
  const found = {
    value: '镇惊㬵囊',
    flags: [],
    evidence: [],
    candidates: [],
    support: supportOf(cell, '镇惊㬵囊', same),
  }
  const draft = createFieldDraft('item_name', { cell, assignment, isInherited: false } as CellUse, 1, found)
  expect(draft.flags.map((flag) => flag.code)).toEqual(['reading-weak'])
  expect(draft.support.form).toBe('misfits')
})
