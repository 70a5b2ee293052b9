// @ts-check
import { add, byId, readStart, sayIn } from './dom.js'
import { drawCells, drawPage, drawRow, tellStory } from './question.js'
import { Suggestions } from './suggest.js'
import { ask, Refusal, tell } from './talk.js'
import { Viewer } from './viewer.js'

const start = readStart()
const say = sayIn(start.texts)
const viewer = new Viewer(byId('viewer'), byId('sheet'))
const typed = /** @type {HTMLInputElement} */ (byId('typed'))
const reason = /** @type {HTMLInputElement} */ (byId('reason'))
const help = /** @type {HTMLDialogElement} */ (byId('help'))
const mismatch = /** @type {HTMLDialogElement} */ (byId('mismatch'))
const filter = { document: start.filter.documentId, flag: start.filter.flag, purpose: start.filter.purpose }

/** @type {any} */
let shown = null
/** Cells of the question that the answer leaves out, by index. @type {Set<number>} */
let left = new Set()
let isBusy = false
let isWatching = false
let turn = 0

/** For whoever looks at the page from outside: which question it is, and whether something is under way. */
function tellState() {
  document.body.dataset.turn = String(turn)
  document.body.dataset.state = isBusy || isWatching ? 'busy' : 'idle'
}
const suggestions = new Suggestions(typed, () =>
  shown === null ? null : { field: shown.question.fields[0], documentId: shown.question.documentId },
)

/** @param {any} question */
async function show(question) {
  shown = question
  left = new Set()
  typed.value = ''
  reason.value = ''
  byId('fault').textContent = ''
  suggestions.clear()
  byId('ask').hidden = question === null
  byId('empty').hidden = question !== null
  if (question === null) {
    turn += 1
    viewer.showNothing('')
    tellState()
    return
  }
  typed.blur()
  reason.blur()
  showHead(question)
  showProposal(question)
  tellStory(question, say)
  await Promise.all([drawChosen(), drawRow(question, say), drawPage(question, viewer, say)])
  byId('ask').dataset.question = question.question.questionId
  turn += 1
  tellState()
  if (question.isBlind) typed.focus()
}

/** @param {any} question */
function showHead(question) {
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
  nameAccept()
}

/** Enter accepts what the machine has, or submits what was typed; a blind question has nothing to accept. */
function nameAccept() {
  byId('accept-label').textContent = say(shown?.isBlind || typed.value.trim() !== '' ? 'correct' : 'accept')
}

/** @param {any} question */
function showProposal(question) {
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
    has ? values.map((/** @type {string | null} */ value) => value ?? '–').join('  ') : say('no-value'),
    'value',
  )
  if (question.confidence !== null && has) add(proposal, 'small', `${(question.confidence * 100).toFixed(1)} %`)
  for (const [index, offer] of question.offers.entries()) {
    const item = add(offers, 'li')
    const button = /** @type {HTMLButtonElement} */ (add(item, 'button', null, 'offer'))
    button.type = 'button'
    add(button, 'kbd', String(index + 1))
    add(button, 'b', offer.label)
    add(button, 'span', offer.evidence, 'why')
    add(button, 'small', offer.probability === null ? '' : `${(offer.probability * 100).toFixed(1)} %`)
    button.addEventListener('click', () => pick(index))
  }
}

async function drawChosen() {
  await drawCells(shown, left, toggle, say)
  const count = shown.cells.length
  byId('split-label').textContent = say(left.size === 0 ? 'split' : 'split-off')
  const caption = byId('cells').querySelector('.caption') ?? add(byId('cells'), 'p', null, 'caption')
  caption.textContent =
    count < 2 ? '' : left.size === 0 ? say('cells-alike', { count }) : say('cells-chosen', { count: count - left.size })
}

/** @param {number} index */
function toggle(index) {
  if (left.has(index)) left.delete(index)
  else if (left.size < shown.cells.length - 1) left.add(index)
  void drawChosen()
}

