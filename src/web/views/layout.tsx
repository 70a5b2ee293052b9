import type { Child } from 'hono/jsx'
import type { ReviewProgress } from '../count-progress.ts'
import type { Messages } from '../messages.ts'

/** What every page knows of who looks at it. */
export interface Visit {
  readonly messages: Messages
  readonly reviewer: string
  readonly csrf: string
  /** The path with its query, for the way back after the language was changed. */
  readonly path: string
}

interface LayoutProps {
  readonly visit: Visit
  readonly title: string
  readonly current: 'desk' | 'documents' | 'overview' | 'conflicts' | 'none'
  readonly progress: ReviewProgress | null
  readonly scripts?: readonly string[]
  readonly children?: Child
}

const PLACES = [
  ['desk', '/'],
  ['documents', '/documents'],
  ['overview', '/overview'],
  ['conflicts', '/conflicts'],
] as const

/** The frame of every page. Everything in it is escaped by the JSX runtime. */
export function Layout({ visit, title, current, progress, scripts = [], children }: LayoutProps) {
  const { messages, reviewer, csrf, path } = visit
  const other = messages.language === 'zh' ? 'en' : 'zh'
  return (
    <html lang={messages.language === 'zh' ? 'zh-CN' : 'en'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="csrf" content={csrf} />
        <title>{`${title} · gongkai`}</title>
        <link rel="icon" href="/client/icon.svg" />
        <link rel="stylesheet" href="/client/style.css" />
        {scripts.map((script) => (
          <script type="module" src={`/client/${script}`} />
        ))}
      </head>
      <body class={`page-${current}`}>
        <header class="bar">
          <a class="brand" href="/">
            公开 <span>gongkai</span>
          </a>
          <nav aria-label="gongkai">
            {PLACES.map(([place, href]) => (
              <a href={href} {...(place === current ? { 'aria-current': 'page' as const } : {})}>
                {messages.say(`nav-${place}`)}
              </a>
            ))}
          </nav>
          {progress === null ? <span class="stretch" /> : <ProgressBar progress={progress} messages={messages} />}
          <span class="who" title={messages.say('reviewer')}>
            {reviewer}
          </span>
          <form method="post" action="/language">
            <input type="hidden" name="csrf" value={csrf} />
            <input type="hidden" name="language" value={other} />
            <input type="hidden" name="back" value={path} />
            <button class="plain" type="submit" lang={other === 'zh' ? 'zh-CN' : 'en'}>
              {other === 'zh' ? '中文' : 'English'}
            </button>
          </form>
        </header>
        {children}
      </body>
    </html>
  )
}

function ProgressBar({ progress, messages }: { readonly progress: ReviewProgress; readonly messages: Messages }) {
  const { fields, accepted, judged, open } = progress
  const all = Math.max(1, fields)
  return (
    <div class="progress" id="progress">
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" width="100" height="6" />
        <rect class="accepted" data-part="accepted" width={(accepted / all) * 100} height="6" />
        <rect class="judged" data-part="judged" x={(accepted / all) * 100} width={(judged / all) * 100} height="6" />
      </svg>
      <span data-part="text">
        {messages.say('progress', { done: (fields - open).toLocaleString('en'), all: fields.toLocaleString('en') })}
        {' · '}
        {messages.say('remaining', { count: progress.questions.review + progress.questions.conflict })}
      </span>
    </div>
  )
}
