import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Case, findCases } from '../../bench/find-cases.ts'
import { type FoundRecord, scoreRecords } from '../../bench/score-records.ts'
import { faultsOfAlto } from '../export/support/alto-rules.ts'
import { faultsOfHocr } from '../export/support/hocr-rules.ts'
import { FORMATS, OCDS_PACKAGE } from '../export/support/ocds-schema.ts'
import { parseXml } from '../export/support/parse-xml.ts'

/** Two minutes on two quiet cores leave room for a busy machine. */
const TIME_LIMIT_MS = 600_000
const DIGITAL = ['fancheng-education-2025-digital', 'yiling-health-2024-two-level-header']
interface PublishedRecord extends FoundRecord {
  readonly record_id: string
  readonly file_name: string
}

const PURCHASES = ['procurement_line', 'service_purchase_line']
const cases = findCases('samples')
const out = mkdtempSync(join(tmpdir(), 'gongkai-samples-'))
let summary = ''
const records = new Map<string, PublishedRecord[]>()

beforeAll(() => {
  const parameters = ['src/cli.ts', 'ingest', 'samples', '--out', out, '--no-progress', '--summary']
  const run = spawnSync(process.execPath, ['--import', 'tsx', ...parameters], { encoding: 'utf8' })
  expect(run.stderr).toBe('')
  expect(run.status).toBe(0)
  summary = run.stdout
  for (const line of readFileSync(join(out, 'records.jsonl'), 'utf8').trim().split('\n')) {
    const record = JSON.parse(line) as PublishedRecord
    records.set(record.file_name, [...(records.get(record.file_name) ?? []), record])
  }
}, TIME_LIMIT_MS)

afterAll(() => rmSync(out, { recursive: true, force: true }))

const scoreOf = (one: Case) => scoreRecords(one.name, one.records ?? [], records.get(basename(one.path)) ?? [])

describe.each(cases)('$name', (one) => {
  test('gives every row at its place and invents none', () => {
    const { rowsTrue, rowsFound, rowsInvented, rowsInPlace } = scoreOf(one)
    const expected = { rowsFound: rowsTrue, rowsInvented: 0, rowsInPlace: rowsTrue }
    expect({ rowsFound, rowsInvented, rowsInPlace }).toEqual(expected)
  })

  test('accepts no wrong value', () => {
    const wrong = scoreOf(one).fields.filter((field) => field.grade === 'accepted' && !field.isRight)
    expect(wrong).toEqual([])
  })

  test('has at least 98 of 100 values right, accepted or not', () => {
    const { fields } = scoreOf(one)
    expect(fields.filter((field) => field.isRight).length).toBeGreaterThanOrEqual(0.98 * fields.length)
  })
})

test.each(DIGITAL)('%s: every cell is exact and every field accepted', (name) => {
  const one = cases.find((each) => each.name === name)
  const fields = one === undefined ? [] : scoreOf(one).fields
  expect(fields.length).toBeGreaterThan(200)
  expect(fields.filter((field) => !field.isRight || field.grade !== 'accepted')).toEqual([])
})

test('the README prints what the samples give', () => {
  const readme = readFileSync('README.md', 'utf8')
  const block = /<!-- samples -->\n```text\n([\s\S]*?)```/.exec(readme)?.[1]
  expect(withoutTimes(block ?? '')).toBe(withoutTimes(summary))
})

describe('their export', () => {
  const folder = join(out, 'export')

  beforeAll(() => {
    const parameters = ['src/cli.ts', 'export', '--out', out, '--format', 'ocds,alto,hocr']
    const run = spawnSync(process.execPath, ['--import', 'tsx', ...parameters], { encoding: 'utf8' })
    expect([run.status, run.stderr]).toEqual([0, expect.stringContaining('records of 4 documents')])
  }, TIME_LIMIT_MS)

  test('as OCDS has a release that the strict schema takes for every planned purchase', () => {
    const text = readFileSync(join(folder, 'ocds', 'release-package.json'), 'utf8')
    const parsed = JSON.parse(text) as { readonly releases: readonly { readonly id: string }[] }
    const validate = new Ajv2020({ allErrors: true, formats: FORMATS }).compile(OCDS_PACKAGE)
    expect([validate(parsed), validate.errors]).toEqual([true, null])
    const purchases = [...records.values()].flat().filter(({ record_type: type }) => PURCHASES.includes(type))
    expect(parsed.releases.map(({ id }) => id).toSorted()).toEqual(purchases.map((each) => each.record_id).toSorted())
    expect(purchases.length).toBeGreaterThan(80)
  })

  test.each([
    ['ALTO', 'alto', '.xml', faultsOfAlto],
    ['hOCR', 'hocr', '.html', faultsOfHocr],
  ] as const)('as %s has every page, each by its rules', (_name, kind, ending, faultsOf) => {
    const names = readdirSync(join(folder, kind), { recursive: true, encoding: 'utf8' })
    const files = names.filter((name) => name.endsWith(ending))
    expect(files.length).toBe(28)
    const faults = files.flatMap((file) => faultsOf(parseXml(readFileSync(join(folder, kind, file), 'utf8'))))
    expect(faults).toEqual([])
  })
})

/** Seconds and the folder's name differ from run to run. */
function withoutTimes(text: string): string {
  return text
    .replaceAll(/in [\d.]+ s/g, 'in … s')
    .replaceAll(/^( *files +)[^:]+:/gm, '$1…:')
    .trim()
}
