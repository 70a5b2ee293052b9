import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { voiceIn } from '../../../src/language/voice.ts'
import { renderInspection } from '../../../src/publish/inspection/render-inspection.ts'
import { formatSteps } from '../../../src/publish/inspection/summarize-steps.ts'
import { makeInspection, PAGE, SIDEWAYS } from './make-inspection.ts'

const CHROMIUM = '/usr/bin/chromium'
const HOSTILE = `</script><script>owned=1</script><img src=x onerror="owned=1">'"]]>&{{x}}\u2028`

test('text of the document never becomes markup', () => {
  const html = renderInspection(makeInspection(HOSTILE))
  expect(html.match(/<script/g)).toHaveLength(2)
  expect(html.match(/<\/script/g)).toHaveLength(2)
  expect(html).not.toContain('<img')
})

test('nothing is loaded from elsewhere', () => {
  expect(renderInspection(makeInspection('x'))).not.toMatch(/(?:src|href)="(?!data:|#)/)
})

describe('in Chinese', () => {
  const voice = voiceIn('zh', false)
  const html = renderInspection(makeInspection('字'), voice)

  test('says nothing in English that people read', () => {
    const shown = html.replaceAll(/<style>.*?<\/style>|<script.*?<\/script>/gs, '')
    const texts = [...shown.matchAll(/>([^<>]+)<|(?:title|aria-label)="([^"]*)"/g)].map(([, a, b]) => a ?? b ?? '')
    expect(texts.length).toBeGreaterThan(100)
    expect(texts.filter((text) => /[a-z]{2,} [a-z]{2,}/.test(text))).toEqual([])
    for (const part of ['lang="zh"', '页面判断', '框线', '引擎结果不同', '自动接受', '勾稽关系', '第 1 页']) {
      expect(html).toContain(part)
    }
  })

  test('its data tell in words what the script shows', () => {
    const data = JSON.parse(/id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? '{}') as {
      readonly items: readonly { readonly place: string; readonly flags: readonly string[] }[]
      readonly words: Readonly<Record<string, string>>
    }
    expect(Object.values(data.words).filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([])
    expect(data.items[0]?.place).toBe('表 1 第 1 行第 1 列')
    expect(data.items[0]?.flags[0]).toBe('readers-disagree：两个识别器结果不同')
  })

  test('the steps stand under each other on a terminal', () => {
    const lines = formatSteps(makeInspection('字'), voice).trimEnd().split('\n')
    expect(lines[0]).toMatch(/^ {2}页面判断 {2}/)
    expect(lines.slice(-2)).toEqual([expect.stringMatching(/^ {2}数值 {6}\d+ 条记录，/), '  提示      字'])
  })
})

test('a page of text has no picture but its own, and no step of reading pixels', () => {
  const inspection = makeInspection('字')
  const { page } = inspection
  const html = renderInspection({
    ...inspection,
    page: { ...page, scans: [], extract: { ...page.extract, kind: 'text' } },
  })
  expect(html).not.toContain('<option value="grey"')
  expect([...html.matchAll(/data-step="(\w+)"/g)].map((match) => match[1])).toEqual([
    'Triage',
    'Rulings',
    'Grid',
    'Lines',
    'Values',
  ])
})

test('a figure of prose is shown at its line', () => {
  const inspection = makeInspection('字')
  const { page } = inspection
  const [record] = inspection.records
  const [field] = record?.fields ?? []
  if (record === undefined || field === undefined) throw new Error('there is no field')
  const bbox = { x0: 20, top: 20, x1: 120, bottom: 32 }
  const lines = [{ text: '总额1元', bbox, origin: 'text' as const }]
  const records = [{ ...record, fields: [{ ...field, bbox: { ...bbox, x0: 60 } }] }]
  const extract = { ...page.extract, kind: 'text' as const, tables: [], lines }
  const html = renderInspection({ ...inspection, records, page: { ...page, scans: [], extract } })
  expect(html).toMatch(/<td class="review" data-goto="0"/)
  expect(html).toContain('<rect class="cell review" x="20"')
})

describe.skipIf(!existsSync(CHROMIUM))('in a browser, from disk', () => {
  let browser: Browser
  let page: Page
  const errors: string[] = []
  const requests: string[] = []
  const file = join(mkdtempSync(join(tmpdir(), 'gongkai-inspect-')), 'page.html')

  beforeAll(async () => {
    writeFileSync(file, renderInspection(makeInspection(HOSTILE)))
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => errors.push(message.text()))
    page.on('request', (request) => requests.push(request.url()))
  })
  beforeEach(async () => {
    await page.goto(pathToFileURL(file).href)
  })
  afterAll(async () => {
    await browser.close()
    expect(errors).toEqual([])
    expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([])
  })

  const isShown = async (layer: string) =>
    (await page.evaluate(`getComputedStyle(document.querySelector('[data-of=${layer}]')).display`)) !== 'none'

  test('hostile text is shown as it is and never run', async () => {
    await page.press('body', 'j')
    expect(await page.textContent('.chosen-text')).toBe(`${HOSTILE}8`)
    expect(await page.evaluate('typeof owned')).toBe('undefined')
  })

  test('layers are switched by checkbox and by key', async () => {
    expect(await isShown('words')).toBe(false)
    await page.check('[data-layer=words]')
    expect(await isShown('words')).toBe(true)
    await page.press('body', 'w')
    expect([await isShown('words'), await page.isChecked('[data-layer=words]')]).toEqual([false, false])
    for (const [layer, key] of Object.entries({ areas: 'a', rulings: 'r', edges: 'e', lines: 'l', readings: 't' })) {
      expect(await isShown(layer)).toBe(false)
      await page.press('body', key)
      expect(await isShown(layer)).toBe(true)
    }
  })

  test('steps show their picture and layers; upright pictures turn the page upright', async () => {
    const viewBox = () => page.getAttribute('#page', 'viewBox')
    expect(await viewBox()).toBe(`0 0 ${PAGE.width} ${PAGE.height}`)
    await page.press('body', '3')
    expect([await page.inputValue('#ground'), await isShown('rulings'), await isShown('cells')]).toEqual([
      'flattened',
      true,
      false,
    ])
    expect(await viewBox()).toBe(`0 0 ${SIDEWAYS.widthPx} ${SIDEWAYS.heightPx}`)
    const cell = await page.locator('[data-of=rulings] .solid').boundingBox()
    expect(cell?.width).toBeGreaterThan(10 * (cell?.height ?? 0))
    await page.selectOption('#ground', 'published')
    const lying = await page.locator('[data-of=rulings] .solid').boundingBox()
    expect(lying?.height).toBeGreaterThan(10 * (lying?.width ?? 0))
  })

  test('a click on a cell holds it and shows it enlarged with all its readings', async () => {
    await page.click('[data-item="0"]')
    await page.hover('[data-item="1"]')
    expect(await page.textContent('#story h2')).toContain('table 1, row 1, column 1')
    expect(await page.getAttribute('.crop use', 'href')).toBe('#ground-grey')
    const viewBox = (await page.getAttribute('.crop', 'viewBox'))?.split(' ').map(Number) ?? []
    expect(viewBox[0]).toBeLessThan(200)
    expect((viewBox[0] ?? 0) + (viewBox[2] ?? 0)).toBeGreaterThan(400)
    expect(await page.locator('.crop .line').count()).toBe(2)
    await page.click('.grounds button:text("as taken")')
    expect(await page.getAttribute('.crop use', 'href')).toBe('#ground-source')
    const story = (await page.textContent('#story')) ?? ''
    for (const part of ['paddle', 'tesseract', "scanner's text layer", '91.2 %', 'dirt, shown to nobody', '40.0 %']) {
      expect(story).toContain(part)
    }
    expect(story).toContain(`chosen because reason ${HOSTILE}`)
    expect(story).toContain(`evidence ${HOSTILE}`)
    expect(story).toContain('code-ambiguous: two or more catalogue entries fit equally well')
  })

  test('a character is shaded by doubt and marked where readers differ', async () => {
    await page.click('[data-item="0"]')
    expect(await page.locator('.readings .other').allTextContents()).toEqual(['8', 'B', '回'])
    const weak = page.locator('.readings .other').first()
    expect(await weak.getAttribute('title')).toBe('62.0 %; or Q 20.0 %')
    expect(await weak.evaluate((glyph) => glyph.style.backgroundColor)).not.toBe('')
    const sure = page.locator('.glyphs span').first()
    expect(await sure.evaluate((glyph) => glyph.style.backgroundColor)).toBe('')
  })

  test('j and k step through a list, Escape lets go', async () => {
    expect(await page.inputValue('#list')).toBe('differ')
    await page.selectOption('#list', 'layer')
    await page.press('body', 'j')
    await page.press('body', 'j')
    expect(await page.textContent('#position')).toBe('2 of 2')
    expect(await page.textContent('#story h2')).toContain('row 2')
    await page.press('body', 'k')
    expect(await page.textContent('#story h2')).toContain('row 1')
    await page.press('body', 'Escape')
    await page.hover('[data-item="1"]')
    expect(await page.textContent('#story h2')).toContain('row 2')
    await page.click('td[data-goto]')
    expect(await page.textContent('#story h2')).toContain('row 1')
  })

  test('the picture grows and shrinks', async () => {
    const width = async () => (await page.locator('#page').boundingBox())?.width ?? 0
    const before = await width()
    await page.press('body', '+')
    expect(await width()).toBeGreaterThan(1.3 * before)
    await page.press('body', '0')
    expect(await width()).toBeCloseTo(before, 0)
  })
})
