import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { dictionariesId } from '../../src/queue/dictionaries-id.ts'
import { loadDictionaries } from '../../src/queue/load-dictionaries.ts'
import { DICTIONARIES_FOLDER } from '../../src/store/read-dictionaries.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gongkai-dictionaries-'))
  cpSync(DICTIONARIES_FOLDER, folder, { recursive: true })
})

test('a whole copy loads', () => expect(loadDictionaries(folder).forms.length).toBeGreaterThan(0))

test.each([
  ['an edited list', 'fund-sources.csv', (text: string) => `${text}x`, /fund-sources\.csv: sha256/],
  ['a manifest cut short', 'index.json', (text: string) => text.slice(0, 99), /dictionaries\/index\.json: /],
  [
    'a manifest with a wrong key',
    'index.json',
    (text: string) => text.replace('"version"', '"v"'),
    /index\.json: version/,
  ],
  ['a form cut short', 'forms/procurement.json', (text: string) => text.slice(0, 99), /forms\/procurement\.json: /],
  [
    'a form with a wrong kind',
    'forms/procurement.json',
    (text: string) => text.replace('"money"', '"cash"'),
    /forms\/procurement\.json: .*kind/,
  ],
])('%s is one clear error of one line, by the name of the file', (_name, file, damage, message) => {
  const path = join(folder, file)
  writeFileSync(path, damage(readFileSync(path, 'utf8')))
  expect(() => loadDictionaries(folder)).toThrow(expect.objectContaining({ code: 'dictionaries/damaged' }))
  expect(() => loadDictionaries(folder)).toThrow(message)
  expect(() => loadDictionaries(folder)).not.toThrow(/\n/)
})

test('a copy without forms would find no record, and is refused', () => {
  rmSync(join(folder, 'forms'), { recursive: true })
  expect(() => loadDictionaries(folder)).toThrow(/no form/)
})

test('a folder that is not there is the same kind of trouble', () => {
  const nowhere = join(folder, 'nowhere')
  for (const read of [loadDictionaries, dictionariesId]) {
    expect(() => read(nowhere)).toThrow(expect.objectContaining({ code: 'dictionaries/damaged' }))
  }
})
