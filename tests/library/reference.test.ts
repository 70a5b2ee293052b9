import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'gongkai-reference-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every export of the library is documented, and docs/library-reference.md is what the comments say', () => {
  const made = join(folder, 'reference.md')
  const run = spawnSync(process.execPath, ['tools/api-reference/make.mjs', made], { encoding: 'utf8' })
  expect([run.status, run.stdout, run.stderr]).toEqual([0, '', ''])
  const hint = 'npm run docs:reference makes it again'
  expect(readFileSync('docs/library-reference.md', 'utf8'), hint).toBe(readFileSync(made, 'utf8'))
}, 240_000)

test('the reference names every function and class that the library gives at run time', async () => {
  const reference = readFileSync('docs/library-reference.md', 'utf8')
  const library = await import('../../src/library.ts')
  const missing = Object.keys(library).filter((name) => !new RegExp(`^### ${name}(\\(\\))?$`, 'm').test(reference))
  expect([Object.keys(library).length > 5, missing]).toEqual([true, []])
})
