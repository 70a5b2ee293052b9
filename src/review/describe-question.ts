import { type BoundingBox, unionOfBoxes } from '../model/bounding-box.ts'
import { type Judgement, placeKey } from '../model/judgement.ts'
import type { Check, GradedField, GradedRecord } from '../model/record.ts'
import type { Question, QuestionCell } from './find-questions.ts'
import type { ReviewedOutcome } from './review-repository.ts'
import { newestFirst, standingJudgements } from './settle-judgements.ts'
import { type PageView, toUpright } from './upright.ts'

/** A value to pick, for all fields of the question at once. */
export interface OfferedValue {
  readonly values: readonly string[]
  readonly label: string
  /** 0 to 1; null for what an earlier answer said. */
  readonly probability: number | null
  readonly evidence: string
}

/** One of the cells of a question, with the line of the table that it stands in. */
export interface ShownCell extends QuestionCell {
  /** The page on which the cell itself lies: a line may go on over a page break. */
  readonly boxPage: number
  readonly bbox: BoundingBox
  readonly rowBox: BoundingBox
  readonly row: readonly ShownField[]
}

export interface ShownField {
  readonly name: string
  readonly value: string | null
  readonly grade: string
  readonly isAsked: boolean
}

/** An equation with one of the cells, and where its other members stand. */
export interface ShownCheck {
  readonly where: string
  readonly kind: Check['kind']
  readonly outcome: Check['outcome']
  readonly expected: string | null
  readonly found: string | null
  readonly difference: string | null
  readonly members: readonly {
    readonly pageNumber: number
    readonly bbox: BoundingBox
    readonly value: string | null
  }[]
  /** Where the total of a sum is printed, where that is no field of a record. */
  readonly whole: { readonly pageNumber: number; readonly bbox: BoundingBox } | null
}

/** All that the page shows of a question. A blind one (`isBlind`) tells nothing of what the machine made of the cell. */
export interface QuestionDetails {
  readonly question: Question
  readonly isBlind: boolean
  readonly confidence: number | null
  readonly flags: readonly { readonly code: string; readonly detail: string }[]
  readonly readings: readonly { readonly reader: string; readonly text: string; readonly confidence: number | null }[]
  readonly offers: readonly OfferedValue[]
  readonly evidence: readonly string[]
  readonly cells: readonly ShownCell[]
  readonly checks: readonly ShownCheck[]
  /** What was said of the first cell before: by others in a conflict, or of an earlier extraction. */
  readonly earlier: readonly { readonly reviewer: string; readonly judgedAt: string; readonly value: string | null }[]
}

/** At most so many can be picked by a number key. */
const MOST_OFFERS = 9

/** How the pages lie on which the cells of a question stand; pages that are not there are taken to be upright. */
export type PageViews = ReadonlyMap<number, PageView>

/** The pages on which the cells of a question stand. */
export function pagesOfQuestion(question: Question, outcome: ReviewedOutcome): readonly number[] {
  const found = question.cells.flatMap((cell) => findCell(cell, question, outcome))
  return [...new Set(found.flatMap(({ fields }) => fields[0]?.pageNumber ?? []))]
}

