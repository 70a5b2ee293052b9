import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkDictionaries } from '../../dictionaries/check-dictionaries.ts'
import { updateManifest } from '../../dictionaries/update-manifest.ts'
import { DICTIONARIES_FOLDER } from '../../src/store/read-dictionaries.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dictionaries-'))
  cpSync(DICTIONARIES_FOLDER, folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the committed data is sound', () => expect(checkDictionaries(DICTIONARIES_FOLDER)).toEqual([]))

test.each([
  ['a code twice', 'economic-department-2018.csv', '30101,基本工资,301,2,disclosed\n', /30101 stands twice/],
  [
    'a parent that is missing',
    'procurement-2022.csv',
    'C99010100,某服务,C99010000,3,official\n',
    /C99010000 .* missing/,
  ],
  ['a name path that is missing', 'service-directory.csv', ',某服务,没有的目录,2,recalled\n', /没有的目录 .* missing/],
  ['a blank inside a name', 'fund-sources.csv', ',上级\t专项,,1,recalled\n', /stray blanks/],
  ['a malformed code', 'economic-department-2018.csv', '3O1O1,基本,301,2,disclosed\n', /3O1O1/],
  ['a confusion of equals', 'glyph-confusions-han.csv', '人,人,1,nobody\n', /the same/],
  ['an unknown attestation', 'fund-sources.csv', ',某资金,,1,rumoured\n', /attested|Invalid/],
])('%s is a fault', (_name, file, line, message) => {
  appendFileSync(join(folder, file), line)
  updateManifest(folder)
  expect(checkDictionaries(folder).join('\n')).toMatch(message)
})

test('a change without its manifest is a fault', () => {
  appendFileSync(join(folder, 'fund-sources.csv'), ',某资金,,1,recalled\n')
  expect(checkDictionaries(folder).join('\n')).toMatch(/fund-sources\.csv: sha256/)
})

test('a file that the manifest does not list is a fault', () => {
  writeFileSync(join(folder, 'stray.csv'), 'code,name\n')
  expect(checkDictionaries(folder)).toEqual(['stray.csv: not listed in index.json'])
})

test('two editions in force in the same year are a fault', () => {
  const path = join(folder, 'index.json')
  writeFileSync(path, readFileSync(path, 'utf8').replace('"validTo": 2022', '"validTo": 2024'))
  expect(checkDictionaries(folder).join('\n')).toMatch(/same time/)
})
