import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openStore, type Store } from '../../src/store/open-store.ts'
import { localStore } from '../../src/store/store-location.ts'
import type { ReviewDesk } from '../../src/web/review-desk.ts'
import { fakeJudgement } from '../review/support/fake-judgement.ts'
import { POSTGRES_PROGRAMS, type PostgresServer, startPostgres } from '../support/postgres-server.ts'
import { DOCUMENT, fakeTable } from './support/memory-repository.ts'
import { openStoredDesk, storeBatch } from './support/stored-batch.ts'

let postgres: PostgresServer | null = null
beforeAll(async () => {
  postgres = POSTGRES_PROGRAMS === null ? null : await startPostgres()
}, 120_000)
afterAll(() => postgres?.close())

async function answerShown(desk: ReviewDesk, reviewer: string, value: string): Promise<void> {
  const shown = await desk.next(reviewer, {})
  await answerOpened(desk, shown?.question.questionId ?? '', reviewer, value)
}

async function answerOpened(desk: ReviewDesk, questionId: string, reviewer: string, value: string): Promise<void> {
  const question = desk.find(questionId, reviewer)
  if (question === null) throw new Error('there is such a question')
  await desk.answer(
    question,
    { cells: question.cells, kind: 'value', values: [value], reason: '', typed: null },
    reviewer,
  )
}

describe.skipIf(POSTGRES_PROGRAMS === null)('two review pages over one PostgreSQL', { timeout: 60_000 }, () => {
  let stores: Store[] = []
  let desks: ReviewDesk[] = []
  beforeEach(async () => {
    const location = {
      ...localStore(mkdtempSync(join(tmpdir(), 'gongkai-two-servers-'))),
      database: (await postgres?.createPlace()) ?? null,
    }
    stores = [await openStore(location), await openStore(location)]
    await storeBatch(stores[0] as Store, fakeTable(4, { '1.amount': {}, '2.amount': {}, '3.amount': {} }))
    desks = [await openStoredDesk(stores[0] as Store), await openStoredDesk(stores[1] as Store)]
  })
  afterEach(async () => {
    for (const desk of desks) await desk.close()
    for (const store of stores) await store.close()
  })

  test('a question that somebody looks at on one is handed to nobody on the other', async () => {
    const [here, there] = desks as [ReviewDesk, ReviewDesk]
    const li = await here.next('li', {})
    const zhao = await there.next('zhao', {})
    expect(zhao?.question.questionId).not.toBe(li?.question.questionId)
    const sun = await here.next('sun', {})
    expect(new Set([li, zhao, sun].map((shown) => shown?.question.questionId)).size).toBe(3)
    expect(await there.next('zhou', {})).toBeNull()
  })

  test('what was answered on one is asked on the other no more, from the very next question on', async () => {
    const [here, there] = desks as [ReviewDesk, ReviewDesk]
    await answerShown(here, 'li', '100.00')
    const asked = await there.next('zhao', {})
    expect(asked?.question.cells[0]?.rowIndex).toBe(2)
    await here.settled()
    await there.settled()
    expect(there.progress()).toMatchObject({ judged: 1, open: 2 })
    expect(there.judgements()).toEqual(here.judgements())
  })

  test('two who answer one field differently, each on his own page, are a conflict on both', async () => {
    const [here, there] = desks as [ReviewDesk, ReviewDesk]
    const shown = await here.next('li', {})
    const questionId = shown?.question.questionId ?? ''
    await there.open(questionId, 'zhao')
    await answerOpened(here, questionId, 'li', '1.00')
    await answerOpened(there, questionId, 'zhao', '2.00')
    for (const desk of [...desks, ...desks]) {
      await desk.refresh()
      await desk.settled()
    }
    for (const desk of desks) expect(desk.progress().questions).toMatchObject({ conflict: 1, review: 2 })
  })

  test('what is taken back on one is asked on the other again', async () => {
    const [here, there] = desks as [ReviewDesk, ReviewDesk]
    await answerShown(here, 'li', '100.00')
    await here.settled()
    await there.refresh()
    await there.settled()
    expect(there.progress().open).toBe(2)
    await here.undo('li')
    await there.refresh()
    await there.settled()
    expect(there.progress().open).toBe(3)
    // li has the question on the desk again.
    expect((await there.next('zhao', {}))?.question.cells[0]?.rowIndex).toBeGreaterThan(0)
  })

  test('an answer whose program ended before it worked it in is worked in by the other', async () => {
    const [, there] = desks as [ReviewDesk, ReviewDesk]
    const { place: at } = fakeJudgement()
    const records = fakeTable(1, {})
    const bbox = records[0]?.fields.find(({ name }) => name === 'amount')?.bbox ?? { x0: 0, top: 0, x1: 0, bottom: 0 }
    const lost = fakeJudgement({ bbox, extractorVersion: there.documents()[0]?.extractorVersion ?? '' })
    const judgement = { ...lost, place: { ...at, documentId: DOCUMENT, rowIndex: 1, field: 'amount' } }
    await (stores[0] as Store).judgements.add([judgement])
    await there.refresh()
    await there.settled()
    expect(there.judgements()).toHaveLength(1)
    expect(await (stores[1] as Store).judgements.stateOf(DOCUMENT)).not.toBeNull()
    const [document] = there.documents()
    expect(document?.index?.questions.length).toBeGreaterThan(0)
    expect(there.progress().waiting).toBe(0)
    expect(document?.stateId).not.toBe(`assemble__${DOCUMENT}`)
  })
})
