import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markDifferences } from '../../../src/publish/inspection/mark-differences.ts'

const marked = (text: string, reference: string): string =>
  [...text].map((glyph, index) => (markDifferences([...text], [...reference])[index] ? `(${glyph})` : glyph)).join('')

test.each([
  ['the same', '243786.90', '243786.90', '243786.90'],
  ['one glyph', '243786.96', '243786.90', '243786.9(6)'],
  ['one more', 'A1l0060', 'A10060', 'A1(l)0060'],
  ['one less', 'A0060', 'A10060', 'A0060'],
  ['nothing in common', '房屋', '12', '(房)(屋)'],
  ['nothing to compare with', '房', '', '(房)'],
])('%s', (_name, text, reference, wanted) => {
  expect(marked(text, reference)).toBe(wanted)
})

test('what is not marked stands in the reference in this order', () => {
  const glyphs = fc.array(fc.constantFrom('0', '1', '口', '回'), { maxLength: 12 })
  fc.assert(
    fc.property(glyphs, glyphs, (texts, reference) => {
      const differs = markDifferences(texts, reference)
      let at = 0
      for (const [index, glyph] of texts.entries()) {
        if (differs[index]) continue
        at = reference.indexOf(glyph, at) + 1
        expect(at).toBeGreaterThan(0)
      }
      if (texts.join() === reference.join()) expect(differs).not.toContain(true)
    }),
  )
})
