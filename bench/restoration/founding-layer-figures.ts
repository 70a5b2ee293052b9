import { type FoundLine, readFacts } from '../../samples/facts/read-facts.ts'
import { foundingLayerPages } from '../../samples/founding-layer.ts'
import type { Dictionaries } from '../../src/model/dictionaries.ts'
import type { Check, GradedField, RecordType } from '../../src/model/record.ts'
import { normalizeDocument } from '../../src/normalize/normalize-document.ts'
import { gradeRecords } from '../../src/review/grade-records.ts'

/** One field of the founding tables beside its truth; `field` is null where no record has it. */
export interface JudgedField {
  readonly recordType: RecordType
  readonly rowIndex: number
  readonly name: string
  readonly truth: string
  readonly field: GradedField | null
  readonly isRight: boolean
}

/** A count of what is right beside the count of all. */
export interface Share {
  readonly right: number
  readonly all: number
}

/** What the founding document's garbled layer gives without a pixel. Money counts cells of unit prices and amounts. */
export interface FoundingLayerFigures {
  readonly rows: Share
  readonly items: Share
  readonly functions: Share
  readonly economics: Share
  readonly money: Share
  readonly moneyProved: number
  readonly moneyForReview: number
  /** Money that neither an equation pins nor a person is asked about. */
  readonly moneyUnproved: number
  readonly fields: Share
  readonly accepted: Share
  readonly unreadableAmount: JudgedField | undefined
}

const TABLES: readonly (readonly [RecordType, string])[] = [
  ['procurement_line', 'founding-procurement'],
  ['service_purchase_line', 'founding-service'],
]
const MONEY = /^(?:unit_price|amount)/
/** Where the layer has 咽皿 for 48.00. */
const UNREADABLE = { recordType: 'service_purchase_line', rowIndex: 3, name: 'amount' }

/** Reads the founding tables from their garbled layer alone and judges every field by its truth. */
export function judgeFoundingLayer(dictionaries: Dictionaries): {
  readonly fields: readonly JudgedField[]
  readonly rows: Share
  readonly checks: readonly Check[]
} {
  const document = normalizeDocument(foundingLayerPages(), dictionaries, { fileName: 'founding-layer.pdf' })
  const types = TABLES.map(([recordType]) => recordType)
  const records = gradeRecords(document.records).filter(({ recordType }) => types.includes(recordType))
  const lines = TABLES.flatMap(([recordType, facts]) =>
    readFacts<readonly FoundLine[]>(facts).map((line, index) => ({ recordType, rowIndex: index + 1, line })),
  )
  const fields = lines.flatMap(({ recordType, rowIndex, line }) => {
    const record = records.find((each) => each.recordType === recordType && each.rowIndex === rowIndex)
    return Object.entries(line.fields).map(([name, wanted]): JudgedField => {
      const truth = wanted ?? ''
      const field = record?.fields.find((each) => each.name === name) ?? null
      return { recordType, rowIndex, name, truth, field, isRight: (field?.value ?? '') === truth }
    })
  })
  return { fields, rows: { right: records.length, all: lines.length }, checks: document.checks }
}

/** Counts what was judged. */
export function foundingLayerFigures(fields: readonly JudgedField[], rows: Share): FoundingLayerFigures {
  const named = (pattern: RegExp) => fields.filter(({ name }) => pattern.test(name))
  const money = named(MONEY)
  const isProved = ({ field }: JudgedField) => field?.support.pinned === true
  const isAsked = ({ field }: JudgedField) => field?.grade !== 'accepted'
  return {
    rows,
    items: shareOfRows(named(/^item_/)),
    functions: shareOfRows(named(/^function_/)),
    economics: shareOfRows(named(/^economic_/)),
    money: shareOf(money),
    moneyProved: money.filter(isProved).length,
    moneyForReview: money.filter(isAsked).length,
    moneyUnproved: money.filter((each) => !isProved(each) && !isAsked(each)).length,
    fields: shareOf(fields),
    accepted: shareOf(fields.filter(({ field }) => field?.grade === 'accepted')),
    unreadableAmount: fields.find(
      ({ recordType, rowIndex, name }) =>
        recordType === UNREADABLE.recordType && rowIndex === UNREADABLE.rowIndex && name === UNREADABLE.name,
    ),
  }
}

function shareOf(fields: readonly JudgedField[]): Share {
  return { right: fields.filter(({ isRight }) => isRight).length, all: fields.length }
}

/** A row counts as right when code and name both are. */
function shareOfRows(fields: readonly JudgedField[]): Share {
  const rowOf = ({ recordType, rowIndex }: JudgedField) => `${recordType} ${rowIndex}`
  const all = new Set(fields.map(rowOf))
  const wrong = new Set(fields.filter(({ isRight }) => !isRight).map(rowOf))
  return { right: all.size - wrong.size, all: all.size }
}
