import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument, rgb, StandardFonts } from 'pdf-lib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProgram, runCommandLine } from '../../src/cli.ts'
import { type CommandResult, EXIT_CODES, openPagePool, type Terminal } from '../../src/main.ts'

const SAMPLE = 'samples/fancheng-education-2025-digital.pdf'

const folder = mkdtempSync(join(tmpdir(), 'gongkai-cli-'))
const inputs = folder
const out = join(folder, 'out')

/** One pool of the real kind for all commands: to start a process costs more than most of what is asked of it. */
const pool = openPagePool({
  size: 2,
  pageTimeoutMs: 60_000,
  openTimeoutMs: 30_000,
  memoryMib: 2048,
  recycleAfter: 200,
})
afterAll(() => pool.close())

function terminalTo(said: string[], environment: Terminal['environment'] = {}): Terminal {
  const never = new AbortController().signal
  return {
    messages: { isTerminal: false, write: (text) => void said.push(text) },
    stop: never,
    abort: never,
    environment,
    openPool: () => ({ ...pool, close: async () => undefined }),
  }
}

/** Runs a command in this process and returns what it came to. */
async function run(...parameters: string[]): Promise<CommandResult> {
  let concluded: CommandResult | null = null
  const program = createProgram(terminalTo([]), (result) => {
    concluded = result
  })
  await program.parseAsync(parameters, { from: 'user' })
  if (concluded === null) throw new Error('the command came to nothing')
  return concluded
}

async function makePdf(name: string, pages: readonly (readonly string[][])[]): Promise<void> {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  for (const rows of pages) {
    const page = document.addPage([600, 400])
    for (const [row, texts] of rows.entries()) {
      for (const [column, text] of texts.entries()) {
        const [x, y] = [60 + column * 150, 320 - row * 30]
        page.drawText(text, { x: x + 6, y: y + 10, size: 11, font })
        if (texts.length > 1)
          page.drawRectangle({ x, y, width: 150, height: 30, borderWidth: 1, borderColor: rgb(0, 0, 0) })
      }
    }
  }
  writeFileSync(join(inputs, name), await document.save({ addDefaultPage: false }))
}

const TABLE = [
  ['Name', 'Number', 'Note'],
  ['alpha', '1', 'a "quoted", word'],
  ['beta', '22', ''],
]

const LOCKED = `%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/P -4/O<${'ab'.repeat(32)}>/U<${'cd'.repeat(32)}>>> endobj
trailer <</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>
%%EOF`

const WRONG = {
  'empty.pdf': ['document/empty', ''],
  'web-page.pdf': ['document/not-a-pdf', '<!doctype html><title>404</title>'],
  'cut-off.pdf': ['document/damaged', '%PDF-1.7\n1 0 obj <</Type/Catalog'],
  'locked.pdf': ['document/encrypted', LOCKED],
} as const

interface Summary {
  readonly up_to_date: number
  readonly pages_read: number
  readonly documents: readonly {
    readonly file_name: string
    readonly status: string
    readonly records: number
    readonly accepted: number
    readonly error: { readonly code: string; readonly remedy: string } | null
  }[]
}

let result: CommandResult
let summary: Summary

const documentNamed = (name: string) => summary.documents.find((document) => document.file_name === name)

beforeAll(async () => {
  for (const [name, [, content]] of Object.entries(WRONG)) writeFileSync(join(inputs, name), content)
  await makePdf('no-pages.pdf', [])
  await makePdf('prose.pdf', [[['A page of prose and no table at all.']]])
  await makePdf('unknown-form.pdf', [TABLE])
  copyFileSync(SAMPLE, join(inputs, 'good.pdf'))
  copyFileSync(SAMPLE, join(inputs, 'good-again.PDF'))
  result = await run('ingest', inputs, '--out', out, '--json', '--jobs', '2')
  summary = JSON.parse(result.output) as Summary
}, 120_000)

