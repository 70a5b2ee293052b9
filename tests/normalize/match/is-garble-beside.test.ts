import { describe, expect, test } from 'vitest'
import { matchersOf } from '../../../src/normalize/draft/matchers.ts'
import { isGarbleBeside } from '../../../src/normalize/match/is-garble-beside.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'

const { knownPairs, placeOfBody } = matchersOf(readDictionaries())
const language = { isKnownPair: (pair: string) => knownPairs.has(pair), placeOfBody }

describe('what one reader saw is garble beside a place that exists or words that are known', () => {
  test.each([
    ['西宁市湟源县公共就业服务中心', '西宁市涅源县公共就业服务中心'],
    ['濮阳市濮阳县卫生健康局', '灌阳市灌阳县卫生健康局'],
    ['邢台市襄都区食品药品检验所', '那台市里都区食品药品检验所'],
    ['绥化市肇东市社会福利院', '绥化市华东市社会神利院'],
    ['湛江市遂溪县民政局（本级）', '淇江市遂溪县民政局(本级)'],
  ])('%s, not %s', (read, rival) => expect(isGarbleBeside(read, rival, language)).toBe(true))
})

describe('a dispute stays open', () => {
  test.each([
    ['both places exist', '武汉市汉阳区财政局', '武汉市江岸区财政局'],
    ['both places exist', '武汉市江汉区财政局', '武汉市江夏区财政局'],
    ['neither place exists', '西宁市涅源县财政局', '西宁市渔源县财政局'],
    ['the other reader saw the place that exists', '西宁市涅源县财政局', '西宁市湟源县财政局'],
    ['both words make sense', '武汉市汉阳区第一小学', '武汉市汉阳区第二小学'],
    ['a glyph is lost', '武汉市汉阳区财政局', '武汉市汉阳财政局'],
    ['the word is as odd as what the other saw', '殡舞改革', '殡莽改革'],
    ['nothing differs', '财政局', '财政局'],
    ['a figure differs', '第1小学', '第7小学'],
  ])('%s: %s or %s', (_why, read, rival) => expect(isGarbleBeside(read, rival, language)).toBe(false))
})
