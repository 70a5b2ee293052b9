// @ts-check
/** Small steps that build the page. Texts of documents only ever go in as text. */

const SVG = 'http://www.w3.org/2000/svg'

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`the page has no ${id}`)
  return element
}

/**
 * @param {Element} parent @param {string} tag @param {string | null} [text] @param {string} [className]
 * @returns {HTMLElement}
 */
export function add(parent, tag, text, className) {
  const element = document.createElement(tag)
  if (text !== undefined && text !== null) element.textContent = text
  if (className) element.className = className
  parent.append(element)
  return element
}

/** @param {Element} parent @param {string} tag @param {Record<string, string | number>} attributes @returns {SVGElement} */
export function addSvg(parent, tag, attributes) {
  const element = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  parent.append(element)
  return element
}

/** What the server put into the page. @returns {any} */
export function readStart() {
  return JSON.parse(byId('start').textContent ?? '{}')
}

/** @param {Record<string, string>} texts */
export function sayIn(texts) {
  /** @param {string} key @param {Record<string, string | number>} [values] */
  return (key, values = {}) => (texts[key] ?? key).replace(/\{(\w+)\}/g, (_all, name) => String(values[name] ?? ''))
}

/** @typedef {{ x0: number, top: number, x1: number, bottom: number }} Box */

/** @param {Box} box @param {number} by @returns {Box} */
export function widen({ x0, top, x1, bottom }, by) {
  return { x0: x0 - by, top: top - by, x1: x1 + by, bottom: bottom + by }
}

/** @param {Box} box */
export function rectOf({ x0, top, x1, bottom }) {
  return { x: x0, y: top, width: Math.max(0, x1 - x0), height: Math.max(0, bottom - top) }
}
