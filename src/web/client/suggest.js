// @ts-check
import { add, byId } from './dom.js'
import { ask } from './talk.js'

const WAIT_MS = 60

/** Suggestions under the input: what may be meant by what has been typed so far. */
export class Suggestions {
  /** @param {HTMLInputElement} input @param {() => { field: string, documentId: string } | null} about */
  constructor(input, about) {
    this.input = input
    this.about = about
    this.list = byId('found')
    /** @type {{ values: Record<string, string>, label: string, note: string }[]} */
    this.found = []
    this.chosen = -1
    this.turn = 0
    input.addEventListener('input', () => this.search())
  }

  async search() {
    this.turn += 1
    const turn = this.turn
    const about = this.about()
    const typed = this.input.value.trim()
    if (about === null || typed === '') {
      this.clear()
      return
    }
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
    if (turn !== this.turn) return
    const { found } = await ask('/api/search', { field: about.field, typed, document: about.documentId }).catch(() => ({
      found: [],
    }))
    if (turn !== this.turn) return
    this.found = found
    this.chosen = -1
    this.draw()
  }

  draw() {
    this.list.replaceChildren()
    this.list.hidden = this.found.length === 0
    this.input.setAttribute('aria-expanded', String(this.found.length > 0))
    for (const [index, { label, note }] of this.found.entries()) {
      const option = add(this.list, 'div', label, index === this.chosen ? 'chosen' : '')
      option.id = `found-${index}`
      option.setAttribute('role', 'option')
      option.setAttribute('aria-selected', String(index === this.chosen))
      if (note) add(option, 'small', note)
      option.addEventListener('pointerdown', (event) => {
        event.preventDefault()
        this.chosen = index
        this.input.form?.requestSubmit()
      })
    }
    if (this.chosen >= 0) this.input.setAttribute('aria-activedescendant', `found-${this.chosen}`)
    else this.input.removeAttribute('aria-activedescendant')
  }

  /** @param {number} by */
  move(by) {
    if (this.found.length === 0) return
    this.chosen = (this.chosen + by + this.found.length + (this.chosen < 0 && by < 0 ? 1 : 0)) % this.found.length
    this.draw()
  }

  /** The chosen suggestion's values, by field; null where none is chosen. */
  get values() {
    return this.found[this.chosen]?.values ?? null
  }

  clear() {
    this.turn += 1
    this.found = []
    this.chosen = -1
    this.draw()
  }
}
