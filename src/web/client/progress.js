// @ts-check
import { byId } from './dom.js'

/** How far the batch is, in the bar at the top. @param {any} progress @param {(key: string, values?: any) => string} say */
export function showProgress({ fields, accepted, judged, open, questions, solving }, say) {
  const target = document.getElementById('progress')
  if (target === null) return
  const share = (/** @type {number} */ count) => String((count / Math.max(1, fields)) * 100)
  target.querySelector('[data-part=accepted]')?.setAttribute('width', share(accepted))
  target.querySelector('[data-part=judged]')?.setAttribute('x', share(accepted))
  target.querySelector('[data-part=judged]')?.setAttribute('width', share(judged))
  const text = say('progress', { done: (fields - open).toLocaleString('en'), all: fields.toLocaleString('en') })
  const part = target.querySelector('[data-part=text]')
  if (part !== null)
    part.textContent = `${text} · ${say('remaining', { count: questions.review + questions.conflict })}`
  target.dataset.solving = String(solving)
  target.dataset.open = String(open)
}

let toastTimer = 0
/** A word about what was just done. @param {string} text @param {boolean} [stays] */
export function toast(text, stays = false) {
  const target = byId('toast')
  target.textContent = text
  target.classList.add('on')
  clearTimeout(toastTimer)
  if (!stays) toastTimer = window.setTimeout(() => target.classList.remove('on'), 2200)
}
