import { expect, test } from 'vitest'
import { readUntrustedWords } from '../../../src/extract/ocr/place-words.ts'
import type { Word } from '../../../src/model/page.ts'

const CELL = { x0: 0, top: 0, x1: 100, bottom: 20 }

function word(text: string, x0 = 10): Word {
  return { text, bbox: { x0, top: 5, x1: x0 + 10, bottom: 15 }, origin: 'text' }
}

test.each([
  ['nothing', [], null],
  ['blanks', [word(' ')], null],
  ['glyphs that the font does not name', [word('\ufffd')], null],
  ['glyphs that the font names by codes of its own', [word('\uf6b5\uf6b8\ufffd\uf6b2')], null],
  ['garble of named glyphs', [word('2\ufffd00')], '2\ufffd00'],
  ['figures beside a glyph without a name', [word('\ufffd'), word('2.00', 30)], '2.00'],
])('an untrusted text layer with %s in a cell says what can be told of it', (_, words, expected) => {
  expect(readUntrustedWords(words, CELL)?.lines.join('') ?? null).toBe(expected)
})
