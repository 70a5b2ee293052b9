import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { GradedRecord } from '../../src/model/record.ts'
import { type Inspection, renderInspection } from '../../src/publish/inspection-page.ts'
import { fakeField } from '../queue/support/fake-field.ts'

const CHROMIUM = '/usr/bin/chromium'
const HOSTILE = '</script><script>document.title = "owned"</script><img src=x onerror="document.title=1">'
const ONE_PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

const BOX = { x0: 100, top: 100, x1: 300, bottom: 140 }

function inspectionOf(text: string): Inspection {
  const cell = {
    row: 0,
    column: 0,
    rowSpan: 1,
    columnSpan: 1,
    bbox: BOX,
    text,
    origin: 'ocr' as const,
    confidence: 0.9,
    readings: [{ reader: 'paddle' as const, lines: [text], confidence: 0.912, characters: [] }],
    flags: ['readers-disagree'],
  }
  const field = fakeField('item_name', text, 1, {
    bbox: BOX,
    grade: 'review',
    confidence: 0.61,
    flags: [{ code: 'code-ambiguous', detail: text }],
    evidence: [`evidence ${text}`],
    candidates: [{ value: 'A01', label: text, probability: 0.4, evidence: '' }],
  })
  const record: GradedRecord = {
    recordType: 'procurement_line',
    pageNumber: 1,
    tableIndex: 1,
    rowIndex: 1,
    status: 'review',
    fields: [field],
  }
  return {
    fileName: text,
    extract: {
      pageNumber: 1,
      kind: 'scan',
      reason: text,
      width: 600,
      height: 400,
      lines: [{ text, bbox: BOX, origin: 'ocr' }],
      tables: [
        {
          pageNumber: 1,
          tableIndex: 1,
          bbox: BOX,
          rowCount: 1,
          columnCount: 1,
          structure: 'pixel-rulings',
          structureConfidence: 1,
          cells: [cell],
        },
      ],
      warnings: [text],
    },
    words: [{ text, bbox: BOX, origin: 'untrusted-text' }],
    rulings: [{ orientation: 'horizontal', position: 100, start: 100, end: 300, thickness: 1 }],
    picture: ONE_PIXEL,
    records: [record],
    checks: [],
    unusedTables: [{ pageNumber: 1, tableIndex: 1, reason: text }],
  }
}

test('text of the document never becomes markup', () => {
  const html = renderInspection(inspectionOf(HOSTILE))
  expect(html.match(/<script/g)).toHaveLength(2)
  expect(html).not.toContain('<img')
})

test('nothing is loaded from elsewhere', () => {
  expect(renderInspection(inspectionOf('x'))).not.toMatch(/(?:src|href)="(?!data:)/)
})

describe.skipIf(!existsSync(CHROMIUM))('in a browser', () => {
  test('focusing a cell tells its story, and layers can be switched', async () => {
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      await page.setContent(renderInspection(inspectionOf(HOSTILE)))
      await page.focus('[data-cell="0"]')
      expect(errors).toEqual([])
      const story = await page.textContent('#story')
      expect(story).toContain('paddle 91.2 %')
      expect(story).toContain(`evidence ${HOSTILE}`)
      expect(story).toContain('code-ambiguous: two or more catalogue entries fit equally well')
      expect(story).toContain('40.0 %')
      expect(await page.isVisible('[data-of=words] rect')).toBe(false)
      await page.check('[data-layer=words]')
      expect(await page.isVisible('[data-of=words] rect')).toBe(true)
      expect([errors, await page.title()]).toEqual([[], `${HOSTILE}, page 1`])
    } finally {
      await browser.close()
    }
  })
})
