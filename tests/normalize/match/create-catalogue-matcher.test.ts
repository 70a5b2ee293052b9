import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CatalogueEntry } from '../../../src/model/catalogue.ts'
import type { CodeMatch, MatchQuery } from '../../../src/normalize/match/code-match.ts'
import { createCatalogueMatcher } from '../../../src/normalize/match/create-catalogue-matcher.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'

const { catalogues, glyphConfusions } = readDictionaries()
const schemeOf = (scheme: string) => catalogues.filter((catalogue) => catalogue.scheme === scheme)
const matcherOf = (scheme: string) => createCatalogueMatcher(schemeOf(scheme), glyphConfusions)
const procurement = matcherOf('procurement')
const functional = matcherOf('functional-expenditure')
const economic = matcherOf('economic-department')
const directory = matcherOf('service-directory')
const entriesOf2022 = schemeOf('procurement').find(({ edition }) => edition === '2022')?.entries ?? []
const codesOf2022 = new Set(entriesOf2022.map(({ code }) => code))

const TEXT = { fiscalYear: 2024, origin: 'text' } as const
const OCR = { fiscalYear: 2024, origin: 'ocr' } as const
const cell = (...texts: string[]): MatchQuery => ({
  combined: texts.map((text, at) => ({ reader: at === 0 ? 'paddle' : 'tesseract', text })),
})
const layer = (text: string): MatchQuery => ({ combined: [{ reader: 'untrusted-text-layer', text }] })
const columns = (code: string, name: string): MatchQuery => ({
  code: [{ reader: 'paddle', text: code }],
  name: [{ reader: 'paddle', text: name }],
})
const entryOf = (match: CodeMatch): string | null =>
  match.kind === 'exact' || match.kind === 'restored' ? `${match.entry.code}${match.entry.name}` : null

test.each([
  ['two readers see it, in a column for both', cell('31003', '31003'), 'exact'],
  ['one reader alone sees it', cell('31003'), 'ambiguous'],
  [
    'two readers see it, and a scanner’s layer garble',
    { combined: [...(cell('31003', '31003').combined ?? []), ...(layer('3lO0e').combined ?? [])] },
    'exact',
  ],
  ['they see two codes', cell('31003', '31002'), 'ambiguous'],
] as const)('a code without its name: %s', (_name, query, kind) => {
  expect(economic.match(query, OCR).kind).toBe(kind)
})

describe('a scan of a year whose catalogue we hold in part', () => {
  const OLD = { fiscalYear: 2019, origin: 'ocr' } as const
  const beside = (codes: readonly string[], names: readonly string[]): MatchQuery => ({
    code: codes.map((text, at) => ({ reader: at === 0 ? 'paddle' : 'tesseract', text })),
    name: names.map((text, at) => ({ reader: at === 0 ? 'paddle' : 'tesseract', text })),
  })

  test.each([
    ['a code of an upper level', ['B08', 'B08'], ['修缮工程', '修缮工程'], 'B08', '修缮工程'],
    ['a letter read for a figure', ['CO801', 'C0801'], ['法律服务', '法律服务'], 'C0801', '法律服务'],
    ['the letter by both readers', ['BO8', 'BO8'], ['修缮工程', '修缮工程'], 'B08', '修缮工程'],
    ['a longer code', ['CO81401', 'C081401'], ['印刷服务', '印刷服务'], 'C081401', '印刷服务'],
  ])('keeps what is printed and not listed: %s', (_name, codes, names, code, name) => {
    const match = procurement.match(beside(codes, names), OLD)
    expect([match.kind, match.printed, match.isListComplete]).toEqual(['unknown', { code, name }, false])
  })

  test.each([
    ['垃圾处理服务', '垃坡处理服务'],
    ['云计算服务', '云计算服努'],
    ['垃圾车', '拉圾车'],
    ['便民服务中心修缮', '便民服务中心修'],
    ['太阳能路灯', '太阳能路打'],
  ])('a name without a code that is like no listed one is not drawn to one: %s', (name, other) => {
    const match = procurement.match(
      {
        name: [
          { reader: 'paddle', text: name },
          { reader: 'tesseract', text: other },
        ],
      },
      OLD,
    )
    expect([match.printed.name, match.candidates]).toEqual([name, []])
    expect(match.kind === 'exact' || match.kind === 'restored').toBe(false)
  })

  test('takes the brackets that a name has itself, misread, for no remark behind it', () => {
    const match = procurement.match(cell('[A02061504]不间断电源(CPS）', '[A02061504]不间断电源(UPS)'), OLD)
    expect(match.value).toEqual({ code: 'A02061504', name: '不间断电源（UPS）' })
  })
})

