import type { Judgement } from '../model/judgement.ts'
import type { AuditPlan } from '../review/audit-sample.ts'
import { describeQuestion, pagesOfQuestion, type QuestionDetails } from '../review/describe-question.ts'
import type { Question } from '../review/find-questions.ts'
import { measureReview, type ReviewQuality } from '../review/measure-agreement.ts'
import type { ReviewDocument, ReviewedOutcome, ReviewRepository } from '../review/review-repository.ts'
import type { PageView } from '../review/upright.ts'
import { countProgress, type ReviewProgress } from './count-progress.ts'
import { type Answer, judgeQuestion, withdrawLast } from './judge-question.ts'
import { createJudgementLog, untilWorkedIn } from './judgement-log.ts'
import { type ListedConflict, listConflicts } from './list-conflicts.ts'
import type { QuestionFilter } from './question-queue.ts'
import { createReviewBatch } from './review-batch.ts'
import { createSolver } from './solver.ts'

export interface AnswerResult {
  readonly batchId: string
  readonly judged: number
}

/** The state of one review, shared by everybody at the page. */
export interface ReviewDesk {
  /** Loads what is known; documents without an index are looked through afterwards, one by one. */
  start(): Promise<void>
  /** Takes in what others have answered, and, every 15 seconds at most, documents that an ingest has finished meanwhile. */
  refresh(): Promise<void>
  documents(): readonly ReviewDocument[]
  outcome(documentId: string): Promise<ReviewedOutcome>
  pageView(documentId: string, pageNumber: number): Promise<PageView>
  judgements(): readonly Judgement[]
  quality(): ReviewQuality
  /** Fields on which reviewers differ, with the question that settles each. */
  conflicts(): readonly ListedConflict[]
  /** The first question that nobody else looks at and this reviewer did not skip; it is then held softly. */
  next(reviewer: string, filter: QuestionFilter): Promise<QuestionDetails | null>
  /** Questions that will probably be next for the reviewer, the nearest first. */
  ahead(reviewer: string, filter: QuestionFilter): readonly Question[]
  /** Opens one question; null when it is settled. */
  open(questionId: string, reviewer: string): Promise<QuestionDetails | null>
  /**
   * A question with the machine's values, which a blind one does not show. What a reviewer has on the desk may be answered
   * also when somebody else has just settled it: two answers are then compared.
   */
  find(questionId: string, reviewer: string): Question | null
  answer(question: Question, answer: Answer, reviewer: string): Promise<AnswerResult>
  undo(reviewer: string): Promise<{ readonly questionId: string | null; readonly withdrawn: number }>
  skip(questionId: string, reviewer: string): void
  /** Asks the reviewer again what he skipped. */
  unskip(reviewer: string): void
  progress(): ReviewProgress
  /** Resolves when every answer given so far has been worked in. */
  settled(): Promise<void>
  publish(): Promise<void>
  /** Ends the work in hand and writes the output files if anything was judged. */
  close(): Promise<void>
}

export interface DeskServices {
  readonly repository: ReviewRepository
  readonly plan: AuditPlan
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly newId: () => string
  readonly onFailure: (error: unknown) => void
}

/** Questions whose pictures are made while a person looks at the one before. */
const AHEAD = 3
const LOOK_EVERY_MS = 15_000

