import type { Judgement } from '../model/judgement.ts'
import type { AuditPlan } from '../review/audit-sample.ts'
import { describeQuestion, pagesOfQuestion, type QuestionDetails } from '../review/describe-question.ts'
import type { Question } from '../review/find-questions.ts'
import type { DocumentIndex } from '../review/index-document.ts'
import { measureReview, type ReviewQuality } from '../review/measure-agreement.ts'
import type { ReviewDocument, ReviewedOutcome, ReviewRepository } from '../review/review-repository.ts'
import type { PageView } from '../review/upright.ts'
import { type Answer, judgeQuestion, withdrawLast } from './judge-question.ts'
import { type ListedConflict, listConflicts } from './list-conflicts.ts'
import { createQuestionQueue, type QuestionFilter } from './question-queue.ts'
import { createSoftLocks } from './soft-locks.ts'
import { createSolver, type Settlement } from './solver.ts'

/** Counts over the whole batch. `solving` documents are being put together again after an answer. */
export interface ReviewProgress {
  readonly fields: number
  readonly accepted: number
  readonly judged: number
  readonly open: number
  readonly questions: Readonly<Record<'review' | 'conflict' | 'audit', number>>
  readonly solving: number
  /** Documents that have not been looked through yet. */
  readonly waiting: number
  /** What the last answers settled, the newest first. */
  readonly settlements: readonly Settlement[]
}

export interface AnswerResult {
  readonly batchId: string
  readonly judged: number
}

