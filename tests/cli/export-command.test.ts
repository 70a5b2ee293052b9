import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { createProgram } from '../../src/cli.ts'
import { type CommandResult, EXIT_CODES, type Terminal } from '../../src/main.ts'
import { createPagePool } from '../../src/queue/page-pool.ts'
import { fakeDocument, makeFolder, writeFakes } from '../queue/support/fake-document.ts'
import { FAKE_CHILD } from '../queue/support/run-ingest.ts'

let out = ''
let folder = ''
beforeEach(() => {
  folder = makeFolder()
  out = join(folder, 'out')
})

const never = new AbortController().signal

async function run(parameters: readonly string[], said: string[] = [], stop = never): Promise<CommandResult> {
  const terminal: Terminal = {
    messages: { isTerminal: false, write: (text) => void said.push(text) },
    stop,
    abort: never,
    environment: {},
    openPool: (limits) => createPagePool(FAKE_CHILD, { ...limits, memoryMib: 500 }),
  }
  let concluded: CommandResult | null = null
  const program = createProgram(terminal, (result) => {
    concluded = result
  })
  await program.parseAsync([...parameters], { from: 'user' })
  if (concluded === null) throw new Error('the command came to nothing')
  return concluded
}

describe('gongkai export', () => {
  test('writes the records that an ingest left, names the files and says how many', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read', 'refuse']) })
    await run(['ingest', inputs, '--out', out])
    const said: string[] = []
    const { exitCode, output } = await run(['export', '--out', out, '--format', 'csv, csv'], said)
    expect(exitCode).toBe(EXIT_CODES.partial)
    expect(said.join('')).toContain('3 records of 1 documents as csv')
    expect(said.join('')).toContain('1 documents are partial or failed')
    expect(output).toContain(join('out', 'export', 'csv', 'records.csv'))
    const ids = readFileSync(join(out, 'records.jsonl'), 'utf8').match(/"record_id":"[^"]+"/g) ?? []
    const csv = readFileSync(join(out, 'export', 'csv', 'records.csv'), 'utf8')
    expect(ids.length).toBe(3)
    for (const id of ids) expect(csv).toContain(id.slice('"record_id":"'.length, -1))
  })

  test('a folder that can be chosen', async () => {
    await run(['ingest', writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read']) }), '--out', out])
    await run(['export', '--out', out, '--to', join(folder, 'set')])
    expect(existsSync(join(folder, 'set', 'datapackage', 'datapackage.json'))).toBe(true)
    expect(existsSync(join(out, 'export'))).toBe(false)
  })

  test('that is stopped replaces no file and leaves none half-written; the next one clears what a kill left', async () => {
    await run(['ingest', writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read']) }), '--out', out])
    const formats = ['--format', 'csv,sqlite,jsonl']
    await run(['export', '--out', out, ...formats])
    const place = join(out, 'export')
    const listed = () => readdirSync(place, { recursive: true, encoding: 'utf8' }).sort()
    const names = listed()
    writeFileSync(join(place, 'dataset.sqlite'), 'of before')
    const said: string[] = []
    const { exitCode } = await run(['export', '--out', out, ...formats], said, AbortSignal.abort())
    expect([exitCode, said.join('')]).toEqual([EXIT_CODES.failed, 'stopped; no file was replaced\n'])
    expect([listed(), readFileSync(join(place, 'dataset.sqlite'), 'utf8')]).toEqual([names, 'of before'])
    for (const left of ['.dataset.sqlite.999999999.tmp', 'csv/.pages.csv.999999999.tmp'])
      writeFileSync(join(place, left), '')
    await run(['export', '--out', out, ...formats])
    expect(listed()).toEqual(names)
  })

  test.each([
    [['--format', 'csv,exel'], 'unknown format exel; there are datapackage, csv'],
    [['--format', ','], 'no format was given'],
    [[], 'the folder holds no results of gongkai'],
  ])('with %j and nothing ingested says "%s"', async (more, message) => {
    await expect(run(['export', '--out', out, ...more])).rejects.toThrow(message)
  })
})

/** Every file under a folder with what it says. */
function contentOf(place: string): ReadonlyMap<string, string> {
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(place, name)).isFile(),
  )
  return new Map(names.sort().map((name) => [name, readFileSync(join(place, name), 'latin1')]))
}

const LONG_AGO = new Date('2001-02-03T04:05:06Z')

function makeOld(place: string): void {
  for (const name of contentOf(place).keys()) utimesSync(join(place, name), LONG_AGO, LONG_AGO)
}

/** The files that were written since `makeOld`. */
function renewedIn(place: string): readonly string[] {
  return [...contentOf(place).keys()].filter((name) => statSync(join(place, name)).mtime > LONG_AGO)
}

describe('an export of the same', () => {
  const formats = ['--format', 'datapackage,sqlite,xlsx,parquet,jsonl']

  test('leaves every file as it was', async () => {
    await run(['ingest', writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read']) }), '--out', out])
    const place = join(out, 'export')
    await run(['export', '--out', out, ...formats])
    const before = contentOf(place)
    makeOld(place)
    await run(['export', '--out', out, ...formats])
    expect(contentOf(place)).toEqual(before)
    expect(renewedIn(place)).toEqual([])
  })

  test('with one document more renews what tells of it, and nothing else', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read']) })
    await run(['ingest', inputs, '--out', out, ...formats])
    const place = join(out, 'export')
    makeOld(place)
    makeOld(out)
    writeFakes(folder, { 'b.pdf': fakeDocument('b', ['read']) })
    await run(['ingest', inputs, '--out', out, ...formats])
    const renewed = renewedIn(out)
    expect(renewed).toContain('records.jsonl')
    expect(renewed).toContain(join('export', 'datapackage', 'data', 'procurement_line.csv'))
    expect(renewed).toContain(join('export', 'dataset.sqlite'))
    expect(renewed).not.toContain('budget_line.csv')
    expect(renewed).not.toContain(join('export', 'datapackage', 'data', 'catalogue_entries.csv'))
    expect(renewed).not.toContain(join('export', 'parquet', 'catalogue_entries.parquet'))
    expect(renewed).not.toContain(join('export', 'jsonl', 'records.schema.json'))
  })
})

describe('gongkai ingest --format', () => {
  test('writes what gongkai export writes, and says so', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read']) })
    const said: string[] = []
    const { exitCode } = await run(['ingest', inputs, '--out', out, '--format', 'csv,sqlite'], said)
    expect(exitCode).toBe(EXIT_CODES.done)
    expect(said.join('')).toContain(`3 records of 1 documents as csv, sqlite in ${join(out, 'export')}`)
    await run(['export', '--out', out, '--format', 'csv,sqlite', '--to', join(folder, 'set')])
    expect(contentOf(join(out, 'export'))).toEqual(contentOf(join(folder, 'set')))
  })

  test('tells of a format that there is not before anything is read', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read']) })
    await expect(run(['ingest', inputs, '--out', out, '--format', 'exel'])).rejects.toThrow('unknown format exel')
    expect(existsSync(out)).toBe(false)
  })

  test('exports nothing when the reading was stopped', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read']) })
    const { exitCode } = await run(['ingest', inputs, '--out', out, '--format', 'csv'], [], AbortSignal.abort())
    expect([exitCode, existsSync(join(out, 'export'))]).toEqual([EXIT_CODES.failed, false])
  })
})
