import { PLAIN_VOICE, type Voice } from '../../language/voice.ts'
import type { InspectedScan } from '../../model/inspection.ts'
import { escapeHtml, toScriptJson } from '../escape-html.ts'
import { findingIn } from '../findings.ts'
import type { Inspection } from './inspection.ts'
import { INSPECTION_SCRIPT } from './inspection-script.ts'
import { INSPECTION_STYLE } from './inspection-style.ts'
import { type PlacedItem, placeItems } from './place-items.ts'
import { layersIn, renderLayers } from './render-layers.ts'
import { renderResults } from './render-results.ts'
import { scriptWords } from './script-words.ts'
import { summarizeSteps } from './summarize-steps.ts'
import { boxAttributes, num, transformAttribute } from './svg-shapes.ts'
import { type ItemList, tellItem } from './tell-items.ts'

/** Pictures that can lie under the layers; those after the second stand upright in pixels of their own. */
const GROUNDS = ['published', 'source', 'grey', 'flattened', 'print', 'none'] as const
type Ground = (typeof GROUNDS)[number]
const UPRIGHT_GROUNDS: readonly Ground[] = ['grey', 'flattened', 'print']

function groundsIn({ say }: Voice): Readonly<Record<Ground, string>> {
  return {
    published: say('as published'),
    source: say('as taken'),
    grey: say('as read (upright, seals lifted)'),
    flattened: say('light evened'),
    print: say('print found'),
    none: say('nothing'),
  }
}

/**
 * One self-contained HTML page in the voice's language: every step of reading as pictures with layers, the story of each
 * place, the records.
 */
export function renderInspection(inspection: Inspection, voice: Voice = PLAIN_VOICE): string {
  const { page, fileName } = inspection
  const items = placeItems(inspection)
  const data = {
    page: { width: page.extract.width, height: page.extract.height },
    frames: page.scans.map(({ widthPx, heightPx, toPage }) => ({ width: widthPx, height: heightPx, toPage })),
    uprightGrounds: UPRIGHT_GROUNDS,
    items: items.map((item) => tellItem(item, voice)),
    words: scriptWords(voice),
  }
  return `<!doctype html>
<html lang="${voice.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeHtml(fileName)} · ${voice.say('page {page}', { page: page.extract.pageNumber })}</title>
<style>${INSPECTION_STYLE}</style>
</head>
<body>
${renderHeader(inspection, items, voice)}
<main>
${renderFigure(inspection, items, voice)}
${renderSide(voice)}
</main>
${renderResults(inspection, items, voice)}
<script type="application/json" id="data">${toScriptJson(data)}</script>
<script>${INSPECTION_SCRIPT}</script>
</body>
</html>
`
}

function renderHeader(inspection: Inspection, items: readonly PlacedItem[], voice: Voice): string {
  const { fileName, page } = inspection
  const steps = summarizeSteps(inspection, voice, items).filter(({ text }) => text !== '')
  const told = page.extract.warnings.map((warning) => findingIn(voice.language, warning))
  const warnings = told.map((warning) => `<li>${escapeHtml(warning)}</li>`).join('')
  return `<header>
<h1 lang="zh">${escapeHtml(fileName)} <span>${voice.say('page {page}', { page: page.extract.pageNumber })}</span></h1>
${warnings === '' ? '' : `<ul class="warnings">${warnings}</ul>`}
<ol class="steps">${steps
    .map(
      ({ name, title, text }, index) =>
        `<li><button type="button" data-step="${name}"><b><kbd>${index + 1}</kbd>${title}</b><span lang="zh">${escapeHtml(text)}</span></button></li>`,
    )
    .join('')}</ol>
${renderControls(page.scans, voice)}
</header>`
}

function renderControls(scans: readonly InspectedScan[], voice: Voice): string {
  const { say } = voice
  const titles = groundsIn(voice)
  const grounds = GROUNDS.filter((name) => scans.length > 0 || name === 'published' || name === 'none')
  const options = grounds.map((name) => `<option value="${name}">${titles[name]}</option>`)
  const layers = layersIn(voice).map(({ name, title, key, legend }) => {
    const chips = legend.map(([className, meaning]) => `<i class="chip ${className}"></i>${meaning}`)
    return `<label><input type="checkbox" data-layer="${name}"><kbd>${key}</kbd>${title}<small>${chips.join(' ')}</small></label>`
  })
  return `<nav>
<label class="ground"><kbd>b</kbd>${say('picture')} <select id="ground">${options.join('')}</select></label>
<span class="zoom">${say('zoom')} <button type="button" data-zoom="-1" title="${say('smaller')}">−</button><button type="button" data-zoom="0" title="${say('to the width')}">${say('fit')}</button><button type="button" data-zoom="1" title="${say('larger')}">+</button></span>
<span class="layers">${layers.join('')}</span>
</nav>`
}

function renderFigure(inspection: Inspection, items: readonly PlacedItem[], voice: Voice): string {
  const { page } = inspection
  const { extract } = page
  const whole = { x0: 0, top: 0, x1: extract.width, bottom: extract.height }
  const upright = UPRIGHT_GROUNDS.map((name) => {
    const pictures = page.scans.map(({ pictures, toPage, widthPx, heightPx }) => {
      const picture = pictures[name as keyof typeof pictures]
      return `<g ${transformAttribute(toPage)}>${renderImage(picture, { x0: 0, top: 0, x1: widthPx, bottom: heightPx })}</g>`
    })
    return `<g id="ground-${name}">${pictures.join('')}</g>`
  })
  const sources = page.scans.map(({ source }) => renderImage(source.picture, source.placement))
  return `<figure>
<svg id="page" viewBox="0 0 ${num(extract.width)} ${num(extract.height)}" role="img" aria-label="${voice.say('the page with layers')}">
<defs>
<g id="ground-published">${renderImage(page.picture, whole)}</g>
<g id="ground-source">${sources.join('')}</g>
${upright.join('\n')}
</defs>
<g id="world"><rect class="paper" ${boxAttributes(whole)}/><use id="ground-shown" href="#ground-published"/>
${renderLayers(inspection, items, voice)}
</g>
</svg>
</figure>`
}

function renderImage(picture: string, box: Parameters<typeof boxAttributes>[0]): string {
  return `<image href="${escapeHtml(picture)}" ${boxAttributes(box)} preserveAspectRatio="none"/>`
}

function listsIn({ say }: Voice): readonly (readonly [ItemList, string])[] {
  return [
    ['differ', say('readers differ')],
    ['layer', say('the text layer differs')],
    ['flagged', say('flagged')],
    ['review', say('for review')],
    ['cells', say('all cells')],
    ['lines', say('lines outside tables')],
  ]
}

function renderSide(voice: Voice): string {
  const { say } = voice
  const options = listsIn(voice).map(
    ([name, title]) => `<option value="${name}" data-title="${title}">${title}</option>`,
  )
  const hint = say(
    'Point at a cell to see it enlarged with every reading of it; click to hold it. [j] and [k] step through the list, [1] to [7] show the steps, letters switch layers, [+] [-] [0] zoom, [Esc] lets go.',
  ).replaceAll(/\[([^\]]+)\]/g, '<kbd>$1</kbd>')
  return `<aside>
<div class="walk"><select id="list" aria-label="${say('places to step through')}">${options.join('')}</select><button type="button" id="previous" title="${say('previous (k)')}">‹ <kbd>k</kbd></button><button type="button" id="next" title="${say('next (j)')}"><kbd>j</kbd> ›</button><span id="position"></span></div>
<ol id="places"></ol>
<div id="story" aria-live="polite"><p class="hint">${hint}</p></div>
</aside>`
}
