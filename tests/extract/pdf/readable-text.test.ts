import { expect, test } from 'vitest'
import { readableText } from '../../../src/extract/pdf/readable-text.ts'

test.each([
  ['a radical that looks like a character', '\u2f00般', '一般'],
  ['a radical that no normal form folds', '部\u2ed4预⻝', '部门预食'],
  ['radicals whose characters are written otherwise in simplified Chinese', '\u2f3e外\u2fad少年\u2fc8', '户外青少年黄'],
  ['a compatibility ideograph', '\uf90a', '金'],
  ['a ligature', '\ufb01', 'fi'],
  ['a soft hyphen and a zero width space', 'a\u00ad\u200bb', 'ab'],
  ['a glyph that the font does not name', '\u0001', '\ufffd'],
  ['half a character', 'a\ud800b', 'a\ufffdb'],
  ['a character of two halves', '\u{20000}', '\u{20000}'],
  ['full-width forms, which stay as printed', '：１', '：１'],
])('%s', (_name, text, expected) => expect(readableText(text)).toBe(expected))