describe('a batch of good and bad files', () => {
  test('ends with the code for "some failed"', () => expect(result.exitCode).toBe(EXIT_CODES.partial))

  test.each([...Object.entries(WRONG).map(([name, [code]]) => [name, code]), ['no-pages.pdf', 'document/no-pages']])(
    '%s fails with %s and a remedy',
    (name = '', code) => {
      expect(documentNamed(name)).toMatchObject({ status: 'failed', error: { code } })
      expect(documentNamed(name)?.error?.remedy).toMatch(/\w/)
    },
  )

  test.each(['prose.pdf', 'unknown-form.pdf'])('%s is complete and gives no record', (name) => {
    expect(documentNamed(name)).toMatchObject({ status: 'complete', records: 0, error: null })
  })

  test('a table of an unknown form is told of, with the reason', () => {
    const lines = readFileSync(join(out, 'documents.jsonl'), 'utf8').trimEnd().split('\n')
    const unknown = lines.map((line) => JSON.parse(line)).find((line) => line.file_name === 'unknown-form.pdf')
    expect(unknown.unused_tables).toMatchObject([
      { page_number: 1, table_index: 1, reason: expect.stringMatching(/\w/) },
    ])
  })

  test('the good one gives records, once, though it lies there under two names', () => {
    expect(documentNamed('good-again.PDF')).toMatchObject({ status: 'complete' })
    expect(documentNamed('good-again.PDF')?.records).toBeGreaterThan(0)
    expect(documentNamed('good.pdf')).toBeUndefined()
  })

  test('a second run does nothing and says so', async () => {
    const again = JSON.parse((await run('ingest', inputs, '--out', out, '--json')).output) as Summary
    expect([again.pages_read, again.up_to_date]).toEqual([0, summary.documents.length])
  })

  test('status tells the same from the folder alone', async () => {
    const status = JSON.parse((await run('status', '--out', out, '--json')).output)
    expect(status.documents).toEqual({ total: 8, complete: 3, partial: 0, failed: 5, unfinished: 0 })
    expect(status.failures).toHaveLength(5)
    expect((await run('status', '--out', out)).output).toContain('document/encrypted')
  })
})

describe('tables', () => {
  test('gives CSV that a reader takes back', async () => {
    const { output, exitCode } = await run('tables', join(inputs, 'unknown-form.pdf'))
    expect([exitCode, output]).toEqual([0, 'Name,Number,Note\nalpha,1,"a ""quoted"", word"\nbeta,22,\n'])
  })

  test('gives JSON with boxes, top left first', async () => {
    const { output } = await run('tables', join(inputs, 'unknown-form.pdf'), '--format', 'json')
    const { file_name, tables } = JSON.parse(output)
    expect(file_name).toBe('unknown-form.pdf')
    expect(tables[0].rows).toEqual(TABLE)
    expect(tables[0].cells[0]).toMatchObject({
      row: 0,
      column: 0,
      row_span: 1,
      column_span: 1,
      text: 'Name',
      origin: 'text',
    })
    expect(tables[0].cells[0].bbox[1]).toBeCloseTo(50, 0)
  })

  test('writes one file a format into a folder and tells their names', async () => {
    const folder = join(out, 'tables')
    const { output } = await run('tables', join(inputs, 'unknown-form.pdf'), '--format', 'html,csv', '--out', folder)
    expect(output.trimEnd().split('\n')).toEqual(['csv', 'html'].map((end) => join(folder, `unknown-form.pdf.${end}`)))
    expect(readFileSync(join(folder, 'unknown-form.pdf.csv'), 'utf8')).toMatch(/^Name,Number,Note\n/)
  })

  test('gives HTML with the text escaped', async () => {
    const { output } = await run('tables', join(inputs, 'unknown-form.pdf'), '--format', 'html')
    expect(output).toContain('<td>a &quot;quoted&quot;, word</td>')
  })
})

test('the version is that of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  expect(createProgram(terminalTo([]), () => undefined).version()).toBe(version)
})

test('inspect writes one HTML page and says what each step came to', async () => {
  const target = join(folder, 'page.html')
  const said: string[] = []
  const parameters = ['inspect', join(inputs, 'good.pdf'), '--page', '2', '--out', target]
  expect(await runCommandLine(parameters, terminalTo(said))).toBe(EXIT_CODES.done)
  const html = readFileSync(target, 'utf8')
  expect(html).toContain('data:image/jpeg;base64,')
  expect(html).toContain('class="cell accepted"')
  expect(said.join('')).toMatch(/triage +text: .*rulings +\d+ lines.*grid +table 1: .*values +\d+ records/s)
})

