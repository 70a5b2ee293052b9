import { describe, expect, test } from 'vitest'
import type { Judgement } from '../../src/model/judgement.ts'
import type { GradedField, GradedRecord } from '../../src/model/record.ts'
import { assembleDocument } from '../../src/queue/assemble-document.ts'
import { assembleReviewed } from '../../src/queue/assemble-reviewed.ts'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'
import { DOCUMENT, fakeJudgement } from '../review/support/fake-judgement.ts'
import { buildPage, type CellSketch } from '../support/factory.ts'

const dictionaries = readDictionaries()
const HEADER = ['单位代码', '单位名称', '项目名称', '采购品目', '数量', '单价', '计量单位', '采购金额']
const both = (text: string): CellSketch => ({ text, readings: { paddle: text, tesseract: text } })
const lone = (text: string): CellSketch => ({ text, readings: { tesseract: text } })
const row = (item: string, quantity: string, price: CellSketch, amount: CellSketch): readonly CellSketch[] => [
  both('120001'),
  both('某市财政局本级'),
  both('公用经费'),
  both(item),
  both(quantity),
  price,
  both('台'),
  amount,
]

/** Row 2's amount was read wrongly, in a way that no single misread glyph explains: the column does not add up. */
const pages = [
  buildPage({
    lines: ['2024年政府采购预算表', '单位：万元'],
    tables: [
      {
        origin: 'ocr',
        rows: [
          HEADER,
          ['合计', '', '', '', '', '', '', both('13.00')],
          row('[A02010105]台式计算机', '4', both('0.50'), lone('2.00')),
          row('[A02021003]A4黑白打印机', '2', both('2.00'), lone('8.71')),
          row('[A02010108]便携式计算机', '7', both('1.00'), lone('7.00')),
        ],
      },
    ],
  }),
]
const machine = assembleDocument(pages, dictionaries, 'x.pdf')

function fieldOf(records: readonly GradedRecord[], rowIndex: number, name: string): GradedField {
  const field = records.find((record) => record.rowIndex === rowIndex)?.fields.find((each) => each.name === name)
  if (field === undefined) throw new Error(`row ${rowIndex} has no ${name}`)
  return field
}

function judge(rowIndex: number, name: string, change: Partial<Judgement>): Judgement {
  const { raw, value, bbox } = fieldOf(machine.records, rowIndex, name)
  return fakeJudgement({ rowIndex, field: name, raw, machineValue: value, bbox, ...change })
}

function review(...judgements: readonly Judgement[]) {
  return assembleReviewed(pages, dictionaries, 'x.pdf', { documentId: DOCUMENT, judgements, extractorVersion: '2' })
}

const gradesOf = (records: readonly GradedRecord[]) =>
  records.map((record) => record.fields.find(({ name }) => name === 'amount')?.grade)

describe('an answer', () => {
  test('is needed: the column does not add up, so its amounts are for review', () => {
    expect(machine.checks.some(({ outcome }) => outcome === 'contradicted')).toBe(true)
    expect(gradesOf(machine.records)).toContain('review')
  })

  test('settles the other members of a broken sum, and stands itself with the machine value beside', () => {
    const { records, checks } = review(judge(2, 'amount', { value: '40000.00' }))
    expect(gradesOf(records)).toEqual(['accepted', 'accepted', 'accepted'])
    expect(checks.every(({ outcome }) => outcome !== 'contradicted')).toBe(true)
    expect(fieldOf(records, 2, 'amount')).toMatchObject({
      value: '40000.00',
      judgement: { machineValue: fieldOf(machine.records, 2, 'amount').value },
    })
    expect(records.map(({ status }) => status)).toEqual(['accepted', 'corrected', 'accepted'])
  })

  test('comes to the same in whatever order answers are told', () => {
    const answers = [
      judge(2, 'amount', { value: '40000.00' }),
      judge(1, 'amount', { value: '20000.00', verdict: 'confirmed' }),
      judge(3, 'amount', { value: '70000.00', verdict: 'confirmed', reviewer: 'li' }),
    ]
    expect(review(...answers.toReversed())).toEqual(review(...answers))
  })

  test('of an unreadable cell leaves no value and settles nothing else', () => {
    const { records } = review(judge(2, 'amount', { value: null, verdict: 'unreadable' }))
    expect(fieldOf(records, 2, 'amount').value).toBeNull()
    const others = (all: readonly GradedRecord[]) => gradesOf(all).filter((_, index) => index !== 1)
    expect(others(records)).toEqual(others(machine.records))
  })

  test('that was given to another version of the extractor is not laid over', () => {
    expect(review(judge(2, 'amount', { value: '40000.00', extractorVersion: '1' }))).toEqual(machine)
  })

  test('about a code names its entry for the name beside it', () => {
    const { records } = review(judge(1, 'item_code', { value: 'A02010105', verdict: 'confirmed' }))
    expect(fieldOf(records, 1, 'item_name')).toMatchObject({ value: '台式计算机', grade: 'accepted' })
    expect(records[0]?.fields.map(({ name }) => name)).toEqual(machine.records[0]?.fields.map(({ name }) => name))
  })
})

test('without any answer the document is as the machine made it', () => {
  expect(review()).toEqual(machine)
})
