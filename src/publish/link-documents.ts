import { Decimal } from 'decimal.js'
import type { Check, CheckMember, GradedField, GradedRecord } from '../model/record.ts'
import type { PublishedDocument, RelatedDocument } from './published-document.ts'

/** A total of a document, or what it tells of the year before; `place` is the cell or the sentence. */
interface Total {
  readonly yuan: Decimal
  /** Half of the last place that was printed, in yuan. */
  readonly rounding: Decimal
  readonly place: CheckMember
}

/** The little of a document that links it to others: who, when, and its totals by `table/side/field` or key of the prose. */
export interface DocumentDigest {
  readonly documentId: string
  readonly fileName: string
  readonly body: string | null
  readonly fiscalYear: number | null
  readonly stage: string
  readonly totals: ReadonlyMap<string, Total>
  readonly before: ReadonlyMap<string, Total>
}

export function digestDocument(document: PublishedDocument): DocumentDigest {
  const { documentId, fileName, publisher, fiscalYear, records } = document
  const lines = records.filter(({ recordType }) => recordType === 'budget_line')
  const figures = records.filter(({ recordType }) => recordType === 'key_figure')
  const stage = /决算/.test(document.title ?? '')
    ? 'final_accounts'
    : (textOf(lines[0] ?? figures[0], 'stage') ?? 'budget')
  const body = publisher === null ? null : bareName(publisher)
  const totals = new Map([...lines.flatMap(lineTotals), ...figures.flatMap((each) => statedTotals(each, stage))])
  const before = new Map([...lines.flatMap(linesBefore), ...statedBefore(figures)])
  return { documentId, fileName, body, fiscalYear, stage, totals, before }
}

/** A body's name without what only says that it is the department's own unit. */
function bareName(publisher: string): string {
  return publisher.normalize('NFKC').replace(/[(]?(?:本级|机关|本部|汇总)[)]?$/, '')
}

function textOf(record: GradedRecord | undefined, name: string): string | null {
  return record?.fields.find((field) => field.name === name)?.value ?? null
}

function lineTotals(line: GradedRecord): readonly (readonly [string, Total])[] {
  return textOf(line, 'line_kind') === 'total' ? totalsOf(line, 'total') : []
}

