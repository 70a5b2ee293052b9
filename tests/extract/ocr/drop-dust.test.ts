import { describe, expect, test } from 'vitest'
import { dropDust } from '../../../src/extract/ocr/drop-dust.ts'
import { charactersToReading } from '../../../src/extract/ocr/ocr-engine.ts'

const read = (text: string) =>
  charactersToReading([...text].map((glyph) => ({ text: glyph, confidence: 0.9, alternatives: [] })))
const cleaned = (...lines: readonly string[]) => dropDust(lines.map(read)).map((line) => line.text)

describe('dust is dropped', () => {
  test.each([
    ['before a name', ['·背街小巷改造'], ['背街小巷改造']],
    ['before a bracket', ['.(2120501）城乡社区'], ['(2120501）城乡社区']],
    ['inside a name', ['公共设.施支出'], ['公共设施支出']],
    ['after a name', ['市政设施维护．'], ['市政设施维护']],
    ['after the first of two lines', ['住房和城乡建设·', '局本级.'], ['住房和城乡建设', '局本级']],
    ['as a line of its own', ['市政设施维护', '.'], ['市政设施维护']],
    ['before a single glyph', ['，台'], ['台']],
    ['after a single glyph', ['项．'], ['项']],
    ['as the full stop of a name', ['公用经费。'], ['公用经费']],
    ['after a number', ['304002.'], ['304002']],
  ])('%s', (_, lines, expected) => expect(cleaned(...lines)).toEqual(expected))
})

describe('what may be printed stays', () => {
  test.each([
    ['the points of numbers', ['1,234.50'], ['1,234.50']],
    ['an amount that begins with its point', ['.50'], ['.50']],
    ['an amount wrapped at its point', ['1500.', '00'], ['1500.', '00']],
    ['a colon that ends a first line', ['其中:', '面向中小企业'], ['其中:', '面向中小企业']],
    ['Chinese punctuation', ['一、教学，实验。'], ['一、教学，实验。']],
    ['the full stop of two lines', ['用于街道环境', '整治。'], ['用于街道环境', '整治。']],
    ['a comma at which a text is wrapped', ['教学', '，实验'], ['教学', '，实验']],
    ['the point of a foreign name', ['国际·交流'], ['国际·交流']],
    ['a stroke alone', ['-'], ['-']],
    ['a point alone', ['.'], ['.']],
    ['nothing', [], []],
  ])('%s', (_, lines, expected) => expect(cleaned(...lines)).toEqual(expected))
})

test('the characters go with the text', () => {
  const [line] = dropDust([read('.背街小巷.')])
  expect(line?.characters.map(({ text }) => text).join('')).toBe('背街小巷')
})
