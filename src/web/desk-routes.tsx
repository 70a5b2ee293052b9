import { z } from 'zod'
import type { QuestionDetails } from '../review/describe-question.ts'
import { AnswerRequest, readAnswer } from './answer-request.ts'
import { type App, type AppContext, showPage, visitOf } from './app-context.ts'
import type { AppServices } from './create-app.tsx'
import { findSuggestions } from './find-suggestions.ts'
import type { QuestionFilter } from './question-queue.ts'
import { toBrowser } from './question-to-browser.ts'
import { DeskView } from './views/desk-view.tsx'

const Skip = z.object({ questionId: z.string().max(300) })
/** Pictures of pages that are made beforehand. */
const MOST_AHEAD = 4
const Purpose = z.enum(['review', 'audit', 'conflict'])

/** The desk itself and what its browser side asks for. */
export function addDeskRoutes(app: App, { desk, pictures, fieldKinds, fieldSchemes, search }: AppServices): void {
  const show = async (details: QuestionDetails | null, context: AppContext) => {
    if (details === null) return null
    for (const page of new Set(details.cells.map(({ boxPage }) => boxPage))) {
      pictures.warm(details.question.documentId, page)
    }
    return toBrowser(details, desk, context.get('messages'), fieldKinds)
  }

  const tell = async (details: QuestionDetails | null, context: AppContext) => ({
    question: await show(details, context),
    progress: desk.progress(),
    ahead: picturesAhead(context),
  })

  /** Addresses of the pictures that the next questions need; they are made meanwhile. */
  const picturesAhead = (context: AppContext): readonly string[] => {
    const next = desk.ahead(context.get('session').reviewer, questionFilter(context))
    const pages = next.flatMap(({ documentId, cells }) =>
      cells.map(({ pageNumber }) => [documentId, pageNumber] as const),
    )
    const addresses = new Set<string>()
    for (const [documentId, pageNumber] of pages) {
      const address = `/picture/${documentId}/${pageNumber}`
      if (addresses.size === MOST_AHEAD || addresses.has(address)) continue
      pictures.warm(documentId, pageNumber)
      addresses.add(address)
    }
    return [...addresses]
  }

  app.get('/', async (context) => {
    await desk.refresh()
    const { reviewer } = context.get('session')
    const filter = questionFilter(context)
    const wanted = context.req.query('question')
    const asked = wanted === undefined ? null : await desk.open(wanted, reviewer)
    const details = asked ?? (await desk.next(reviewer, filter))
    const start = {
      ...(await tell(details, context)),
      filter,
      texts: context.get('messages').texts,
      isGone: wanted !== undefined && asked === null,
    }
    return showPage(context, <DeskView visit={visitOf(context)} progress={desk.progress()} start={start} />)
  })

  app.get('/api/next', async (context) => {
    await desk.refresh()
    const details = await desk.next(context.get('session').reviewer, questionFilter(context))
    return context.json(await tell(details, context))
  })

  app.get('/api/question', async (context) => {
    await desk.refresh()
    const details = await desk.open(context.req.query('id') ?? '', context.get('session').reviewer)
    return context.json(await tell(details, context))
  })

  app.get('/api/progress', async (context) => {
    await desk.refresh()
    return context.json(desk.progress())
  })

  app.get('/api/search', async (context) => {
    const { field = '', typed = '', document = '' } = context.req.query()
    const found = await findSuggestions(
      { field, typed: typed.slice(0, 60), documentId: document },
      desk,
      fieldSchemes,
      search,
    )
    return context.json({ found })
  })

  app.post('/api/answer', async (context) => {
    const request = AnswerRequest.safeParse(await context.req.json())
    if (!request.success) return context.json({ fault: 'typed-empty' }, 400)
    const { reviewer } = context.get('session')
    const question = desk.find(request.data.questionId, reviewer)
    if (question === null) return context.json({ fault: 'now-settled' }, 409)
    const read = readAnswer(request.data, question, fieldKinds)
    if (read.kind === 'fault') return context.json({ fault: read.fault }, read.fault === 'question-changed' ? 409 : 422)
    if (read.kind === 'mismatch') return context.json({ mismatch: { typed: read.typed, machine: read.machine } })
    const result = await desk.answer(question, read.answer, reviewer)
    const details = await desk.next(reviewer, questionFilter(context))
    return context.json({ ...result, ...(await tell(details, context)) })
  })

  app.post('/api/skip', async (context) => {
    const request = Skip.safeParse(await context.req.json())
    if (!request.success) return context.json({ fault: 'typed-empty' }, 400)
    const { reviewer } = context.get('session')
    desk.skip(request.data.questionId, reviewer)
    const details = await desk.next(reviewer, questionFilter(context))
    return context.json(await tell(details, context))
  })

  app.post('/api/again', async (context) => {
    const { reviewer } = context.get('session')
    desk.unskip(reviewer)
    return context.json(await tell(await desk.next(reviewer, questionFilter(context)), context))
  })

  app.post('/api/undo', async (context) => {
    const { reviewer } = context.get('session')
    const { withdrawn, questionId } = await desk.undo(reviewer)
    const back = questionId === null ? null : await desk.open(questionId, reviewer)
    const details = back ?? (await desk.next(reviewer, questionFilter(context)))
    return context.json({ withdrawn, ...(await tell(details, context)) })
  })

  app.post('/api/publish', async (context) => {
    await desk.settled()
    await desk.publish()
    return context.json({ progress: desk.progress() })
  })
}

function questionFilter(context: AppContext): QuestionFilter {
  const { document, flag, purpose } = context.req.query()
  const wanted = Purpose.safeParse(purpose)
  return {
    ...(document ? { documentId: document } : {}),
    ...(flag ? { flag } : {}),
    ...(wanted.success ? { purpose: wanted.data } : {}),
  }
}