describe('trusted text', () => {
  test.each([
    ['as in the catalogue', '[C23090199]其他印刷服务', 'exact'],
    ['blanks and full width', '［C23090199］ 其他 印刷服务', 'exact'],
    ['a remark behind the name', '[C23030000]审计服务（省级第二版）', 'exact'],
    ['the publisher shortens the name', '[C16070100]基础环境运维', 'exact'],
    ['a code alone', 'C23090199', 'exact'],
    ['code and name of two entries', '[C23090199]台式计算机', 'contradiction'],
    ['a name that is the tail of the right one', '[C23090199]印刷服务', 'contradiction'],
    ['a code with quite another name', '[C23090199]春节慰问品', 'contradiction'],
    ['a code that no entry has', '[C23090188]其他印刷服务', 'unknown'],
    ['one stroke from an entry is not that entry', '[C2309O199]其他印刷服务', 'unknown'],
    ['a name that two entries have', '车辆维修和保养服务', 'ambiguous'],
    ['a name alone', '台式计算机', 'exact'],
    ['a name that begins with a digit', 'A020210053D打印机', 'exact'],
    ['a name that begins with a digit behind a blank', 'A02021005 3D打印机', 'exact'],
  ])('%s: %s is %s', (_name, text, kind) => expect(procurement.match(cell(text), TEXT).kind).toBe(kind))

  test('a digit that begins the name is no part of the code', () => {
    expect(procurement.match(cell('A02021005 3D打印机'), TEXT).value).toEqual({ code: 'A02021005', name: '3D打印机' })
  })

  test('a code in full-width figures is the code', () => {
    const match = procurement.match(columns('Ａ０２０１０１０５', '台式计算机'), TEXT)
    expect(match).toMatchObject({ kind: 'exact', value: { code: 'A02010105', name: '台式计算机' } })
  })

  test('both sides of a contradiction are named and the print stays', () => {
    const match = procurement.match(columns('A02010105', '便携式计算机'), TEXT)
    expect(match).toMatchObject({
      kind: 'contradiction',
      byCode: { name: '台式计算机' },
      byName: { code: 'A02010108' },
      value: { code: 'A02010105', name: '便携式计算机' },
      otherEdition: { edition: '2013' },
    })
  })

  test('an entry from memory contradicts nobody', () => {
    const recalled: CatalogueEntry = { code: '2019901', name: '某某事务', parent: '', level: 3, attested: 'recalled' }
    const edition = {
      scheme: 's',
      edition: 'e',
      title: 't',
      validFrom: null,
      validTo: null,
      isComplete: false,
      source: 's',
    }
    const matcher = createCatalogueMatcher([{ ...edition, entries: [recalled] }], [])
    expect(matcher.match(cell('[2019901]救灾支出'), TEXT).kind).toBe('unknown')
    expect(matcher.match(cell('[2019901]救灾支出'), OCR).kind).not.toBe('contradiction')
  })

  test('whatever is printed, the published value is what was printed', () => {
    const glyphs = fc.array(fc.constantFrom(...'AC0129口回其他印刷服务台式计算机（护）'), { maxLength: 12 })
    fc.assert(
      fc.property(glyphs, glyphs, (code, name) => {
        const { value } = procurement.match(columns(code.join(''), name.join('')), TEXT)
        expect((value.code ?? '').replaceAll(/[（）]/g, '')).toBe(code.join('').replaceAll(/[（）]/g, ''))
        expect(value.name ?? '').toBe(name.join(''))
      }),
      { numRuns: 60 },
    )
  })
})

