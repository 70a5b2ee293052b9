import type { QuestionDetails } from '../review/describe-question.ts'
import type { FieldKind } from '../review/parse-typed-value.ts'
import { uprightSize } from '../review/upright.ts'
import { kindOf } from './answer-request.ts'
import type { Messages } from './messages.ts'
import type { ReviewDesk } from './review-desk.ts'

/** A question as the browser gets it: names and flags in words, no more than it shows. */
export async function toBrowser(
  details: QuestionDetails,
  desk: Pick<ReviewDesk, 'documents' | 'pageView'>,
  messages: Messages,
  kinds: ReadonlyMap<string, FieldKind>,
) {
  const { question, cells, flags } = details
  const document = desk.documents().find(({ documentId }) => documentId === question.documentId)
  const pages = await Promise.all(
    [...new Set(cells.map(({ boxPage }) => boxPage))].map(
      async (page) => [page, uprightSize(await desk.pageView(question.documentId, page))] as const,
    ),
  )
  return {
    ...details,
    pages: Object.fromEntries(pages),
    question: { ...question, cells: [] },
    fileName: document?.fileName ?? '',
    publisher: document?.publisher ?? '',
    fiscalYear: document?.fiscalYear ?? null,
    fieldNames: question.fields.map(messages.field),
    kinds: question.fields.map((_field, index) => kindOf(question, index, kinds)),
    flags: flags.map(({ code, detail }) => ({ code, meaning: messages.flag(code), detail: messages.finding(detail) })),
    evidence: details.evidence.map(messages.finding),
    offers: details.offers.map((offer) => ({ ...offer, evidence: messages.finding(offer.evidence) })),
    checks: details.checks.map((check) => ({ ...check, where: messages.finding(check.where) })),
    cells: cells.map((cell) => ({
      ...cell,
      row: cell.row.map((field) => ({ ...field, label: messages.field(field.name) })),
    })),
  }
}
