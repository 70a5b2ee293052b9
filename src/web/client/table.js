// @ts-check
import { addSvg, byId, readStart, rectOf, sayIn } from './dom.js'
import { loadPicture } from './pictures.js'
import { Viewer } from './viewer.js'

const start = readStart()
const say = sayIn(start.texts)
const viewer = new Viewer(byId('viewer'), byId('sheet'))

/** @type {Map<string, SVGElement>} */
const boxes = new Map()

/** @param {string | undefined} id */
function point(id) {
  for (const chosen of document.querySelectorAll('.pointed')) chosen.classList.remove('pointed')
  if (id === undefined) return
  boxes.get(id)?.classList.add('pointed')
  document.querySelector(`[data-box="${CSS.escape(id)}"]`)?.classList.add('pointed')
}

const picture = await loadPicture(start.picture, start.size)
if (picture === null) viewer.showNothing(say('picture-missing'))
else {
  const layer = viewer.show(picture)
  for (const { id, bbox, grade, value, question } of start.boxes) {
    const rect = addSvg(layer, 'rect', { class: `field ${grade}`, 'data-field': id, ...rectOf(bbox) })
    addSvg(rect, 'title', {}).textContent = value
    if (question !== null) rect.classList.add('asked')
    boxes.set(id, rect)
  }
  for (const { members, text } of start.sums) drawSum(layer, members, text)
  viewer.goTo(null)
  layer.addEventListener('click', (event) => {
    const id = /** @type {Element} */ (event.target).getAttribute('data-field')
    const box = start.boxes.find((/** @type {{ id: string }} */ each) => each.id === id)
    if (box?.question != null) location.href = `/?question=${encodeURIComponent(box.question)}`
  })
  layer.addEventListener('pointerover', (event) => {
    point(/** @type {Element} */ (event.target).getAttribute('data-field') ?? undefined)
  })
}

/** A line down the members of a sum that does not come out, with a word at its end. @param {Element} layer @param {import('./dom.js').Box[]} members @param {string} text */
function drawSum(layer, members, text) {
  if (members.length === 0) return
  const x = Math.max(...members.map(({ x1 }) => x1)) - 3
  const ys = members.map(({ top, bottom }) => (top + bottom) / 2)
  addSvg(layer, 'line', { class: 'sum', x1: x, x2: x, y1: Math.min(...ys), y2: Math.max(...ys) })
  for (const y of ys) addSvg(layer, 'circle', { class: 'sum', cx: x, cy: y, r: 2 })
  const label = addSvg(layer, 'text', { class: 'sum', x: x - 4, y: Math.max(...ys) + 14, 'text-anchor': 'end' })
  label.textContent = text
}

document.addEventListener('pointerover', (event) => {
  const cell = /** @type {Element} */ (event.target).closest('[data-box]')
  if (cell !== null) point(cell.getAttribute('data-box') ?? undefined)
})
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (document.activeElement === byId('viewer') && viewer.onKey(event.key)) event.preventDefault()
})
