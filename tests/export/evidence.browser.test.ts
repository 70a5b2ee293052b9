import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportFakes, fakePages } from './support/fake-dataset.ts'

const CHROMIUM = '/usr/bin/chromium'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RED = { r: 200, g: 0, b: 0 }

let browser: Browser
let index = ''

async function openIndex(javaScriptEnabled: boolean, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled, colorScheme })
  const page = await context.newPage()
  await page.goto(index)
  return page
}

/** The colour in the middle of what an element shows. */
async function middleOf(page: Page, selector: string): Promise<readonly number[]> {
  const shot = sharp(await page.locator(selector).first().screenshot())
  const { width, height } = await shot.metadata()
  const [left, top] = [Math.floor(width / 2), Math.floor(height / 2)]
  return [...(await shot.extract({ left, top, width: 1, height: 1 }).removeAlpha().raw().toBuffer())]
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE)
  return page.evaluate<string[]>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
  )
}

describe.skipIf(!existsSync(CHROMIUM))(
  'the evidence pages in a real browser, from the disk',
  { timeout: 120_000 },
  () => {
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
      const picture = await sharp({ create: { width: 1250, height: 1667, channels: 3, background: RED } })
        .jpeg()
        .toBuffer()
      const pages = { ...fakePages(), picture: async () => new Uint8Array(picture) }
      const folder = await exportFakes(['evidence'], undefined, { pages })
      index = pathToFileURL(join(folder, 'evidence', 'index.html')).href
    })
    afterAll(() => browser?.close())

    test('lead from all documents to the picture of a cell without a script', async () => {
      const page = await openIndex(false)
      await page.getByRole('link', { name: 'x, "y".pdf' }).click()
      await page.getByRole('link', { name: '第 7 页, 表 1' }).first().click()
      await page.getByRole('link', { name: 'A02010105' }).first().click()
      expect(page.url()).toMatch(/p007-t1-r001\.html#item_code$/)
      expect(await page.locator('#item_code .value').textContent()).toBe('A02010105')
      const [red = 0, green = 255] = await middleOf(page, '#item_code .crop')
      expect([red > 150, green < 60]).toEqual([true, true])
      await page.getByRole('link', { name: /下一行/ }).click()
      expect(page.url()).toMatch(/p007-t1-r002\.html$/)
    })

    test.each([
      '',
      'documents/3f9c0d1e2a4b5c6d/',
      'documents/3f9c0d1e2a4b5c6d/p007-t1.html',
      'documents/3f9c0d1e2a4b5c6d/p007-t1-r001.html',
    ])('can be read by everybody: /%s', async (place) => {
      const page = await openIndex(true)
      const path = place === '' || place.endsWith('/') ? `${place}index.html` : place
      await page.goto(index.replace('index.html', path))
      expect(await violations(page)).toEqual([])
    })
  },
)
