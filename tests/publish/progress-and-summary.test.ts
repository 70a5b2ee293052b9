import { describe, expect, test } from 'vitest'
import { formatDuration, formatProgress } from '../../src/publish/progress-line.ts'
import { createProgressReporter } from '../../src/publish/progress-reporter.ts'
import {
  type DocumentSummary,
  formatRunSummary,
  type RunSummary,
  toSummaryJson,
} from '../../src/publish/run-summary.ts'
import { formatStatus, toStatusJson } from '../../src/publish/status-text.ts'

test.each([
  [8, '8 s'],
  [185, '3 min 05 s'],
  [7620, '2 h 07 min'],
])('%i seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text))

const HALF = { pagesDone: 10, pagesTotal: 20, documentsWaiting: 0, recent: { pages: 10, seconds: 30 }, hasBar: true }

test.each([
  ['half way', HALF, '████████████░░░░░░░░░░░░ 10/20 pages, 20 a minute, 30 s left'],
  ['without a terminal', { ...HALF, hasBar: false }, '10/20 pages, 20 a minute, 30 s left'],
  ['too early for a rate', { ...HALF, pagesDone: 1, recent: { pages: 1, seconds: 3 }, hasBar: false }, '1/20 pages'],
  [
    'after pages that took longer',
    { ...HALF, recent: { pages: 4, seconds: 4 }, hasBar: false },
    '10/20 pages, 60 a minute, 10 s left',
  ],
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

  test.each([
    ['goes by the whole run while that is short', [[30, 30]], '30/300 pages, 60 a minute, 4 min 30 s left'],
    [
      'forgets an outage a minute after it',
      [
        [20, 20],
        [21, 620],
        [50, 650],
        [90, 690],
      ],
      '90/300 pages, 59 a minute, 3 min 32 s left',
    ],
    [
      'forgets what the first pages took',
      [
        [1, 100],
        [2, 101],
        [130, 230],
      ],
      '130/300 pages, 60 a minute, 2 min 51 s left',
    ],
    [
      'counts slow pages by their last ten',
      [
        [5, 100],
        [10, 200],
        [15, 300],
        [20, 400],
      ],
      '20/300 pages, 3 a minute, 1 h 33 min left',
    ],
    [
      'begins anew with another part of the run',
      [
        [200, 10],
        [10, 110],
      ],
      '10/300 pages, 6 a minute, 48 min 42 s left',
    ],
  ] as const)('%s', (_, course, line) => {
    const { written, clock, reporter } = record(true, true)
    let [done, seconds] = [0, 0]
    for (const [toPages, toSeconds] of course) {
      if (toPages < done) done = 0
      const each = (toSeconds - seconds) / (toPages - done)
      for (let count = toPages - done; count > 0; count -= 1) {
        done += 1
        seconds = count === 1 ? toSeconds : seconds + each
        clock.now = seconds * 1000
        reporter.update({ pagesDone: done, pagesTotal: 300, documentsWaiting: 0 })
      }
    }
    expect(written.at(-1)).toContain(line)
  })

  test('is silent when progress is not wanted: the summary says it all', () => {
    const { written, clock, reporter } = record(false, false)
    clock.now = 60_000
    reporter.update(progress)
    reporter.say('trouble')
    expect(written).toEqual([])
  })
})

const PAGE_ERROR = { code: 'page/timeout', message: 'too long', remedy: 'Run again.' } as const
const PARTIAL: DocumentSummary = {
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
  unreadTables: 0,
}

const SUMMARY: RunSummary = {
  directory: 'out',
  documents: [PARTIAL],
  failedInputs: [],
  repeated: [],
  upToDate: 0,
  pagesRead: 7,
  isReadByOthers: false,
  seconds: 12.34,
  notices: ['paddle does not load: tesseract reads alone'],
  wasInterrupted: false,
  peakChildMemoryMib: 512.4,
}

test('the summary says what came out, what failed and what to do, each remedy once', () => {
  const text = formatRunSummary(SUMMARY)
  expect(text).toContain('partial    a.pdf: 7 pages (2 failed), 24 rows, 20 accepted, 58 of 60 checks hold')
  expect(text).toContain('24: 20 accepted, 4 for review')
  expect(text).toContain('a.pdf, page 4: too long')
  expect(text.match(/Run again\./g)).toHaveLength(1)
  expect(text).toContain('records.jsonl')
  expect(text.match(/paddle does not load: tesseract reads alone/g)).toHaveLength(1)
})

test.each([
  [1, '1 table with figures gave no rows'],
  [5, '5 tables with figures gave no rows'],
])('%i unread tables are told of by the document and for all', (unreadTables, told) => {
  const text = formatRunSummary({ ...SUMMARY, documents: [{ ...PARTIAL, unreadTables }] })
  expect(text).toContain(`58 of 60 checks hold, ${told}`)
  expect(text).toContain(`tables      ${told}: \`unused_tables\` in documents.jsonl says where and why`)
  expect(formatRunSummary(SUMMARY)).not.toContain('gave no rows')
})

describe('the summary of a run that left the reading to other machines', () => {
  const waited = { ...SUMMARY, pagesRead: 0, isReadByOthers: true }

  test('tells what they read, and that this process read none of it', () => {
    const text = formatRunSummary(waited)
    expect(text).toContain('pages       5 read, none of them by this process (--jobs 0), which waited 12.3 s')
    expect(text).not.toContain('gongkai work')
  })

  test('and who reads what is still in the queue', () => {
    const unfinished = { ...PARTIAL, fileName: 'b.pdf', status: 'unfinished', failedPages: [] } as const
    const text = formatRunSummary({ ...waited, documents: [PARTIAL, unfinished], wasInterrupted: true })
    expect(text).toContain('pages       5 read')
    expect(text).toContain('`gongkai work` on any machine reads them')
  })
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

function named(fileName: string, change: Partial<DocumentSummary>): DocumentSummary {
  return { ...PARTIAL, fileName, status: 'complete', failedPages: [], ...change }
}

const ENCRYPTED = { code: 'document/encrypted', message: 'the file wants a password', remedy: 'Save a copy.' } as const

describe('the summary of a large batch', () => {
  const complete = Array.from({ length: 30 }, (_, index) => named(`c${index}.pdf`, {}))
  const wanting = Array.from({ length: 20 }, (_, index) => [
    named(`f${index}.pdf`, { status: 'failed', error: ENCRYPTED }),
    named(`p${index}.pdf`, { status: 'partial', failedPages: PARTIAL.failedPages }),
  ]).flat()

  test('folds the complete and names each of the others, with the reason of each failure', () => {
    const text = formatRunSummary({ ...SUMMARY, documents: [...complete, ...wanting] })
    expect(text).toContain('… and 30 more, all complete')
    for (const { fileName, status } of wanting) expect(text).toMatch(new RegExp(`${status} +${fileName}`))
    expect(text.match(/f\d+\.pdf: the file wants a password/g)).toHaveLength(20)
  })

  test('shows as many complete ones as there is room for', () => {
    const text = formatRunSummary({ ...SUMMARY, documents: [...complete, ...wanting.slice(0, 2)] })
    expect(text).toContain('… and 20 more, all complete')
    expect(text.match(/complete +c\d+\.pdf/g)).toHaveLength(10)
  })

  test('folds pages that failed for one reason, and says that it does', () => {
    const failedPages = Array.from({ length: 40 }, (_, index) => ({ pageNumber: index + 1, error: PAGE_ERROR }))
    const text = formatRunSummary({ ...SUMMARY, documents: [{ ...PARTIAL, failedPages }] })
    expect(text).toContain('… and 28 pages more')
  })
})

test('files that are another one are told, as many as there is room for', () => {
  const repeated = Array.from({ length: 15 }, (_, index) => ({ path: `again/${index}.pdf`, sameAs: 'first/a.pdf' }))
  const text = formatRunSummary({ ...SUMMARY, repeated })
  expect(text).toContain('  repeated    again/0.pdf has the content of first/a.pdf, which is read once\n')
  expect(text.match(/which is read once/g)).toHaveLength(12)
  expect(text).toContain('… and 3 more\n')
  expect(toSummaryJson({ ...SUMMARY, repeated }).repeated[14]).toEqual({ path: 'again/14.pdf', same_as: 'first/a.pdf' })
  expect(formatRunSummary(SUMMARY)).not.toContain('repeated')
})

test('a path is said once in the line of its failure', () => {
  const message = 'there is no such file or folder: ../nowhere'
  const failedInputs = [{ path: '../nowhere', error: { code: 'input/not-found', message, remedy: 'Check the path.' } }]
  expect(formatRunSummary({ ...SUMMARY, failedInputs } as RunSummary)).toContain(`\n    ${message}\n`)
})

const IDLE = { isPaused: false, pagesPerMinute: 0, inWork: [] }

describe('a document whose work has not ended', () => {
  const documents = [named('a.pdf', { status: 'unfinished', error: null })]

  test('is told as unfinished, not as failed, when a run is stopped', () => {
    const text = formatRunSummary({ ...SUMMARY, documents, wasInterrupted: true })
    expect(text).toContain('  unfinished a.pdf\n')
    expect(text).toContain('0 complete, 0 partial, 0 failed, 1 unfinished')
  })

  test('and by status', () => {
    const stages = { page: { wait: 1, active: 1, done: 0, failed: 0 } }
    expect(formatStatus({ ...IDLE, place: 'out', documents, stages })).toContain('0 failed, 1 unfinished')
    const json = toStatusJson({ ...IDLE, place: 'out', documents, stages })
    expect(json.documents).toEqual({ total: 1, complete: 0, partial: 0, failed: 0, unfinished: 1 })
    expect(json.failures).toEqual([])
  })
})

describe('work that is under way', () => {
  const documents = [named('a.pdf', { status: 'unfinished', error: null })]
  const stages = { page: { wait: 280, active: 2, done: 18, failed: 0 } }
  const inWork = [
    { stage: 'page', fileName: 'a.pdf', pageNumber: 7, worker: 'host/42', seconds: 12.34, linesRead: 240 },
    { stage: 'assemble', fileName: 'b.pdf', pageNumber: null, worker: 'other/7', seconds: null, linesRead: null },
    { stage: 'publish', fileName: null, pageNumber: null, worker: 'host/42', seconds: 1, linesRead: null },
  ]
  const status = { place: 'out', documents, stages, isPaused: false, pagesPerMinute: 23.45, inWork }

  test('is told with its pace, what is left and who works on what', () => {
    const text = formatStatus(status)
    expect(text).toContain('  pace        23.4 pages a minute; 282 to go, about 13 min\n')
    expect(text).toContain('    host/42  a.pdf, page 7, for 12 s, 240 lines read\n')
    expect(text).toContain('    other/7  b.pdf (assemble)\n')
    expect(text).toContain('    host/42  publish, for 1 s\n')
    expect(formatStatus({ ...status, pagesPerMinute: 1 })).toContain('about 5 hours')
  })

  test('tells pages that one worker took together in one line', () => {
    const page = (pageNumber: number, worker: string, seconds: number, fileName = 'a.pdf') => {
      return { stage: 'page', fileName, pageNumber, worker, seconds, linesRead: null }
    }
    const hands = [
      ...[9, 8, 7].map((number) => page(number, 'host/42', number === 7 ? 2 : 0)),
      page(10, 'other/7', 1),
      page(11, 'host/42', 0),
      page(8, 'host/42', 0, 'b.pdf'),
    ]
    const text = formatStatus({ ...status, inWork: hands })
    expect(text.slice(text.indexOf('  in work\n')).split('\n').filter(Boolean)).toEqual([
      '  in work',
      '    host/42  a.pdf, pages 7 to 9, for 2 s',
      '    host/42  b.pdf, page 8, for 0 s',
      '    other/7  a.pdf, page 10, for 1 s',
      '    host/42  a.pdf, page 11, for 0 s',
    ])
    expect(toStatusJson({ ...status, inWork: hands }).in_work).toHaveLength(6)
  })

  test('says so when it is paused, and promises no end', () => {
    const text = formatStatus({ ...status, isPaused: true })
    expect(text).toContain('  paused      nothing is begun until `gongkai resume`\n')
    expect(text).not.toContain('to go')
  })

  test('is told to programs', () => {
    expect(toStatusJson(status)).toMatchObject({
      paused: false,
      pages_per_minute: 23.5,
      in_work: [
        { stage: 'page', file_name: 'a.pdf', page_number: 7, worker: 'host/42', seconds: 12.3, lines_read: 240 },
        {},
        {},
      ],
    })
  })
})