test('inspect without readers shows pixels, rulings and grid of a scan, and reads nothing', async () => {
  const target = join(folder, 'scan.html')
  const said: string[] = []
  const parameters = ['inspect', 'tests/fixtures/ocr/small-scan.jpg', '--page', '1', '--out', target, '--no-readers']
  expect(await runCommandLine(parameters, terminalTo(said))).toBe(EXIT_CODES.done)
  expect(said.join('')).toMatch(/pixels +the picture's own .*grid +table 1: 5 × 5.*readings +nobody was asked to read/s)
  expect(readFileSync(target, 'utf8')).toContain('data-of="edges"')
})

test('inspect with the results of an ingest shows the fields that the records have', async () => {
  const target = join(folder, 'page3.html')
  const parameters = ['inspect', join(inputs, 'good.pdf'), '--page', '3', '--out', target]
  const rowsShown = async (...more: string[]): Promise<string[]> => {
    expect(await runCommandLine([...parameters, ...more], terminalTo([]))).toBe(EXIT_CODES.done)
    return [...readFileSync(target, 'utf8').matchAll(/<tr><td>\d+<\/td><td>(\d+)<\/td>/g)].map((row) => row[1] ?? '')
  }
  const lines = readFileSync(join(out, 'records.jsonl'), 'utf8').trimEnd().split('\n')
  const published = lines
    .map((line) => JSON.parse(line))
    .filter((line) => line.page_number === 3)
    .map((line) => String(line.row_index))
  expect(await rowsShown('--results', out)).toEqual(published)
  expect(await rowsShown()).not.toEqual(published)
})

test('as a process of its own it prints to stdout, ends its children and exits by itself', () => {
  const parameters = ['--import', import.meta.resolve('tsx'), 'src/cli.ts', 'tables', join(inputs, 'unknown-form.pdf')]
  const { stdout, status, signal } = spawnSync(process.execPath, parameters, { encoding: 'utf8', timeout: 50_000 })
  expect([status, signal, stdout.split('\n')[0]]).toEqual([EXIT_CODES.done, null, 'Name,Number,Note'])
})

describe('in a Chinese locale', () => {
  const chinese = { LC_ALL: 'zh_CN.UTF-8' }

  test('an error and its remedy are Chinese', async () => {
    const said: string[] = []
    await runCommandLine(['tables', join(folder, 'web-page.pdf')], terminalTo(said, chinese))
    expect(said.join('')).toMatch(/^gongkai: document\/not-a-pdf: 文件不是 PDF：.*\n {2}请打开它并另存为 PDF/)
  })

  test('so are progress and summary, and what is written is the same as ever', async () => {
    const said: string[] = []
    const place = join(folder, 'o-zh')
    await runCommandLine(['ingest', join(folder, 'web-page.pdf'), SAMPLE, '--out', place], terminalTo(said, chinese))
    expect(said.join('')).toMatch(
      / {2}完整 +fancheng.*: 3 页，29 行，29 行可直接采用.* {2}失败 +web-page\.pdf: document/s,
    )
    expect(said.join('')).toMatch(/ {2}文件 {8}1 完整，0 部分，1 失败\n {2}页面 {8}读取 3 页/)
    const documents = readFileSync(join(place, 'documents.jsonl'), 'utf8')
    expect(documents).toContain('"message":"the file is not a PDF: ')
  })

  test.each([
    ['before the command', ['--lang', 'en', 'tables', 'x.pdf', '--format', 'docx']],
    ['after it', ['tables', 'x.pdf', '--format', 'docx', '--lang=en']],
  ])('--lang wins %s', async (_where, parameters) => {
    const said: string[] = []
    expect(await runCommandLine(parameters, terminalTo(said, chinese))).toBe(EXIT_CODES.usage)
    expect(said.join('')).toBe('gongkai: unknown format docx; there are csv, json, html\n')
  })

  test.each([
    ['a language that is not spoken', ['--lang', 'fr', 'status'], /--lang 的值是“fr”/],
    ['an unknown command', ['frobnicate'], /^错误：没有命令“frobnicate”/],
    ['an unknown option', ['tables', 'x', '--fromat', 'csv'], /没有选项“--fromat”\n（是否想用 --format？）/],
    [
      'a choice that is none',
      ['tables', 'x', '--ocr', 'me'],
      /选项“--ocr <readers>”的值“me”无效。可选的值有 both, paddle/,
    ],
    ['too many', ['completion', 'bash', 'zsh'], /“completion”的参数过多：应有 1 个，给出了 2 个/],
  ])('%s is wrong usage in Chinese', async (_what, parameters, words) => {
    const said: string[] = []
    expect(await runCommandLine(parameters, terminalTo(said, chinese))).toBe(EXIT_CODES.usage)
    expect(said.join('')).toMatch(words)
  })
})

test('a terminal gets colours, and names from files cannot bring their own', async () => {
  const said: string[] = []
  const name = 'red\u001b[31m.pdf'
  writeFileSync(join(folder, name), '<!doctype html>')
  const terminal = terminalTo(said)
  const messages = { ...terminal.messages, isTerminal: true }
  await runCommandLine(['ingest', join(folder, name), '--out', join(folder, 'o6')], { ...terminal, messages })
  expect(said.join('')).toContain('\u001b[31mfailed    \u001b[0m red\ufffd[31m.pdf')
})

describe('wrong usage and failure have codes of their own', () => {
  test.each([
    ['no command', [], EXIT_CODES.usage, {}],
    ['an unknown command', ['frobnicate'], EXIT_CODES.usage, {}],
    ['no output folder', ['ingest', 'x.pdf'], EXIT_CODES.usage, {}],
    [
      'a selection that is none',
      ['ingest', 'x.pdf', '--out', join(folder, 'o1'), '--pages', '7-3'],
      EXIT_CODES.usage,
      {},
    ],
    ['no jobs', ['ingest', 'x.pdf', '--out', join(folder, 'o2'), '--jobs', '0'], EXIT_CODES.usage, {}],
    [
      'a limit that is no number',
      ['ingest', 'x.pdf', '--out', join(folder, 'o3')],
      EXIT_CODES.usage,
      { GONGKAI_MAX_PAGES: 'many' },
    ],
    ['nothing to be found', ['ingest', join(folder, 'nowhere'), '--out', join(folder, 'o4')], EXIT_CODES.failed, {}],
    ['a folder without results', ['status', '--out', folder], EXIT_CODES.failed, {}],
    ['an output folder that is a file', ['ingest', folder, '--out', join(folder, 'empty.pdf')], EXIT_CODES.failed, {}],
    ['tables of no document', ['tables', join(folder, 'web-page.pdf')], EXIT_CODES.failed, {}],
    [
      'results without the document',
      ['inspect', 'tests/fixtures/ocr/small-scan.jpg', '--page', '1', '--results', out],
      EXIT_CODES.usage,
      {},
    ],
    ['a page that is not there', ['inspect', SAMPLE, '--page', '99'], EXIT_CODES.usage, {}],
    ['pages of which none is there', ['tables', SAMPLE, '--pages', '90-99'], EXIT_CODES.usage, {}],
    ['two formats on one screen', ['tables', SAMPLE, '--format', 'csv,json'], EXIT_CODES.usage, {}],
    ['a format that is none', ['tables', SAMPLE, '--format', 'docx'], EXIT_CODES.usage, {}],
    ['help', ['--help'], EXIT_CODES.done, {}],
  ])('%s', async (_, parameters, exitCode, environment) => {
    expect(await runCommandLine(parameters, terminalTo([], environment))).toBe(exitCode)
  })

  test('a page that is not there is told with the pages that are', async () => {
    const said: string[] = []
    await runCommandLine(['inspect', SAMPLE, '--page', '99'], terminalTo(said))
    expect(said.join('')).toMatch(/has \d+ pages, 1 to \d+; --page 99 names none/)
  })

  test('without progress nothing but the summary is said, and it names what failed', async () => {
    const said: string[] = []
    const parameters = ['ingest', join(folder, 'web-page.pdf'), '--out', join(folder, 'o5'), '--no-progress']
    await runCommandLine(parameters, terminalTo(said))
    expect(said).toEqual([expect.stringMatching(/failed +web-page\.pdf: document\/not-a-pdf.*documents +0 complete/s)])
  })

  test('an error says what to do', async () => {
    const said: string[] = []
    await runCommandLine(['tables', join(folder, 'web-page.pdf')], terminalTo(said))
    expect(said.join('')).toContain('Open it and save it as PDF')
  })
})
