import { z } from 'zod'
import type { Question, QuestionCell } from '../review/find-questions.ts'
import { type FieldKind, parseTypedValue } from '../review/parse-typed-value.ts'
import type { Answer } from './judge-question.ts'
import type { MessageKey } from './message-texts.ts'

const Cell = z.object({
  pageNumber: z.number().int(),
  tableIndex: z.number().int(),
  rowIndex: z.number().int(),
})

/** What the browser sends for an answer. accept takes the values that were shown; value brings its own, one a field. */
export const AnswerRequest = z.object({
  questionId: z.string().max(300),
  kind: z.enum(['accept', 'value', 'unreadable', 'printed-so']),
  values: z.array(z.string().max(500)).max(4),
  /** The machine's values as they stood on the page; nulls in a blind question. */
  shown: z.array(z.string().max(5000).nullable()).max(4),
  /** The cells that the answer speaks of, of those that were shown. */
  cells: z.array(Cell).min(1).max(5000),
  reason: z.string().max(500),
  /** In a blind question: what was typed first, when the machine's value has been shown since. */
  typed: z.string().max(500).nullable(),
})
export type AnswerRequest = z.infer<typeof AnswerRequest>

/** An answer that can be kept, a question back (`mismatch`), or why it cannot be taken. */
export type ReadAnswer =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'mismatch'; readonly typed: string; readonly machine: string | null }
  | { readonly kind: 'fault'; readonly fault: MessageKey }

/**
 * Checks an answer against its question. What was typed is brought to the published form. In a blind question a value that
 * differs from the machine's is asked back once: most differences are slips of the finger, and the audit must not count them.
 */
export function readAnswer(
  request: AnswerRequest,
  question: Question,
  kinds: ReadonlyMap<string, FieldKind>,
): ReadAnswer {
  const isBlind = question.purpose === 'audit'
  // What followed from another answer may have changed the question under the reviewer's eyes.
  if (!isBlind && !isAsShown(request.shown, question)) return { kind: 'fault', fault: 'question-changed' }
  const cells = chooseCells(request.cells, question)
  if (cells.length === 0) return { kind: 'fault', fault: 'question-changed' }
  const rest = { cells, reason: request.reason.trim(), typed: request.typed }
  if (request.kind === 'unreadable') return { kind: 'answer', answer: { ...rest, kind: 'unreadable', values: [] } }
  const isOwn = request.kind === 'accept' || request.values.length === 0
  if (isOwn) {
    // A blind question has no machine's value to accept, and where there is none nobody can accept it.
    if (isBlind || question.values.some((value) => value === null)) {
      return { kind: 'fault', fault: 'typed-empty' }
    }
    const values = question.values.flatMap((value) => value ?? [])
    return { kind: 'answer', answer: { ...rest, kind: request.kind === 'accept' ? 'value' : request.kind, values } }
  }
  const typed = question.fields.map((_field, index) =>
    parseTypedValue(kindOf(question, index, kinds), request.values[index] ?? ''),
  )
  const values: string[] = []
  for (const each of typed) {
    if (!each.ok) return { kind: 'fault', fault: each.fault }
    values.push(each.value)
  }
  const [value = ''] = values
  const machine = question.values[0] ?? null
  if (isBlind && request.typed === null && value !== machine) {
    return { kind: 'mismatch', typed: value, machine }
  }
  const kind = request.kind === 'printed-so' ? 'printed-so' : 'value'
  return { kind: 'answer', answer: { ...rest, kind, values } }
}

/** As the forms say; a field that they do not name is money where the machine took it for money. */
export function kindOf(question: Question, index: number, kinds: ReadonlyMap<string, FieldKind>): FieldKind {
  return kinds.get(question.fields[index] ?? '') ?? (question.money[index] === true ? 'money' : 'text')
}

function isAsShown(shown: readonly (string | null)[], { values }: Question): boolean {
  return shown.length === values.length && values.every((value, index) => value === shown[index])
}

/** Only cells that the question asks about. */
function chooseCells(wanted: readonly QuestionCell[], { cells }: Question): readonly QuestionCell[] {
  const keyOf = ({ pageNumber, tableIndex, rowIndex }: QuestionCell) => `${pageNumber}/${tableIndex}/${rowIndex}`
  const keys = new Set(wanted.map(keyOf))
  return cells.filter((cell) => keys.has(keyOf(cell)))
}
