import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Package } from 'datapackage'
import { beforeAll, describe, expect, test } from 'vitest'
import { fitsType } from '../../src/export/tables/table-definition.ts'
import { parseCsv } from '../../src/model/parse-csv.ts'
import { DOCUMENT, DOCUMENT_ID, exportFakes, LARGE_AMOUNT } from './support/fake-dataset.ts'

interface Descriptor {
  readonly sources: readonly object[]
  readonly resources: readonly {
    readonly name: string
    readonly path: string
    readonly bytes: number
    readonly hash: string
    readonly schema: {
      readonly missingValues: readonly { readonly value: string }[]
      readonly primaryKey?: readonly string[]
      readonly fields: readonly { readonly name: string; readonly type: string }[]
    }
  }[]
}

let place = ''
let descriptor: Descriptor
beforeAll(async () => {
  place = join(await exportFakes(['datapackage']), 'datapackage')
  descriptor = JSON.parse(readFileSync(join(place, 'datapackage.json'), 'utf8')) as Descriptor
})

/** The library knows version 1, in which a missing value has no label; and it takes a byte order mark for a letter. */
function asVersion1(): object {
  return {
    ...descriptor,
    resources: descriptor.resources.map((resource) => ({
      ...resource,
      profile: 'tabular-data-resource',
      schema: { ...resource.schema, missingValues: resource.schema.missingValues.map(({ value }) => value) },
    })),
  }
}

/** Reads everything as the library does; `change` spoils a table before. */
async function readAll(
  change: (table: string, text: string) => string = (_, text) => text,
): Promise<ReadonlyMap<string, readonly Record<string, unknown>[]>> {
  const copy = mkdtempSync(join(tmpdir(), 'gongkai-export-'))
  mkdirSync(join(copy, 'data'))
  for (const { name, path } of descriptor.resources) {
    const text = readFileSync(join(place, path), 'utf8').replace('\uFEFF', '')
    writeFileSync(join(copy, path), change(name, text))
  }
  const loaded = await Package.load(asVersion1(), { basePath: copy, strict: true })
  expect([loaded.valid, loaded.errors]).toEqual([true, []])
  const tables = new Map<string, readonly Record<string, unknown>[]>()
  // Reading casts every cell by its field, checks its constraints and the primary key, and follows every foreign key.
  for (const resource of loaded.resources)
    tables.set(resource.name, await resource.read({ keyed: true, relations: true }))
  return tables
}

function csvRows(name: string): readonly Record<string, string>[] {
  const [header = [], ...rows] = parseCsv(
    readFileSync(join(place, 'data', `${name}.csv`), 'utf8').replace('\uFEFF', ''),
  )
  return rows.map((row) => Object.fromEntries(header.map((column, index) => [column, row[index] ?? ''])))
}

describe('the Frictionless library for JavaScript (npm datapackage)', () => {
  test('takes the descriptor, every row, primary key and foreign key', async () => {
    const tables = await readAll()
    expect([...tables.keys()]).toEqual(descriptor.resources.map(({ name }) => name))
    expect(tables.get('records')).toHaveLength(8)
    expect(tables.get('cell_provenance')).toHaveLength(DOCUMENT.records.flatMap(({ fields }) => fields).length)
    expect(tables.get('catalogue_entries')?.length).toBeGreaterThan(4000)
  })

  test.each([
    [
      'a code without its catalogue entry',
      'procurement_line',
      'procurement-2022:A02010105',
      'procurement-2022:A0',
      'Foreign key "item_entry" violation',
    ],
    ['an amount that is none', 'procurement_line', '20000.00', '2O000.00', 'type and format mismatch'],
    ['a record of no document', 'records', DOCUMENT_ID, 'e'.repeat(64), 'Foreign key "document_id" violation'],
    ['a record twice', 'records', 't1-r002', 't1-r001', 'unique constraint violation'],
    ['a status that there is not', 'records', 'accepted', 'acceptable', 'type and format mismatch'],
  ])('refuses %s, so it would tell', async (_, table, sound, broken, told) => {
    const reading = readAll((name, text) => (name === table ? text.replace(sound, broken) : text))
    await expect(reading).rejects.toThrow(told)
  })
})

