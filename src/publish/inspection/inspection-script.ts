/**
 * What the inspection page does: steps, pictures and layers are switched, places are stepped through and told. Texts of
 * the document go in as text nodes, and nothing of it into an attribute but numbers.
 */
export const INSPECTION_SCRIPT = String.raw`
'use strict'
const SVG = 'http://www.w3.org/2000/svg'
const { page, frames, uprightGrounds, items, words } = JSON.parse(document.getElementById('data').textContent)
const byId = (id) => document.getElementById(id)
const all = (selector) => [...document.querySelectorAll(selector)]
const [svg, world, shown, figure, story] = [byId('page'), byId('world'), byId('ground-shown'), document.querySelector('figure'), byId('story')]
const STEPS = {
  Triage: ['published', 'words', 'areas'], Pixels: ['grey'], Rulings: ['flattened', 'rulings'], Grid: ['grey', 'edges', 'cells'],
  Lines: ['grey', 'lines'], Readings: ['grey', 'cells', 'readings'], Values: ['published', 'cells', 'flags'],
}
const ZOOMS = [1, 1.4, 2, 2.8, 4, 5.6]
const state = { ground: 'published', zoom: 0, chosen: -1, held: false, list: [], cropGround: 'grey' }

function inverse([a, b, c, d, e, f]) {
  const det = a * d - b * c
  return [d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det]
}
const fill = (name, values) => words[name].replace(/\{(\w+)\}/g, (place, key) => values[key] ?? place)
const matrix = (numbers) => 'matrix(' + numbers.join(' ') + ')'

function setGround(name) {
  const select = byId('ground')
  const known = [...select.options].some((option) => option.value === name)
  state.ground = known ? name : 'published'
  select.value = state.ground
  shown.setAttribute('href', '#ground-' + (state.ground === 'none' ? 'published' : state.ground))
  shown.toggleAttribute('hidden', state.ground === 'none')
  const frame = frames.length === 1 && uprightGrounds.includes(state.ground) ? frames[0] : null
  world.setAttribute('transform', matrix(frame === null ? [1, 0, 0, 1, 0, 0] : inverse(frame.toPage)))
  const { width, height } = frame ?? page
  svg.setAttribute('viewBox', '0 0 ' + width + ' ' + height)
}

function setLayer(name, isShown) {
  const box = document.querySelector('[data-layer=' + name + ']')
  box.checked = isShown
  document.querySelector('[data-of=' + name + ']').toggleAttribute('hidden', !isShown)
  if (name === 'readings') svg.classList.toggle('dimmed', isShown)
}

function setStep(button) {
  const [ground, ...layers] = STEPS[button.dataset.step]
  setGround(ground)
  for (const box of all('[data-layer]')) setLayer(box.dataset.layer, layers.includes(box.dataset.layer))
  for (const other of all('[data-step]')) other.classList.toggle('current', other === button)
}

function setZoom(change) {
  state.zoom = change === 0 ? 0 : Math.max(0, Math.min(ZOOMS.length - 1, state.zoom + change))
  const [x, y] = [figure.scrollLeft + figure.clientWidth / 2, figure.scrollTop + figure.clientHeight / 2]
  const before = svg.clientWidth
  svg.style.width = 100 * ZOOMS[state.zoom] + '%'
  const factor = svg.clientWidth / before
  figure.scrollTo(x * factor - figure.clientWidth / 2, y * factor - figure.clientHeight / 2)
}

function add(parent, tag, text, className) {
  const element = document.createElement(tag)
  if (text !== undefined && text !== null) element.textContent = text
  if (className) element.className = className
  parent.append(element)
  return element
}

function addSvg(parent, tag, attributes) {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  parent.append(element)
  return element
}

function addList(title, texts) {
  if (texts.length === 0) return
  add(story, 'h3', title)
  const list = add(story, 'ul')
  for (const text of texts) add(list, 'li', text).lang = 'zh'
}

/** The place enlarged, with its lines framed; any of the pictures can be looked at. */
function addCrop(item) {
  const [x0, top, x1, bottom] = item.box
  const margin = 0.12 * Math.min(x1 - x0, bottom - top) + 0.01 * (x1 - x0)
  const crop = addSvg(story, 'svg', { class: 'crop', role: 'img', 'aria-label': words.enlarged })
  crop.setAttribute('viewBox', [x0 - margin, top - margin, x1 - x0 + 2 * margin, bottom - top + 2 * margin].join(' '))
  const frame = item.frame < 0 ? null : frames[item.frame]
  const ground = frames.length === 0 ? 'published' : state.cropGround
  const holder = addSvg(crop, 'g', frame === null ? {} : { transform: matrix(inverse(frame.toPage)) })
  addSvg(holder, 'use', { href: '#ground-' + ground })
  if (frame !== null) for (const { box } of item.lines) addSvg(crop, 'rect', { class: 'line', x: box[0], y: box[1], width: box[2] - box[0], height: box[3] - box[1] })
  if (frames.length === 0) return
  const grounds = add(story, 'p', null, 'grounds')
  for (const name of ['published', 'source', ...uprightGrounds]) {
    const title = [...byId('ground').options].find((option) => option.value === name).text.replace(/ ?[(（].*/, '')
    const button = add(grounds, 'button', title, name === ground ? 'current' : '')
    button.type = 'button'
    button.addEventListener('click', () => { state.cropGround = name; tell(state.chosen) })
  }
}

/** One reading, each character shaded by how unsure the reader is of it, underlined where another reader differs. */
function addReading(parent, { reader, confidence, isEmpty, characters }) {
  const row = add(parent, 'tr')
  add(row, 'th', reader)
  const cell = add(row, 'td', isEmpty ? words.nothing : null, isEmpty ? 'nothing' : 'glyphs')
  cell.lang = 'zh'
  for (const [text, sureness, differs, others] of characters) {
    const glyph = add(cell, 'span', text, differs ? 'other' : '')
    const doubt = Math.min(1, Math.max(0, (0.99 - sureness) / 0.5))
    if (doubt > 0) glyph.style.backgroundColor = 'hsl(' + Math.round(52 - 46 * doubt) + ' 95% 55% / ' + (0.18 + 0.5 * doubt).toFixed(2) + ')'
    const confidence = (100 * sureness).toFixed(1) + ' %'
    glyph.title = others ? fill('or', { confidence, others }) : confidence
  }
  add(row, 'td', confidence, 'number')
}

function addReadings(item) {
  const rows = [...item.lines.flatMap((line) => line.answers), ...item.readings]
  if (rows.length === 0 && item.lines.length === 0) return
  add(story, 'h3', words.readings)
  const table = add(story, 'table', null, 'readings')
  for (const [index, line] of item.lines.entries()) {
    const head = add(add(table, 'tr', null, 'line-head'), 'td', (item.lines.length > 1 ? fill('lineNumber', { line: index + 1 }) : '') + fill('glyphs', { size: line.glyph }) + (line.isDirt ? words.dirt : line.answers.length === 0 ? words.unasked : ''))
    head.colSpan = 3
    for (const answer of line.answers) addReading(table, answer)
  }
  for (const reading of item.readings) addReading(table, reading)
}

function addField(field) {
  const heading = add(story, 'h3', field.name + ' ')
  add(heading, 'span', field.gradeTitle + ' ' + field.confidence, 'tag ' + field.grade)
  add(story, 'p', field.value === null ? words.noValue : field.value, 'value').lang = 'zh'
  add(story, 'p', fill('raw', { raw: field.raw }), 'raw').lang = 'zh'
  addList(words.flags, field.flags)
  addList(words.evidence, field.evidence)
  addList(words.candidates, field.candidates.map((c) => c.probability + '  ' + c.value + '  ' + c.label + (c.evidence ? ': ' + c.evidence : '')))
}

function tell(index) {
  const item = items[index]
  if (item === undefined) return
  state.chosen = index
  story.replaceChildren()
  add(add(story, 'h2', item.place + ' '), 'span', item.span)
  addCrop(item)
  add(story, 'p', item.text === '' ? words.empty : item.text, 'chosen-text').lang = 'zh'
  if (item.why !== '') add(story, 'p', fill('because', { why: item.why }), 'why')
  addReadings(item)
  addList(words.cellFlags, item.flags)
  for (const field of item.fields) addField(field)
  for (const marked of all('.cell.chosen')) marked.classList.remove('chosen')
  document.querySelector('[data-item="' + index + '"]').classList.add('chosen')
  markPlace()
}

function hold(index) {
  state.held = true
  tell(index)
}

function bringIntoView(index) {
  const [place, view] = [document.querySelector('[data-item="' + index + '"]').getBoundingClientRect(), figure.getBoundingClientRect()]
  figure.scrollBy(place.left + place.width / 2 - view.left - view.width / 2, place.top + place.height / 2 - view.top - view.height / 2)
}

function markPlace() {
  const position = state.list.indexOf(state.chosen)
  byId('position').textContent = position < 0 ? String(state.list.length) : fill('position', { at: position + 1, all: state.list.length })
  for (const [i, place] of [...byId('places').children].entries()) place.classList.toggle('current', i === position)
  const current = byId('places').children[position]
  if (current !== undefined) byId('places').scrollTop = current.offsetTop - byId('places').clientHeight / 2
}

function setList(name) {
  byId('list').value = name
  state.list = [...items.keys()].filter((index) => items[index].lists.includes(name))
  const places = byId('places')
  places.replaceChildren()
  for (const index of state.list) {
    const button = add(add(places, 'li'), 'button')
    button.type = 'button'
    add(button, 'small', items[index].short)
    add(button, 'span', items[index].text || words.empty).lang = 'zh'
    button.addEventListener('click', () => { hold(index); bringIntoView(index) })
  }
  markPlace()
}

function walk(by) {
  if (state.list.length === 0) return
  const at = state.list.indexOf(state.chosen)
  const next = at < 0 ? (by > 0 ? 0 : state.list.length - 1) : (at + by + state.list.length) % state.list.length
  hold(state.list[next])
  bringIntoView(state.list[next])
}

function nextGround() {
  const names = [...byId('ground').options].map((option) => option.value)
  setGround(names[(names.indexOf(state.ground) + 1) % names.length])
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === 'SELECT') return
  const layer = all('[data-layer]').find((box) => box.previousSibling === null && box.parentElement.querySelector('kbd').textContent === event.key)
  const step = all('[data-step]')[Number(event.key) - 1]
  if (layer !== undefined) setLayer(layer.dataset.layer, !layer.checked)
  else if (step !== undefined) setStep(step)
  else if (event.key === 'j') walk(1)
  else if (event.key === 'k') walk(-1)
  else if (event.key === 'b') nextGround()
  else if (event.key === '+' || event.key === '=') setZoom(1)
  else if (event.key === '-') setZoom(-1)
  else if (event.key === '0') setZoom(0)
  else if (event.key === 'Escape') state.held = false
  else return
  event.preventDefault()
}

for (const box of all('[data-layer]')) box.addEventListener('change', () => setLayer(box.dataset.layer, box.checked))
for (const button of all('[data-step]')) button.addEventListener('click', () => setStep(button))
for (const button of all('[data-zoom]')) button.addEventListener('click', () => setZoom(Number(button.dataset.zoom)))
for (const place of all('[data-item]')) {
  const index = Number(place.dataset.item)
  place.addEventListener('mouseenter', () => { if (!state.held) tell(index) })
  place.addEventListener('focus', () => tell(index))
  place.addEventListener('click', () => hold(index))
}
for (const cell of all('[data-goto]')) cell.addEventListener('click', () => { hold(Number(cell.dataset.goto)); bringIntoView(state.chosen); figure.scrollIntoView({ block: 'nearest' }) })
for (const option of byId('list').options) {
  const count = items.filter((item) => item.lists.includes(option.value)).length
  option.text = option.dataset.title + ' (' + count + ')'
}
byId('ground').addEventListener('change', () => setGround(byId('ground').value))
byId('list').addEventListener('change', () => setList(byId('list').value))
byId('previous').addEventListener('click', () => walk(-1))
byId('next').addEventListener('click', () => walk(1))
document.addEventListener('keydown', onKey)
setStep(all('[data-step]').at(-1))
setList([...byId('list').options].map((option) => option.value).find((name) => items.some((item) => item.lists.includes(name))) ?? 'cells')
`
