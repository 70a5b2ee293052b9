// @ts-check
import { add, byId } from './dom.js'

/** What is asked and where it stands. @param {any} question @param {(key: string, values?: any) => string} say */
export function showHead(question, say) {
  const { cells, fieldNames, fileName, publisher, fiscalYear, isBlind } = question
  const [cell] = cells
  const title = byId('question-title')
  title.textContent = fieldNames.join(' · ')
  if (question.question.purpose === 'conflict') add(title, 'span', say('conflict-title'), 'tag conflict')
  if (isBlind) add(title, 'span', say('audit-title'), 'tag audit')
  if (question.question.payoff > 1.5) {
    add(title, 'span', say('pays-back', { count: Math.round(question.question.payoff) }), 'tag')
  }
  const place = [say('page', { page: cell.boxPage }), say('row', { row: cell.rowIndex })]
  byId('question-place').textContent = [publisher || fileName, fiscalYear, ...place].filter(Boolean).join(' · ')
  byId('question-place').title = fileName
  byId('typed-label').textContent = say(isBlind ? 'type-blind' : 'type-value')
  byId('split').hidden = cells.length < 2
}

/**
 * What the machine reads, and what else it could be, with why.
 * @param {any} question @param {(key: string, values?: any) => string} say @param {(index: number) => void} pick
 */
export function showProposal(question, say, pick) {
  const proposal = byId('proposal')
  proposal.replaceChildren()
  const offers = byId('offers')
  offers.replaceChildren()
  if (question.isBlind) return
  const values = question.question.values
  add(proposal, 'span', say('proposed'), 'label')
  const has = values.some((/** @type {string | null} */ value) => value !== null)
  add(
    proposal,
    'output',
    has ? values.map((/** @type {string | null} */ value) => readable(value ?? '–')).join('  ') : say('no-value'),
    'value',
  )
  if (question.confidence !== null && has) add(proposal, 'small', `${(question.confidence * 100).toFixed(1)} %`)
  for (const [index, offer] of question.offers.entries()) {
    const item = add(offers, 'li')
    const button = /** @type {HTMLButtonElement} */ (add(item, 'button', null, 'offer'))
    button.type = 'button'
    add(button, 'kbd', String(index + 1))
    add(button, 'b', readable(offer.label))
    add(button, 'span', offer.evidence, 'why')
    add(button, 'small', offer.probability === null ? '' : `${(offer.probability * 100).toFixed(1)} %`)
    button.addEventListener('click', () => pick(index))
  }
}

/** Money with its digits in threes: zeros are hard to count. @param {string} value */
function readable(value) {
  return /^-?\d+\.\d\d$/.test(value) ? value.replace(/\B(?=(\d{3})+\.)/g, ',') : value
}
