import { describe, expect, test } from 'vitest'
import { createGlyphCosts } from '../../../src/normalize/match/glyph-costs.ts'
import { createNearPlaces, createPlaceMender } from '../../../src/normalize/match/mend-place.ts'
import { createTextGlyphs } from '../../../src/normalize/match/text-glyphs.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'
import { type Shown, showGlyphs } from '../../support/posteriors.ts'

const { catalogues, glyphConfusions } = readDictionaries()
const divisions = catalogues.filter(({ scheme }) => scheme === 'admin-division')
const mend = createPlaceMender(divisions, createGlyphCosts(glyphConfusions))

describe('a place that is nearly a division of the country is mended', () => {
  test.each([
    ['阳泉市孟县人民法院', '阳泉市盂县人民法院'],
    ['秦皇岛市北址河区综合行政执法大队', '秦皇岛市北戴河区综合行政执法大队'],
    ['武汉市汉阳区财政局', '武汉市汉阳区财政局'],
    ['阜阳市颖上县住房和城乡建设局（本级）', '阜阳市颍上县住房和城乡建设局（本级）'],
    ['张家口市鹿县市场监督管理局', '张家口市涿鹿县市场监督管理局'],
  ])('%s is %s', (read, printed) => expect(mend(read)).toBe(printed))
})

describe('what is no misreading of a place stays', () => {
  test.each([
    '某县财政局',
    '佛山市高新区财政局',
    '武汉市东湖新技术开发区财政局',
    '财政局',
    '阳泉市财政局',
    '湖北省武汉市江汉区财政局本级',
    '',
  ])('%s', (name) => expect(mend(name)).toBe(name))

  test('every division under its own parent', () => {
    const entries = divisions.flatMap((catalogue) => catalogue.entries)
    const byCode = new Map(entries.map((entry) => [entry.code, entry]))
    const counties = entries.filter(({ level, name }) => level === 3 && name !== '市辖区')
    const changed = counties
      .map(({ parent, name }) => `${byCode.get(parent)?.name.replace(/^市辖区$/, '') ?? ''}${name}财政局`)
      .filter((name) => mend(name) !== name)
    expect(changed).toEqual([])
  })
})

describe('what the pixels can show beside what was read', () => {
  const canBe = (read: string, ...shown: readonly Shown[]) => {
    const posteriors = [showGlyphs(...shown)]
    const glyphs = createTextGlyphs([{ reader: 'paddle', lines: [read], confidence: 0.9, characters: [], posteriors }])
    return (name: string) => (glyphs?.costOf(name) ?? 0) <= (glyphs?.costOf(read) ?? 0) + 5
  }

  test.each([
    ['a glyph that no table of look-alikes has', '泰安市出岳区财政局', [{ 出: 0.5, 岱: 0.3 }], '泰安市岱岳区财政局'],
    ['a glyph that the reader is sure of', '泰安市出岳区财政局', ['出'], '泰安市出岳区财政局'],
    ['another glyph than any division has', '泰安市出岳区财政局', [{ 出: 0.5, 山: 0.3 }], '泰安市出岳区财政局'],
  ] as const)('%s', (_name, read, [glyph], printed) => {
    expect(mend(read, canBe(read, '泰安市', glyph, '岳区财政局'))).toBe(printed)
  })
})

describe('a place that is no division, but all but one character one', () => {
  const near = createNearPlaces(divisions)

  test.each([
    ['阜阳市疑上县财政局', ['阜阳市颍上县财政局']],
    ['烟台市芝果区妇幼保健院', ['烟台市芝罘区妇幼保健院']],
    ['烟台市芝罘区妇幼保健院', []],
    ['佛山市高新区财政局', []],
    ['成都市东部新区管委会', []],
    ['财政局', []],
  ])('%s may be %j', (read, places) => expect(near(read)).toEqual(places))

  test('no true division is doubted', () => {
    const entries = divisions.flatMap((catalogue) => catalogue.entries)
    const byCode = new Map(entries.map((entry) => [entry.code, entry]))
    const doubted = entries
      .filter(({ level }) => level === 3)
      .map(({ parent, name }) => `${byCode.get(parent)?.name.replace(/^市辖区$/, '') ?? ''}${name}财政局`)
      .filter((name) => near(name).length > 0)
    expect(doubted).toEqual([])
  })
})
