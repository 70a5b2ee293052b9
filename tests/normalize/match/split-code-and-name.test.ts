import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitCodeAndName } from '../../../src/normalize/match/split-code-and-name.ts'

describe('splitCodeAndName', () => {
  test.each([
    ['[A02010105]台式计算机', 'A02010105', '台式计算机'],
    ['【A02010105】台式计算机', 'A02010105', '台式计算机'],
    ['（2010601）行政运行', '2010601', '行政运行'],
    ['2010601 行政运行', '2010601', '行政运行'],
    ['2010601-行政运行', '2010601', '行政运行'],
    ['2010601行政运行', '2010601', '行政运行'],
    ['行政运行（2010601）', '2010601', '行政运行'],
    ['[30213]维修（护）费', '30213', '维修(护)费'],
    ['[A02021001]A3黑白打印机', 'A02021001', 'A3黑白打印机'],
    ['[C23090199\n]其他印\n刷服务', 'C23090199', '其他印刷服务'],
    ['２０１０６０１', '2010601', ''],
    ['其他印刷服务', '', '其他印刷服务'],
    ['维修（护）费', '', '维修(护)费'],
    ['', '', ''],
  ])('%s is one code and one name', (raw, code, name) => {
    expect(splitCodeAndName(raw).map((split) => [split.code, split.name])).toEqual([[code, name]])
  })

  test.each([
    ['[A田010105）台式计算机', 'A田010105', '台式计算机'],
    ['I口3090199）且他印刷服务', '口3090199', '且他印刷服务'],
    ['[Cl6089唰l且他运营服务', 'Cl6089唰', '且他运营服务'],
    ['[201嗣11行政运行', '201嗣1', '行政运行'],
    ['[302日l雏悻〈护）费', '302日', '雏悻(护)费'],
    ['[2010回71信息化建设', '2010回7', '信息化建设'],
  ])('%s may be read so, with a reason', (raw, code, name) => {
    const found = splitCodeAndName(raw).find((split) => split.code === code && split.name === name)
    expect(found?.reason).toMatch(/bracket/)
  })

  test('no text is lost or invented but brackets and separators', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'[]()A12回l行政- '), { maxLength: 16 }), (glyphs) => {
        for (const { code, name } of splitCodeAndName(glyphs.join(''))) {
          const rest = [...glyphs.join('')]
          for (const glyph of code + name) {
            const at = rest.indexOf(glyph)
            expect(at).toBeGreaterThanOrEqual(0)
            rest.splice(at, 1)
          }
        }
      }),
    )
  })
})
