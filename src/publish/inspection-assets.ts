/** The look of the inspection page; one column below 1100 px. */
export const INSPECTION_STYLE = `
:root { --accepted: #16803c; --review: #d1480b; --unused: #5b6b8c; color-scheme: light }
* { box-sizing: border-box }
body { font: 14px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; margin: 0 auto; padding: 1rem 1.5rem 4rem; max-width: 1900px; color: #1c2330; background: #f4f5f8 }
h1 { font-size: 1.25rem; margin: 0 } h1 span, h2 span { color: #667; font-weight: normal } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem }
header p { margin: .2rem 0; color: #445 } .kind { background: #dfe4f0; border-radius: 4px; padding: .05rem .45rem; color: #223 }
.warnings { color: #8a4b00; margin: .3rem 0; padding-left: 1.2rem }
nav { display: flex; flex-wrap: wrap; gap: .4rem 1rem; margin: .7rem 0; align-items: center } nav label { cursor: pointer; user-select: none }
.legend { margin-left: auto; color: #445 } .legend i { display: inline-block; width: .8rem; height: .8rem; border: 2px solid; vertical-align: -1px; margin-left: .8rem }
i.accepted { border-color: var(--accepted) } i.review { border-color: var(--review) } i.unused { border-color: var(--unused) }
main { display: grid; grid-template-columns: minmax(0, 1fr) 22rem; gap: 1rem; align-items: start }
figure { margin: 0; background: #fff; box-shadow: 0 1px 4px #0003; overflow: auto; max-height: calc(100vh - 2rem) } figure.zoomed svg { width: 230% } svg { display: block; width: 100%; height: auto }
aside { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow: auto; background: #fff; box-shadow: 0 1px 4px #0003; padding: .8rem 1rem; overflow-wrap: anywhere }
.hint { color: #667 } [hidden] { display: none }
.word { fill: #2563eb22; stroke: #2563eb; stroke-width: .4 } .word.untrusted-text { fill: #a21caf22; stroke: #a21caf }
.line { fill: none; stroke: #0891b2; stroke-width: .6; stroke-dasharray: 2 2 }
[data-of=rulings] line { stroke: #e11d8f; stroke-width: 1.2 }
.cell { fill-opacity: .08; stroke-width: .8; cursor: pointer; outline: none }
.cell.accepted { fill: var(--accepted); stroke: var(--accepted) } .cell.review { fill: var(--review); stroke: var(--review); fill-opacity: .14 } .cell.unused { fill: var(--unused); stroke: var(--unused) }
.cell:hover, .cell:focus, .cell.chosen { fill-opacity: .3; stroke-width: 1.8 }
[data-of=readings] text { fill: #7c1fbf; paint-order: stroke; stroke: #fffd; stroke-width: 1.4; pointer-events: none }
[data-of=flags] path { fill: #d11 }
aside h3 { margin: .9rem 0 .2rem; font-size: .95rem } aside h3:first-child { margin-top: 0 } aside p { margin: .15rem 0 }
aside .raw { font-family: ui-monospace, monospace; background: #f1f3f8; padding: .15rem .4rem; white-space: pre-wrap }
aside .value { font-size: 1.05rem; font-weight: 600 } aside ul { margin: .2rem 0; padding-left: 1.1rem } aside small { color: #667 }
.tag { border-radius: 3px; color: #fff; padding: 0 .35rem; font-size: .8rem } .tag.accepted { background: var(--accepted) } .tag.review { background: var(--review) }
.wide { overflow-x: auto } table { border-collapse: collapse; background: #fff; font-size: .85rem } td, th { border: 1px solid #ccd2de; padding: .15rem .45rem; text-align: left; vertical-align: top } th { background: #e8ebf2; white-space: nowrap }
td.accepted { color: #0d5a2a } td.review { background: #fdece2 } tr.contradicted td { background: #fde2e2 } tr.holds td:last-child { color: var(--accepted) }
@media (max-width: 1100px) { main { grid-template-columns: 1fr } aside { position: static } }
`

/** Switches layers and tells a cell's story. All texts go in as text nodes. */
export const INSPECTION_SCRIPT = `
const cells = JSON.parse(document.getElementById('cells').textContent)
const story = document.getElementById('story')
for (const box of document.querySelectorAll('[data-layer]')) {
  const show = () => { for (const part of document.querySelectorAll('[data-of=' + box.dataset.layer + ']')) part.toggleAttribute('hidden', !box.checked) }
  box.addEventListener('change', show)
  show()
}
const zoom = document.getElementById('zoom')
zoom.addEventListener('change', () => document.querySelector('figure').classList.toggle('zoomed', zoom.checked))
function add(parent, tag, text, className) {
  const element = document.createElement(tag)
  if (text !== undefined && text !== null) element.textContent = text
  if (className) element.className = className
  parent.append(element)
  return element
}
function list(title, items) {
  if (items.length === 0) return
  add(story, 'h3', title)
  const ul = add(story, 'ul')
  for (const item of items) add(ul, 'li', item)
}
function tell(index) {
  const cell = cells[index]
  if (cell === undefined) return
  story.replaceChildren()
  add(story, 'h3', cell.place)
  add(story, 'p', cell.text === '' ? '(empty)' : cell.text, 'raw')
  list('Flags of the cell', cell.flags)
  list('Readings', cell.readings.map((r) => r.reader + (r.confidence ? ' ' + r.confidence : '') + ': ' + (r.text || '(nothing)')))
  for (const field of cell.fields) {
    const heading = add(story, 'h3', field.name + ' ')
    add(heading, 'span', field.grade + ' ' + field.confidence, 'tag ' + field.grade)
    add(story, 'p', field.value === null ? '(no value)' : field.value, 'value')
    add(story, 'p', 'raw: ' + field.raw, 'raw')
    list('Flags', field.flags)
    list('Evidence', field.evidence)
    list('Candidates', field.candidates.map((c) => c.probability + '  ' + c.value + '  ' + c.label + (c.evidence ? ': ' + c.evidence : '')))
  }
  for (const chosen of document.querySelectorAll('.cell.chosen')) chosen.classList.remove('chosen')
  document.querySelector('[data-cell="' + index + '"]').classList.add('chosen')
}
for (const cell of document.querySelectorAll('[data-cell]')) {
  cell.addEventListener('mouseenter', () => tell(cell.dataset.cell))
  cell.addEventListener('focus', () => tell(cell.dataset.cell))
}
`