function split() {
  if (shown.cells.length < 2) return
  left =
    left.size > 0
      ? new Set()
      : new Set(shown.cells.map((/** @type {any} */ _cell, /** @type {number} */ index) => index).slice(1))
  void drawChosen()
}

/** What was typed, one value a field; a code and a name in one input are parted at the first blank. */
function typedValues() {
  const { fields } = shown.question
  const chosen = suggestions.values
  if (chosen !== null && fields.every((/** @type {string} */ field) => chosen[field] !== undefined)) {
    return fields.map((/** @type {string} */ field) => chosen[field])
  }
  if (chosen !== null && chosen[fields[0]] !== undefined && fields.length === 1) return [chosen[fields[0]]]
  if (fields.length === 1) return [typed.value]
  const [, code = typed.value, name = ''] = /^\s*[[【]?([A-Za-z0-9]+)[\]】]?\s*(.*)$/.exec(typed.value) ?? []
  return [code, name]
}

/** @param {'accept' | 'value' | 'unreadable' | 'printed-so'} kind @param {string[]} values @param {string | null} [firstTyped] */
async function answer(kind, values, firstTyped = null) {
  if (shown === null || isBusy) return
  const cells =
    left.size === 0
      ? []
      : shown.cells.filter((/** @type {unknown} */ _cell, /** @type {number} */ index) => !left.has(index))
  const places = cells.map((/** @type {any} */ { pageNumber, tableIndex, rowIndex }) => ({
    pageNumber,
    tableIndex,
    rowIndex,
  }))
  const { questionId } = shown.question
  await working(async () => {
    const result = await tell('/api/answer', filter, {
      questionId,
      kind,
      values,
      cells: places,
      reason: reason.value,
      typed: firstTyped,
    })
    if (result.mismatch !== undefined) {
      askAgain(result.mismatch)
      return
    }
    toast(say('answer-kept'))
    // First: until the state of the page says that nothing is under way, more may follow from the answer.
    void watch()
    await arrive(result)
  })
}

/** A blind answer that differs: which of the two is printed? @param {{ typed: string, machine: string | null }} both */
function askAgain({ typed: own, machine }) {
  byId('mismatch-yours').textContent = own
  byId('mismatch-machine').textContent = machine ?? say('no-value')
  mismatch.dataset.own = own
  mismatch.dataset.machine = machine ?? ''
  mismatch.showModal()
}

/** @param {'yours' | 'machine'} side */
function settleMismatch(side) {
  const { own = '', machine = '' } = mismatch.dataset
  mismatch.close()
  void answer('value', [side === 'yours' ? own : machine], own)
}

/** @param {any} result */
async function arrive({ question, progress }) {
  showProgress(progress)
  await show(question)
}

/** One thing at a time; what the server refuses is said. @param {() => Promise<void>} step */
async function working(step) {
  if (isBusy) return
  isBusy = true
  tellState()
  try {
    await step()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    byId('fault').textContent = say(error.fault)
    if (error.status === 422) typed.focus()
    if (error.status === 409) await arrive(await ask('/api/next', filter))
    if (error.status === 401 || error.status === 403) toast(say('lost-session'), true)
    if (error.status === 0) toast(say('no-connection'), true)
  } finally {
    isBusy = false
    tellState()
  }
}

/** After an answer: until everything that follows from it is worked in. */
async function watch() {
  if (isWatching) return
  isWatching = true
  tellState()
  try {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 250))
      const progress = await ask('/api/progress')
      showProgress(progress)
      if (progress.solving > 0) continue
      const [last] = progress.settlements
      if (last !== undefined && last.settled > 0) toast(say('settled-more', { count: last.settled }))
      await dropSettled()
      return
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  } finally {
    isWatching = false
    tellState()
  }
}

/** The question on the desk may have been settled by the last answer; nobody is disturbed while typing. */
async function dropSettled() {
  if (shown === null || isBusy || typed.value !== '' || mismatch.open) return
  const { questionId } = shown.question
  const { question } = await ask('/api/question', { id: questionId })
  if (shown?.question.questionId !== questionId || typed.value !== '' || isBusy) return
  if (question === null) await working(async () => arrive(await ask('/api/next', filter)))
}

