import type { BoundingBox } from '../../model/bounding-box.ts'
import type { Check, CheckMember } from '../../model/record.ts'
import { toUpright } from '../../review/upright.ts'
import type { TableViewProps } from './table-view.tsx'

/** A broken sum on one page of a document: boxes of the upright page, and what is wrong in words. */
export interface DrawnSum {
  readonly where: string
  readonly text: string
  /** Where the total is printed; null where it stands on another page or in the prose. */
  readonly whole: BoundingBox | null
  readonly members: readonly BoundingBox[]
  /** The question about the first of its cells that is open. */
  readonly question: string | null
}

/** Whether a part of the equation is printed on the page. */
export function standsOn({ pageNumber: first, whole, members }: Check, pageNumber: number): boolean {
  const pages = [first, whole?.pageNumber, ...members.map((member) => member.pageNumber)]
  return pages.includes(pageNumber)
}

export function drawSum(check: Check, { outcome, pageNumber, view, visit, questionOf }: TableViewProps): DrawnSum {
  const { messages } = visit
  const found = check.members.flatMap((member) => {
    const record = outcome.records.find((each) => isSamePlace(each, member))
    const field = record?.fields.find(({ name }) => name === member.field)
    return record === undefined || field === undefined ? [] : [{ record, field }]
  })
  const onPage = found.flatMap(({ field }) => (field.pageNumber === pageNumber ? [toUpright(field.bbox, view)] : []))
  const whole = check.whole?.pageNumber === pageNumber ? toUpright(check.whole.bbox, view) : null
  const questions = found.flatMap(({ record, field }) => questionOf(record, field.name) ?? [])
  return {
    where: messages.finding(check.where),
    text: messages.say('broken-sum', {
      expected: check.expected ?? '?',
      found: check.found ?? '?',
      difference: check.difference ?? '?',
    }),
    whole,
    members: onPage.filter((box) => JSON.stringify(box) !== JSON.stringify(whole)),
    question: questions[0] ?? null,
  }
}

function isSamePlace(a: Omit<CheckMember, 'field'>, b: CheckMember): boolean {
  return a.pageNumber === b.pageNumber && a.tableIndex === b.tableIndex && a.rowIndex === b.rowIndex
}
