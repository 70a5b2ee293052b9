import { type Html, type HtmlPart, html } from '../../publish/html.ts'
import type { EvidenceWords } from './evidence-texts.ts'
import { INDEX, STYLE } from './site-places.ts'

export interface Crumb {
  readonly text: string
  /** Null for the page itself. */
  readonly href: string | null
}

export interface FrameOptions {
  readonly title: string
  /** Where the page lies: '' at the top of the site, '../../' in the folder of a document. */
  readonly root: '' | '../../'
  readonly crumbs: readonly Crumb[]
  readonly words: EvidenceWords
}

/** Nothing runs on these pages, whatever a document says: no script, no frame, no form. */
const POLICY = "script-src 'none'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'"

/** A whole page, with the way back to where it is reached from. */
export function renderPage({ title, root, crumbs, words }: FrameOptions, body: HtmlPart): string {
  const path = [{ text: words.say('all-documents'), href: `${root}${INDEX}` }, ...crumbs]
  const page = html`<html lang="${words.language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${title} · gongkai</title>
<link rel="stylesheet" href="${root}${STYLE}">
</head>
<body>
<header class="bar">
<a class="brand" href="${root}${INDEX}">公开 <span>gongkai</span></a>
<nav aria-label="${words.say('skip-links')}"><ol>${path.map(toCrumb)}</ol></nav>
</header>
<main>
${body}
</main>
</body>
</html>
`
  return `<!doctype html>\n${page.markup}`
}

function toCrumb({ text, href }: Crumb): Html {
  return html`<li>${href === null ? html`<span aria-current="page">${text}</span>` : html`<a href="${href}">${text}</a>`}</li>`
}

/** An address of the web as a link; anything else (javascript:) stays a text. */
export function externalLink(address: string): Html {
  return isWebAddress(address) ? html`<a href="${address}" rel="noreferrer">${address}</a>` : html`${address}`
}

/** The page of a document where it was published, which viewers open by the fragment; nothing where it has no address. */
export function publishedPageLink(address: string | null, pageNumber: number, words: EvidenceWords): Html | null {
  if (address === null || !isWebAddress(address)) return null
  const href = `${address.replace(/#.*$/, '')}#page=${pageNumber}`
  return html`<a href="${href}" rel="noreferrer">${words.say('published-page', { page: pageNumber })} ↗</a>`
}

function isWebAddress(address: string): boolean {
  return /^https?:\/\//i.test(address)
}

/** A number with its label. */
export function figure(label: string, value: string | number, kind = ''): Html {
  return html`<div class="figure ${kind}"><b>${value}</b><span>${label}</span></div>`
}