/** The state of one review, shared by everybody at the page. */
export interface ReviewDesk {
  /** Loads what is known; documents without an index are looked through afterwards, one by one. */
  start(): Promise<void>
  /** Looks for documents that an ingest has finished meanwhile; at most every 15 seconds. */
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

const OUTCOMES_KEPT = 12
/** Questions whose pictures are made while a person looks at the one before. */
const AHEAD = 3
const LOOK_EVERY_MS = 15_000

export function createReviewDesk({ repository, plan, now, newId, onFailure }: DeskServices): ReviewDesk {
  const documents = new Map<string, ReviewDocument>()
  const outcomes = new Map<string, ReviewedOutcome>()
  const queue = createQuestionQueue()
  const locks = createSoftLocks(now)
  const skipped = new Set<string>()
  /** What each reviewer has on the desk. */
  const opened = new Map<string, Question>()
  /** Questions whose answer has not been worked in yet, with the batch of it. */
  const answered = new Map<string, string>()
  const solver = createSolver({
    solve: (documentId) => repository.solve(documentId, plan),
    openFields: (documentId) => documents.get(documentId)?.index?.open ?? 0,
    onSolved: (documentId, { outcome, index, stateId }, batchIds) => {
      keepOutcome(documentId, outcome)
      keepIndex(documentId, index, stateId)
      for (const [questionId, batchId] of answered) if (batchIds.includes(batchId)) answered.delete(questionId)
    },
    onFailure,
  })
  let judgements: Judgement[] = []
  let indexing: Promise<void> = Promise.resolve()
  let isClosing = false
  let hasNews = false
  let lastLook = 0

  function keepIndex(documentId: string, index: DocumentIndex, stateId?: string): void {
    const document = documents.get(documentId)
    if (document === undefined) return
    const publisher = document.publisher ?? index.publisher
    const fiscalYear = document.fiscalYear ?? index.fiscalYear
    documents.set(documentId, { ...document, index, publisher, fiscalYear, stateId: stateId ?? document.stateId })
    queue.replace(documentId, index)
  }

  function keepOutcome(documentId: string, outcome: ReviewedOutcome): void {
    outcomes.delete(documentId)
    outcomes.set(documentId, outcome)
    const [oldest] = outcomes.keys()
    if (outcomes.size > OUTCOMES_KEPT && oldest !== undefined) outcomes.delete(oldest)
  }

  async function outcomeOf(documentId: string): Promise<ReviewedOutcome> {
    const known = outcomes.get(documentId)
    if (known !== undefined) return known
    const outcome = await repository.outcome(documentId)
    keepOutcome(documentId, outcome)
    return outcome
  }

  async function indexMissing(): Promise<void> {
    for (const { documentId, index } of [...documents.values()]) {
      if (isClosing) return
      // Whoever waits for a page comes first: a local database never gives way by itself.
      await new Promise((resolve) => setImmediate(resolve))
      if (index === null) keepIndex(documentId, await repository.makeIndex(documentId, plan))
    }
  }

  async function describe(question: Question): Promise<QuestionDetails | null> {
    const { documentId } = question
    const outcome = await outcomeOf(documentId)
    const pages = pagesOfQuestion(question, outcome)
    const views = await Promise.all(
      pages.map(async (page) => [page, await repository.pageView(documentId, page)] as const),
    )
    return describeQuestion(question, outcome, judgements, new Map(views))
  }

  const isFreeFor =
    (reviewer: string) =>
    ({ questionId }: Question): boolean =>
      !answered.has(questionId) &&
      !skipped.has(`${reviewer}/${questionId}`) &&
      !locks.isHeldByOther(questionId, reviewer)

  async function next(reviewer: string, filter: QuestionFilter): Promise<QuestionDetails | null> {
    for (;;) {
      const question = queue.first(filter, isFreeFor(reviewer))
      if (question === null) return null
      const details = await describe(question)
      if (details === null) {
        queue.remove(question.questionId)
        continue
      }
      locks.hold(question.questionId, reviewer)
      opened.set(reviewer, question)
      return details
    }
  }

  async function answer(question: Question, given: Answer, reviewer: string): Promise<AnswerResult> {
    const { documentId, questionId } = question
    const extractorVersion = documents.get(documentId)?.extractorVersion ?? ''
    const batchId = newId()
    const context = { reviewer, judgedAt: new Date(now()).toISOString(), batchId, extractorVersion }
    const contents = judgeQuestion(question, given, await outcomeOf(documentId), judgements, context)
    const added = await repository.append(contents)
    judgements = [...judgements, ...added]
    hasNews = true
    answered.set(questionId, batchId)
    // An audited field was settled before: answering it settles nothing.
    const isOpen = question.purpose === 'review' || question.purpose === 'conflict'
    solver.request(documentId, { batchId, judged: isOpen ? added.length : 0 })
    return { batchId, judged: added.length }
  }

  async function undo(reviewer: string): Promise<{ questionId: string | null; withdrawn: number }> {
    const context = { reviewer, judgedAt: new Date(now()).toISOString(), batchId: newId() }
    const added = await repository.append(withdrawLast(judgements, context))
    const [first] = added
    if (first === undefined) return { questionId: null, withdrawn: 0 }
    judgements = [...judgements, ...added]
    hasNews = true
    const { documentId } = first.place
    solver.request(documentId, { batchId: context.batchId, judged: -added.length })
    await solver.settled(documentId)
    const back = queue.first({ documentId }, (question) => asksAbout(question, first))
    if (back !== null) skipped.delete(`${reviewer}/${back.questionId}`)
    return { questionId: back?.questionId ?? null, withdrawn: added.length }
  }

  /** Takes in documents that are new, or were put together anew by somebody else. */
  async function takeIn(): Promise<void> {
    lastLook = now()
    const before = new Map(documents)
    for (const document of await repository.documents(plan)) {
      const { documentId, index, stateId } = document
      const known = documents.get(documentId)
      // What an answer changed while the store was asked is newer than what it said.
      if (known?.stateId === stateId || known !== before.get(documentId)) continue
      documents.set(documentId, document)
      outcomes.delete(documentId)
      if (index !== null) queue.replace(documentId, index)
    }
    indexing = indexing.then(indexMissing).catch(onFailure)
  }

  return {
    async refresh() {
      if (now() - lastLook > LOOK_EVERY_MS && solver.pending() === 0) await takeIn()
    },
    async start() {
      judgements = [...(await repository.judgements())]
      await takeIn()
      if ([...documents.values()].every(({ index }) => index === null)) await firstIndex()
    },
    documents: () => [...documents.values()],
    outcome: outcomeOf,
    pageView: (documentId, pageNumber) => repository.pageView(documentId, pageNumber),
    judgements: () => judgements,
    quality: () => measureReview(judgements),
    conflicts: () => listConflicts([...documents.values()], judgements),
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
        locks.hold(questionId, reviewer)
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
    progress: () => countProgress([...documents.values()], queue.counts(), solver.pending(), solver.settlements()),
    async settled() {
      await indexing
      await solver.settled(null)
    },
    publish: () => repository.publish(),
    async close() {
      isClosing = true
      await indexing
      await solver.settled(null)
      if (hasNews) await repository.publish()
    },
  }

  /** So that there is a question to begin with, also where nothing has been looked through yet. */
  async function firstIndex(): Promise<void> {
    while ([...documents.values()].every(({ index }) => index === null) && documents.size > 0) {
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

function countProgress(
  documents: readonly ReviewDocument[],
  questions: ReviewProgress['questions'],
  solving: number,
  settlements: readonly Settlement[],
): ReviewProgress {
  const indexes = documents.flatMap(({ index }) => index ?? [])
  const sum = (of: (index: DocumentIndex) => number) => indexes.reduce((total, index) => total + of(index), 0)
  return {
    fields: sum(({ fields }) => fields),
    accepted: sum(({ accepted }) => accepted),
    judged: sum(({ judged }) => judged),
    open: sum(({ open }) => open),
    questions: { review: questions.review, conflict: questions.conflict, audit: questions.audit },
    solving,
    waiting: documents.length - indexes.length,
    settlements,
  }
}
