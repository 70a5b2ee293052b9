import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { exactNumber, toExactJson } from '../../src/export/formats/ocds/exact-json.ts'
import type { PublishedDocument } from '../../src/publish/published-document.ts'
import { fakeField } from '../queue/support/fake-field.ts'
import { DOCUMENT, exportFakes, LARGE_AMOUNT } from './support/fake-dataset.ts'
import { FORMATS, OCDS_EMPTY_PACKAGE, OCDS_PACKAGE } from './support/ocds-schema.ts'

interface Release {
  readonly ocid: string
  readonly id: string
  readonly date: string
  readonly buyer?: { readonly id: string; readonly name: string }
  readonly parties?: readonly { readonly id: string }[]
  readonly planning: {
    readonly budget?: { readonly amount?: { readonly amount: number }; readonly description?: string }
    readonly documents: readonly { readonly url?: string }[]
  }
  readonly tender: {
    readonly mainProcurementCategory?: string
    readonly items: readonly {
      readonly description?: string
      readonly quantity?: number
      readonly classification?: { readonly scheme: string; readonly id: string; readonly description: string }
    }[]
  }
}

interface Package {
  readonly uri: string
  readonly publishedDate: string
  readonly publisher: { readonly name: string }
  readonly releases: readonly Release[]
}

const ajv = new Ajv2020({ allErrors: true, formats: FORMATS })
const validate = ajv.compile(OCDS_PACKAGE)
const validateEmpty = ajv.compile(OCDS_EMPTY_PACKAGE)

async function textOf(documents?: readonly PublishedDocument[]): Promise<string> {
  return readFileSync(join(await exportFakes(['ocds'], documents), 'ocds', 'release-package.json'), 'utf8')
}

function record(records: PublishedDocument['records']): PublishedDocument['records'][number] {
  const [first] = records
  if (first === undefined) throw new Error('the fake dataset has no record')
  return first
}

let text = ''
let parsed: Package
beforeAll(async () => {
  text = await textOf()
  parsed = JSON.parse(text) as Package
})

