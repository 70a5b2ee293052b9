import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { openStore } from '../../src/store/open-store.ts'
import { localStore } from '../../src/store/store-location.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gongkai-store-'))
})

test('an output folder is made together with the folders above it', async () => {
  const deep = join(folder, 'a', 'b', 'c')
  const store = await openStore(localStore(deep))
  expect(store.directory).toBe(deep)
  await store.close()
})

test('a store written before migrations were counted is taken over with what it holds', async () => {
  const old = new DatabaseSync(join(folder, 'gongkai.sqlite'))
  old.exec(readFileSync('tests/fixtures/store/before-migrations.sql', 'utf8'))
  old.exec(`insert into documents(document_id, path, file_name, byte_size, selection, readers, status)
    values ('d', '/d.pdf', 'd.pdf', 1, 'all', 'both', 'complete')`)
  old.close()
  const store = await openStore(localStore(folder), 'existing')
  expect(await store.documents.get('d')).toMatchObject({ fileName: 'd.pdf', status: 'complete', pageJobIds: [] })
  await store.close()
})

test('a query beside the transaction it belongs to is a defect that is told, not waited for', async () => {
  const store = await openStore(localStore(folder))
  await expect(store.transaction(async () => store.documents.ids())).rejects.toThrow('inside a transaction')
  await store.close()
})

test.each([
  ['what machines make is committed without waiting for the disk', {}, 1],
  ['what people say waits for it', { syncsCommits: true }, 2],
])('%s', async (_name, options, level) => {
  const store = await openStore(localStore(folder), 'create', options)
  const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(store.query)
  expect(rows).toEqual([{ synchronous: level }])
  await store.close()
})

describe('an output folder that cannot serve', () => {
  test('a folder below a file', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    await expect(openStore(localStore(join(file, 'below')))).rejects.toMatchObject({ code: 'output/not-writable' })
  })

  // In a process of its own: where this goes wrong, it blocks the thread for ever.
  test.skipIf(process.platform !== 'linux')('a folder below /proc, told and not waited for', () => {
    const program = `import { openStore } from ${JSON.stringify(import.meta.resolve('../../src/store/open-store.ts'))}
      openStore({ directory: '/proc/no-such-place/below', database: null }).catch((error) => console.log(error.code))`
    const parameters = ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', program]
    const { stdout } = spawnSync(process.execPath, parameters, { encoding: 'utf8', timeout: 20_000 })
    expect(stdout.trim()).toBe('output/not-writable')
  })

  test('a file in its place', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    await expect(openStore(localStore(file))).rejects.toMatchObject({ code: 'output/not-writable' })
  })

  test('a store that is no database', async () => {
    writeFileSync(join(folder, 'gongkai.sqlite'), 'not a database at all '.repeat(100))
    await expect(openStore(localStore(folder))).rejects.toMatchObject({ code: 'output/not-writable' })
  })

  test('a store of a later version', async () => {
    const store = await openStore(localStore(folder))
    await store.query.insertInto('schema_migrations').values({ name: '9999-from-the-future' }).execute()
    await store.close()
    await expect(openStore(localStore(folder))).rejects.toThrow('another version')
  })

  test('one without results, when results are wanted', async () => {
    await expect(openStore(localStore(folder), 'existing')).rejects.toMatchObject({ code: 'output/not-found' })
  })
})
