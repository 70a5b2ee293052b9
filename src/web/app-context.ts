import type { Context, Hono } from 'hono'
import type { Session } from './access.ts'
import type { Messages } from './messages.ts'
import type { Visit } from './views/layout.tsx'

/** What every request of a session carries. */
export interface AppVariables {
  session: Session
  messages: Messages
}

export type App = Hono<{ Variables: AppVariables }>
export type AppContext = Context<{ Variables: AppVariables }>

export function visitOf(context: AppContext): Visit {
  const { reviewer, csrf } = context.get('session')
  const { pathname, search } = new URL(context.req.url)
  return { messages: context.get('messages'), reviewer, csrf, path: `${pathname}${search}` }
}

/** A whole page of JSX as HTML. Texts in it are escaped by the JSX runtime. */
export function showPage(context: AppContext, page: { toString(): string | Promise<string> }, status: 200 | 401 = 200) {
  return context.html(`<!doctype html>\n${String(page)}`, status)
}