describe('the release package', () => {
  test('is what the strict schema of OCDS 1.1 demands of every property in it', () => {
    expect([validate(parsed), validate.errors]).toEqual([true, null])
  })

  test.each([
    ['an amount that is a text', (spoiled: string) => spoiled.replace('"amount":20000.00', '"amount":"20000.00"')],
    ['a status that there is not', (spoiled: string) => spoiled.replace('"planned"', '"hoped for"')],
    ['a date without a time', (spoiled: string) => spoiled.replace('T00:00:00+08:00', '')],
    ['a release without an ocid', (spoiled: string) => spoiled.replace('"ocid"', '"oc"')],
    ['a quantity below nothing', (spoiled: string) => spoiled.replace('"quantity":2.5', '"quantity":-2.5')],
    [
      'a budget without anything in it',
      (spoiled: string) => spoiled.replace(/"budget":\{.*?\},"documents"/, '"budget":{},"documents"'),
    ],
    ['an address with Chinese in it', (spoiled: string) => spoiled.replace('example.org/', 'example.org/预算/')],
    ['a release twice', (spoiled: string) => spoiled.replace(/\n(\{.*?\}),\n/, '\n$1,\n$1,\n')],
    ['a buyer without a name', (spoiled: string) => spoiled.replace(/("buyer":\{"id":"[^"]*"),"name":"[^"]*"/, '$1')],
    ['an item without an id', (spoiled: string) => spoiled.replace('"items":[{"id":"1",', '"items":[{')],
  ])('with %s would be refused', (_, spoil) => {
    const spoiled = spoil(text)
    expect(spoiled).not.toBe(text)
    expect(validate(JSON.parse(spoiled))).toBe(false)
  })

  test('has a release for each planned purchase and for nothing else', () => {
    expect(parsed.releases.map(({ id }) => id)).toEqual([
      '3f9c0d1e2a4b5c6d-p007-t1-r001',
      '3f9c0d1e2a4b5c6d-p007-t1-r002',
      '3f9c0d1e2a4b5c6d-p007-t1-r003',
    ])
    expect(parsed.publisher.name).toBe('武汉市江汉区财政局')
  })

  test('names itself by its content, and the beginning of the fiscal year as its date: the same bytes each time', async () => {
    expect(await textOf()).toBe(text)
    expect(parsed.uri).toMatch(/^ni:\/\/\/sha-256;[\w-]{43}$/)
    expect([parsed.publishedDate, parsed.releases[0]?.date]).toEqual(Array(2).fill('2024-01-01T00:00:00+08:00'))
    const other = JSON.parse(await textOf([{ ...DOCUMENT, fiscalYear: 2023 }])) as Package
    expect(other.uri).not.toBe(parsed.uri)
  })

  test('is one without a release where nothing is planned', async () => {
    const empty: unknown = JSON.parse(await textOf([{ ...DOCUMENT, records: [] }]))
    expect([validateEmpty(empty), empty]).toMatchObject([true, { releases: [] }])
  })
})

describe('a release', () => {
  const item = (index: number) => parsed.releases[index]?.tender.items[0]

  test('classifies by the catalogue with its edition, as a local scheme', () => {
    expect(item(0)?.classification).toEqual({
      scheme: 'x_procurement-2022',
      id: 'A02010105',
      description: '台式计算机',
    })
    expect(parsed.releases[0]?.tender.mainProcurementCategory).toBe('goods')
  })

  test('keeps every digit, and the value of a person', () => {
    expect(text).toContain(`"amount":{"amount":${LARGE_AMOUNT},"currency":"CNY"}`)
    expect(text).toContain('"amount":{"amount":20000.00,"currency":"CNY"}')
    expect(item(0)?.quantity).toBe(2.5)
  })

  test('leaves out a value that waits for review, and a quantity that is none', () => {
    expect(item(1)).toEqual({ id: '1' })
    expect(parsed.releases[1]?.tender.mainProcurementCategory).toBeUndefined()
  })

  test('leaves out what the standard does not take, and keeps the rest', async () => {
    const { records } = DOCUMENT
    const below = [fakeField('quantity', '-3', 7), fakeField('unit_price', '-0.50', 7), fakeField('amount', '-9.00', 7)]
    const nothing = [fakeField('amount', '9.00', 7, { grade: 'review' })]
    const some = [below, nothing].map((fields, index) => ({ ...record(records), rowIndex: index + 1, fields }))
    const odd = JSON.parse(await textOf([{ ...DOCUMENT, publisher: null, records: some }])) as Package
    expect([validate(odd), validate.errors]).toEqual([true, null])
    expect(odd.releases.map(({ planning, tender }) => [planning.budget?.amount?.amount, tender.items])).toEqual([
      [-9, [{ id: '1' }]],
      [undefined, [{ id: '1' }]],
    ])
  })

  test.each([
    ['https://example.org/x.pdf', 'https://example.org/x.pdf#page=7'],
    [
      'https://example.org/a b/预算.pdf?id={1}|2#top',
      'https://example.org/a%20b/%E9%A2%84%E7%AE%97.pdf?id=%7B1%7D%7C2#page=7',
    ],
    ['https://预算.example/x.pdf', 'https://xn--lzz850d.example/x.pdf#page=7'],
    ['see the notice board', undefined],
    [null, undefined],
  ])('of a document from %s has the address %s', async (sourceUrl, url) => {
    const given = JSON.parse(await textOf([{ ...DOCUMENT, sourceUrl }])) as Package
    expect([validate(given), validate.errors]).toEqual([true, null])
    expect(given.releases.map(({ planning }) => planning.documents[0]?.url)).toEqual([url, url, url])
  })

  test('names who buys in both places by the same id', () => {
    const [release] = parsed.releases
    expect(release?.buyer).toEqual({ id: '武汉市江汉区财政局', name: '武汉市江汉区财政局' })
    expect(release?.parties).toEqual([{ ...release?.buyer, roles: ['buyer'] }])
  })

  test('of a service to be bought has its place in the directory', async () => {
    const [record] = DOCUMENT.records.filter(({ recordType }) => recordType === 'service_purchase_line')
    if (record === undefined) throw new Error('the fake dataset has none')
    const levels = ['政府履职辅助性服务', '法律服务', '法律顾问服务'].map((name, index) =>
      fakeField(`directory_level${index + 1}`, name, 7),
    )
    const fields = [...levels, fakeField('fund_source', '财政拨款', 7)]
    const service = JSON.parse(await textOf([{ ...DOCUMENT, records: [{ ...record, fields }] }])) as Package
    expect([validate(service), validate.errors]).toEqual([true, null])
    expect(service.releases[0]?.tender.items[0]?.classification).toEqual({
      scheme: 'x_service-directory',
      id: '政府履职辅助性服务/法律服务/法律顾问服务',
      description: '法律顾问服务',
    })
    expect(service.releases[0]?.planning.budget?.description).toBe('资金来源：财政拨款')
  })
})

test.each([
  ['20000.00', true],
  ['-1.5', true],
  ['01', false],
  ['1e3', false],
  ['', false],
  ['1,000', false],
])('"%s" is a number of JSON: %s', (digits, expected) => expect(exactNumber(digits) !== null).toBe(expected))

test('texts are escaped as JSON wants it', () => {
  expect(toExactJson({ a: '"\n', b: undefined, c: [{ digits: '1.10' }, 'x'] })).toBe('{"a":"\\"\\n","c":[1.10,"x"]}')
})