/** @param {any} progress */
function showProgress({ fields, accepted, judged, open, questions, solving }) {
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
/** @param {string} text @param {boolean} [stays] */
function toast(text, stays = false) {
  const target = byId('toast')
  target.textContent = text
  target.classList.add('on')
  clearTimeout(toastTimer)
  if (!stays) toastTimer = window.setTimeout(() => target.classList.remove('on'), 2200)
}

/** @param {number} index */
function pick(index) {
  const offer = shown?.offers[index]
  if (offer !== undefined) void answer('value', offer.values)
}

const DEEDS = /** @type {Record<string, () => void>} */ ({
  accept: () => void (typed.value.trim() === '' ? answer('accept', []) : answer('value', typedValues())),
  unreadable: () => void answer('unreadable', []),
  'printed-so': () => void answer('printed-so', typed.value.trim() === '' ? [] : typedValues()),
  split,
  skip: () => {
    if (shown === null) return
    const { questionId } = shown.question
    void working(async () => arrive(await tell('/api/skip', filter, { questionId })))
  },
  undo: () =>
    void working(async () => {
      const result = await tell('/api/undo', filter, {})
      toast(result.withdrawn > 0 ? say('undone', { count: result.withdrawn }) : say('nothing-to-undo'))
      await arrive(result)
    }),
  publish: () =>
    void working(async () => {
      await tell('/api/publish', {}, {})
      toast(say('results-written'))
    }),
  help: () => help.showModal(),
  type: () => typed.focus(),
  remark: () => reason.focus(),
  table: () => {
    if (shown !== null) location.href = `/documents/${shown.question.documentId}?page=${shown.cells[0].boxPage}`
  },
})

const KEYS = /** @type {Record<string, string>} */ ({
  Enter: 'accept',
  u: 'unreadable',
  p: 'printed-so',
  x: 'split',
  s: 'skip',
  z: 'undo',
  Backspace: 'undo',
  c: 'type',
  '/': 'type',
  r: 'remark',
  t: 'table',
  '?': 'help',
})

for (const button of document.querySelectorAll('[data-do]')) {
  button.addEventListener('click', () => DEEDS[button.getAttribute('data-do') ?? '']?.())
}
for (const button of document.querySelectorAll('[data-mismatch]')) {
  button.addEventListener('click', () =>
    settleMismatch(button.getAttribute('data-mismatch') === 'machine' ? 'machine' : 'yours'),
  )
}
byId('typing').addEventListener('submit', (event) => {
  event.preventDefault()
  DEEDS.accept?.()
})
typed.addEventListener('input', nameAccept)
mismatch.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' && event.key !== '1') return
  event.preventDefault()
  settleMismatch(event.key === '1' ? 'machine' : 'yours')
})

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open || mismatch.open) return
  const target = /** @type {HTMLElement} */ (event.target)
  if (target === typed || target === reason) {
    if (event.key === 'Escape') target.blur()
    else if (event.key === 'Enter' && target === reason) reason.blur()
    else if (target === typed && event.key === 'ArrowDown') suggestions.move(1)
    else if (target === typed && event.key === 'ArrowUp') suggestions.move(-1)
    else return
    event.preventDefault()
    return
  }
  // A button that has the focus does what it says; so does a link.
  if ((event.key === 'Enter' || event.key === ' ') && target.closest('button, a, summary, select') !== null) return
  if (/^[1-9]$/.test(event.key)) pick(Number(event.key) - 1)
  else if (viewer.onKey(event.key)) event.preventDefault()
  else if (KEYS[event.key] !== undefined) {
    event.preventDefault()
    DEEDS[KEYS[event.key] ?? '']?.()
  }
})

if (start.isGone) toast(say('now-settled'))
showProgress(start.progress)
await show(start.question)
