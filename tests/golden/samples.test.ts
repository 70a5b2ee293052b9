import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Case, findCases } from '../../bench/find-cases.ts'
import { type FoundRecord, scoreRecords } from '../../bench/score-records.ts'

/** Two minutes on two quiet cores leave room for a busy machine. */
const TIME_LIMIT_MS = 600_000
const DIGITAL = ['fancheng-education-2025-digital', 'yiling-health-2024-two-level-header']
const cases = findCases('samples')
const out = mkdtempSync(join(tmpdir(), 'gongkai-samples-'))
let summary = ''
const records = new Map<string, FoundRecord[]>()

beforeAll(() => {
  const parameters = ['src/cli.ts', 'ingest', 'samples', '--out', out, '--no-progress', '--summary']
  const run = spawnSync(process.execPath, ['--import', 'tsx', ...parameters], { encoding: 'utf8' })
  expect(run.stderr).toBe('')
  expect(run.status).toBe(0)
  summary = run.stdout
  for (const line of readFileSync(join(out, 'records.jsonl'), 'utf8').trim().split('\n')) {
    const record = JSON.parse(line) as FoundRecord & { file_name: string }
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

/** Seconds and the folder's name differ from run to run. */
function withoutTimes(text: string): string {
  return text
    .replaceAll(/in [\d.]+ s/g, 'in … s')
    .replaceAll(/^( *files +)[^:]+:/gm, '$1…:')
    .trim()
}
