import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { findInputs } from '../../src/queue/find-inputs.ts'

const folder = mkdtempSync(join(tmpdir(), 'gongkai-inputs-'))
mkdirSync(join(folder, 'bare'))
writeFileSync(join(folder, 'no-path.csv'), 'file\na.pdf\n')

test.each([
  ['nowhere.pdf', 'input/not-found'],
  ['bare', 'input/no-documents'],
  ['no-path.csv', 'input/bad-manifest'],
])('%s is refused with %s, named as it was given', (file, code) => {
  const name = relative('.', join(folder, file))
  const [failure] = findInputs([name]).failures
  expect(failure).toMatchObject({ path: name, error: { code } })
  expect(failure?.error.message.split(file)).toHaveLength(2)
  expect(failure?.error.message).toContain(name)
})

test('a folder that cannot be walked through, here for names too long, fails alone', () => {
  const deep = join(folder, 'deep')
  mkdirSync(deep)
  const name = 'n'.repeat(200)
  execFileSync('sh', ['-c', `for i in $(seq 30); do mkdir ${name} && cd -P ${name} || exit 1; done`], { cwd: deep })
  expect(findInputs([deep])).toMatchObject({
    files: [],
    failures: [{ path: deep, error: { code: 'document/unreadable' } }],
  })
  execFileSync('rm', ['-rf', deep])
})

test.skipIf(process.platform === 'win32')('a device, which may never end, is no document', () => {
  expect(findInputs(['/dev/zero'])).toMatchObject({ files: [], failures: [{ error: { code: 'input/not-found' } }] })
})
