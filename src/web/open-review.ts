import { randomUUID } from 'node:crypto'
import type { Dictionaries } from '../model/dictionaries.ts'
import type { AuditPlan } from '../review/audit-sample.ts'
import type { FieldKind } from '../review/parse-typed-value.ts'
import type { ReviewRepository } from '../review/review-repository.ts'
import { createAccess } from './access.ts'
import { createCatalogueSearch, type FieldScheme } from './catalogue-search.ts'
import { readClientFiles } from './client-files.ts'
import { createApp } from './create-app.tsx'
import { createPictureCache } from './picture-cache.ts'
import { createReviewDesk, type ReviewDesk } from './review-desk.ts'
import { serveApp } from './serve.ts'

export interface ReviewSettings {
  /** Where to listen. Anything but loopback wants a token. */
  readonly host: string
  readonly port: number
  readonly token: string | null
  readonly reviewer: string
  readonly audit: AuditPlan
  readonly dictionaries: Pick<Dictionaries, 'catalogues'>
  readonly fieldKinds: ReadonlyMap<string, FieldKind>
  readonly fieldSchemes: ReadonlyMap<string, FieldScheme>
  readonly fieldNames: ReadonlyMap<string, string>
  readonly proposals: (desk: ReviewDesk) => string
  readonly onFailure: (error: unknown) => void
}

export interface OpenReview {
  readonly url: string
  readonly desk: ReviewDesk
  /** Ends the work in hand and writes the output files. */
  close(): Promise<void>
}

export const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

/** Opens the review page over a repository and listens. */
export async function openReview(repository: ReviewRepository, settings: ReviewSettings): Promise<OpenReview> {
  const { host, port, token, audit, onFailure } = settings
  const desk = createReviewDesk({
    repository,
    plan: audit,
    now: () => Date.now(),
    newId: () => randomUUID(),
    onFailure,
  })
  const pictures = createPictureCache({ read: (id, page) => repository.picture(id, page), onFailure })
  const isLoopback = LOOPBACK.includes(host)
  const app = createApp({
    desk,
    access: createAccess({
      token,
      hostNames: isLoopback ? ['127.0.0.1', 'localhost', '[::1]'] : null,
      usualReviewer: settings.reviewer,
    }),
    pictures,
    clientFiles: readClientFiles(),
    fieldKinds: settings.fieldKinds,
    fieldSchemes: settings.fieldSchemes,
    fieldNames: settings.fieldNames,
    search: createCatalogueSearch(settings.dictionaries.catalogues),
    proposals: () => settings.proposals(desk),
  })
  await desk.start()
  // While the reviewer opens the browser.
  for (const { documentId, cells } of desk.ahead(settings.reviewer, {})) {
    pictures.warm(documentId, cells[0]?.pageNumber ?? 0)
  }
  const server = await serveApp(app, host, port)
  const shownHost = isLoopback ? 'localhost' : host
  return {
    url: `http://${shownHost}:${server.port}/`,
    desk,
    async close() {
      await server.close()
      await desk.close()
    },
  }
}
