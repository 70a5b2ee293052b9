import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CHINESE_DETAILS } from '../../src/language/chinese-details.ts'
import { sayError } from '../../src/language/say-error.ts'
import { voiceIn } from '../../src/language/voice.ts'
import { PipelineError } from '../../src/model/pipeline-error.ts'

const detailIn = (detail: string) =>
  sayError(new PipelineError('page/unreadable', detail), voiceIn('zh', false)).message

test.each([
  ['its size is 0 x 842', '页面无法读取：页面大小为 0 × 842'],
  [
    '300 x 200 pixels: its data end early: the lower 40 % of it are missing',
    '300 × 200 像素：其数据提前结束：下部 40% 缺失',
  ],
  ['Invalid PDF structure.', 'Invalid PDF structure.'],
  ['out/x is neither a file nor a folder', 'out/x 既不是文件也不是文件夹'],
])('"%s" is told as %s', (detail, chinese) => {
  expect(detailIn(detail).endsWith(chinese.replace(/^.*?无法读取：/, ''))).toBe(true)
})

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, source: readFileSync(join('src', file), 'utf8') }))
const DETAIL = /new PipelineError\(\s*'[\w/-]+',\s*(?:'((?:[^'\\\n]|\\.)+)'|`([^`]+)`)/g
const PROBES = ['7', 'out/x.csv', 'its data make no sense']

describe('what errors say of their own has Chinese', () => {
  const said = sources.flatMap(({ file, source }) =>
    [...source.matchAll(DETAIL)].map(([, plain, template]) => ({ file, text: plain ?? template ?? '' })),
  )
  const sentences = said.filter(({ text }) => /[a-z]{2,} [a-z]{2,}/.test(text.replaceAll(/\$\{[^}]*\}/g, '')))

  test('and there are many', () => expect(sentences.length).toBeGreaterThan(25))

  test.each(sentences)('$file: $text', ({ text }) => {
    const tried = PROBES.map((probe) => text.replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, probe))
    expect(tried.map(detailIn).some((each, index) => !each.endsWith(tried[index] ?? ''))).toBe(true)
  })
})

test.each(CHINESE_DETAILS)('%s has the same places in Chinese', (english, chinese) => {
  const placesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
  expect(placesOf(chinese)).toEqual(placesOf(english))
})
