import { placeKey } from '../model/judgement.ts'
import type { GradedRecord } from '../model/record.ts'
import type { Question } from '../review/find-questions.ts'
import { type App, type AppContext, showPage, visitOf } from './app-context.ts'
import type { AppServices } from './create-app.tsx'
import { type DocumentFilter, filterDocuments } from './filter-documents.ts'
import { ConflictsView } from './views/conflicts-view.tsx'
import { DocumentsView } from './views/documents-view.tsx'
import { OverviewView } from './views/overview-view.tsx'
import { TableView } from './views/table-view.tsx'

/** Lists and plots: documents, one document's tables, the batch, the quality of the review. */
export function addListRoutes(app: App, { desk, pictures }: AppServices): void {
  app.get('/documents', async (context) => {
    await desk.refresh()
    const filter = documentFilter(context)
    const all = desk.documents()
    const shown = filterDocuments(all, filter)
    return showPage(
      context,
      <DocumentsView visit={visitOf(context)} progress={desk.progress()} all={all} shown={shown} filter={filter} />,
    )
  })

  app.get('/documents/:id', async (context) => {
    const document = desk.documents().find(({ documentId }) => documentId === context.req.param('id'))
    if (document === undefined) return context.notFound()
    const outcome = await desk.outcome(document.documentId)
    const first = outcome.records[0]?.fields[0]?.pageNumber ?? 1
    const pageNumber = Number(context.req.query('page') ?? first)
    pictures.warm(document.documentId, pageNumber)
    const asked = new Map(
      (document.index?.questions ?? []).flatMap((question) =>
        question.cells.flatMap((cell) =>
          question.fields.map((field) => [keyOf(question, cell, field), question.questionId] as const),
        ),
      ),
    )
    const questionOf = (record: GradedRecord, field: string) =>
      asked.get(placeKey({ documentId: document.documentId, ...placeOf(record), field })) ?? null
    return showPage(
      context,
      <TableView
        visit={visitOf(context)}
        progress={desk.progress()}
        document={document}
        outcome={outcome}
        pageNumber={pageNumber}
        view={await desk.pageView(document.documentId, pageNumber)}
        questionOf={questionOf}
      />,
    )
  })

  app.get('/overview', async (context) => {
    await desk.refresh()
    return showPage(
      context,
      <OverviewView
        visit={visitOf(context)}
        progress={desk.progress()}
        documents={desk.documents()}
        judgements={desk.judgements()}
      />,
    )
  })

  app.get('/conflicts', (context) => {
    const quality = desk.quality()
    return showPage(
      context,
      <ConflictsView
        visit={visitOf(context)}
        progress={desk.progress()}
        quality={quality}
        conflicts={desk.conflicts()}
      />,
    )
  })
}

function documentFilter(context: AppContext): DocumentFilter {
  const { district, year, flag, state } = context.req.query()
  return {
    ...(district ? { district } : {}),
    ...(year ? { year } : {}),
    ...(flag ? { flag } : {}),
    ...(state ? { state } : {}),
  }
}

function keyOf(
  { documentId }: Question,
  { pageNumber, tableIndex, rowIndex }: Question['cells'][number],
  field: string,
) {
  return placeKey({ documentId, pageNumber, tableIndex, rowIndex, field })
}

function placeOf({ pageNumber, tableIndex, rowIndex }: GradedRecord) {
  return { pageNumber, tableIndex, rowIndex }
}
