import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parseJudgements, toJudgementLines, toJudgementsCsv } from '../../src/review/judgements-text.ts'
import { identifyJudgement, isGenuine } from '../../src/store/judgements.ts'
import { openStore, type Store } from '../../src/store/open-store.ts'
import { localStore } from '../../src/store/store-location.ts'
import { DOCUMENT, fakeJudgement } from '../review/support/fake-judgement.ts'
import { POSTGRES_PROGRAMS, type PostgresServer, startPostgres } from '../support/postgres-server.ts'

let postgres: PostgresServer | null = null
beforeAll(async () => {
  postgres = POSTGRES_PROGRAMS === null ? null : await startPostgres()
})
afterAll(() => postgres?.close())

const { judgementId: _firstId, ...content } = fakeJudgement()
const first = identifyJudgement(content)
const { judgementId: _secondId, ...other } = fakeJudgement({ rowIndex: 2, reason: '=1+1, "quoted"\nsecond line' })
const second = identifyJudgement(other)

const BACKENDS = [
  { name: 'SQLite', isThere: true, place: async () => null },
  {
    name: 'PostgreSQL',
    isThere: POSTGRES_PROGRAMS !== null,
    place: async () => (await postgres?.createPlace()) ?? null,
  },
]

describe.each(BACKENDS)('judgements in $name', ({ isThere, place }) => {
  describe.skipIf(!isThere)('are', () => {
    let store: Store
    beforeEach(async () => {
      const directory = mkdtempSync(join(tmpdir(), 'gongkai-judgements-'))
      store = await openStore({ ...localStore(directory), database: await place() })
    })
    afterEach(() => store.close())

    test('kept as they were given, in order, each once', async () => {
      expect(await store.judgements.add([second, first])).toBe(2)
      expect(await store.judgements.add([first])).toBe(0)
      expect(await store.judgements.all()).toEqual([second, first])
      expect(await store.judgements.ofDocument(DOCUMENT)).toEqual([second, first])
      expect(await store.judgements.ofDocument('e'.repeat(64))).toEqual([])
    })

    test.each([
      ['changed', sql`update judgements set body = '{}'`],
      ['removed', sql`delete from judgements`],
    ])('never %s, whoever asks', async (_name, statement) => {
      await store.judgements.add([first])
      await expect(statement.execute(store.query)).rejects.toThrow('judgements are only ever added')
      expect(await store.judgements.all()).toEqual([first])
    })

    test('one state a set, whatever the order', async () => {
      expect(await store.judgements.stateOf(DOCUMENT)).toBeNull()
      await store.judgements.add([first])
      const alone = await store.judgements.stateOf(DOCUMENT)
      await store.judgements.add([second])
      const both = await store.judgements.stateOf(DOCUMENT)
      expect(both).not.toBe(alone)
      const elsewhere = await openStore(localStore(mkdtempSync(join(tmpdir(), 'gongkai-judgements-'))))
      await elsewhere.judgements.add([second, first])
      expect(await elsewhere.judgements.stateOf(DOCUMENT)).toBe(both)
      await elsewhere.close()
    })
  })
})

describe('judgements as files', () => {
  test.each([
    ['JSONL', toJudgementLines],
    ['CSV', toJudgementsCsv],
  ])('come back from %s as they were', (_name, write) => {
    const read = parseJudgements(write([first, second]))
    expect(read).toEqual([first, second])
    expect(read.every(isGenuine)).toBe(true)
  })

  test('CSV shows a remark that a spreadsheet would run as text', () => {
    expect(toJudgementsCsv([second])).toContain(`"'=1+1, ""quoted""`)
  })

  test('one whose value was changed on the way is told from a genuine one', () => {
    const text = toJudgementLines([first]).replace('"value":"20000.00"', '"value":"90000.00"')
    expect(parseJudgements(text).map(isGenuine)).toEqual([false])
  })

  test.each([
    ['{"no":"judgement"}', 'line 1'],
    [`${toJudgementLines([first])}{`, 'line 2'],
  ])('%s is refused with its line', (text, line) => {
    expect(() => parseJudgements(text)).toThrow(line)
  })
})
