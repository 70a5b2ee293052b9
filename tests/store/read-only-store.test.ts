import { copyFileSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readExtracts } from '../../src/queue/assemble-document.ts'
import { packText } from '../../src/store/artefacts.ts'
import { openStore } from '../../src/store/open-store.ts'
import { localStore } from '../../src/store/store-location.ts'
import { CAN_MOUNT, createSmallDisk, type SmallDisk } from '../support/small-disk.ts'

const EXTRACT = {
  pageNumber: 1,
  kind: 'text',
  reason: 'it has text',
  width: 600,
  height: 800,
  lines: [],
  tables: [],
  warnings: [],
}
const ARTEFACT = packText(JSON.stringify(EXTRACT))

const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith('gongkai-read-only-'))

describe.skipIf(!CAN_MOUNT)('an output folder on a disk that may only be read', () => {
  let disk: SmallDisk
  let out = ''

  beforeEach(() => {
    disk = createSmallDisk(8000)
    // A name that means something in an address.
    out = join(disk.folder, 'out #1 100%?')
    mkdirSync(out)
  })
  afterEach(() => disk.remove())

  /** As a run leaves it that ended, or that was killed in the middle of its work. */
  async function leave(how: 'closed' | 'killed'): Promise<void> {
    const first = mkdtempSync(join(tmpdir(), 'gongkai-store-'))
    const copy = (end: string) => copyFileSync(join(first, `gongkai.sqlite${end}`), join(out, `gongkai.sqlite${end}`))
    const store = await openStore(localStore(first))
    await store.artefacts.put(ARTEFACT)
    if (how === 'killed') for (const end of ['', '-wal']) copy(end)
    else {
      await sql`pragma wal_checkpoint(truncate)`.execute(store.query)
      copy('')
    }
    await store.close()
    disk.setWritable(false)
  }

  test.each(['closed', 'killed'] as const)('is read, where its last run was %s', async (how) => {
    await leave(how)
    const before = copies()
    const store = await openStore(localStore(out), 'existing', { isForReading: true })
    expect([store.directory, await store.documents.ids()]).toEqual([out, []])
    expect(await readExtracts({ location: store.location, artefacts: [ARTEFACT.hash] })).toEqual([EXTRACT])
    await store.close()
    expect(copies()).toEqual(before)
  })

  test.each(['closed', 'killed'] as const)(
    'cannot be worked on, where its last run was %s, and says what can be done',
    async (how) => {
      await leave(how)
      await expect(openStore(localStore(out), 'existing')).rejects.toMatchObject({
        code: 'output/not-writable',
        message: expect.stringContaining('may only be read: status, export, verify and inspect do with that'),
      })
    },
  )
})
