import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { openStore } from '../../src/store/open-store.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gongkai-store-'))
})

test('any text comes back from the artefacts as it was, under one name', async () => {
  const store = await openStore(folder)
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const hash = store.artefacts.put(text)
      expect(store.artefacts.put(text)).toBe(hash)
      expect(store.artefacts.get(hash)).toBe(text)
    }),
    { numRuns: 50 },
  )
  store.close()
})

test('an artefact that was changed on disk is not believed', async () => {
  const store = await openStore(folder)
  const [hash, other] = [store.artefacts.put('one'), store.artefacts.put('two')]
  store.database.run('update artefacts set body = (select body from artefacts where hash = ?)', other)
  expect(() => store.artefacts.get(hash)).toThrow('damaged')
  store.close()
})

test('an output folder is made together with the folders above it', async () => {
  const deep = join(folder, 'a', 'b', 'c')
  const store = await openStore(deep)
  expect(store.directory).toBe(deep)
  store.close()
})

describe('an output folder that cannot serve', () => {
  test('a folder below a file', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    await expect(openStore(join(file, 'below'))).rejects.toMatchObject({ code: 'output/not-writable' })
  })

  // In a process of its own: where this goes wrong, it blocks the thread for ever.
  test.skipIf(process.platform !== 'linux')('a folder below /proc, told and not waited for', () => {
    const program = `import { openStore } from ${JSON.stringify(import.meta.resolve('../../src/store/open-store.ts'))}
      openStore('/proc/no-such-place/below').catch((error) => console.log(error.code))`
    const parameters = ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', program]
    const { stdout } = spawnSync(process.execPath, parameters, { encoding: 'utf8', timeout: 20_000 })
    expect(stdout.trim()).toBe('output/not-writable')
  })

  test('a file in its place', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    await expect(openStore(file)).rejects.toMatchObject({ code: 'output/not-writable' })
  })

  test('a store that is no database', async () => {
    writeFileSync(join(folder, 'gongkai.sqlite'), 'not a database at all '.repeat(100))
    await expect(openStore(folder)).rejects.toMatchObject({ code: 'output/not-writable' })
  })

  test('a store of another version', async () => {
    const store = await openStore(folder)
    store.database.exec('pragma user_version = 99')
    store.close()
    await expect(openStore(folder)).rejects.toThrow('another version')
  })

  test('one without results, when results are wanted', async () => {
    await expect(openStore(folder, 'existing')).rejects.toMatchObject({ code: 'output/not-found' })
  })
})

test('a transaction that throws leaves nothing behind', async () => {
  const store = await openStore(folder)
  const work = () =>
    store.database.transaction(() => {
      store.artefacts.put('half')
      store.database.transaction(() => store.artefacts.put('inner'))
      throw new Error('stop')
    })
  expect(work).toThrow('stop')
  expect(store.database.all('select hash from artefacts')).toEqual([])
  store.close()
})
