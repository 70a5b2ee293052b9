import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkDictionaries } from '../../dictionaries/check-dictionaries.ts'
import { updateManifest } from '../../dictionaries/update-manifest.ts'
import { toAppendDiff } from '../../src/publish/to-append-diff.ts'
import { proposeDictionaryDiff } from '../../src/queue/dictionary-proposals.ts'
import { misreadGlyphs, proposeConfusions } from '../../src/review/propose-entries.ts'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'
import { DOCUMENT, fakeJudgement } from './support/fake-judgement.ts'

describe('glyphs that stand for others', () => {
  test.each([
    ['台式讣算机', '台式计算机', [['讣', '计']]],
    ['[A田010105）台式计算机', 'A02010105', [['田', '2']]],
    ['台式算机', '台式计算机', []],
    ['完全另外的字', '台式计算机', []],
    ['台式计算机', '台式计算机', []],
  ])('in %s for %s are %o', (raw, value, pairs) => {
    expect(misreadGlyphs(raw, value)).toEqual(pairs)
  })

  test('no glyph is said to stand for itself', () => {
    const text = fc.string({ unit: fc.constantFrom(...'台式计算机印刷服务'), maxLength: 8 })
    fc.assert(
      fc.property(text, text, (raw, value) => {
        for (const [observed, truth] of misreadGlyphs(raw, value)) expect(observed).not.toBe(truth)
      }),
    )
  })
})

const corrected = (rowIndex: number, raw: string, value: string, documentId?: string) => {
  const judgement = fakeJudgement({ rowIndex, raw, value, machineValue: raw })
  return documentId === undefined
    ? judgement
    : { ...judgement, judgementId: documentId, place: { ...judgement.place, documentId } }
}

test('a misreading is proposed from the second cell on, and money proposes nothing', () => {
  const once = corrected(1, '台式讣算机', '台式计算机')
  expect(proposeConfusions([once])).toEqual([])
  expect(proposeConfusions([once, corrected(2, '讣划', '计划')])).toEqual([{ observed: '讣', truth: '计', count: 2 }])
  expect(proposeConfusions([corrected(1, '2回', '20.00'), corrected(2, '3回', '30.00')])).toEqual([])
})

test('the diff can be applied, changes nothing by itself, and adds just what it says', () => {
  const root = mkdtempSync(join(tmpdir(), 'gongkai-proposals-'))
  cpSync('dictionaries', join(root, 'dictionaries'), { recursive: true })
  const folder = join(root, 'dictionaries')
  const before = readFileSync(join(folder, 'glyph-confusions-observed.csv'), 'utf8')
  const unit = (documentId: string) => {
    const judgement = corrected(1, '批欠', '大批次', documentId)
    return { ...judgement, place: { ...judgement.place, field: 'unit_of_measure' } }
  }
  const documents = [{ documentId: DOCUMENT, given: null, own: '某县教育局' }]
  const named = corrected(3, '某县教育和体育局本级', '某县教育和体育局本级')
  const judgements = [
    { ...named, verdict: 'confirmed' as const, place: { ...named.place, field: 'unit_name' } },
    corrected(1, '台式讣算机', '台式计算机'),
    corrected(2, '讣划', '计划'),
    unit('a'.repeat(64)),
    unit('b'.repeat(64)),
  ]
  const diff = proposeDictionaryDiff(judgements, documents, readDictionaries(folder), folder)
  expect(readFileSync(join(folder, 'glyph-confusions-observed.csv'), 'utf8')).toBe(before)
  writeFileSync(join(root, 'proposals.diff'), diff)
  execFileSync('git', ['apply', '-p1', 'proposals.diff'], { cwd: root })
  expect(readFileSync(join(folder, 'glyph-confusions-observed.csv'), 'utf8')).toContain(`${before}讣,计,2,judgements\n`)
  expect(readFileSync(join(folder, 'publisher-aliases.csv'), 'utf8')).toBe(
    'publisher,alias,source\n某县教育局,某县教育和体育局,judgements\n',
  )
  updateManifest(folder)
  expect(checkDictionaries(folder)).toEqual([])
  expect(readDictionaries(folder).publisherAliases).toHaveLength(1)
  expect(readFileSync(join(folder, 'units-of-measure.csv'), 'utf8')).toMatch(/\n,大批次,,1,disclosed\n$/)
})

test('nothing to propose is an empty diff', () => {
  expect(toAppendDiff('x', 'a\n', [])).toBe('')
  expect(proposeDictionaryDiff([], [], readDictionaries())).toBe('')
})