/** Last year's budget in a column of its own; what was spent last year is no budget. */
function linesBefore(line: GradedRecord): readonly (readonly [string, Total])[] {
  const field = line.fields.find(({ name }) => name === 'prior_year')
  const isBudget = field?.evidence.some((text) => /^column ".*预算/.test(text) && !/执行|决算/.test(text)) === true
  return textOf(line, 'line_kind') === 'total' && isBudget ? totalsOf(line, 'prior_year') : []
}

function totalsOf(line: GradedRecord, name: string): readonly (readonly [string, Total])[] {
  const field = line.fields.find((each) => each.name === name)
  const key = `${textOf(line, 'table') ?? ''}/${textOf(line, 'side') ?? ''}/total`
  return field === undefined || field.value === null ? [] : [[key, toTotal(line, field)]]
}

const STATED = [
  'total_budget',
  'total_income',
  'total_expenditure',
  'procurement',
  'operating_expenses',
  'three_public',
]

function statedTotals(figure: GradedRecord, stage: string): readonly (readonly [string, Total])[] {
  const key = textOf(figure, 'key') ?? ''
  const value = figure.fields.find(({ name }) => name === 'value')
  if (!STATED.includes(key) || value?.value == null || textOf(figure, 'stage') !== stage) return []
  return [[key, toTotal(figure, value)]]
}

/** What a sentence makes of last year: the total less the change that follows it, unless that is against what was spent. */
function statedBefore(figures: readonly GradedRecord[]): readonly (readonly [string, Total])[] {
  return figures.flatMap((figure, index): (readonly [string, Total])[] => {
    const key = textOf(figure, 'key') ?? ''
    const change = figures[index + 1]
    const [value, moved] = [figure, change].map((each) => each?.fields.find(({ name }) => name === 'value'))
    if (
      !STATED.includes(key) ||
      textOf(change, 'key') !== `${key}_change` ||
      value?.value == null ||
      moved?.value == null
    )
      return []
    if (moved.evidence.some((text) => /执行|决算/.test(text))) return []
    const sign = textOf(change, 'direction') === 'decrease' ? 1 : -1
    const total = toTotal(figure, value)
    const yuan = total.yuan.plus(new Decimal(moved.value).times(sign))
    return [[key, { ...total, yuan, rounding: total.rounding.plus(roundingOf(moved)) }]]
  })
}

function toTotal({ pageNumber, tableIndex, rowIndex }: GradedRecord, field: GradedField): Total {
  const place = { pageNumber, tableIndex, rowIndex, field: field.name }
  return { yuan: new Decimal(field.value ?? 0), rounding: roundingOf(field), place }
}

function roundingOf({ raw, evidence }: GradedField): Decimal {
  const inWan = raw.includes('万') || evidence.some((text) => text.startsWith('printed in 万元'))
  const places = /\.(\d+)/.exec(raw)?.[1]?.length ?? 0
  return inWan ? new Decimal(1e4).times(new Decimal(10).pow(-places)).dividedBy(2) : new Decimal(0)
}

/** The documents of the same body: the years before and after, accounts and budget of a year, and files that repeat its figures. */
export function relatedDocuments(own: DocumentDigest, all: readonly DocumentDigest[]): readonly RelatedDocument[] {
  return all.flatMap((other): RelatedDocument[] => {
    const isOwn = other.documentId === own.documentId
    const relation = isOwn || own.body === null || other.body !== own.body ? null : relationOf(own, other)
    return relation === null ? [] : [{ documentId: other.documentId, fileName: other.fileName, relation }]
  })
}

function relationOf(own: DocumentDigest, other: DocumentDigest): RelatedDocument['relation'] | null {
  if (own.fiscalYear === null || other.fiscalYear === null) return null
  const years = other.fiscalYear - own.fiscalYear
  if (own.stage === other.stage) {
    if (Math.abs(years) === 1) return years < 0 ? 'previous_year' : 'next_year'
    return years === 0 ? (repeats(own, other) ? 'repeats' : 'same_body') : null
  }
  if (years !== 0) return null
  return other.stage === 'final_accounts' ? 'accounts' : 'budget'
}

/** Whether two files of a year print the same totals wherever both have one. */
function repeats(own: DocumentDigest, other: DocumentDigest): boolean {
  const shared = [...own.totals].filter(([key]) => other.totals.has(key))
  return shared.length > 0 && shared.every(([key, { yuan }]) => other.totals.get(key)?.yuan.equals(yuan) === true)
}

/** What a document says of the year before against what the document of that year says. */
export function compareYears(own: DocumentDigest, all: readonly DocumentDigest[]): readonly Check[] {
  const related = relatedDocuments(own, all).filter(({ relation }) => relation === 'previous_year')
  return related.flatMap(({ documentId }) => {
    const previous = all.find((each) => each.documentId === documentId)
    return [...own.before].flatMap(([key, told]): Check[] => {
      const found = previous?.totals.get(key)
      if (previous === undefined || found === undefined) return []
      const difference = found.yuan.minus(told.yuan)
      return [
        {
          kind: 'year-agreement',
          where: `${key} of ${previous.fiscalYear ?? ''}, here and in ${previous.fileName}`,
          pageNumber: told.place.pageNumber,
          tableIndex: told.place.tableIndex,
          members: [told.place, { ...found.place, documentId: previous.documentId }],
          expected: told.yuan.toFixed(2),
          found: found.yuan.toFixed(2),
          difference: difference.toFixed(2),
          outcome: difference.abs().lessThanOrEqualTo(told.rounding.plus(found.rounding)) ? 'holds' : 'contradicted',
        },
      ]
    })
  })
}
