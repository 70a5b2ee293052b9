import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { deskReady, fetchJson, nextTurn, turnOf } from './page-state.ts'

/** What a document really says: values by record id and field. */
export type Truth = ReadonlyMap<string, Readonly<Record<string, string | null>>>

/** From a file of expected records; a record's key is its page, table and row. */
/** Whether records of this type stand in the sample's scanned tables. */
export function isScanned(recordType: string): boolean {
  return recordType === 'procurement_line' || recordType === 'service_purchase_line'
}

export function readTruth(file: string): Truth {
  // Of scanned tables, which questions are about: lines of other tables may have the same place.
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .filter((line) => isScanned((JSON.parse(line) as { record_type: string }).record_type))
  return new Map(
    lines.map((line) => {
      const { page_number, table_index, row_index, fields } = JSON.parse(line) as {
        page_number: number
        table_index: number
        row_index: number
        fields: Record<string, string | null>
      }
      return [`${page_number}/${table_index}/${row_index}`, fields]
    }),
  )
}

interface ShownQuestion {
  readonly question: {
    readonly documentId: string
    readonly fields: readonly string[]
    readonly values: readonly (string | null)[]
  }
  readonly cells: readonly { readonly pageNumber: number; readonly tableIndex: number; readonly rowIndex: number }[]
  readonly offers: readonly { readonly values: readonly string[] }[]
}

export interface ReviewLog {
  readonly answers: {
    readonly question: string
    readonly key: string
    readonly judged: number
    readonly settled: number
  }[]
}

const MOST_QUESTIONS = 200

/** Answers every question from the truth, by keyboard alone, waiting after each until it is worked in. */
export async function clearQueue(page: Page, truth: Truth): Promise<ReviewLog> {
  const log: ReviewLog = { answers: [] }
  while (log.answers.length < MOST_QUESTIONS) {
    const question = await shownQuestion(page)
    if (question === null) return log
    const before = await openFields(page)
    const turn = await turnOf(page)
    const { key, judged } = await answer(page, question, truth)
    await nextTurn(page, turn)
    const after = await openFields(page)
    log.answers.push({ question: question.question.fields.join('+'), key, judged, settled: before - after - judged })
  }
  throw new Error('the queue does not get empty')
}

async function answer(page: Page, shown: ShownQuestion, truth: Truth): Promise<{ key: string; judged: number }> {
  const { question, cells } = shown
  const wanted = cells.map((cell) => trueValues(shown, cell, truth))
  const first = wanted[0] ?? []
  const areAlike = wanted.every((values) => JSON.stringify(values) === JSON.stringify(first))
  if (!areAlike) await page.keyboard.press('x')
  const judged = (areAlike ? cells.length : 1) * question.fields.length
  if (JSON.stringify(first) === JSON.stringify(question.values)) {
    await page.keyboard.press('Enter')
    return { key: 'Enter', judged }
  }
  const offer = shown.offers.findIndex(({ values }) => JSON.stringify(values) === JSON.stringify(first))
  if (offer >= 0) {
    await page.keyboard.press(String(offer + 1))
    return { key: String(offer + 1), judged }
  }
  await page.keyboard.press('c')
  await page.keyboard.type(first.join(' '))
  await page.keyboard.press('Enter')
  return { key: 'typed', judged }
}

function trueValues(
  { question }: ShownQuestion,
  cell: ShownQuestion['cells'][number],
  truth: Truth,
): readonly string[] {
  const key = `${cell.pageNumber}/${cell.tableIndex}/${cell.rowIndex}`
  const record = truth.get(key)
  if (record === undefined) throw new Error(`the truth has no ${key}`)
  return question.fields.map((field) => record[field] ?? '')
}

/** The question on the desk, as the server has it; null when the desk is empty. */
export async function shownQuestion(page: Page): Promise<ShownQuestion | null> {
  await deskReady(page)
  const id = await page.evaluate<string | null>(
    `document.getElementById('ask').hidden ? null : document.getElementById('ask').dataset.question`,
  )
  if (id === null) return null
  const { question } = await fetchJson<{ question: ShownQuestion | null }>(
    page,
    `/api/question?id=${encodeURIComponent(id)}`,
  )
  return question
}

async function openFields(page: Page): Promise<number> {
  return (await fetchJson<{ open: number }>(page, '/api/progress')).open
}