describe('every entry of every catalogue', () => {
  const cases = catalogues.flatMap((catalogue) => catalogue.entries.map((entry) => ({ catalogue, entry })))
  const matchers = new Map(
    catalogues.map((catalogue) => [catalogue, createCatalogueMatcher([catalogue], glyphConfusions)]),
  )

  test.each(['text', 'ocr'] as const)('printed cleanly with its code is exactly itself (%s)', (origin) => {
    for (const { catalogue, entry } of cases) {
      if (entry.code.length < 3) continue
      const text = `[${entry.code}]${entry.name}`
      const match = matchers.get(catalogue)?.match(cell(text, text), { fiscalYear: 2024, origin })
      expect(match?.kind, entry.code).toBe('exact')
      expect(match === undefined ? null : entryOf(match)).toBe(`${entry.code}${entry.name}`)
    }
  })
})

describe('damaged readings', () => {
  test.each([
    ['digits read as Han glyphs', '[A田010105）台式计算机', 'A02010105台式计算机'],
    ['the whole name, not its tail', 'I口3090199）且他印刷服务', 'C23090199其他印刷服务'],
    ['one stroke between two names', 'I口回31000）评价咨询服务', 'C20031000评价咨询服务'],
    ['a name that holds another', 'I口回到800）预算绩效评价咨询服务', 'C20030800预算绩效评价咨询服务'],
    ['code and name both damaged', '[Cl国2刷刷l安全运撞服务', 'C16070400安全运维服务'],
  ])('%s: %s', (_name, text, truth) => expect(entryOf(procurement.match(layer(text), OCR))).toBe(truth))

  test('code and name may stand in two columns', () => {
    expect(entryOf(procurement.match(columns('C2309O199', '其他印刷服务'), OCR))).toBe('C23090199其他印刷服务')
  })

  test('economic codes are restored by the same function', () => {
    expect(entryOf(economic.match(layer("[30'13）撞曹（妒）费"), OCR))).toBe('30213维修（护）费')
  })

  test('a list of names is restored without codes', () => {
    const match = directory.match({ name: [{ reader: 'paddle', text: '政府厦职辅助性服务' }] }, OCR)
    expect(match.kind).toBe('restored')
    expect(match.value).toEqual({ code: null, name: '政府履职辅助性服务' })
  })

  test('when only the code is damaged and many entries have the name, nothing is chosen, the name stands', () => {
    const match = functional.match(layer('[201刷1）行政运行'), OCR)
    expect(match.kind).toBe('ambiguous')
    expect(match.value).toEqual({ code: null, name: '行政运行' })
    expect(match.candidates.length).toBeGreaterThan(1)
  })

  test('sightings elsewhere in the document make an entry likelier', () => {
    const query = layer('[201刷1）行政运行')
    const alone = functional.match(query, OCR).candidates[0]
    const informed = functional.match(query, { ...OCR, seenInDocument: new Map([['2010601', 20]]) }).candidates[0]
    expect(informed?.entry.code).toBe('2010601')
    expect(informed?.probability ?? 0).toBeGreaterThan((alone?.probability ?? 1) * 2)
  })

  test('rows of one column help each other', () => {
    const texts = ['[2010604]预算改革业务', '[2010607]信息化建设', '[2010咽7）信息化建设']
    const matches = functional.matchColumn(texts.map(layer), OCR)
    expect(matches.map(({ candidates }) => candidates[0]?.entry.code)).toEqual(['2010604', '2010607', '2010607'])
    const alone = functional.match(layer('[2010咽7）信息化建设'), OCR)
    expect(matches[2]?.candidates[0]?.probability ?? 0).toBeGreaterThan(alone.candidates[0]?.probability ?? 1)
  })
})

describe('a sound reading of a listed code', () => {
  const columnOf = (readers: readonly ('paddle' | 'tesseract')[], text: string) =>
    readers.map((reader) => ({ reader, text }))

  test('is no proof by one reader when the same name stands under other codes', () => {
    expect(functional.match(cell('[2010303]机关服务'), OCR).kind).toBe('ambiguous')
    expect(functional.match(cell('[2010303]机关服务', '[2010303]机关服务'), OCR).kind).toBe('exact')
  })

  test('without a name is believed when two readers agree', () => {
    expect(economic.match({ code: columnOf(['paddle'], '30201') }, OCR).kind).toBe('ambiguous')
    const agreed = economic.match({ code: columnOf(['paddle', 'tesseract'], '30201') }, OCR)
    expect(agreed).toMatchObject({ kind: 'exact', value: { code: '30201', name: null } })
  })
})

