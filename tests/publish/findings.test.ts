import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { READING_TEXTS, VALUE_TEXTS } from '../../src/publish/finding-texts.ts'
import { findingIn } from '../../src/publish/findings.ts'

const PAIRS = [...READING_TEXTS, ...VALUE_TEXTS]

test.each([
  ['391 visible characters in a trusted text layer', '可信的文字层，391 个可见字符'],
  ['12 characters are invisible and pictures cover 98 % of the page', '12 个字符不可见，图片占页面的 98%'],
  ['printed in 万元: another table: the heading says 万元', '单位为万元：另一张表：表头写明万元'],
  ['page 3, table 1, row 2: 2.5 x 10.00 = 25.00 yuan', '第 3 页表 1 第 2 行：2.5 × 10.00 = 25.00 元'],
  ['page 9, table 2, 商品和服务支出, total', '第 9 页表 2“商品和服务支出”的“合计”'],
  ['page 9, table 2, the line, total', '第 9 页表 2“该行”的“合计”'],
  ['balance/income/total and income//total', '收支总表·收入·合计 与 收入总表·合计'],
  ['外交支出 in balance and in expenditure', '收支总表 与 支出总表 中的“外交支出”'],
  [
    'procurement-2022: code 7 of 9 characters as read, name exact',
    'procurement-2022：代码 9 个字符中 7 个与识别相同，名称相同',
  ],
  ['O stands for 0, its point lost', 'O 应为 0，小数点丢失'],
  ['column "a\nb"', '列“a\nb”'],
  ['the text says "in the text layer"', '正文写道“in the text layer”'],
  ['信息化: its cost lines', '信息化：项目明细'],
  ['titled like 收入总表, but its columns of money hold words', '标题像“收入总表”，但金额列里是文字'],
])('"%s" is %s', (english, chinese) => {
  expect(findingIn('zh', english)).toBe(chinese)
  expect(findingIn('en', english)).toBe(english)
})

test.each(['', '行政运行', 'page x, table 1, row 2', 'a sentence that nobody says', 'column "'])(
  '"%s" stays',
  (text) => {
    expect(findingIn('zh', text)).toBe(text)
  },
)

test('a text of any length is looked at in no time', () => {
  const long = `page 1, text "${'and '.repeat(20_000)}`
  expect(findingIn('zh', long)).toBe(long)
})

const placesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()

test.each(PAIRS)('%s has the same places in Chinese', (english, chinese) => {
  expect(placesOf(chinese)).toEqual(placesOf(english))
  expect(chinese).toMatch(/\p{Script=Han}|[×“”]/u)
})

const sources = ['normalize', 'extract', 'queue', 'review'].flatMap((room) =>
  readdirSync(join('src', room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file: join(room, file), source: readFileSync(join('src', room, file), 'utf8') })),
)

/** Put together of words that the code has apart. */
const JOINED =
  /^(?:(?:code|name) (?:exact|of the line above)|is in no entry; name|no (?:code|name) (?:stands|could) .*)$/

test('every sentence of the table is said by somebody', () => {
  const all = sources
    .map(({ source }) => source)
    .join('\n')
    .replaceAll("\\'", "'")
  const pieces = PAIRS.flatMap(([english]) => english.split(/\{\w+\}|: |, /).map((piece) => piece.trim()))
  const words = pieces.filter((piece) => /[a-z]{3}/.test(piece))
  expect(words.filter((piece) => !JOINED.test(piece) && !all.includes(piece))).toEqual([])
})

/** What may stand in a place of a template. */
const PROBES = ['7', 'total', '预算', 'A', 'balance//total', 'procurement', 'as read', 'code', 'name']
const SAID =
  /\b(?:evidence|detail|reason|why|warning|how)(?::| =) \[?(?:'((?:[^'\\\n]|\\.)+)'|"((?:[^"\\\n]|\\.)+)"|`([^`]+)`)/g

/** Reasons that stay inside. */
const INTERNAL = /choose-edition|split-code-and-name/

describe('what the pipeline says of pages and values has Chinese', () => {
  const said = sources
    .filter(({ file }) => /^(?:normalize|extract)/.test(file) && !INTERNAL.test(file))
    .flatMap(({ file, source }) =>
      [...source.matchAll(SAID)].map(([, single, double, template]) => ({
        file,
        text: template ?? (single ?? double ?? '').replaceAll("\\'", "'"),
      })),
    )
    .filter(({ text }) => /[a-z]{2,} [a-z]{2,}/.test(text.replaceAll(/\$\{[^}]*\}/g, '')))

  test('and there is much of it', () => expect(said.length).toBeGreaterThan(90))

  test.each(said)('$file: $text', ({ text }) => {
    const tried = PROBES.map((probe) => text.replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, probe))
    expect(tried.some((each) => findingIn('zh', each) !== each)).toBe(true)
  })
})