test('hash and size of every file are those of the descriptor', () => {
  for (const { path, bytes, hash } of descriptor.resources) {
    const content = readFileSync(join(place, path))
    expect([bytes, hash]).toEqual([content.length, `sha256:${createHash('sha256').update(content).digest('hex')}`])
    expect(content.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  }
})

test('every document is named as a source, with its address where there is one', () => {
  expect(descriptor.sources).toEqual([
    {
      title: '2024年部门预算公开 (x, "y".pdf)',
      path: 'https://example.org/x.pdf',
      version: `sha256:${DOCUMENT_ID}`,
    },
    { title: 'damaged.pdf', version: `sha256:${'f'.repeat(64)}` },
  ])
})

describe('the rows', () => {
  test('keep every digit of an amount', () => {
    expect(csvRows('procurement_line').map(({ amount }) => amount)).toEqual(['20000.00', LARGE_AMOUNT])
  })

  test('show the value of a person, with the value of the machine beside it', () => {
    const cell = csvRows('cell_provenance').find(({ field, judged_by }) => field === 'amount' && judged_by !== '')
    expect(cell).toMatchObject({ value: '20000.00', machine_value: '200.00', grade: 'corrected', judged_by: 'wang' })
  })

  test('keep a value that its column cannot hold, and one without a column', () => {
    expect(csvRows('procurement_line')[1]).toMatchObject({ quantity: '', more: '{"quantity":"若干"}' })
    expect(csvRows('budget_line')[0]).toMatchObject({
      function_code: '2010101',
      total: '0.00',
      more: '{"other_1":"3.00"}',
    })
  })

  test('name the catalogue entry of a code that is settled, and none of one that is not', () => {
    expect(csvRows('procurement_line').map(({ item_entry }) => item_entry)).toEqual(['procurement-2022:A02010105', ''])
    expect(csvRows('service_purchase_line')[0]?.function_entry).toBe('functional-expenditure-2024:2010101')
    expect(csvRows('budget_line')[0]?.line_entry).toBe('economic-department-2018:30101')
  })

  test('are no formula for a spreadsheet', () => {
    expect(csvRows('procurement_line')[0]?.project_name).toBe(`'=cmd|"/c calc"!A1`)
  })

  test('name a member of an equation by the document that it stands in', () => {
    expect(csvRows('check_members').map(({ record_id }) => record_id)).toEqual([
      '3f9c0d1e2a4b5c6d-p007-t1-r001',
      'eeeeeeeeeeeeeeee-p003-t1-r002',
    ])
  })

  test('tell which document repeats another', () => {
    expect(csvRows('related_documents')).toMatchObject([{ related_id: 'f'.repeat(64), relation: 'repeats' }])
  })

  test('tell what failed', () => {
    expect(csvRows('documents')[1]).toMatchObject({ status: 'failed', error_code: 'document/damaged' })
    expect(csvRows('pages')[1]).toMatchObject({ page_number: '8', error_code: 'page/timeout' })
  })
})

test('the same input gives the same bytes, and nothing half-written stays', async () => {
  const again = join(await exportFakes(['datapackage']), 'datapackage')
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name))
  expect(readdirSync(again, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name))).toEqual(names)
  expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([])
  for (const name of names) expect(readFileSync(join(again, name))).toEqual(readFileSync(join(place, name)))
})

test.each([
  ['money', '1.00', true],
  ['money', '1', false],
  ['money', '1e3', false],
  ['money', '01.00', false],
  ['decimal', '12.345', true],
  ['decimal', '1e3', false],
  ['integer', '2024', true],
  ['integer', '2024.0', false],
  ['boolean', '是', false],
] as const)('%s: "%s" fits: %s', (type, value, expected) => expect(fitsType(type, value)).toBe(expected))