export function createReviewDesk(services: DeskServices): ReviewDesk {
  const { repository, plan, now, newId, onFailure } = services
  const { locks } = repository
  const batch = createReviewBatch(services)
  const { queue } = batch
  const skipped = new Set<string>()
  /** What each reviewer has on the desk. */
  const opened = new Map<string, Question>()
  /** Questions whose answer has not been worked in yet, with the batch of it. */
  const answered = new Map<string, string>()
  const log = createJudgementLog({ repository, onNews: followOthers })
  const solver = createSolver({
    solve: (documentId) => repository.solve(documentId, plan),
    openFields: (documentId) => batch.get(documentId)?.index?.open ?? 0,
    onSolved: (documentId, { outcome, index, stateId }, batchIds) => {
      batch.keep(documentId, index, stateId, outcome)
      forgetAnswered(batchIds)
    },
    onFailure,
  })
  let following: Promise<unknown> = Promise.resolve()
  let isClosing = false
  let hasNews = false
  let lastLook = 0

  function forgetAnswered(batchIds: readonly string[]): void {
    for (const [questionId, batchId] of answered) if (batchIds.includes(batchId)) answered.delete(questionId)
  }

  /** What another program was told is asked no more; it puts the document together again, unless it has ended. */
  function followOthers(documentId: string, judgements: readonly Judgement[]): void {
    hasNews = true
    const batchIds = [...new Set(judgements.map(({ batchId }) => batchId))]
    for (const judgement of judgements) {
      const question = queue.first({ documentId }, (each) => asksAbout(each, judgement))
      if (question !== null && judgement.verdict !== 'withdrawn') answered.set(question.questionId, judgement.batchId)
    }
    const follow = async () => {
      const isThere = await untilWorkedIn(
        () => batch.reload(documentId),
        () => isClosing,
      )
      if (isThere) forgetAnswered(batchIds)
      else if (!isClosing) for (const batchId of batchIds) solver.request(documentId, { batchId, judged: 0 })
    }
    following = Promise.all([following, follow().catch(onFailure)])
  }

  async function describe(question: Question): Promise<QuestionDetails | null> {
    const { documentId } = question
    const outcome = await batch.outcome(documentId)
    const pages = pagesOfQuestion(question, outcome)
    const views = await Promise.all(
      pages.map(async (page) => [page, await repository.pageView(documentId, page)] as const),
    )
    return describeQuestion(question, outcome, log.all(), new Map(views))
  }

  const isFreeFor =
    (reviewer: string) =>
    ({ questionId }: Question): boolean =>
      !answered.has(questionId) && !skipped.has(`${reviewer}/${questionId}`)

  async function next(reviewer: string, filter: QuestionFilter): Promise<QuestionDetails | null> {
    await log.catchUp()
    const isFree = isFreeFor(reviewer)
    const taken = new Set<string>()
    for (;;) {
      const question = queue.first(filter, (each) => isFree(each) && !taken.has(each.questionId))
      if (question === null) return null
      if (!(await locks.claim(question.questionId, reviewer))) {
        taken.add(question.questionId)
        continue
      }
      const details = await describe(question)
      if (details === null) {
        queue.remove(question.questionId)
        continue
      }
      opened.set(reviewer, question)
      return details
    }
  }

  async function answer(question: Question, given: Answer, reviewer: string): Promise<AnswerResult> {
    const { documentId, questionId } = question
    await log.catchUp()
    const extractorVersion = batch.get(documentId)?.extractorVersion ?? ''
    const batchId = newId()
    const context = { reviewer, judgedAt: new Date(now()).toISOString(), batchId, extractorVersion }
    const contents = judgeQuestion(question, given, await batch.outcome(documentId), log.all(), context)
    const added = await repository.append(contents)
    log.remember(added)
    hasNews = true
    answered.set(questionId, batchId)
    // An audited field was settled before: answering it settles nothing.
    const isOpen = question.purpose === 'review' || question.purpose === 'conflict'
    solver.request(documentId, { batchId, judged: isOpen ? added.length : 0 })
    return { batchId, judged: added.length }
  }

  async function undo(reviewer: string): Promise<{ questionId: string | null; withdrawn: number }> {
    await log.catchUp()
    const context = { reviewer, judgedAt: new Date(now()).toISOString(), batchId: newId() }
    const added = await repository.append(withdrawLast(log.all(), context))
    const [first] = added
    if (first === undefined) return { questionId: null, withdrawn: 0 }
    log.remember(added)
    hasNews = true
    const { documentId } = first.place
    solver.request(documentId, { batchId: context.batchId, judged: -added.length })
    await solver.settled(documentId)
    const back = queue.first({ documentId }, (question) => asksAbout(question, first))
    if (back !== null) skipped.delete(`${reviewer}/${back.questionId}`)
    return { questionId: back?.questionId ?? null, withdrawn: added.length }
  }

  async function takeIn(): Promise<void> {
    lastLook = now()
    await batch.takeIn()
  }

  return {
    async refresh() {
      await log.catchUp()
      if (now() - lastLook > LOOK_EVERY_MS && solver.pending() === 0) await takeIn()
    },
    async start() {
      await log.catchUp()
      await takeIn()
      await firstIndex()
    },
    documents: () => batch.list(),
    outcome: (documentId) => batch.outcome(documentId),
    pageView: (documentId, pageNumber) => repository.pageView(documentId, pageNumber),
    judgements: () => log.all(),
    quality: () => measureReview(log.all()),
    conflicts: () => listConflicts(batch.list(), log.all()),
    next,
    ahead(reviewer, filter) {
      const isOther = ({ questionId }: Question) => opened.get(reviewer)?.questionId !== questionId
      const isFree = isFreeFor(reviewer)
      return queue.ahead(filter, (question) => isOther(question) && isFree(question), AHEAD)
    },
    async open(questionId, reviewer) {
      const question = queue.find(questionId)
      if (question === null) return null
      const details = await describe(question)
      if (details !== null) {
        await locks.take(questionId, reviewer)
        opened.set(reviewer, question)
      }
      return details
    },
    find(questionId, reviewer) {
      const onDesk = opened.get(reviewer)
      return queue.find(questionId) ?? (onDesk?.questionId === questionId ? onDesk : null)
    },
    answer,
    undo,
    skip: (questionId, reviewer) => void skipped.add(`${reviewer}/${questionId}`),
    unskip(reviewer) {
      for (const key of [...skipped]) if (key.startsWith(`${reviewer}/`)) skipped.delete(key)
    },
    progress: () => countProgress(batch.list(), queue.counts(), solver.pending(), solver.settlements()),
    async settled() {
      await batch.indexed()
      await following
      await solver.settled(null)
    },
    publish: () => repository.publish(),
    async close() {
      isClosing = true
      batch.close()
      await batch.indexed()
      await following
      await solver.settled(null)
      if (hasNews) await repository.publish()
    },
  }

  /** So that there is a question to begin with, also where nothing has been looked through yet. */
  async function firstIndex(): Promise<void> {
    while (batch.list().length > 0 && batch.list().every(({ index }) => index === null)) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
}

function asksAbout(question: Question, { place }: Judgement): boolean {
  return (
    question.fields.includes(place.field) &&
    question.cells.some(
      ({ pageNumber, tableIndex, rowIndex }) =>
        pageNumber === place.pageNumber && tableIndex === place.tableIndex && rowIndex === place.rowIndex,
    )
  )
}
