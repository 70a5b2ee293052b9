import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'

/** Counts how often the desk has changed: each question that it shows is another turn. */
export function turnOf(page: Page): Promise<string> {
  return page.evaluate<string>('document.body.dataset.turn ?? ""')
}

/** Until another question is on the desk and nothing is under way any more. */
export async function nextTurn(page: Page, turn: string): Promise<void> {
  const isNext = `document.body.dataset.turn !== ${JSON.stringify(turn)} && document.body.dataset.state === 'idle'`
  await until(page, isNext)
}

/** Until the desk shows a question, or that there is none. */
export async function deskReady(page: Page): Promise<void> {
  await until(page, `document.body.dataset.turn !== undefined && document.body.dataset.state === 'idle'`)
}

/** What the server says at a path, asked from the page. */
export function fetchJson<Answer>(page: Page, path: string): Promise<Answer> {
  return page.evaluate<Answer>(`fetch(${JSON.stringify(path)}).then((response) => response.json())`)
}

const PATIENCE_MS = 60_000
const LOOK_EVERY_MS = 25

/** Until an expression is true on the page. The page's own policy forbids playwright's way of waiting for one. */
export async function until(page: Page, expression: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  while (!(await page.evaluate<boolean>(expression))) {
    if (performance.now() > end) throw new Error(`it never came: ${expression}`)
    await sleep(LOOK_EVERY_MS)
  }
}
