// @ts-check
import { addSvg, rectOf } from './dom.js'

/** @typedef {import('./dom.js').Box} Box */
/** A page's picture with its size in points. @typedef {{ url: string, width: number, height: number }} Picture */

/** @type {Map<string, Promise<Picture | null>>} */
const known = new Map()

/**
 * Loads a page once; null where it cannot be shown.
 * @param {string} url @param {{ width: number, height: number }} size in points @returns {Promise<Picture | null>}
 */
export function loadPicture(url, { width, height }) {
  const before = known.get(url)
  if (before !== undefined) return before
  const image = new Image()
  image.src = url
  const picture = image.decode().then(
    () => ({ url, width, height }),
    () => {
      known.delete(url)
      return null
    },
  )
  known.set(url, picture)
  return picture
}

/** Lets the browser fetch what the next questions need; it keeps them itself. @param {readonly string[]} urls */
export function fetchAhead(urls) {
  for (const url of urls) if (!known.has(url)) new Image().src = url
}

/**
 * A part of a page, enlarged to fit `room` (CSS pixels) but no more than `most` times; `marks` are drawn on it.
 * @param {Picture} picture @param {Box} box @param {{ width: number, height: number, most: number }} room
 * @param {readonly { box: Box, kind: string }[]} marks @param {string} label
 */
export function cutOut(picture, box, room, marks, label) {
  const { x, y, width, height } = rectOf(box)
  const scale = Math.min(room.width / width, room.height / height, room.most)
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', `${x} ${y} ${width} ${height}`)
  svg.setAttribute('width', String(Math.round(width * scale)))
  svg.setAttribute('height', String(Math.round(height * scale)))
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-label', label)
  addSvg(svg, 'image', { href: picture.url, width: picture.width, height: picture.height, preserveAspectRatio: 'none' })
  for (const mark of marks) addSvg(svg, 'rect', { class: mark.kind, ...rectOf(mark.box) })
  return svg
}
