// @ts-check
import { addSvg } from './dom.js'

/** @typedef {import('./dom.js').Box} Box */
/** @typedef {import('./pictures.js').Picture} Picture */

const LEAST = 0.2
const MOST = 12
const STEP = 1.25
const MOVE = 60

/**
 * A page to zoom and drag. The page and everything drawn on it are one layer that only a transform moves, so that many
 * boxes cost no more than one.
 */
export class Viewer {
  /** @param {HTMLElement} frame @param {HTMLElement} sheet */
  constructor(frame, sheet) {
    this.frame = frame
    this.sheet = sheet
    /** @type {Picture | null} */
    this.picture = null
    /** @type {SVGElement | null} */
    this.layer = null
    this.x = 0
    this.y = 0
    this.scale = 1
    /** @type {Box | null} */
    this.home = null
    frame.addEventListener('wheel', (event) => this.onWheel(event), { passive: false })
    frame.addEventListener('pointerdown', (event) => this.onDown(event))
    frame.addEventListener('dblclick', () => this.reset())
    window.addEventListener('resize', () => this.reset())
  }

  /** Shows a page and returns the layer to draw on, in points of the page. @param {Picture} picture */
  show(picture) {
    if (this.picture?.url !== picture.url || this.layer === null) {
      this.picture = picture
      this.sheet.replaceChildren()
      const svg = addSvg(this.sheet, 'svg', {
        viewBox: `0 0 ${picture.width} ${picture.height}`,
        width: picture.width,
        height: picture.height,
      })
      addSvg(svg, 'image', {
        href: picture.url,
        width: picture.width,
        height: picture.height,
        preserveAspectRatio: 'none',
      })
      this.layer = addSvg(svg, 'g', {})
    }
    this.layer.replaceChildren()
    return this.layer
  }

  /** Leaves the frame empty, with a text. @param {string} text */
  showNothing(text) {
    this.picture = null
    this.layer = null
    this.sheet.replaceChildren()
    const note = document.createElement('p')
    note.className = 'missing'
    note.textContent = text
    this.sheet.append(note)
    this.sheet.style.transform = 'none'
  }

  /** The whole page, with the box as near to the middle as the page's edges let it. @param {Box | null} box */
  goTo(box) {
    this.home = box
    this.reset()
  }

  reset() {
    if (this.picture === null) return
    const { clientWidth, clientHeight } = this.frame
    const whole = Math.min(clientWidth / this.picture.width, clientHeight / this.picture.height)
    this.scale = this.home === null ? whole : Math.max(whole, clientWidth / this.picture.width)
    this.x = (clientWidth - this.picture.width * this.scale) / 2
    const middle = this.home === null ? this.picture.height / 2 : (this.home.top + this.home.bottom) / 2
    const lowest = Math.min(0, clientHeight - this.picture.height * this.scale)
    const centred = (clientHeight - this.picture.height * this.scale) / 2
    const wanted = clientHeight / 2 - middle * this.scale
    this.y = lowest === 0 ? centred : Math.min(0, Math.max(lowest, wanted))
    this.place()
  }

  /** @param {number} factor @param {number} [aboutX] @param {number} [aboutY] */
  zoom(factor, aboutX = this.frame.clientWidth / 2, aboutY = this.frame.clientHeight / 2) {
    const scale = Math.min(MOST, Math.max(LEAST, this.scale * factor))
    this.x = aboutX - ((aboutX - this.x) / this.scale) * scale
    this.y = aboutY - ((aboutY - this.y) / this.scale) * scale
    this.scale = scale
    this.place()
  }

  /** @param {number} right @param {number} down */
  move(right, down) {
    this.x -= right * MOVE
    this.y -= down * MOVE
    this.place()
  }

  place() {
    this.sheet.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`
  }

  /** Whether a key was for the viewer. @param {string} key */
  onKey(key) {
    if (key === '+' || key === '=') this.zoom(STEP)
    else if (key === '-') this.zoom(1 / STEP)
    else if (key === '0') this.reset()
    else if (key === 'ArrowLeft') this.move(-1, 0)
    else if (key === 'ArrowRight') this.move(1, 0)
    else if (key === 'ArrowUp') this.move(0, -1)
    else if (key === 'ArrowDown') this.move(0, 1)
    else return false
    return true
  }

  /** @param {WheelEvent} event */
  onWheel(event) {
    event.preventDefault()
    const { left, top } = this.frame.getBoundingClientRect()
    this.zoom(event.deltaY < 0 ? 1.12 : 1 / 1.12, event.clientX - left, event.clientY - top)
  }

  /** @param {PointerEvent} event */
  onDown(event) {
    if (event.button !== 0) return
    const start = { x: event.clientX - this.x, y: event.clientY - this.y }
    this.frame.classList.add('dragging')
    /** @param {PointerEvent} moved */
    const onMove = (moved) => {
      this.x = moved.clientX - start.x
      this.y = moved.clientY - start.y
      this.place()
    }
    const onUp = () => {
      this.frame.classList.remove('dragging')
      window.removeEventListener('pointermove', onMove)
      window.removeEventListener('pointerup', onUp)
    }
    window.addEventListener('pointermove', onMove)
    window.addEventListener('pointerup', onUp)
  }
}
