import { describe, expect, test } from 'vitest'
import type { Question } from '../../src/review/find-questions.ts'
import type { ReviewDocument } from '../../src/review/review-repository.ts'
import { type AnswerRequest, readAnswer } from '../../src/web/answer-request.ts'
import { createReviewDesk } from '../../src/web/review-desk.ts'
import { DOCUMENT, fakeTable, type MemoryRepository, memoryRepository } from './support/memory-repository.ts'

const OTHER = 'b'.repeat(64)
const plan = { share: 0, seed: 'x' }

function deskOver(repository: MemoryRepository, clock: { now: number }) {
  let ids = 0
  const newId = () => {
    ids += 1
    return `batch-${ids}`
  }
  const onFailure = (error: unknown) => {
    throw error
  }
  return createReviewDesk({ repository, plan, now: () => clock.now, newId, onFailure })
}

describe('the desk', () => {
  test('takes in what an ingest finishes meanwhile, and not more often than every 15 seconds', async () => {
    const repository = memoryRepository(fakeTable(2, { '1.amount': {} }))
    const clock = { now: 1_000_000 }
    const later: ReviewDocument[] = []
    const listed = { ...repository, documents: async () => [...(await repository.documents(plan)), ...later] }
    const desk = deskOver(listed, clock)
    await desk.start()
    const [first] = desk.documents()
    if (first === undefined) throw new Error('there is one document')
    later.push({ ...first, documentId: OTHER })
    await desk.refresh()
    expect(desk.documents()).toHaveLength(1)
    clock.now += 15_001
    await desk.refresh()
    expect(desk.documents().map(({ documentId }) => documentId)).toEqual([DOCUMENT, OTHER])
    await desk.close()
  })

  test('forgets no answer when it looks again', async () => {
    const repository = memoryRepository(fakeTable(3, { '1.amount': {}, '2.amount': {} }))
    const clock = { now: 1_000_000 }
    const desk = deskOver(repository, clock)
    await desk.start()
    const shown = await desk.next('wang', {})
    const question = desk.find(shown?.question.questionId ?? '', 'wang')
    if (question === null) throw new Error('there is a question')
    await desk.answer(
      question,
      { cells: question.cells, kind: 'value', values: ['1.00'], reason: '', typed: null },
      'wang',
    )
    await desk.settled()
    clock.now += 60_000
    await desk.refresh()
    expect(desk.progress()).toMatchObject({ judged: 1, open: 1, questions: { review: 1 } })
    expect(desk.progress().settlements).toMatchObject([{ judged: 1, settled: 0 }])
    await desk.close()
  })

  test('hands out each question once to one person, and none that was answered', async () => {
    const repository = memoryRepository(fakeTable(4, { '1.amount': {}, '2.amount': {}, '3.amount': {} }))
    const desk = deskOver(repository, { now: 0 })
    await desk.start()
    const seen = new Set<string>()
    for (let shown = await desk.next('wang', {}); shown !== null; shown = await desk.next('wang', {})) {
      const { questionId } = shown.question
      expect(seen.has(questionId)).toBe(false)
      seen.add(questionId)
      const question = desk.find(questionId, 'wang')
      if (question === null) throw new Error('a question that is shown can be answered')
      await desk.answer(
        question,
        { cells: question.cells, kind: 'unreadable', values: [], reason: '', typed: null },
        'wang',
      )
    }
    expect(seen.size).toBe(3)
    await desk.close()
    expect(repository.kept).toHaveLength(3)
  })
})

describe('an answer to what is no longer asked is not taken', () => {
  const cell = { pageNumber: 1, tableIndex: 1, rowIndex: 1 }
  const question: Question = {
    questionId: 'q',
    documentId: DOCUMENT,
    recordType: 'procurement_line',
    purpose: 'review',
    fields: ['amount'],
    raw: '1',
    values: ['100.00'],
    money: [true],
    flags: [],
    cells: [cell],
    payoff: 1,
  }
  const request: AnswerRequest = {
    questionId: 'q',
    kind: 'accept',
    values: [],
    shown: ['100.00'],
    cells: [cell],
    reason: '',
    typed: null,
  }

  test.each<[string, Partial<AnswerRequest>, string]>([
    ['nothing changed', {}, 'answer'],
    ['the value is another', { shown: ['999.00'] }, 'fault'],
    ['the value is gone', { shown: [null] }, 'fault'],
    ['the cell is asked by another question', { cells: [{ ...cell, rowIndex: 2 }] }, 'fault'],
  ])('%s', (_name, change, kind) => {
    expect(readAnswer({ ...request, ...change }, question, new Map()).kind).toBe(kind)
  })

  test('what is blind was never shown', () => {
    const blind: AnswerRequest = { ...request, kind: 'value', values: ['100'], shown: [null] }
    expect(readAnswer(blind, { ...question, purpose: 'audit' }, new Map()).kind).toBe('answer')
  })
})
