import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DICTIONARIES_FOLDER, readDictionaries } from '../../src/store/read-dictionaries.ts'

describe('the dictionaries of the package', () => {
  const { catalogues, glyphConfusions } = readDictionaries()
  const catalogue = (scheme: string, edition: string) =>
    catalogues.find((listed) => listed.scheme === scheme && listed.edition === edition)

  test('the 2022 catalogue has 4,301 items and three roots, all official', () => {
    const entries = catalogue('procurement', '2022')?.entries ?? []
    expect(entries.filter(({ code }) => code.length === 9)).toHaveLength(4301)
    expect(entries.filter(({ level }) => level === 0).map(({ code }) => code)).toEqual(['A', 'B', 'C'])
    expect(entries.every(({ attested }) => attested === 'official')).toBe(true)
  })

  test.each([
    ['procurement', '2022', 'A02010105', '台式计算机'],
    ['procurement', '2013', 'A02010105', '便携式计算机'],
    ['functional-expenditure', '2024', '2010601', '行政运行'],
    ['economic-department', '2018', '30213', '维修（护）费'],
    ['economic-government', '2018', '50101', '工资奖金津补贴'],
    ['admin-division', '2023', '420103', '江汉区'],
  ])('in %s %s the code %s is %s', (scheme, edition, code, name) => {
    expect(catalogue(scheme, edition)?.entries.find((entry) => entry.code === code)?.name).toBe(name)
  })

  test.each(['service-directory', 'unit-of-measure', 'fund-source', 'fund-nature'])('%s has names', (scheme) => {
    expect(catalogues.find((listed) => listed.scheme === scheme)?.entries.length).toBeGreaterThan(50)
  })

  test('one glyph may stand for several digits', () => {
    expect(glyphConfusions).toContainEqual(expect.objectContaining({ observed: '嗣', truth: '060' }))
  })
})

describe('a damaged copy', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dictionaries-'))
    cpSync(DICTIONARIES_FOLDER, folder, { recursive: true })
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('loads while it is whole, also with CRLF line ends', () => {
    const path = join(folder, 'procurement-2022.csv')
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'))
    expect(readDictionaries(folder)).toEqual(readDictionaries())
  })

  test.each([
    [
      'a changed name',
      'procurement-2022.csv',
      (text: string) => text.replace('台式计算机', '台式机'),
      /procurement-2022.*sha256/,
    ],
    ['a lost line', 'fund-sources.csv', (text: string) => text.replace(/\n.*\n$/, '\n'), /fund-sources.*sha256/],
    ['a broken manifest', 'index.json', (text: string) => text.slice(1), /index\.json/],
    ['a manifest without version', 'index.json', (text: string) => text.replace('"version"', '"edition"'), /version/],
    [
      'a wrong count',
      'index.json',
      (text: string) => text.replace('"entries": 4304', '"entries": 4303'),
      /4304 entries/,
    ],
  ])('with %s is refused by the name of the file', (_name, file, damage, message) => {
    const path = join(folder, file)
    writeFileSync(path, damage(readFileSync(path, 'utf8')))
    expect(() => readDictionaries(folder)).toThrow(message)
  })

  test('without a file is refused', () => {
    rmSync(join(folder, 'units-of-measure.csv'))
    expect(() => readDictionaries(folder)).toThrow(/units-of-measure/)
  })
})
