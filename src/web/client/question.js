// @ts-check
/** Draws a question: its cells, its line, the page beside, what speaks for what. */
import { add, addSvg, byId, rectOf, widen } from './dom.js'
import { cutOut, loadPicture } from './pictures.js'

/** @typedef {import('./pictures.js').Picture} Picture */

const CELL_MARGIN = 3
const ROW_MARGIN = 4
/** CSS pixels a point below which print of a line cannot be read. */
const LEAST_ROW_SCALE = 1.35
const ALONE = { width: 520, height: 170, most: 5.5 }
const AMONG = { width: 165, height: 74, most: 3 }
const MOST_PICTURES = 48

/** @param {any} shown @param {number} page */
export function pictureOf(shown, page) {
  return loadPicture(`/picture/${shown.question.documentId}/${page}`, shown.pages[page])
}

/**
 * @param {any} shown @param {ReadonlySet<number>} left cells that the answer leaves out
 * @param {(index: number) => void} onToggle @param {(key: string, values?: any) => string} say
 */
export async function drawCells(shown, left, onToggle, say) {
  const cells = distinctCells(shown)
  const room = cells.length === 1 ? ALONE : AMONG
  const pages = new Map(
    await Promise.all(
      [...new Set(cells.map(({ cell }) => cell.boxPage))].map(
        async (page) => /** @type {const} */ ([page, await pictureOf(shown, page)]),
      ),
    ),
  )
  const target = byId('cells')
  target.replaceChildren()
  target.classList.toggle('many', cells.length > 1)
  for (const { cell, index } of cells.slice(0, MOST_PICTURES)) {
    const picture = pages.get(cell.boxPage)
    const label = `${say('page', { page: cell.boxPage })}, ${say('row', { row: cell.rowIndex })}`
    if (cells.length === 1) {
      const frame = add(target, 'div', null, 'cell-picture')
      if (picture == null) add(frame, 'p', say('picture-missing'), 'missing')
      else frame.append(cutOut(picture, widen(cell.bbox, CELL_MARGIN), room, [], label))
      continue
    }
    const button = /** @type {HTMLButtonElement} */ (add(target, 'button', null, 'cell-picture'))
    button.type = 'button'
    button.setAttribute('aria-pressed', String(!left.has(index)))
    button.title = label
    if (picture == null) add(button, 'span', label)
    else button.append(cutOut(picture, widen(cell.bbox, CELL_MARGIN), room, [], label))
    button.addEventListener('click', () => onToggle(index))
  }
  if (cells.length > MOST_PICTURES) add(target, 'span', `+${cells.length - MOST_PICTURES}`, 'more')
}

/** A merged cell stands in several lines and is shown once. @param {any} shown @returns {{ cell: any, index: number }[]} */
function distinctCells(shown) {
  const seen = new Set()
  return shown.cells.flatMap((/** @type {any} */ cell, /** @type {number} */ index) => {
    const key = JSON.stringify([cell.boxPage, cell.bbox])
    if (seen.has(key)) return []
    seen.add(key)
    return [{ cell, index }]
  })
}

/** @param {any} shown @param {(key: string, values?: any) => string} say */
export async function drawRow(shown, say) {
  const [cell] = shown.cells
  tellRow(cell)
  const target = byId('row-picture')
  const picture = await pictureOf(shown, cell.boxPage)
  target.replaceChildren()
  if (picture === null) return
  const room = { width: target.clientWidth || 560, height: 96, most: 2 }
  const box = nearCell(widen(cell.rowBox, ROW_MARGIN), cell.bbox, room.width / LEAST_ROW_SCALE)
  target.append(cutOut(picture, box, room, [{ box: cell.bbox, kind: 'asked' }], say('asked-row')))
}

/** A sentence gives many fields: what the record says tells which of them is asked. @param {any} cell */
function tellRow(cell) {
  const target = byId('row-values')
  target.replaceChildren()
  const isSentence = cell.row.filter((/** @type {any} */ { isAsked }) => isAsked).length > 2
  if (!isSentence) return
  for (const { label, value } of cell.row) {
    if (value === null) continue
    add(target, 'dt', label)
    add(target, 'dd', value)
  }
}

/**
 * A long line is cut to what can be read beside the cell.
 * @param {import('./dom.js').Box} row @param {import('./dom.js').Box} cell @param {number} most width in points
 */
function nearCell(row, cell, most) {
  if (row.x1 - row.x0 <= most) return row
  const middle = (cell.x0 + cell.x1) / 2
  const x0 = Math.max(row.x0, Math.min(middle - most / 2, row.x1 - most))
  return { ...row, x0, x1: x0 + most }
}

/** @param {any} shown @param {import('./viewer.js').Viewer} viewer @param {(key: string, values?: any) => string} say */
export async function drawPage(shown, viewer, say) {
  const [first] = shown.cells
  const picture = await pictureOf(shown, first.boxPage)
  if (picture === null) {
    viewer.showNothing(say('picture-missing'))
    return
  }
  const layer = viewer.show(picture)
  for (const { outcome, members, whole } of shown.checks) {
    if (outcome !== 'contradicted') continue
    if (whole?.pageNumber === first.boxPage) addSvg(layer, 'rect', { class: 'member total', ...rectOf(whole.bbox) })
    for (const { bbox, pageNumber } of members) {
      if (pageNumber === first.boxPage) addSvg(layer, 'rect', { class: 'member', ...rectOf(bbox) })
    }
  }
  for (const { bbox, boxPage } of shown.cells) {
    if (boxPage === first.boxPage) addSvg(layer, 'rect', { class: 'asked', ...rectOf(widen(bbox, 1)) })
  }
  viewer.goTo(first.bbox)
}

const READERS = /** @type {Record<string, string>} */ ({
  paddle: 'PP-OCR',
  tesseract: 'tesseract',
  'untrusted-text-layer': 'PDF',
  'text-layer': 'PDF',
})

/** Flags, readings, equations and evidence in words. @param {any} shown @param {(key: string, values?: any) => string} say */
export function tellStory(shown, say) {
  const story = byId('story')
  story.replaceChildren()
  if (shown.flags.length > 0) {
    add(story, 'h2', say('why'))
    const list = add(story, 'ul', null, 'flags')
    for (const { meaning, detail } of shown.flags) {
      const item = add(list, 'li', meaning)
      if (detail) add(item, 'small', ` ${detail}`)
    }
  }
  if (shown.readings.length > 0) {
    add(story, 'h2', say('readings'))
    const table = add(story, 'table', null, 'readings')
    for (const { reader, text, confidence } of shown.readings) {
      const row = add(table, 'tr')
      add(row, 'th', READERS[reader] ?? reader).setAttribute('scope', 'row')
      add(row, 'td', text || '–', 'glyphs')
      add(row, 'td', confidence === null ? '' : `${Math.round(confidence * 100)} %`, 'number')
    }
  }
  if (shown.checks.length > 0) {
    add(story, 'h2', say('equations'))
    const list = add(story, 'ul', null, 'checks')
    for (const { where, outcome, expected, found, difference } of shown.checks) {
      const isBroken = outcome === 'contradicted'
      add(list, 'li', isBroken ? `${where}: ${say('broken-sum', { expected, found, difference })}` : where, outcome)
    }
  }
  if (shown.evidence.length > 0) {
    add(story, 'h2', say('evidence'))
    const list = add(story, 'ul', null, 'evidence')
    for (const line of shown.evidence) add(list, 'li', line)
  }
}
