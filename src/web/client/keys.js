// @ts-check
/** Which key does what at the desk. */

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

/**
 * @typedef {object} Desk
 * @property {Record<string, () => void>} deeds what can be done, by name
 * @property {(index: number) => void} pick takes a candidate
 * @property {{ onKey: (key: string) => boolean }} viewer
 * @property {{ move: (by: number) => void }} suggestions
 * @property {[HTMLInputElement, HTMLInputElement]} inputs of the correction and of the remark
 * @property {() => boolean} isElsewhere whether a dialog is open, which has keys of its own
 */

/** @param {Desk} desk */
export function listenForKeys({ deeds, pick, viewer, suggestions, inputs: [typed, reason], isElsewhere }) {
  /** @param {KeyboardEvent} event @returns {boolean} whether the key was for the input */
  const onInputKey = ({ key, target }) => {
    if (key === 'Escape') /** @type {HTMLElement} */ (target).blur()
    else if (key === 'Enter' && target === reason) reason.blur()
    else if (target === typed && key === 'ArrowDown') suggestions.move(1)
    else if (target === typed && key === 'ArrowUp') suggestions.move(-1)
    else return false
    return true
  }

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isElsewhere()) return
    const { key, repeat } = event
    const target = /** @type {HTMLElement} */ (event.target)
    if (target === typed || target === reason) {
      // A key that is held down would answer one question after another.
      if (onInputKey(event) || (key === 'Enter' && repeat)) event.preventDefault()
      return
    }
    if (viewer.onKey(key)) event.preventDefault()
    else if (repeat) {
      if (KEYS[key] !== undefined) event.preventDefault()
    } else if ((key === 'Enter' || key === ' ') && hasOwnKeys(target)) return
    else if (/^[1-9]$/.test(key)) pick(Number(key) - 1)
    else if (KEYS[key] !== undefined) {
      event.preventDefault()
      deeds[KEYS[key] ?? '']?.()
    }
  })
}

/**
 * A button that has the focus does what it says; so does a link. One that is not shown does not: the button that closed a
 * dialog keeps the focus until the page is drawn again, and would swallow the next key.
 * @param {HTMLElement} target
 */
function hasOwnKeys(target) {
  const control = target.closest('button, a, summary, select')
  return control !== null && control.getClientRects().length > 0
}

/** After a click with the mouse the keys are the desk's again: Enter must not press the same button once more. @param {Event} event */
export function letGoAfterClick(event) {
  const { currentTarget, detail } = /** @type {MouseEvent} */ (event)
  if (detail > 0) /** @type {HTMLElement} */ (currentTarget).blur()
}
