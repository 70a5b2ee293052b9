import { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createProgram, runCommandLine } from '../../src/cli.ts'
import { type CommandResult, EXIT_CODES, openPagePool, type Terminal } from '../../src/main.ts'

const SCAN = 'shashi-culture-2024-sealed-scan.pdf'
const DIGITAL = 'fancheng-education-2025-digital.pdf'

const folder = mkdtempSync(join(tmpdir(), 'gongkai-verify-'))
const out = join(folder, 'out')
const published = join(out, 'records.jsonl')
const pool = openPagePool({
  size: 2,
  pageTimeoutMs: 120_000,
  openTimeoutMs: 60_000,
  memoryMib: 2048,
  recycleAfter: 200,
})
afterAll(() => pool.close())

const never = new AbortController().signal
function terminalTo(said: string[]): Terminal {
  return {
    messages: { isTerminal: false, write: (text) => void said.push(text) },
    stop: never,
    abort: never,
    environment: {},
    openPool: () => ({ ...pool, close: async () => undefined }),
  }
}

async function run(parameters: readonly string[], said: string[] = []): Promise<CommandResult> {
  let concluded: CommandResult | null = null
  const program = createProgram(terminalTo(said), (result) => {
    concluded = result
  })
  await program.parseAsync([...parameters], { from: 'user' })
  if (concluded === null) throw new Error('the command came to nothing')
  return concluded
}

const verify = (...parameters: readonly string[]) => run(['verify', '--out', out, ...parameters])

let text = ''
beforeAll(async () => {
  for (const name of [SCAN, DIGITAL]) copyFileSync(join('samples', name), join(folder, name))
  await run(['ingest', folder, '--out', out, '--jobs', '2', '--format', 'evidence,hocr,alto'])
  text = readFileSync(published, 'utf8')
}, 180_000)
afterEach(() => writeFileSync(published, text))

interface Line {
  readonly record_id: string
  readonly file_name: string
  readonly fields: Readonly<Record<string, { readonly value: string | null }>>
}
const lines = () => text.split('\n').slice(0, -1)
const recordsOf = (name: string) =>
  lines()
    .map((line) => JSON.parse(line) as Line)
    .filter((line) => line.file_name === name)
const firstOf = (name: string) => recordsOf(name).find(({ fields }) => fields.amount?.value != null)?.record_id ?? ''

/** Publishes something else in the place of one record. */
function spoil(id: string, change: (line: string) => string): void {
  writeFileSync(
    published,
    text
      .split('\n')
      .map((line) => (line.includes(`"record_id":"${id}"`) ? change(line) : line))
      .join('\n'),
  )
}

