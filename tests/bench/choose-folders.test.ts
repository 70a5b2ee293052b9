import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chooseFolders } from '../../bench/choose-folders.ts'

const here = mkdtempSync(join(tmpdir(), 'gongkai-folders-'))
const gone = join(here, 'gone')

describe('the folders that a benchmark measures', () => {
  it.each([
    ['those that were named', [here], [gone], [here], []],
    [
      'the usual ones, without those that are not here, which is said',
      [],
      [gone, here],
      [here],
      [`left out: ${gone} is not here`],
    ],
  ])('are %s', (_, named, usual, chosen, lines) => {
    const said: string[] = []
    expect(chooseFolders(named, usual, (line) => said.push(line))).toEqual(chosen)
    expect(said).toEqual(lines)
  })

  it.each([
    ['a named one is not there', [here, gone], [here], /there is no .*gone/],
    ['no usual one is here', [], [gone], /nothing to measure: name a folder/],
  ])('are an error where %s', (_, named, usual, message) => {
    expect(() => chooseFolders(named, usual, () => undefined)).toThrow(message)
  })
})