/** Opens a question; null when its cells are not in the outcome (any more). All boxes are those of upright pages. */
export function describeQuestion(
  question: Question,
  outcome: ReviewedOutcome,
  judgements: readonly Judgement[],
  views: PageViews = new Map(),
): QuestionDetails | null {
  const found = question.cells.flatMap((cell) => findCell(cell, question, outcome))
  const [first] = found
  if (first === undefined) return null
  const isBlind = question.purpose === 'audit'
  const [field] = first.fields
  const earlier = earlierAnswers(question, judgements)
  const cells = found.map(({ cell, record, fields }) => showCell(cell, record, fields, isBlind, views))
  if (isBlind || field === undefined) {
    const nothing = { confidence: null, flags: [], readings: [], offers: [], evidence: [], checks: [], earlier: [] }
    return { question: { ...question, values: question.fields.map(() => null), raw: '' }, isBlind, cells, ...nothing }
  }
  return {
    question,
    isBlind,
    confidence: field.confidence,
    flags: first.fields.flatMap(({ flags }) => flags).filter(isFirstOfItsKind),
    readings: field.readings.map(({ reader, lines, confidence }) => ({ reader, text: lines.join(' '), confidence })),
    offers: distinctOffers([
      ...equationOffers(first, question, outcome),
      ...offersOf(first.fields),
      ...earlierOffers(earlier, question),
    ])
      // What Enter accepts needs no key of its own.
      .filter(({ values }) => values.some((value, index) => value !== question.values[index]))
      .slice(0, MOST_OFFERS),
    evidence: [...new Set(first.fields.flatMap(({ evidence }) => evidence))],
    cells,
    checks: question.cells.length === 1 ? showChecks(first.cell, question, outcome, views) : [],
    earlier: earlier.map(({ reviewer, judgedAt, value }) => ({ reviewer, judgedAt, value })),
  }
}

interface FoundCell {
  readonly cell: QuestionCell
  readonly record: GradedRecord
  readonly fields: readonly GradedField[]
}

function findCell(cell: QuestionCell, question: Question, { records }: ReviewedOutcome): readonly FoundCell[] {
  const record = records.find((each) => isSamePlace(each, cell))
  if (record === undefined) return []
  const fields = question.fields.flatMap((name) => record.fields.find((field) => field.name === name) ?? [])
  return fields.length === question.fields.length ? [{ cell, record, fields }] : []
}

function isSamePlace(a: QuestionCell, b: QuestionCell): boolean {
  return a.pageNumber === b.pageNumber && a.tableIndex === b.tableIndex && a.rowIndex === b.rowIndex
}

function showCell(
  cell: QuestionCell,
  record: GradedRecord,
  fields: readonly GradedField[],
  isBlind: boolean,
  views: PageViews,
): ShownCell {
  const [first] = fields
  if (first === undefined) throw new Error('a question has at least one field')
  const bbox = uprightBox(first, views)
  // A row that goes on over a page break keeps its place; the cell itself may lie on the next page.
  const onPage = record.fields.filter(({ pageNumber }) => pageNumber === first.pageNumber)
  const beside = onPage.map((field) => uprightBox(field, views)).filter((box) => isBeside(box, bbox))
  const rowBox = unionOfBoxes(beside) ?? bbox
  const isAsked = ({ bbox }: GradedField) => JSON.stringify(bbox) === JSON.stringify(first.bbox)
  // Of a sentence that gave many fields the others tell which one is asked; of a code and its name one gives the other away.
  const isSentence = record.fields.filter(isAsked).length > 2
  const isHidden = (field: GradedField) =>
    isSentence ? fields.includes(field) || field.value === first.value : isAsked(field)
  const row = record.fields.map((field) => ({
    name: field.name,
    value: isBlind && isHidden(field) ? null : field.value,
    grade: toShownGrade(field),
    isAsked: isAsked(field),
  }))
  return { ...cell, boxPage: first.pageNumber, bbox, rowBox, row }
}

/** Merged cells reach over several lines and would make the line's picture as high as the table. */
function isBeside(bbox: BoundingBox, asked: BoundingBox): boolean {
  const middle = (asked.top + asked.bottom) / 2
  return bbox.top <= middle && bbox.bottom >= middle && bbox.bottom - bbox.top <= 2 * (asked.bottom - asked.top)
}

function uprightBox({ pageNumber, bbox }: Pick<GradedField, 'pageNumber' | 'bbox'>, views: PageViews): BoundingBox {
  const view = views.get(pageNumber)
  return view === undefined ? bbox : toUpright(bbox, view)
}

export function toShownGrade({ grade, judgement }: GradedField): string {
  if (judgement === undefined) return grade
  return judgement.value === judgement.machineValue ? 'confirmed' : 'corrected'
}