describe('gongkai verify', () => {
  test.each([DIGITAL, SCAN])(
    'a record of %s comes out again to the last letter',
    async (name) => {
      const { exitCode, output } = await verify(firstOf(name))
      expect(output).toContain(`same         ${firstOf(name)}`)
      expect([exitCode, output.trim().split('\n').length]).toEqual([EXIT_CODES.done, 1])
    },
    120_000,
  )

  test('every record of a digital document comes out again', async () => {
    const { exitCode, output } = await verify(...recordsOf(DIGITAL).map((record) => record.record_id), '--json')
    const told = JSON.parse(output) as { same: number; records: unknown[] }
    expect([exitCode, told.same, told.records.length]).toEqual([0, 29, 29])
  })

  test('a figure that somebody changed afterwards is told with both values, and the exit code says so', async () => {
    const id = firstOf(DIGITAL)
    spoil(id, (line) => line.replace(/"amount":\{"value":"[\d.]+"/, '"amount":{"value":"1.00"'))
    const { exitCode, output } = await verify(id)
    expect(output).toMatch(/^differs {6}.*\n {4}amount, value: published "1\.00", derived "[\d.]+"\n$/)
    expect(exitCode).toBe(EXIT_CODES.partial)
  })

  test('a field that is not published is told', async () => {
    const id = firstOf(DIGITAL)
    spoil(id, (line) => {
      const { fields, ...rest } = JSON.parse(line) as Line
      const { amount: _, ...others } = fields
      return JSON.stringify({ ...rest, fields: others })
    })
    const { exitCode, output } = await verify(id)
    expect([exitCode, output]).toEqual([
      EXIT_CODES.partial,
      expect.stringContaining('amount, field: published nothing'),
    ])
  })

  test('other words about the same value are told and are no failure', async () => {
    const id = firstOf(DIGITAL)
    spoil(id, (line) => line.replace(/"confidence":[\d.]+/, '"confidence":0.123'))
    const { exitCode, output } = await verify(id)
    expect([exitCode, output]).toEqual([EXIT_CODES.done, expect.stringContaining('reworded')])
  })

  test('a record that the page does not have is missing', async () => {
    const id = firstOf(DIGITAL)
    const invented = id.replace(/r\d+$/, 'r999')
    spoil(id, (line) => line.replace(id, invented))
    const { exitCode, output } = await verify(invented)
    expect([exitCode, output]).toEqual([EXIT_CODES.partial, expect.stringContaining(`missing      ${invented}`)])
  })

  test('--sample draws the same records every time, and others with another seed', async () => {
    const drawn = async (...more: string[]) => {
      const { output } = await verify('--all', '--sample', '3', ...more, '--json')
      return (JSON.parse(output) as { records: Line[] }).records.map((record) => record.record_id)
    }
    const first = await drawn()
    expect(first).toHaveLength(3)
    expect(await drawn()).toEqual(first)
    expect(await drawn('--seed', 'other')).not.toEqual(first)
  }, 120_000)
})

describe('of what was ingested', () => {
  const place = (format: string, id: string, rest: string) =>
    join(out, 'export', format, ...(format === 'evidence' ? ['documents'] : []), id.slice(0, 16), rest)

  test('every record has the evidence page that its id says', () => {
    const pages = lines().map((line) => (JSON.parse(line) as Line).record_id)
    expect(pages.filter((id) => !existsSync(place('evidence', id, `${id.slice(17)}.html`)))).toEqual([])
  })

  test('every page is there as picture, hOCR and ALTO', () => {
    const id = firstOf(SCAN)
    expect(readFileSync(place('evidence', id, 'p001-150dpi.jpg')).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]))
    expect(readFileSync(place('hocr', id, 'p001.html'), 'utf8')).toContain('>台式计算机</span>')
    expect(readFileSync(place('alto', id, 'p001.xml'), 'utf8')).toContain('CONTENT="台式计算机"')
  })
})

describe('where the document', () => {
  const file = join(folder, DIGITAL)
  const moved = join(folder, 'moved.pdf')

  test('is gone, verify says so with what to do, unless it is told where it is now', async () => {
    renameSync(file, moved)
    const gone = await verify(firstOf(DIGITAL))
    const found = await verify(firstOf(DIGITAL), '--source', moved)
    renameSync(moved, file)
    expect(gone.exitCode).toBe(EXIT_CODES.failed)
    expect(gone.output).toContain('underivable')
    expect(gone.output).toContain('input/not-found')
    expect(found.exitCode).toBe(EXIT_CODES.done)
  })

  test('is another one under the same name, nothing is compared', async () => {
    const { exitCode, output } = await verify(firstOf(DIGITAL), '--source', join('samples', SCAN))
    expect([exitCode, output]).toEqual([EXIT_CODES.failed, expect.stringContaining('document/changed')])
  })

  test('lies in another folder, the folder will do', async () => {
    expect((await verify(firstOf(DIGITAL), '--source', 'samples')).exitCode).toBe(EXIT_CODES.done)
  })
})

test.each([
  [[], 'name a record by its id'],
  [['--all', 'x'], 'name records, or take them --all'],
  [['x', '--sample', '2'], '--sample draws from --all'],
  [['feedfeedfeedfeed-p001-t1-r001'], 'has no record feedfeedfeedfeed-p001-t1-r001'],
])('verify %j is wrong usage: "%s"', async (parameters, message) => {
  const said: string[] = []
  expect(await runCommandLine(['verify', '--out', out, ...parameters], terminalTo(said))).toBe(EXIT_CODES.usage)
  expect(said.join('')).toContain(message)
})
