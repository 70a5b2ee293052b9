import { describe, expect, test } from 'vitest'
import { formatDuration, formatProgress } from '../../src/publish/progress-line.ts'
import { createProgressReporter } from '../../src/publish/progress-reporter.ts'
import { formatRunSummary, type RunSummary, toSummaryJson } from '../../src/publish/run-summary.ts'

test.each([
  [8, '8 s'],
  [185, '3 min 05 s'],
  [7620, '2 h 07 min'],
])('%i seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text))

const HALF = { pagesDone: 10, pagesTotal: 20, documentsWaiting: 0, seconds: 30, hasBar: true }

test.each([
  ['half way', HALF, '████████████░░░░░░░░░░░░ 10/20 pages, 20 a minute, 30 s left'],
  ['without a terminal', { ...HALF, hasBar: false }, '10/20 pages, 20 a minute, 30 s left'],
  ['too early for a rate', { ...HALF, pagesDone: 1, hasBar: false }, '1/20 pages'],
  ['before pages are known', { ...HALF, pagesTotal: 0, documentsWaiting: 3 }, 'opening 3 documents'],
])('progress %s', (_, state, line) => expect(formatProgress(state)).toBe(line))

describe('the reporter', () => {
  const progress = { pagesDone: 1, pagesTotal: 2, documentsWaiting: 0 }

  function record(isTerminal: boolean, isWanted: boolean) {
    const written: string[] = []
    const clock = { now: 0 }
    const sink = { isTerminal, write: (text: string) => void written.push(text) }
    return { written, clock, reporter: createProgressReporter(sink, isWanted, () => clock.now) }
  }

  test('redraws a line on a terminal and clears it before a message', () => {
    const { written, reporter } = record(true, true)
    reporter.update(progress)
    reporter.say('trouble')
    expect(written).toEqual([expect.stringMatching(/^\r.*1\/2 pages$/), '\r\u001b[K', 'trouble\n'])
  })

  test('writes a plain line now and then into a file', () => {
    const { written, clock, reporter } = record(false, true)
    reporter.update(progress)
    clock.now = 6000
    reporter.update(progress)
    reporter.update(progress)
    expect(written).toEqual(['1/2 pages\n'])
  })

  test('is silent but for messages when progress is not wanted', () => {
    const { written, clock, reporter } = record(false, false)
    clock.now = 60_000
    reporter.update(progress)
    reporter.say('trouble')
    expect(written).toEqual(['trouble\n'])
  })
})

const PAGE_ERROR = { code: 'page/timeout', message: 'too long', remedy: 'Run again.' } as const
const SUMMARY: RunSummary = {
  directory: 'out',
  documents: [
    {
      documentId: 'd',
      fileName: 'a.pdf',
      status: 'partial',
      error: null,
      pages: 7,
      failedPages: [
        { pageNumber: 3, error: PAGE_ERROR },
        { pageNumber: 4, error: PAGE_ERROR },
      ],
      records: 24,
      accepted: 20,
      checks: 60,
      checksHolding: 58,
      checksContradicted: 2,
    },
  ],
  failedInputs: [],
  upToDate: 0,
  pagesRead: 7,
  seconds: 12.34,
  wasInterrupted: false,
  peakChildMemoryMib: 512.4,
}

test('the summary says what came out, what failed and what to do, each remedy once', () => {
  const text = formatRunSummary(SUMMARY)
  expect(text).toContain('partial   a.pdf: 7 pages, 24 rows, 20 accepted, 58 of 60 checks hold')
  expect(text).toContain('24: 20 accepted, 4 for review')
  expect(text).toContain('a.pdf, page 4: too long')
  expect(text.match(/Run again\./g)).toHaveLength(1)
  expect(text).toContain('records.jsonl')
})

test('the summary for programs counts the same', () => {
  expect(toSummaryJson(SUMMARY)).toMatchObject({
    records: 24,
    accepted: 20,
    for_review: 4,
    checks_holding: 58,
    documents: [{ status: 'partial', failed_pages: [{ page_number: 3 }, { page_number: 4 }] }],
  })
})
