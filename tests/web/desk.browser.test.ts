import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { OpenReview, ReviewSettings } from '../../src/web/open-review.ts'
import { DOCUMENT, fakeTable, type MemoryRepository, memoryRepository } from './support/memory-repository.ts'
import { openFakeReview } from './support/open-fake-review.ts'
import { deskReady, fetchJson, nextTurn, turnOf, until } from './support/page-state.ts'

const CHROMIUM = '/usr/bin/chromium'
const TOKEN = 'a-long-enough-token'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let review: OpenReview | null = null
const contexts: BrowserContext[] = []

async function openPage(
  repository: MemoryRepository,
  change: Partial<ReviewSettings> = {},
  view = { width: 1280, height: 800 },
): Promise<Page> {
  review ??= await openFakeReview(repository, change)
  const context = await browser.newContext({ viewport: view, locale: 'en-GB' })
  contexts.push(context)
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  await page.goto(review.url)
  return page
}

async function login(repository: MemoryRepository, name: string): Promise<Page> {
  const page = await openPage(repository, { token: TOKEN })
  await page.fill('#token', TOKEN)
  await page.fill('#name', name)
  await page.keyboard.press('Enter')
  await page.waitForSelector('#desk')
  await deskReady(page)
  return page
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

const questionOn = (page: Page) => page.evaluate<string>(`document.getElementById('ask').dataset.question`)

describe.skipIf(!existsSync(CHROMIUM))('the desk in a real browser', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  })
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
    await review?.close()
    review = null
  })
  afterAll(() => browser?.close())

  test('shows the cell enlarged, its line, and the page with the cell marked', async () => {
    const page = await openPage(memoryRepository(fakeTable(4, { '2.amount': {} })))
    await deskReady(page)
    expect(await page.locator('#cells svg').count()).toBe(1)
    expect(await page.locator('#row-picture svg rect.asked').count()).toBe(1)
    expect(await page.locator('#sheet rect.asked').count()).toBe(1)
    const enlarged = await page.evaluate<number>(
      `(() => { const svg = document.querySelector('#cells svg'); return svg.clientWidth / svg.viewBox.baseVal.width })()`,
    )
    expect(enlarged).toBeGreaterThan(3)
    expect(await page.textContent('#proposal output')).toBe('200.00')
  })

  test('searches the catalogue by pinyin initials while one types, and takes the entry chosen by arrow', async () => {
    const repository = memoryRepository(fakeTable(2, { '1.item_code': {} }))
    const page = await openPage(repository)
    await deskReady(page)
    await press(page, 'c')
    await page.keyboard.type('tsjsj')
    await page.waitForSelector('#found div')
    expect(await page.textContent('#found div')).toContain('A02010105 台式计算机')
    const turn = await turnOf(page)
    await press(page, 'ArrowDown', 'Enter')
    await nextTurn(page, turn)
    expect(repository.kept).toMatchObject([{ value: 'A02010105', verdict: 'corrected', machineValue: 'item_code 1' }])
  })

  test('brings typed money to yuan and says what is no money', async () => {
    const repository = memoryRepository(fakeTable(2, { '1.amount': {} }))
    const page = await openPage(repository)
    await deskReady(page)
    await press(page, 'c')
    await page.keyboard.type('abc')
    await press(page, 'Enter')
    await until(page, `document.getElementById('fault').textContent !== ''`)
    expect(repository.kept).toEqual([])
    await page.fill('#typed', '2.5万元')
    const turn = await turnOf(page)
    await press(page, 'Enter')
    await nextTurn(page, turn)
    expect(repository.kept).toMatchObject([{ value: '25000.00' }])
  })

  test.each([
    ['u', { verdict: 'unreadable', value: null }],
    ['p', { verdict: 'printed-so', value: '100.00' }],
    ['Enter', { verdict: 'confirmed', value: '100.00' }],
  ])('%s is kept as %o', async (key, expected) => {
    const repository = memoryRepository(fakeTable(2, { '1.amount': {} }))
    const page = await openPage(repository)
    await deskReady(page)
    const turn = await turnOf(page)
    await press(page, key)
    await nextTurn(page, turn)
    expect(repository.kept).toMatchObject([{ ...expected, reviewer: 'wang', purpose: 'review' }])
    expect(await page.isVisible('#empty')).toBe(true)
  })

  test('asks cells that are alike once, and the first alone after x', async () => {
    const same = { value: '2.00', raw: '2回' }
    const repository = memoryRepository(fakeTable(4, { '1.amount': same, '2.amount': same, '3.amount': same }))
    const page = await openPage(repository)
    await deskReady(page)
    expect(await page.locator('#cells button').count()).toBe(3)
    const turn = await turnOf(page)
    await press(page, 'x', 'Enter')
    await nextTurn(page, turn)
    expect(repository.kept.map(({ place }) => place.rowIndex)).toEqual([1])
    const later = await turnOf(page)
    expect(await page.textContent('#settled')).toBe('Last answer: 1 answered, 0 more followed')
    expect(await page.locator('#cells button').count()).toBe(2)
    await press(page, 'Enter')
    await nextTurn(page, later)
    expect(repository.kept.map(({ place }) => place.rowIndex)).toEqual([1, 2, 3])
  })

  test('skips, takes back, and shows its keys on ?', async () => {
    const repository = memoryRepository(fakeTable(3, { '1.amount': {}, '2.amount': {} }))
    const page = await openPage(repository)
    await deskReady(page)
    const [first, turn] = [await questionOn(page), await turnOf(page)]
    await press(page, 's')
    await nextTurn(page, turn)
    expect(await questionOn(page)).not.toBe(first)
    await press(page, '?')
    expect(await page.isVisible('#help')).toBe(true)
    await press(page, 'Enter')
    expect(repository.kept).toEqual([])
    await press(page, 'Escape')
    await until(page, `!document.getElementById('help').open`)
    const second = await questionOn(page)
    const third = await turnOf(page)
    await press(page, 'Enter')
    await nextTurn(page, third)
    const fourth = await turnOf(page)
    await press(page, 'z')
    await nextTurn(page, fourth)
    expect(await questionOn(page)).toBe(second)
    expect(repository.kept.map(({ verdict }) => verdict)).toEqual(['confirmed', 'withdrawn'])
  })

  test('says that skipped questions are left, and asks them again', async () => {
    const page = await openPage(memoryRepository(fakeTable(3, { '1.amount': {}, '2.amount': {} })))
    await deskReady(page)
    const first = await questionOn(page)
    for (const _question of [1, 2]) {
      const turn = await turnOf(page)
      await press(page, 's')
      await nextTurn(page, turn)
    }
    expect(await page.isVisible('#empty')).toBe(true)
    expect(await page.textContent('#empty-hint')).toContain('2 questions are left')
    const turn = await turnOf(page)
    await page.click('#again')
    await nextTurn(page, turn)
    expect(await questionOn(page)).toBe(first)
  })

  test('hears a key that comes before the page is drawn again without the help', async () => {
    const repository = memoryRepository(fakeTable(3, { '1.amount': {}, '2.amount': {} }))
    const page = await openPage(repository)
    await deskReady(page)
    const turn = await turnOf(page)
    await press(page, '?')
    // The frame in which the browser would take the focus from the hidden button never comes before the key.
    await page.evaluate(`(() => {
      const key = { key: 'Enter', bubbles: true, cancelable: true }
      document.querySelector('#help button').click()
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', key))
    })()`)
    await nextTurn(page, turn)
    expect(repository.kept).toMatchObject([{ verdict: 'confirmed' }])
  })

  test('a key that is held down answers one question', async () => {
    const repository = memoryRepository(fakeTable(3, { '1.amount': {}, '2.amount': {}, '3.amount': {} }))
    const page = await openPage(repository)
    await deskReady(page)
    const turn = await turnOf(page)
    await page.keyboard.down('Enter')
    await nextTurn(page, turn)
    for (let held = 0; held < 5; held += 1) await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    await deskReady(page)
    expect(repository.kept).toHaveLength(1)
  })

  test('Enter after a click on a button is the desk’s again', async () => {
    const repository = memoryRepository(fakeTable(3, { '1.amount': {}, '2.amount': {}, '3.amount': {} }))
    const page = await openPage(repository)
    await deskReady(page)
    const turn = await turnOf(page)
    await page.click('[data-do=skip]')
    await nextTurn(page, turn)
    const later = await turnOf(page)
    await press(page, 'Enter')
    await nextTurn(page, later)
    expect(repository.kept).toMatchObject([{ verdict: 'confirmed' }])
  })

  test('a value that an answer changed is shown anew before it can be accepted', async () => {
    const first = memoryRepository(fakeTable(3, { '1.amount': {}, '2.amount': {} }))
    const after = memoryRepository(fakeTable(3, { '2.amount': { value: '999.00' } }))
    const current = () => (first.kept.length === 0 ? first : after)
    const repository: MemoryRepository = {
      ...first,
      outcome: (documentId) => current().outcome(documentId),
      solve: (documentId, plan) => current().solve(documentId, plan),
    }
    const page = await openPage(repository)
    await deskReady(page)
    await press(page, 'Enter')
    await until(page, `document.querySelector('#proposal output').textContent === '999.00'`)
    await deskReady(page)
    const turn = await turnOf(page)
    await press(page, 'Enter')
    await nextTurn(page, turn)
    expect(first.kept.map(({ value, place }) => [place.rowIndex, value])).toEqual([
      [1, '100.00'],
      [2, '999.00'],
    ])
  })

  test('hands a question that somebody looks at to nobody else', async () => {
    const repository = memoryRepository(fakeTable(3, { '1.amount': {}, '2.amount': {} }))
    const li = await login(repository, 'li')
    const zhao = await login(repository, 'zhao')
    expect(await questionOn(zhao)).not.toBe(await questionOn(li))
  })

  test('two who answer one field differently are a conflict, which a third settles for all', async () => {
    const repository = memoryRepository(fakeTable(2, { '1.amount': {} }))
    const li = await login(repository, 'li')
    const id = encodeURIComponent(await questionOn(li))
    const zhao = await login(repository, 'zhao')
    await zhao.goto(`${review?.url}?question=${id}`)
    await deskReady(zhao)
    for (const [page, value] of [
      [li, '1'],
      [zhao, '2'],
    ] as const) {
      const turn = await turnOf(page)
      await press(page, 'c')
      await page.keyboard.type(value)
      await press(page, 'Enter')
      await nextTurn(page, turn)
    }
    expect(repository.kept.map(({ reviewer, value }) => [reviewer, value])).toEqual([
      ['li', '1.00'],
      ['zhao', '2.00'],
    ])
    expect((await fetchJson<{ questions: { conflict: number } }>(li, '/api/progress')).questions.conflict).toBe(1)
    const sun = await login(repository, 'sun')
    await sun.goto(`${review?.url}conflicts`)
    expect(await sun.textContent('.conflicts')).toMatch(/2\.00.*zhao.*1\.00.*li|1\.00.*li.*2\.00.*zhao/s)
    await sun.click('.conflicts a')
    await deskReady(sun)
    const turn = await turnOf(sun)
    const wanted = await sun.locator('#offers b').allTextContents()
    await press(sun, String(wanted.indexOf('2.00') + 1))
    await nextTurn(sun, turn)
    const { questions, open } = await fetchJson<{ questions: { conflict: number }; open: number }>(sun, '/api/progress')
    expect([questions.conflict, open]).toEqual([0, 0])
    expect(repository.kept.at(-1)).toMatchObject({ purpose: 'conflict', value: '2.00', reviewer: 'sun' })
  })

  test('asks the audit blind, asks back once where the value differs, and shows the error rate', async () => {
    const repository = memoryRepository(fakeTable(1, {}))
    const page = await openPage(repository, { audit: { share: 1, seed: 'x' } })
    await deskReady(page)
    expect(await page.textContent('#proposal')).toBe('')
    await page.keyboard.type('999')
    await press(page, 'Enter')
    await page.waitForSelector('#mismatch[open]')
    expect(repository.kept).toEqual([])
    const turn = await turnOf(page)
    await press(page, '1')
    await nextTurn(page, turn)
    expect(repository.kept).toMatchObject([{ purpose: 'audit', verdict: 'confirmed', shown: { typed: '999.00' } }])
    await page.goto(`${review?.url}conflicts`)
    expect(await page.textContent('#audit-result')).toContain('1 looked at, 0 wrong')
  })

  test('a table of 800 cells is drawn whole, and moving it touches none of them', async () => {
    const page = await openPage(memoryRepository(fakeTable(100, { '7.amount': {} })))
    await page.goto(`${review?.url}documents/${DOCUMENT}`)
    await page.waitForSelector('#sheet rect.field')
    expect(await page.locator('#sheet rect.field').count()).toBe(800)
    await page.evaluate(`globalThis.touched = 0; new MutationObserver((all) => { globalThis.touched += all.length })
      .observe(document.querySelector('#sheet svg'), { subtree: true, attributes: true, childList: true })`)
    const before = await page.evaluate<string>(`document.getElementById('sheet').style.transform`)
    await page.mouse.move(900, 400)
    for (let step = 0; step < 20; step += 1) await page.mouse.wheel(0, step % 2 === 0 ? -200 : -100)
    await until(page, `document.getElementById('sheet').style.transform !== ${JSON.stringify(before)}`)
    await page.evaluate('document.querySelectorAll(".pointed").length')
    expect(await page.evaluate<number>('globalThis.touched')).toBeLessThanOrEqual(40)
    await page.click('td a')
    await deskReady(page)
    expect(await page.textContent('#question-title')).toContain('amount')
  })

  test('a broken sum is drawn from its total to its members, and leads to its open cell', async () => {
    const records = fakeTable(4, { '2.amount': {} })
    const members = [1, 2, 3].map((rowIndex) => ({ pageNumber: 1, tableIndex: 1, rowIndex, field: 'amount' }))
    const whole = { pageNumber: 1, bbox: { x0: 315, top: 200, x1: 405, bottom: 219 } }
    const sum = { kind: 'column-total', where: 'page 1, total', pageNumber: 1, tableIndex: 1, members } as const
    const figures = { expected: '700.00', found: '600.00', difference: '-100.00', outcome: 'contradicted' } as const
    const page = await openPage(memoryRepository(records, [{ ...sum, ...figures, whole }]))
    await page.goto(`${review?.url}documents/${DOCUMENT}`)
    await page.waitForSelector('#sheet g.sum')
    const frame = page.locator('#sheet g.sum rect.whole')
    expect([await frame.getAttribute('x'), await frame.getAttribute('y')]).toEqual(['315', '200'])
    expect(await page.locator('#sheet g.sum circle').count()).toBe(4)
    expect(await page.textContent('#sheet g.sum text')).toContain('700.00')
    await page.click('.broken-sum a')
    await deskReady(page)
    expect(await page.textContent('#question-place')).toContain('row 2')
  })

  test('speaks Chinese and English', async () => {
    const page = await openPage(memoryRepository(fakeTable(2, { '1.amount': {} })))
    expect(await page.textContent('.bar nav')).toContain('Documents')
    await page.click('.bar form button')
    await deskReady(page)
    expect(await page.textContent('.bar nav')).toContain('文件')
    expect(await page.textContent('#question-title')).toContain('金额')
  })

  describe.each([
    ['1280 px wide', { width: 1280, height: 800 }],
    ['at 200 % zoom', { width: 640, height: 400 }],
  ])('%s', (_name, view) => {
    test.each(['', 'documents', `documents/${DOCUMENT}`, 'overview', 'conflicts'])(
      'axe finds no serious fault on /%s, and nothing is cut off',
      async (path) => {
        const page = await openPage(memoryRepository(fakeTable(6, { '1.amount': {}, '2.item_code': {} })), {}, view)
        await page.goto(`${review?.url}${path}`)
        if (path === '') await deskReady(page)
        await expectAccessible(page)
      },
    )

    test.each(['help', 'mismatch', 'empty', 'login', 'alike', 'broken'] as const)(
      'axe finds no serious fault in the state "%s", and nothing is cut off',
      async (state) => expectAccessible(await reachState(state, view)),
    )
  })
})

