import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { toRecordLines } from '../../src/publish/to-json-lines.ts'
import { DOCUMENT, exportFakes } from './support/fake-dataset.ts'

let place = ''
beforeAll(async () => {
  place = join(await exportFakes(['jsonl']), 'jsonl')
})

const textOf = (file: string) => readFileSync(join(place, file), 'utf8')
const linesOf = (name: string) => textOf(`${name}.jsonl`).split('\n').slice(0, -1)

function validatorOf(name: string) {
  // What a date is, Ajv leaves to a package of its own; the pattern beside the format says it too.
  return new Ajv2020({ allErrors: true, formats: { 'date-time': true } }).compile(
    JSON.parse(textOf(`${name}.schema.json`)) as object,
  )
}

describe.each(['records', 'documents', 'checks'])('%s.jsonl', (name) => {
  test('fits its published JSON Schema, as Ajv sees it', () => {
    const validate = validatorOf(name)
    expect(linesOf(name).length).toBeGreaterThan(0)
    for (const line of linesOf(name)) expect([validate(JSON.parse(line)), validate.errors]).toEqual([true, null])
  })

  test('a line with a property that the schema does not know, or without one, does not fit', () => {
    const validate = validatorOf(name)
    const line = JSON.parse(linesOf(name)[0] ?? '') as Record<string, unknown>
    expect(validate({ ...line, unheard_of: 1 })).toBe(false)
    for (const property of Object.keys(line)) {
      const { [property]: _, ...rest } = line
      expect([property, validate(rest)]).toEqual([property, false])
    }
  })
})

test('records.jsonl is what an ingest writes, judgements laid over', () => {
  expect(linesOf('records')).toEqual(toRecordLines(DOCUMENT))
  expect(textOf('records.jsonl')).toContain('"machine_value":"200.00"')
})

test.each([
  ['an amount that is a number', { value: 1 }],
  ['a grade that there is not', { grade: 'good' }],
  ['a flag that there is not', { flags: ['odd'] }],
  ['a box of three', { source: { page_number: 1, bbox: [1, 2, 3], origin: 'text' } }],
])('%s does not fit the schema of records', (_, change) => {
  const line = JSON.parse(linesOf('records')[0] ?? '') as { fields: Record<string, object> }
  const [name = '', field] = Object.entries(line.fields)[0] ?? []
  expect(validatorOf('records')({ ...line, fields: { [name]: { ...field, ...change } } })).toBe(false)
})
