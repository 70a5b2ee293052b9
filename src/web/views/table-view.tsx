import { groupBy } from '../../model/group-by.ts'
import type { GradedField, GradedRecord } from '../../model/record.ts'
import { toScriptJson } from '../../publish/escape-html.ts'
import { toShownGrade } from '../../review/describe-question.ts'
import type { ReviewDocument, ReviewedOutcome } from '../../review/review-repository.ts'
import { type PageView, toUpright, uprightSize } from '../../review/upright.ts'
import type { ReviewProgress } from '../count-progress.ts'
import type { Messages } from '../messages.ts'
import { drawSum, standsOn } from './draw-sum.ts'
import { Layout, type Visit } from './layout.tsx'

export interface TableViewProps {
  readonly visit: Visit
  readonly progress: ReviewProgress
  readonly document: ReviewDocument
  readonly outcome: ReviewedOutcome
  readonly pageNumber: number
  readonly view: PageView
  /** The question that asks about a field, by `row id` and field name. */
  readonly questionOf: (record: GradedRecord, field: string) => string | null
}

/** One page as it was scanned beside its restored tables, cells coloured by grade, broken sums drawn. */
export function TableView(props: TableViewProps) {
  const { visit, progress, document, outcome, pageNumber, view, questionOf } = props
  const { messages } = visit
  const pages = [...new Set(outcome.records.flatMap(({ fields }) => fields.map((field) => field.pageNumber)))].toSorted(
    (a, b) => a - b,
  )
  const records = outcome.records.filter(({ fields }) => fields.some((field) => field.pageNumber === pageNumber))
  const broken = outcome.checks.filter((check) => check.outcome === 'contradicted' && standsOn(check, pageNumber))
  const sums = broken.map((check) => drawSum(check, props))
  const start = {
    picture: `/picture/${document.documentId}/${pageNumber}`,
    size: uprightSize(view),
    boxes: records.flatMap((record) => boxesOf(record, props)),
    sums,
    texts: messages.texts,
  }
  return (
    <Layout visit={visit} title={document.fileName} current="documents" progress={progress} scripts={['table.js']}>
      <main class="sheet-view">
        <section class="restored">
          <h1>{document.fileName}</h1>
          <p class="place">
            {document.publisher ?? ''} {document.fiscalYear ?? ''}
          </p>
          <nav class="pages" aria-label={messages.say('whole-page')}>
            {pages.map((page) => (
              <a
                href={`/documents/${document.documentId}?page=${page}`}
                {...(page === pageNumber ? { 'aria-current': 'page' as const } : {})}
              >
                {messages.say('page', { page })}
              </a>
            ))}
          </nav>
          <Legend messages={messages} />
          {sums.map(({ where, text, question }, index) => (
            <p class="broken-sum" data-sum={String(index)}>
              {where}: {question === null ? text : <a href={`/?question=${encodeURIComponent(question)}`}>{text}</a>}
            </p>
          ))}
          {[...groupBy(records, ({ recordType, tableIndex }) => `${recordType}/${tableIndex}`)].map(
            ([key, ofTable]) => (
              <RestoredTable key={key} records={ofTable} messages={messages} questionOf={questionOf} />
            ),
          )}
        </section>
        <section class="viewer" id="viewer" aria-label={messages.say('whole-page')} tabindex={0}>
          <div class="sheet" id="sheet" />
          <p class="hint">{messages.say('zoom-hint')}</p>
        </section>
      </main>
      <script id="start" type="application/json" dangerouslySetInnerHTML={{ __html: toScriptJson(start) }} />
    </Layout>
  )
}

function Legend({ messages }: { readonly messages: Messages }) {
  return (
    <p class="legend">
      {(['accepted', 'review', 'confirmed', 'corrected'] as const).map((grade) => (
        <span>
          <i class={grade} /> {messages.say(`grade-${grade}`)}
        </span>
      ))}
    </p>
  )
}

interface RestoredTableProps {
  readonly records: readonly GradedRecord[]
  readonly messages: Messages
  readonly questionOf: TableViewProps['questionOf']
}

function RestoredTable({ records, messages, questionOf }: RestoredTableProps) {
  const names = [...new Set(records.flatMap(({ fields }) => fields.map(({ name }) => name)))]
  const [first] = records
  return (
    <div class="scroll">
      <table class="restored">
        <caption>
          {first === undefined ? '' : messages.recordType(first.recordType)},{' '}
          {messages.say('table', { table: first?.tableIndex ?? 1 })}
        </caption>
        <thead>
          <tr>
            <th scope="col">#</th>
            {names.map((name) => (
              <th scope="col">{messages.field(name)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr>
              <th scope="row">{record.rowIndex}</th>
              {names.map((name) => (
                <FieldCell
                  field={record.fields.find((field) => field.name === name) ?? null}
                  question={questionOf(record, name)}
                  boxId={boxId(record, name)}
                  messages={messages}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface FieldCellProps {
  readonly field: GradedField | null
  readonly question: string | null
  readonly boxId: string
  readonly messages: Messages
}

function FieldCell({ field, question, boxId: id, messages }: FieldCellProps) {
  if (field === null) return <td />
  const text = field.value ?? '–'
  const title = [
    field.raw,
    ...field.flags.map(({ code, detail }) => `${messages.flag(code)}: ${messages.finding(detail)}`),
  ].join('\n')
  return (
    <td class={toShownGrade(field)} data-box={id} title={title}>
      {question === null ? text : <a href={`/?question=${encodeURIComponent(question)}`}>{text}</a>}
    </td>
  )
}

function boxId({ tableIndex, rowIndex, pageNumber }: GradedRecord, field: string): string {
  return `${pageNumber}.${tableIndex}.${rowIndex}.${field}`
}

function boxesOf(record: GradedRecord, { pageNumber, view, questionOf }: TableViewProps) {
  return record.fields
    .filter((field) => field.pageNumber === pageNumber)
    .map((field) => ({
      id: boxId(record, field.name),
      bbox: toUpright(field.bbox, view),
      grade: toShownGrade(field),
      value: field.value ?? '',
      question: questionOf(record, field.name),
    }))
}
