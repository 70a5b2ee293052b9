import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import { toJudgementLines, toJudgementsCsv } from '../review/judgements-text.ts'
import type { FieldKind } from '../review/parse-typed-value.ts'
import type { Access } from './access.ts'
import { type App, type AppContext, type AppVariables, showPage } from './app-context.ts'
import type { CatalogueSearch, FieldScheme } from './catalogue-search.ts'
import type { ClientFile } from './client-files.ts'
import { addDeskRoutes } from './desk-routes.tsx'
import { addListRoutes } from './list-routes.tsx'
import { chooseLanguage, messagesIn } from './messages.ts'
import type { PictureCache } from './picture-cache.ts'
import type { ReviewDesk } from './review-desk.ts'
import { LoginView } from './views/login-view.tsx'

export interface AppServices {
  readonly desk: ReviewDesk
  readonly access: Access
  readonly pictures: PictureCache
  readonly clientFiles: ReadonlyMap<string, ClientFile>
  readonly fieldKinds: ReadonlyMap<string, FieldKind>
  readonly fieldSchemes: ReadonlyMap<string, FieldScheme>
  /** Chinese names of fields, as the forms have them. */
  readonly fieldNames: ReadonlyMap<string, string>
  readonly search: CatalogueSearch
  /** A unified diff that proposes entries for `dictionaries`; '' where nothing is to be proposed. */
  readonly proposals: () => string
}

const SESSION = 'gongkai-session'
const LANGUAGE = 'gongkai-language'
const LARGEST_BODY = 1024 * 1024
const LOGIN_DELAY_MS = 700
/** Everything that the page needs comes from this server, and nothing may frame it. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** The review page as an application without a port: what listens is in `serve.ts`. */
export function createApp(services: AppServices): App {
  const app = new Hono<{ Variables: AppVariables }>()
  addGuards(app, services)
  addPublicRoutes(app, services)
  addSessions(app, services)
  addDeskRoutes(app, services)
  addListRoutes(app, services)
  addFiles(app, services)
  return app
}

/** Headers of every answer; refuses foreign hosts, and changes that come from elsewhere. */
function addGuards(app: App, { access, fieldNames }: AppServices): void {
  app.use('*', async (context, next) => {
    context.header('Content-Security-Policy', POLICY)
    context.header('X-Content-Type-Options', 'nosniff')
    context.header('Referrer-Policy', 'same-origin')
    context.header('Cross-Origin-Resource-Policy', 'same-origin')
    context.header('Cross-Origin-Opener-Policy', 'same-origin')
    context.header('Cache-Control', 'no-store')
    if (!access.isOwnHost(context.req.header('host'))) return context.text('unknown host', 421)
    const isChange = context.req.method !== 'GET' && context.req.method !== 'HEAD'
    if (isChange && !access.isOwnOrigin(context.req.header('origin'), context.req.header('host'))) {
      return context.text('foreign origin', 403)
    }
    context.set(
      'messages',
      messagesIn(chooseLanguage(getCookie(context, LANGUAGE), context.req.header('accept-language')), fieldNames),
    )
    return next()
  })
  app.use('*', bodyLimit({ maxSize: LARGEST_BODY }))
}

/** What is served before anybody is known. */
function addPublicRoutes(app: App, { access, clientFiles }: AppServices): void {
  app.get('/client/:name', (context) => {
    const file = clientFiles.get(context.req.param('name'))
    if (file === undefined) return context.notFound()
    return context.body(file.body, 200, { 'Content-Type': file.mediaType, 'Cache-Control': 'no-cache' })
  })

  app.post('/login', async (context) => {
    const form = await context.req.parseBody()
    if (!access.isRightToken(String(form.token ?? ''))) {
      await new Promise((resolve) => setTimeout(resolve, LOGIN_DELAY_MS))
      return showPage(context, <LoginView messages={context.get('messages')} isWrong={true} />, 401)
    }
    openSession(context, access, String(form.name ?? ''))
    return context.redirect('/')
  })
}

/** From here on there is a session, and a change proves that it comes from a page of it. */
function addSessions(app: App, { access }: AppServices): void {
  app.use('*', async (context, next) => {
    const session = access.read(getCookie(context, SESSION))
    if (session !== null) {
      context.set('session', session)
      return next()
    }
    if (context.req.method !== 'GET') return context.json({ fault: 'lost-session' }, 401)
    if (access.needsToken)
      return showPage(context, <LoginView messages={context.get('messages')} isWrong={false} />, 401)
    const opened = access.read(openSession(context, access, access.usualReviewer))
    if (opened !== null) context.set('session', opened)
    return next()
  })

  app.use('*', async (context, next) => {
    if (context.req.method === 'GET') return next()
    const given = context.req.header('x-csrf-token') ?? (await formValue(context, 'csrf'))
    return given === context.get('session').csrf ? next() : context.json({ fault: 'lost-session' }, 403)
  })

  app.post('/language', async (context) => {
    setCookie(context, LANGUAGE, (await formValue(context, 'language')) ?? 'zh', { sameSite: 'Strict', path: '/' })
    const back = (await formValue(context, 'back')) ?? '/'
    return context.redirect(/^\/(?!\/)[\w/?=&.%+-]*$/.test(back) ? back : '/')
  })
}

function addFiles(app: App, { desk, pictures, proposals }: AppServices): void {
  app.get('/picture/:document/:page', async (context) => {
    const picture = await pictures.get(context.req.param('document'), Number(context.req.param('page')))
    if (picture === null) return context.json({ fault: 'picture-missing' }, 404)
    return context.body(new Uint8Array(picture.bytes), 200, {
      'Content-Type': picture.mediaType,
      'Cache-Control': 'private, max-age=3600, immutable',
    })
  })

  app.get('/judgements.jsonl', (context) =>
    context.text(toJudgementLines(desk.judgements()), 200, { 'Content-Type': 'application/x-ndjson; charset=utf-8' }),
  )
  app.get('/judgements.csv', (context) =>
    context.text(`\uFEFF${toJudgementsCsv(desk.judgements())}`, 200, { 'Content-Type': 'text/csv; charset=utf-8' }),
  )
  app.get('/proposals.diff', (context) => context.text(proposals()))
}

function openSession(context: AppContext, access: Access, reviewer: string): string {
  const cookie = access.open(reviewer)
  setCookie(context, SESSION, cookie, { httpOnly: true, sameSite: 'Strict', path: '/' })
  return cookie
}

async function formValue(context: AppContext, name: string): Promise<string | undefined> {
  if (!(context.req.header('content-type') ?? '').includes('form')) return undefined
  const value = (await context.req.parseBody())[name]
  return typeof value === 'string' ? value : undefined
}
