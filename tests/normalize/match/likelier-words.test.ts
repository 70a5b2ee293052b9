import { expect, test } from 'vitest'
import { createGlyphCosts } from '../../../src/normalize/match/glyph-costs.ts'
import { findLikelierWords } from '../../../src/normalize/match/likelier-words.ts'
import { hanPairs } from '../../../src/normalize/trusted-words.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'

const costs = createGlyphCosts(readDictionaries().glyphConfusions)
const known = hanPairs([
  '全域旅游',
  '技能提升',
  '经费项目',
  '劳动保障',
  '救助管理',
  '市区教育局',
  '广告宣传',
  '转制单位',
])
const likelier = (read: string) => findLikelierWords(read, costs, (pair) => known.has(pair))

test.each([
  ['a character inside a word', '全城旅游', ['全域旅游']],
  ['the last one, where known words end so', '技能提升项日', ['技能提升项目']],
  ['the first one, where known words begin so', '芳动纪律', ['劳动纪律']],
  ['one whose known neighbour belongs to another word', '昌江区教助管理', ['昌江区救助管理']],
  ['one that no neighbour knows, where a look-alike begins a word', '宁海县教助管理', ['宁海县救助管理']],
  ['one that ends a word of its own', '广告宣传制作', []],
  ['a sound word', '技能提升项目', []],
  ['an odd one that no look-alike makes known', '技能提升项丙', []],
])('%s: %s', (_what, read, words) => expect(likelier(read)).toEqual(words))
