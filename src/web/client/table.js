// @ts-check
import { addSvg, byId, readStart, rectOf, sayIn } from './dom.js'
import { loadPicture } from './pictures.js'
import { Viewer } from './viewer.js'

const start = readStart()
const say = sayIn(start.texts)
const viewer = new Viewer(byId('viewer'), byId('sheet'))

/** @type {Map<string, SVGElement>} */
const boxes = new Map()
/** @type {SVGElement[]} */
const sums = []

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
  for (const sum of start.sums) sums.push(drawSum(layer, sum))
  viewer.goTo(null)
  layer.addEventListener('click', (event) => {
    const id = /** @type {Element} */ (event.target).getAttribute('data-field')
    const box = start.boxes.find((/** @type {{ id: string }} */ each) => each.id === id)
    if (box?.question != null) openQuestion(box.question)
  })
  layer.addEventListener('pointerover', (event) => {
    point(/** @type {Element} */ (event.target).getAttribute('data-field') ?? undefined)
  })
}

/**
 * A sum that does not come out: its total framed, a line from there along the members, a word beside the total.
 * @param {Element} layer
 * @param {{ whole: import('./dom.js').Box | null, members: import('./dom.js').Box[], text: string, question: string | null }} sum
 */
function drawSum(layer, { whole, members, text, question }) {
  const group = addSvg(layer, 'g', { class: question === null ? 'sum' : 'sum asked' })
  const all = whole === null ? members : [whole, ...members]
  const [first] = all
  if (first === undefined) return group
  const spread = (/** @type {number[]} */ places) => Math.max(...places) - Math.min(...places)
  const isRow = spread(all.map(({ x0 }) => x0)) > spread(all.map(({ top }) => top))
  /** @param {import('./dom.js').Box} box */
  const knot = ({ x0, top, x1, bottom }) => (isRow ? { x: (x0 + x1) / 2, y: bottom } : { x: x1, y: (top + bottom) / 2 })
  const knots = all.map(knot)
  for (const [index, { x, y }] of knots.entries()) {
    const before = knots[index - 1]
    if (before !== undefined) addSvg(group, 'line', { x1: before.x, y1: before.y, x2: x, y2: y })
    addSvg(group, 'circle', { cx: x, cy: y, r: index === 0 && whole !== null ? 3.2 : 2 })
  }
  if (whole !== null) addSvg(group, 'rect', { class: 'whole', ...rectOf(whole) })
  const at = whole ?? first
  const isLeft = at.x0 > start.size.width / 2
  const place = { x: isLeft ? at.x1 : at.x0, y: at.bottom + 9, 'text-anchor': isLeft ? 'end' : 'start' }
  addSvg(group, 'text', place).textContent = text
  if (question !== null) group.addEventListener('click', () => openQuestion(question))
  return group
}

/** @param {string} question */
function openQuestion(question) {
  location.href = `/?question=${encodeURIComponent(question)}`
}

document.addEventListener('pointerover', (event) => {
  const cell = /** @type {Element} */ (event.target).closest('[data-box]')
  if (cell !== null) point(cell.getAttribute('data-box') ?? undefined)
  const told = /** @type {Element} */ (event.target).closest('[data-sum]')
  for (const [index, group] of sums.entries()) {
    group.classList.toggle('pointed', told !== null && index === Number(told.getAttribute('data-sum')))
  }
})
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (document.activeElement === byId('viewer') && viewer.onKey(event.key)) event.preventDefault()
})
