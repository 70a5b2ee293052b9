import { describe, expect, test } from 'vitest'
import type { Catalogue, CatalogueEntry } from '../../../src/model/catalogue.ts'
import type { LinePosteriors } from '../../../src/model/line-posteriors.ts'
import type { CodeMatch, MatchQuery, TextReading } from '../../../src/normalize/match/code-match.ts'
import { createCatalogueMatcher } from '../../../src/normalize/match/create-catalogue-matcher.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'
import { showGlyphs } from '../../support/posteriors.ts'

const { glyphConfusions } = readDictionaries()
const OCR = { fiscalYear: 2024, origin: 'ocr' } as const

const entry = (code: string, name: string): CatalogueEntry => ({
  code,
  name,
  parent: '',
  level: 3,
  attested: 'official',
})
const ENTRIES = [
  entry('C20030500', '评审咨询服务'),
  entry('C20030600', '评价咨询服务'),
  entry('A02010105', '台式计算机'),
  entry('A02010108', '便携式计算机'),
  entry('A05010202', '会议桌'),
  entry('A05010302', '会议椅'),
  entry('C', '服务'),
]
const about = { scheme: 'procurement', edition: '2022', title: '', source: '', validFrom: null, validTo: null }
const catalogue: Catalogue = { ...about, isComplete: true, entries: ENTRIES }
const matcher = createCatalogueMatcher([catalogue], glyphConfusions)

const paddle = (text: string, ...posteriors: readonly LinePosteriors[]): TextReading => ({
  reader: 'paddle',
  text,
  posteriors,
})
const withoutPosteriors = ({ combined = [] }: MatchQuery): MatchQuery => ({
  combined: combined.map(({ posteriors: _none, ...reading }) => reading),
})
const entryOf = (match: CodeMatch): string | null =>
  match.kind === 'exact' || match.kind === 'restored' ? match.entry.name : null

describe('what the reader held for possible', () => {
  test('tells two entries apart that its best string leaves open', () => {
    const code = showGlyphs(
      '[C200305',
      { '#': 0.4, '0': 0.3 },
      { '#': 0.4, '0': 0.3 },
      ']评',
      { 申: 0.3, 审: 0.25 },
      '咨询服务',
    )
    const query = { combined: [paddle('[C20030###]评申咨询服务', code)] }
    const name = { combined: [paddle('评申咨询服务', showGlyphs('评', { 申: 0.4, 审: 0.3 }, '咨询服务'))] }
    expect(entryOf(matcher.match(withoutPosteriors(query), OCR))).toBeNull()
    expect(entryOf(matcher.match(query, OCR))).toBe('评审咨询服务')
    const [best, second] = matcher.match(name, OCR).candidates
    expect(best?.entry.name).toBe('评审咨询服务')
    expect(second?.probability ?? 0).toBeLessThan(0.05)
  })

  test('a glyph that it holds for none, and ink all the same, is a glyph', () => {
    // Of the code it saw hardly anything: as if a bare 服务 were printed, which is an entry, too.
    const weak = { '#': 0.2, '0': 0.2 }
    const query = { combined: [paddle('##服务', showGlyphs(weak, weak, weak, weak, weak, weak, weak, weak, '服务'))] }
    expect(entryOf(matcher.match(query, OCR))).toBeNull()
  })

  test('is one over the lines of a cell', () => {
    const [first, second] = [
      showGlyphs('[A050103', { 0: 0.5, 8: 0.4 }, '2]会'),
      showGlyphs('议', { 掎: 0.5, 椅: 0.45 }),
    ]
    expect(entryOf(matcher.match({ combined: [paddle('[A05010302]会议掎', first, second)] }, OCR))).toBe('会议椅')
  })

  test('counts what stands behind the name, too', () => {
    const remark = showGlyphs('[A02010105]台式计', { 箅: 0.6, 算: 0.35 }, '机（省级）')
    expect(entryOf(matcher.match({ combined: [paddle('[A02010105]台式计箅机（省级）', remark)] }, OCR))).toBe(
      '台式计算机',
    )
    const cut = { ...paddle('[A02010105]台式计箅机', remark), tail: '（省级）' }
    expect(entryOf(matcher.match({ combined: [cut] }, OCR))).toBe('台式计算机')
  })
})

describe('what it must not settle', () => {
  test.each([
    [
      'code and name of two entries, both seen plainly',
      '[A02010105]便携式计算机',
      showGlyphs('[A02010105]便携式计算机'),
    ],
    [
      'the same with a doubtful bracket',
      '[A020101051便携式计算机',
      showGlyphs('[A02010105', { 1: 0.6, ']': 0.3 }, '便携式计算机'),
    ],
    ['two names that it holds for nearly as likely', '会议桌', showGlyphs('会议', { 桌: 0.5, 椅: 0.45 })],
    ['a code between two entries, without a name', 'A02010105', showGlyphs('A0201010', { 5: 0.5, 8: 0.45 })],
    ['nothing but glyphs that it cannot make out', '###', showGlyphs({ '#': 0.5 }, { '#': 0.5 }, { '#': 0.5 })],
    ['a name that no frame shows', '[A02010105]今朝明月', showGlyphs('[A02010105]今朝明月')],
  ])('%s', (_name, text, posteriors) => {
    expect(entryOf(matcher.match({ combined: [paddle(text, posteriors)] }, OCR))).toBeNull()
  })

  test('a code whose name disagrees stays in contradiction, however sure the pixels are of either', () => {
    const query = { combined: [paddle('[A02010105]便携式计算机', showGlyphs('[A02010105]便携式计算机'))] }
    const strings = matcher.match(withoutPosteriors(query), OCR)
    const pixels = matcher.match(query, OCR)
    expect(pixels.kind).toBe(strings.kind)
    expect(pixels.value).toEqual(strings.value)
  })
})