describe("a name of the publisher's own", () => {
  test.each([
    ['a character that no name of the catalogue has is damage', '[C20020500]工程造价鉴亖服务', 'restored'],
    ['a known one may be the publisher’s wording, and a person decides', '[C23090100]印制服务', 'ambiguous'],
  ])('%s', (_name, text, kind) => expect(procurement.match(layer(text), OCR).kind).toBe(kind))

  test('two readers who see it alike are not overruled', () => {
    expect(entryOf(procurement.match(cell('[C23090100]印制服务', '[C23090100]印制服务'), OCR))).toBeNull()
  })
})

describe('what must not be forced', () => {
  test.each([
    ['a code and a name that no entry has', '[C23090177]应急印制服务'],
    ['an unlisted code beside a listed one', '[A02151007]合成橡胶生产机组装置'],
  ])('%s stay as printed: %s', (_name, text) => {
    const match = procurement.match(cell(text, text), OCR)
    expect(entryOf(match)).toBe(null)
    expect(match.kind).toBe('unknown')
    expect(match.value.code).toBe(text.slice(1, 10))
  })

  test('two readers see a listed code with the name of another entry: nothing is altered', () => {
    const text = '[C23090199]台式计算机'
    expect(procurement.match(cell(text, text), OCR)).toMatchObject({
      kind: 'contradiction',
      value: { code: 'C23090199', name: '台式计算机' },
    })
  })

  test('a code of the 2013 edition is not corrected to 2022', () => {
    const text = '[A02010105]便携式计算机'
    const match = procurement.match(cell(text, text), OCR)
    expect(entryOf(match)).toBe(null)
    expect(match.otherEdition?.edition).toBe('2013')
    expect(entryOf(procurement.match(cell(text, text), { ...OCR, fiscalYear: 2020 }))).toBe('A02010105便携式计算机')
  })

  test('no code is invented outside the catalogue and the print, probabilities are probabilities', () => {
    const glyphs = fc.constantFrom(...'[]）lAC0123456789口回曲嗣其且他印刷服务维撞修计直算机')
    fc.assert(
      fc.property(fc.array(glyphs, { maxLength: 20 }), (read) => {
        const text = read.join('')
        const { value, candidates, margin } = procurement.match(layer(text), OCR)
        if (value.code !== null) {
          expect(codesOf2022.has(value.code) || text.replaceAll('）', ')').includes(value.code)).toBe(true)
        }
        const sum = candidates.reduce((total, { probability }) => total + probability, 0)
        expect(sum).toBeLessThanOrEqual(1 + 1e-9)
        expect(margin).toBeGreaterThanOrEqual(0)
        expect(margin).toBeLessThanOrEqual(1)
        for (const { entry } of candidates) expect(entriesOf2022).toContain(entry)
      }),
      { numRuns: 80 },
    )
  })

  test.each(['', '   ', ']', '口', '[[[['])('junk "%s" is no entry', (text) => {
    expect(entryOf(procurement.match(cell(text), OCR))).toBe(null)
  })
})

test('the reader’s own second thought counts', () => {
  const text = 'C23090190'
  const characters = Array.from(text, (character, at) => ({
    text: character,
    confidence: at === 8 ? 0.5 : 0.999,
    alternatives: at === 8 ? [{ text: '9', confidence: 0.45 }] : [],
  }))
  const name = [{ reader: 'paddle', text: '其他印刷服务' }] as const
  const match = procurement.match({ code: [{ reader: 'paddle', text, characters }], name }, OCR)
  const blind = procurement.match({ code: [{ reader: 'paddle', text }], name }, OCR)
  expect(entryOf(match)).toBe('C23090199其他印刷服务')
  expect(match.margin).toBeGreaterThan(blind.margin)
})
