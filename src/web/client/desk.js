// @ts-check
import { add, byId, readStart, sayIn } from './dom.js'
import { letGoAfterClick, listenForKeys } from './keys.js'
import { fetchAhead } from './pictures.js'
import { showProgress, toast } from './progress.js'
import { showHead, showProposal } from './proposal.js'
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
/** Of the last answer given here. */
let ownBatch = ''
/** So long after the desk has changed by itself keys are not heard: they were meant for what stood there before. */
const UNASKED_MS = 500

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
  showHead(question, say)
  nameAccept()
  showProposal(question, say, pick)
  tellStory(question, say)
  await Promise.all([drawChosen(), drawRow(question, say), drawPage(question, viewer, say)])
  byId('ask').dataset.question = question.question.questionId
  turn += 1
  tellState()
  if (question.isBlind) typed.focus()
}

/** Enter accepts what the machine has, or submits what was typed; a blind question has nothing to accept. */
function nameAccept() {
  byId('accept-label').textContent = say(shown?.isBlind || typed.value.trim() !== '' ? 'correct' : 'accept')
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
  const cells = shown.cells.filter((/** @type {unknown} */ _cell, /** @type {number} */ index) => !left.has(index))
  const places = cells.map((/** @type {any} */ { pageNumber, tableIndex, rowIndex }) => ({
    pageNumber,
    tableIndex,
    rowIndex,
  }))
  const { questionId, values: shownValues } = shown.question
  await working(async () => {
    const result = await tell('/api/answer', filter, {
      questionId,
      kind,
      values,
      shown: shownValues,
      cells: places,
      reason: reason.value,
      typed: firstTyped,
    })
    if (result.mismatch !== undefined) {
      askAgain(result.mismatch)
      return
    }
    ownBatch = result.batchId
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
async function arrive({ question, progress, ahead }) {
  showProgress(progress, say)
  if (question === null) tellWhatIsLeft(progress)
  await show(question)
  fetchAhead(ahead)
}

/** Without a question: whether everything is settled, or only nothing is to be asked here. @param {any} progress */
function tellWhatIsLeft({ questions }) {
  const count = questions.review + questions.conflict
  byId('empty-hint').textContent = count === 0 ? say('no-questions-hint') : say('questions-left', { count })
  byId('again').hidden = count === 0
}

/** One thing at a time; what the server refuses is said. @param {() => Promise<void>} step */
async function working(step) {
  if (isBusy) return
  isBusy = true
  tellState()
  try {
    await step().catch(tellRefusal)
  } finally {
    isBusy = false
    tellState()
  }
}

/** @param {unknown} error @returns {Promise<void>} */
async function tellRefusal(error) {
  if (!(error instanceof Refusal)) throw error
  const { fault, status } = error
  byId('fault').textContent = say(fault)
  if (status === 422) typed.focus()
  if (status === 409) await showAnew(fault).catch(tellRefusal)
  if (status === 401 || status === 403) toast(say('lost-session'), true)
  if (status === 0) toast(say('no-connection'), true)
}

/** What is on the desk is no longer what is asked. @param {string} fault */
async function showAnew(fault) {
  const again = await ask('/api/question', { id: shown.question.questionId })
  await arrive(again.question === null ? await ask('/api/next', filter) : again)
  toast(say(fault))
  await new Promise((resolve) => setTimeout(resolve, UNASKED_MS))
}

/** What followed from one's own last answer. @param {any} progress */
function tellSettled({ settlements }) {
  const own = settlements.find((/** @type {any} */ { batchIds }) => batchIds.includes(ownBatch))
  if (own === undefined) return
  byId('settled').textContent = say('last-answer', own)
  if (own.settled > 0) toast(say('settled-more', { count: own.settled }))
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
      showProgress(progress, say)
      if (progress.solving > 0) continue
      tellSettled(progress)
      await lookAgain()
      return
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  } finally {
    isWatching = false
    tellState()
  }
}

/** What was on the desk may have been settled or changed by an answer; nobody is disturbed while typing. */
async function lookAgain() {
  const isAway = () => shown === null || isBusy || typed.value !== '' || help.open || mismatch.open
  if (isAway()) return
  const before = shown
  const { question } = await ask('/api/question', { id: before.question.questionId })
  if (isAway() || shown !== before || isSame(question, before)) return
  await working(() => showAnew(question === null ? 'now-settled' : 'question-changed'))
}

/** Whether an answer to one would be an answer to the other. @param {any} a @param {any} b */
function isSame(a, b) {
  const essence = (/** @type {any} */ each) =>
    each === null ? '' : JSON.stringify([each.question.values, each.cells.map((/** @type {any} */ { bbox }) => bbox)])
  return essence(a) === essence(b)
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
  again: () => void working(async () => arrive(await tell('/api/again', filter, {}))),
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

for (const button of document.querySelectorAll('[data-do]')) {
  button.addEventListener('click', (event) => {
    letGoAfterClick(event)
    DEEDS[button.getAttribute('data-do') ?? '']?.()
  })
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

listenForKeys({
  deeds: DEEDS,
  pick,
  viewer,
  suggestions,
  inputs: [typed, reason],
  isElsewhere: () => help.open || mismatch.open,
})

/** How far others are, while nothing is done here. */
const LOOK_EVERY_MS = 10_000
let seen = ''
setInterval(async () => {
  if (document.hidden || isBusy || isWatching) return
  const progress = await ask('/api/progress').catch(() => null)
  const now = JSON.stringify([progress?.open, progress?.questions])
  if (progress === null || now === seen) return
  seen = now
  showProgress(progress, say)
  if (shown !== null) await lookAgain().catch(() => undefined)
  else if (!isBusy) await working(async () => arrive(await ask('/api/next', filter)))
}, LOOK_EVERY_MS)

if (start.isGone) toast(say('now-settled'))
await working(async () => arrive(start))
