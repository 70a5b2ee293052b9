import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fetchJson, nextTurn, turnOf } from './support/page-state.ts'
import { ingestForReview, type RunningReview, startReview } from './support/review-server.ts'
import { clearQueue, isScanned, readTruth, shownQuestion } from './support/scripted-reviewer.ts'

const CHROMIUM = '/usr/bin/chromium'
const TWIN = 'samples/jianghan-finance-2024-twin.pdf'
const truth = readTruth('samples/expected/jianghan-finance-2024-twin.jsonl')
const SECONDS_A_QUESTION = 3
const SECONDS_FOR_ALL = 120

/** `GONGKAI_SCREENSHOTS=1 npx vitest run tests/web/founding-twin.test.ts` renews the pictures of docs/review.md. */
const TAKES_SCREENSHOTS = process.env.GONGKAI_SCREENSHOTS !== undefined
const PICTURES_FOLDER = 'docs/images'

async function takeScreenshots(page: Page): Promise<void> {
  const desk = page.url()
  await page.goto(new URL('/documents', desk).href)
  await page.click('tbody th a')
  await page.waitForSelector('#sheet rect.field')
  await keepScreenshot(page, 'review-table')
  await page.goto(new URL('/overview', desk).href)
  await keepScreenshot(page, 'review-overview')
}

/** Few colours keep the pictures small. */
async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES_FOLDER, { recursive: true })
  const png = await page.screenshot()
  await sharp(png)
    .png({ palette: true, colours: 64, effort: 10 })
    .toFile(join(PICTURES_FOLDER, `${name}.png`))
}

interface RecordLine {
  readonly record_type: string
  readonly page_number: number
  readonly table_index: number
  readonly row_index: number
  readonly status: string
  readonly fields: Record<
    string,
    { value: string | null; grade: string; machine_value?: string | null; judged_by?: string }
  >
}

function readRecords(out: string): readonly RecordLine[] {
  const lines = readFileSync(join(out, 'records.jsonl'), 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as RecordLine)
}

function copyOf(out: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'gongkai-review-copy-'))
  cpSync(out, copy, { recursive: true })
  return copy
}

describe.skipIf(!existsSync(CHROMIUM))('the founding twin, read by tesseract alone, in a real browser', () => {
  let out = ''
  let browser: Browser
  let running: RunningReview | null = null

  async function open(directory: string, change = {}): Promise<Page> {
    running = await startReview(directory, change)
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
    page.on('pageerror', (error) => {
      throw error
    })
    await page.goto(running.url)
    return page
  }

  beforeAll(async () => {
    out = await ingestForReview(TWIN)
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  }, 400_000)

  afterAll(async () => {
    await browser?.close()
    await running?.stop()
  })

  test('is cleared by keyboard alone, and its records then say what is printed', async () => {
    const copy = copyOf(out)
    const page = await open(copy)
    const open0 = readRecords(copy)
      .flatMap(({ fields }) => Object.values(fields))
      .filter(({ grade }) => grade === 'review')
    await shownQuestion(page)
    if (TAKES_SCREENSHOTS) await keepScreenshot(page, 'review-desk')
    const log = await clearQueue(page, truth)
    if (TAKES_SCREENSHOTS) await takeScreenshots(page)
    await page.close()
    await running?.stop()
    const records = readRecords(copy)
    expect(open0.length).toBeGreaterThan(0)
    expect(records.map(({ status }) => status)).not.toContain('review')
    for (const { record_type, page_number, table_index, row_index, fields } of records) {
      if (!isScanned(record_type)) continue
      const values = Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]))
      expect(values).toEqual(truth.get(`${page_number}/${table_index}/${row_index}`))
    }
    const judged = records
      .flatMap(({ fields }) => Object.values(fields))
      .filter(({ judged_by }) => judged_by === 'wang')
    expect(
      judged.every(
        ({ grade, value, machine_value }) => grade === (value === machine_value ? 'confirmed' : 'corrected'),
      ),
    ).toBe(true)
    const reviewed = readFileSync(join(copy, 'records.jsonl'), 'utf8')
    expect(await ingestForReview(TWIN, copy)).toBe(copy)
    expect(readFileSync(join(copy, 'records.jsonl'), 'utf8')).toBe(reviewed)
    const total = log.answers.reduce((sum, { judged: own, settled }) => sum + own + settled, 0)
    console.log(
      `founding twin by tesseract alone: ${open0.length} fields open, ${log.answers.length} questions, ` +
        `${(total / log.answers.length).toFixed(2)} fields settled an answer, ` +
        `${log.answers.length * SECONDS_A_QUESTION} s of keyboard time at ${SECONDS_A_QUESTION} s a question`,
    )
    mkdirSync('out', { recursive: true })
    writeFileSync('out/review-founding-twin.json', JSON.stringify(log, null, 1))
    expect(log.answers.length * SECONDS_A_QUESTION).toBeLessThan(SECONDS_FOR_ALL)
  }, 400_000)

  test('an answer is taken back, and the question is on the desk again', async () => {
    const page = await open(copyOf(out))
    const first = await shownQuestion(page)
    const turn = await turnOf(page)
    await page.keyboard.press('Enter')
    await nextTurn(page, turn)
    const second = await shownQuestion(page)
    expect(second?.question).not.toEqual(first?.question)
    const later = await turnOf(page)
    await page.keyboard.press('z')
    await nextTurn(page, later)
    expect((await shownQuestion(page))?.question).toEqual(first?.question)
    await page.close()
    await running?.stop()
  }, 200_000)

  test('work goes on where it was when the program ended in the middle', async () => {
    const copy = copyOf(out)
    const page = await open(copy)
    const turn = await turnOf(page)
    const first = await shownQuestion(page)
    await page.keyboard.press('Enter')
    await nextTurn(page, turn)
    await page.close()
    await running?.stop()
    const again = await open(copy)
    const next = await shownQuestion(again)
    expect(next?.question).not.toEqual(first?.question)
    const { judged } = await fetchJson<{ judged: number }>(again, '/api/progress')
    expect(judged).toBe((first?.cells.length ?? 0) * (first?.question.fields.length ?? 0))
    await again.close()
    await running?.stop()
  }, 200_000)
})
