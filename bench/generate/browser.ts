import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { PaperSize } from './page-html.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const CSS_PX_PER_INCH = 96
const MM_PER_INCH = 25.4

/** A line of text inside one cell (or outside any, key ''), in CSS pixels from the page's top left. */
export interface PrintedLine {
  readonly key: string
  readonly text: string
  readonly x0: number
  readonly top: number
  readonly x1: number
  readonly bottom: number
}

export interface RowHeights {
  /** From the paper's top to the first body row, with title and with header. */
  readonly beforeRows: number
  readonly title: number
  readonly header: number
  readonly rows: readonly number[]
}

/** The one door to Chromium: prints, photographs and measures pages. */
export interface PageBrowser {
  printPdf(body: string, css: string, paper: PaperSize): Promise<Uint8Array>
  /** A picture of one page at the given resolution, with the lines of text that it shows. */
  photograph(
    body: string,
    css: string,
    paper: PaperSize,
    dpi: number,
  ): Promise<{ png: Uint8Array; lines: readonly PrintedLine[] }>
  /** Heights in CSS pixels of a sheet laid out on endless paper. */
  measureRows(body: string, css: string, paper: PaperSize): Promise<RowHeights>
  /** How far the contents of fixed pages reach past their paper, in CSS pixels; 0 when all fits. */
  measureOverflow(body: string, css: string, paper: PaperSize): Promise<number>
  close(): Promise<void>
}

/** Opens the Chromium that is on PATH; throws when there is none. */
export async function openBrowser(): Promise<PageBrowser> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--font-render-hinting=none', '--disable-lcd-text'],
  })
  return {
    printPdf: (body, css, paper) =>
      withPage(browser, body, css, paper, 1, async (page) =>
        Uint8Array.from(
          await page.pdf({
            width: `${paper.widthMm}mm`,
            height: `${paper.heightMm}mm`,
            printBackground: true,
            preferCSSPageSize: false,
          }),
        ),
      ),
    photograph: (body, css, paper, dpi) =>
      withPage(browser, body, css, paper, dpi / CSS_PX_PER_INCH, async (page) => {
        const { width, height } = viewportOf(paper)
        const png = await page.screenshot({ clip: { x: 0, y: 0, width, height } })
        return { png: Uint8Array.from(png), lines: (await page.evaluate(READ_LINES)) as readonly PrintedLine[] }
      }),
    measureRows: (body, css, paper) =>
      withPage(browser, body, css, paper, 1, async (page) => (await page.evaluate(READ_HEIGHTS)) as RowHeights),
    measureOverflow: (body, css, paper) =>
      withPage(browser, body, css, paper, 1, async (page) => (await page.evaluate(READ_OVERFLOW)) as number),
    close: () => browser.close(),
  }
}

/** Whole CSS pixels of a paper, rounded up. */
export function viewportOf(paper: PaperSize): { width: number; height: number } {
  const toPixels = (mm: number): number => Math.ceil((mm / MM_PER_INCH) * CSS_PX_PER_INCH)
  return { width: toPixels(paper.widthMm), height: toPixels(paper.heightMm) }
}

/** Whether a Chromium can be found on this machine. */
export function hasChromium(): boolean {
  return pathsOfChromium().length > 0
}

function findChromium(): string {
  const [path] = pathsOfChromium()
  if (path === undefined)
    throw new Error(`no Chromium on PATH (looked for ${NAMES.join(', ')}); install the package chromium`)
  return path
}

function pathsOfChromium(): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).filter((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

async function withPage<T>(
  browser: Browser,
  body: string,
  css: string,
  paper: PaperSize,
  scale: number,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  const page = await browser.newPage({ viewport: viewportOf(paper), deviceScaleFactor: scale })
  try {
    await page.setContent(
      `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>@page{margin:0}${css}</style>${body}</html>`,
    )
    await page.evaluate('document.fonts.ready.then(() => true)')
    return await use(page)
  } finally {
    await page.close()
  }
}

const READ_LINES = `(() => {
  const lines = []
  const holders = [...document.querySelectorAll('[data-key],.title,.above span,.below')]
  for (const holder of holders) {
    const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT)
    let current = null
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let index = 0; index < node.data.length; index += 1) {
        const range = document.createRange()
        range.setStart(node, index)
        range.setEnd(node, index + 1)
        const box = range.getClientRects()[0]
        if (!box || box.width === 0) continue
        if (current === null || box.top > current.top + box.height * 0.6) {
          current = { key: holder.dataset.key ?? '', text: '', x0: box.left, top: box.top, x1: box.right, bottom: box.bottom }
          lines.push(current)
        }
        current.text += node.data[index]
        current.x1 = Math.max(current.x1, box.right)
        current.bottom = Math.max(current.bottom, box.bottom)
      }
    }
  }
  return lines
})()`

const READ_HEIGHTS = `(() => {
  const table = document.querySelector('table').getBoundingClientRect()
  const head = document.querySelector('thead')?.getBoundingClientRect()
  const header = head ? head.height : 0
  return {
    beforeRows: table.top + header,
    title: table.top,
    header,
    rows: [...document.querySelectorAll('tbody tr')].map((row) => row.getBoundingClientRect().height),
  }
})()`

const READ_OVERFLOW = `(() => Math.max(0, ...[...document.querySelectorAll('.page')].map((page) => {
  const padding = parseFloat(getComputedStyle(page).paddingBottom)
  const bottoms = [...page.children].filter((child) => !child.classList.contains('overlay')).map((child) => child.getBoundingClientRect().bottom)
  return Math.max(...bottoms) - (page.getBoundingClientRect().bottom - padding)
})))()`