type State = 'help' | 'mismatch' | 'empty' | 'login' | 'alike' | 'broken'

/** The desk in a state that its first view does not show. */
async function reachState(state: State, view: { width: number; height: number }): Promise<Page> {
  const same = { value: '2.00', raw: '2回' }
  const open = state === 'empty' || state === 'mismatch' ? {} : { '1.amount': same, '2.amount': same }
  const members = [1, 2].map((rowIndex) => ({ pageNumber: 1, tableIndex: 1, rowIndex, field: 'amount' }))
  const sum = { kind: 'column-total', where: 'page 1, total', pageNumber: 1, tableIndex: 1, members } as const
  const figures = { expected: '700.00', found: '600.00', difference: '-100.00', outcome: 'contradicted' } as const
  const whole = { pageNumber: 1, bbox: { x0: 315, top: 200, x1: 405, bottom: 219 } }
  const repository = memoryRepository(fakeTable(2, open), [{ ...sum, ...figures, whole }])
  const share = state === 'mismatch' ? 1 : 0
  const token = state === 'login' ? TOKEN : null
  const page = await openPage(repository, { audit: { share, seed: 'x' }, token }, view)
  if (state === 'login') return page
  await deskReady(page)
  if (state === 'help') await press(page, '?')
  if (state === 'mismatch') {
    await page.keyboard.type('999')
    await press(page, 'Enter')
    await page.waitForSelector('#mismatch[open]')
  }
  if (state === 'broken') {
    await page.goto(`${review?.url}documents/${DOCUMENT}`)
    await page.waitForSelector('#sheet g.sum')
  }
  return page
}

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate<{
    violations: { id: string; impact: string; nodes: { html: string }[] }[]
  }>('axe.run()')
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
}
