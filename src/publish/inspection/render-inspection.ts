import type { InspectedScan } from '../../model/inspection.ts'
import { escapeHtml, toScriptJson } from '../escape-html.ts'
import type { Inspection } from './inspection.ts'
import { INSPECTION_SCRIPT } from './inspection-script.ts'
import { INSPECTION_STYLE } from './inspection-style.ts'
import { type PlacedItem, placeItems } from './place-items.ts'
import { LAYERS, renderLayers } from './render-layers.ts'
import { renderResults } from './render-results.ts'
import { summarizeSteps } from './summarize-steps.ts'
import { boxAttributes, num, transformAttribute } from './svg-shapes.ts'
import { tellItem } from './tell-items.ts'

/** Pictures that can lie under the layers; those after the second stand upright in pixels of their own. */
const GROUNDS = [
  ['published', 'as published'],
  ['source', 'as taken'],
  ['grey', 'as read (upright, seals lifted)'],
  ['flattened', 'light evened'],
  ['print', 'print found'],
  ['none', 'nothing'],
] as const
type Ground = (typeof GROUNDS)[number][0]
const UPRIGHT_GROUNDS: readonly Ground[] = ['grey', 'flattened', 'print']

/** One self-contained HTML page: every step of reading as pictures with layers, the story of each place, the records. */
export function renderInspection(inspection: Inspection): string {
  const { page, fileName } = inspection
  const items = placeItems(inspection)
  const data = {
    page: { width: page.extract.width, height: page.extract.height },
    frames: page.scans.map(({ widthPx, heightPx, toPage }) => ({ width: widthPx, height: heightPx, toPage })),
    uprightGrounds: UPRIGHT_GROUNDS,
    items: items.map(tellItem),
  }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeHtml(fileName)}, page ${page.extract.pageNumber}</title>
<style>${INSPECTION_STYLE}</style>
</head>
<body>
${renderHeader(inspection, items)}
<main>
${renderFigure(inspection, items)}
${renderSide()}
</main>
${renderResults(inspection, items)}
<script type="application/json" id="data">${toScriptJson(data)}</script>
<script>${INSPECTION_SCRIPT}</script>
</body>
</html>
`
}

function renderHeader(inspection: Inspection, items: readonly PlacedItem[]): string {
  const { fileName, page } = inspection
  const steps = summarizeSteps(inspection, items).filter(({ text }) => text !== '')
  const warnings = page.extract.warnings.map((warning) => `<li>${escapeHtml(warning)}</li>`).join('')
  return `<header>
<h1 lang="zh">${escapeHtml(fileName)} <span>page ${page.extract.pageNumber}</span></h1>
${warnings === '' ? '' : `<ul class="warnings">${warnings}</ul>`}
<ol class="steps">${steps
    .map(
      ({ name, text }, index) =>
        `<li><button type="button" data-step="${name}"><b><kbd>${index + 1}</kbd>${name}</b><span lang="zh">${escapeHtml(text)}</span></button></li>`,
    )
    .join('')}</ol>
${renderControls(page.scans)}
</header>`
}

function renderControls(scans: readonly InspectedScan[]): string {
  const grounds = GROUNDS.filter(([name]) => scans.length > 0 || name === 'published' || name === 'none')
  const options = grounds.map(([name, title]) => `<option value="${name}">${title}</option>`)
  const layers = LAYERS.map(({ name, key, legend }) => {
    const chips = legend.map(([className, meaning]) => `<i class="chip ${className}"></i>${meaning}`)
    return `<label><input type="checkbox" data-layer="${name}"><kbd>${key}</kbd>${name}<small>${chips.join(' ')}</small></label>`
  })
  return `<nav>
<label class="ground"><kbd>b</kbd>picture <select id="ground">${options.join('')}</select></label>
<span class="zoom">zoom <button type="button" data-zoom="-1" title="smaller">−</button><button type="button" data-zoom="0" title="to the width">fit</button><button type="button" data-zoom="1" title="larger">+</button></span>
<span class="layers">${layers.join('')}</span>
</nav>`
}

function renderFigure(inspection: Inspection, items: readonly PlacedItem[]): string {
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
<svg id="page" viewBox="0 0 ${num(extract.width)} ${num(extract.height)}" role="img" aria-label="the page with layers">
<defs>
<g id="ground-published">${renderImage(page.picture, whole)}</g>
<g id="ground-source">${sources.join('')}</g>
${upright.join('\n')}
</defs>
<g id="world"><rect class="paper" ${boxAttributes(whole)}/><use id="ground-shown" href="#ground-published"/>
${renderLayers(inspection, items)}
</g>
</svg>
</figure>`
}

function renderImage(picture: string, box: Parameters<typeof boxAttributes>[0]): string {
  return `<image href="${escapeHtml(picture)}" ${boxAttributes(box)} preserveAspectRatio="none"/>`
}

const LISTS = [
  ['differ', 'readers differ'],
  ['layer', 'the text layer differs'],
  ['flagged', 'flagged'],
  ['review', 'for review'],
  ['cells', 'all cells'],
  ['lines', 'lines outside tables'],
] as const

function renderSide(): string {
  const options = LISTS.map(([name, title]) => `<option value="${name}" data-title="${title}">${title}</option>`)
  return `<aside>
<div class="walk"><select id="list" aria-label="places to step through">${options.join('')}</select><button type="button" id="previous" title="previous (k)">‹ <kbd>k</kbd></button><button type="button" id="next" title="next (j)"><kbd>j</kbd> ›</button><span id="position"></span></div>
<ol id="places"></ol>
<div id="story" aria-live="polite"><p class="hint">Point at a cell to see it enlarged with every reading of it; click to hold it. <kbd>j</kbd> and <kbd>k</kbd> step through the list, <kbd>1</kbd> to <kbd>7</kbd> show the steps, letters switch layers, <kbd>+</kbd> <kbd>-</kbd> <kbd>0</kbd> zoom, <kbd>Esc</kbd> lets go.</p></div>
</aside>`
}
