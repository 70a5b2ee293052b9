import { describe, expect, test } from 'vitest'
import { foldText as foldReading } from '../../../src/extract/ocr/fold-text.ts'
import { foldText } from '../../../src/normalize/match/fold-text.ts'

describe.each([
  ['readings of one print', foldReading],
  ['texts of a catalogue', foldText],
])('%s', (_, fold) => {
  test.each([
    ['“十四五”规划', '"十四五"规划'],
    ['“送戏下乡”演出', '“送戏下乡"演出'],
    ['‘三公’经费', "'三公'经费"],
    ['【A02010105】', '[A02010105]'],
    ['Ａ０２（服务器）', 'A02(服务器)'],
    ['台式 计算机', '台式计算机'],
  ])('are the same where they only are set otherwise: %s, %s', (a, b) => expect(fold(a)).toBe(fold(b)))

  test.each([
    ['“十四五”规划', '“十四五?规划'],
    ['一般', '二般'],
    ['(1)', '1'],
  ])('are not the same where a glyph differs: %s, %s', (a, b) => expect(fold(a)).not.toBe(fold(b)))
})