/** One entry of the catalogue for all fields of the cell. */
function offersOf(fields: readonly GradedField[]): readonly OfferedValue[] {
  const [first, ...others] = fields
  return (first?.candidates ?? []).flatMap(({ value, label, probability, evidence }): readonly OfferedValue[] => {
    const rest = others.map((field) => field.candidates.find((candidate) => candidate.label === label)?.value)
    if (rest.some((each) => each === undefined)) return []
    return [{ values: [value, ...rest.flatMap((each) => each ?? [])], label, probability, evidence }]
  })
}

/** What a broken equation would need here, if all its other figures are right. */
function equationOffers(
  { cell, fields }: FoundCell,
  question: Question,
  { checks }: ReviewedOutcome,
): readonly OfferedValue[] {
  const [field, second] = fields
  if (field === undefined || second !== undefined || question.cells.length !== 1) return []
  return checks.flatMap((check): readonly OfferedValue[] => {
    const isMember = check.members.some((member) => isSamePlace(member, cell) && member.field === field.name)
    const needed = check.outcome === 'contradicted' && isMember ? neededValue(field.value, check) : null
    return needed === null ? [] : [{ values: [needed], label: needed, probability: null, evidence: check.where }]
  })
}

/** One side of the equation is replaced by the other; a part of a sum takes up the difference. */
function neededValue(value: string | null, { kind, expected, found, difference }: Check): string | null {
  if (value === null || expected === null || found === null || difference === null) return null
  if (value === found) return expected
  if (value === expected) return found
  if (kind === 'row-product' || kind === 'part-not-above-whole') return null
  const fen = toFen(value) - toFen(difference)
  return fen < 0n ? null : `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`
}

function toFen(yuan: string): bigint {
  return BigInt(yuan.replace('.', ''))
}

function distinctOffers(offers: readonly OfferedValue[]): readonly OfferedValue[] {
  return offers.filter((offer, index) => offers.findIndex(({ label }) => label === offer.label) === index)
}

function earlierAnswers(question: Question, judgements: readonly Judgement[]): readonly Judgement[] {
  const [cell] = question.cells
  const [field = ''] = question.fields
  if (cell === undefined) return []
  const { documentId } = question
  const { pageNumber, tableIndex, rowIndex } = cell
  const key = placeKey({ documentId, pageNumber, tableIndex, rowIndex, field })
  return standingJudgements(judgements.filter(({ place }) => placeKey(place) === key)).toSorted(newestFirst)
}

function earlierOffers(earlier: readonly Judgement[], question: Question): readonly OfferedValue[] {
  if (question.fields.length !== 1) return []
  return earlier.flatMap(({ value, reviewer, judgedAt }) =>
    value === null || value === question.values[0]
      ? []
      : [{ values: [value], label: value, probability: null, evidence: `${reviewer} ${judgedAt.slice(0, 10)}` }],
  )
}

function showChecks(
  cell: QuestionCell,
  question: Question,
  { records, checks }: ReviewedOutcome,
  views: PageViews,
): readonly ShownCheck[] {
  const concerned = checks.filter(({ members }) =>
    members.some((member) => isSamePlace(member, cell) && question.fields.includes(member.field)),
  )
  return concerned.map(({ members, whole, where, kind, outcome, expected, found, difference }) => ({
    whole: whole === undefined ? null : { ...whole, bbox: uprightBox(whole, views) },
    where,
    kind,
    outcome,
    expected,
    found,
    difference,
    members: members.flatMap((member) => {
      const record = records.find((each) => isSamePlace(each, member))
      const field = record?.fields.find(({ name }) => name === member.field)
      if (field === undefined) return []
      return [{ pageNumber: field.pageNumber, bbox: uprightBox(field, views), value: field.value }]
    }),
  }))
}

function isFirstOfItsKind(
  flag: { code: string; detail: string },
  index: number,
  all: readonly { code: string; detail: string }[],
): boolean {
  return all.findIndex((other) => other.code === flag.code && other.detail === flag.detail) === index
}
