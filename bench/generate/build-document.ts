import type { PageBrowser, PrintedLine } from './browser.ts'
import { cutForm, type FormRecord, type FormSheet, type FormStyle, formCells, formCss, formHtml } from './form-sheet.ts'
import { type PaperSize, type SheetPart, type SheetStyle, sheetCss, sheetPageHtml } from './page-html.ts'
import { printedCells } from './printed-cells.ts'
import type { Random } from './random.ts'
import { scanPage } from './scan-page.ts'
import type { LineFields, Sheet, SheetRow } from './sheet.ts'
import type { Wear } from './wear.ts'
import { type PageContent, type PicturePlace, writePdf } from './write-pdf.ts'

/** How one table goes onto paper: digital, or worn and scanned with perhaps an invisible layer over it. */
export interface SheetPlan {
  readonly sheet: Sheet
  readonly style: SheetStyle
  readonly repeatsHeader: boolean
  readonly scan: ScanPlan | null
  /** A page of digital text that the first scanned page stands on as a picture; absent for a page of its own. */
  readonly host?: HostPlan
  /** Marks for the page at this 0-based place among the sheet's pages. */
  readonly overlay: (pageOfSheet: number) => string
}

export interface ScanPlan {
  readonly wear: Wear
  /** The layer for a page's lines (in pixels of the scan), null for none. */
  readonly layer: ((lines: readonly PrintedLine[]) => readonly PrintedLine[]) | null
}

/** One digital page with room for a picture. */
export interface HostPlan extends ProsePlan {
  readonly place: PicturePlace
}

/** Pages of prose or forms, ready as HTML sections that each fill one paper. */
export interface ProsePlan {
  readonly html: string
  readonly css: string
  readonly paper: PaperSize
  readonly pageCount: number
  /** What happened to it on the way through a scanner (one page only); absent where it is digital. */
  readonly scan?: ScanPlan | null
  /** Figures that it states, in their order, each with its 0-based page; absent where its truth tells none. */
  readonly figures?: readonly ProseFigure[]
  /** Whether the truth says that no table may be found on it; where it is silent, nothing is said. */
  readonly isTableless?: boolean
}

/** A figure of the prose as its record. */
export interface ProseFigure {
  readonly page: number
  readonly fields: LineFields
}

/** Forms of one look, each on pages of its own, digital or scanned. */
export interface FormPlan {
  readonly forms: readonly FormSheet[]
  readonly style: FormStyle
  readonly scan?: ScanPlan | null
}

export interface DocumentPlan {
  readonly title: string
  readonly publisher: string
  readonly fiscalYear: number
  readonly parts: readonly (SheetPlan | ProsePlan | FormPlan)[]
}

/** A record as records.jsonl would give it, as far as the document tells. */
export interface TruthRecord {
  readonly publisher: string
  readonly fiscal_year: number
  readonly record_type: NonNullable<Sheet['recordType']> | FormRecord['recordType'] | 'key_figure'
  readonly page_number: number
  readonly table_index: number
  readonly row_index: number
  readonly fields: LineFields
}

export interface BuiltDocument {
  readonly pdf: Uint8Array
  readonly records: readonly TruthRecord[]
  readonly pageKinds: readonly string[]
  /** The printed cells of every page that has a table. */
  readonly pages: readonly PrintedPage[]
}

export interface PrintedPage {
  readonly page: number
  readonly tables: readonly (readonly (readonly string[])[])[]
}

/** Prints, wears and binds a planned document; the truth follows from what went onto which page. */
export async function buildDocument(plan: DocumentPlan, browser: PageBrowser, random: Random): Promise<BuiltDocument> {
  const contents: PageContent[] = []
  const records: TruthRecord[] = []
  const pageKinds: string[] = []
  const pages: PrintedPage[] = []
  for (const part of plan.parts) {
    if ('html' in part) {
      await assertFits(browser, part.html, part.css, part.paper)
      contents.push(await buildProse(part, browser, random.fork(`prose ${pageKinds.length}`)))
      const before = records.filter((record) => record.record_type === 'key_figure').length
      records.push(
        ...(part.figures ?? []).map((figure, index) => figureTruth(plan, figure, pageKinds.length, before + index + 1)),
      )
      for (let page = 0; page < part.pageCount; page += 1) {
        pageKinds.push(part.scan == null ? 'text' : 'scan')
        if (part.isTableless === true) pages.push({ page: pageKinds.length, tables: [[]] })
      }
      continue
    }
    if ('forms' in part) {
      const built = await buildForms(part, browser, pageKinds.length, random)
      contents.push(...built.contents)
      records.push(
        ...built.records.map((record) => ({ ...record, publisher: plan.publisher, fiscal_year: plan.fiscalYear })),
      )
      pages.push(...built.pages)
      pageKinds.push(...built.pages.map(() => (part.scan == null ? 'text' : 'scan')))
      continue
    }
    for (const [pageOfSheet, rows] of (await splitRows(browser, part)).entries()) {
      pageKinds.push(kindOf(part, pageOfSheet))
      contents.push(await buildSheetPage(part, rows, pageOfSheet, browser, random.fork(`page ${pageKinds.length}`)))
      records.push(
        ...truthOf(plan, part.sheet, rows, pageKinds.length),
        ...budgetTruth(plan, part.sheet, rows, pageKinds.length),
      )
      const hasHeader = pageOfSheet === 0 || part.repeatsHeader
      pages.push({ page: pageKinds.length, tables: [printedCells(part.sheet, rows, hasHeader)] })
    }
  }
  return { pdf: await writePdf(contents, plan.title), records, pageKinds, pages }
}

function figureTruth(
  plan: DocumentPlan,
  { page, fields }: ProseFigure,
  pagesBefore: number,
  rowIndex: number,
): TruthRecord {
  return {
    publisher: plan.publisher,
    fiscal_year: plan.fiscalYear,
    record_type: 'key_figure',
    page_number: pagesBefore + page + 1,
    table_index: 0,
    row_index: rowIndex,
    fields,
  }
}

async function buildProse(part: ProsePlan, browser: PageBrowser, random: Random): Promise<PageContent> {
  if (part.scan == null) return { kind: 'digital', pdf: await browser.printPdf(part.html, part.css, part.paper) }
  const photo = await browser.photograph(part.html, part.css, part.paper, part.scan.wear.dpi)
  return { kind: 'scan', scan: await scanPage(photo, part.scan.wear, random), layer: null }
}

type FormTruth = Omit<TruthRecord, 'publisher' | 'fiscal_year'>

/** Prints forms on as many pages as they take, after `before` others; the records of each count through all of its pages. */
async function buildForms(
  { forms, style, scan }: FormPlan,
  browser: PageBrowser,
  before: number,
  random: Random,
): Promise<{ contents: PageContent[]; records: FormTruth[]; pages: PrintedPage[] }> {
  const css = formCss(style)
  const parts: { readonly form: FormSheet; readonly isFirst: boolean }[] = []
  for (const form of forms) {
    const cut = await splitForm(browser, form, style)
    parts.push(...cut.map((part, index) => ({ form: part, isFirst: index === 0 })))
  }
  const sections = parts.map(({ form, isFirst }) => formHtml(form, isFirst))
  for (const html of sections) await assertFits(browser, html, css, style.paper)
  // Digital pages are printed together, so that they share their fonts.
  const printed = scan == null ? [sections.join('')] : sections
  const contents: PageContent[] = []
  for (const [index, html] of printed.entries()) {
    const prose = { html, css, paper: style.paper, pageCount: 1, scan: scan ?? null }
    contents.push(await buildProse(prose, browser, random.fork(`form ${before + index}`)))
  }
  const pages = parts.map(({ form }, index) => ({ page: before + index + 1, tables: [formCells(form)] }))
  return { contents, records: formTruth(parts, before), pages }
}

function formTruth(
  parts: readonly { readonly form: FormSheet; readonly isFirst: boolean }[],
  before: number,
): FormTruth[] {
  let rowIndex = 0
  return parts.flatMap(({ form, isFirst }, index) => {
    if (isFirst) rowIndex = 0
    return form.lines
      .flatMap((line) => line.records ?? [])
      .map(({ recordType, fields }) => {
        rowIndex += 1
        return { record_type: recordType, page_number: before + index + 1, table_index: 1, row_index: rowIndex, fields }
      })
  })
}

/** The form cut into what fits on each page. */
async function splitForm(browser: PageBrowser, form: FormSheet, style: FormStyle): Promise<FormSheet[]> {
  const heights = await browser.measureRows(formHtml(form, true, true), formCss(style), style.paper)
  const room = (style.paper.heightMm - style.marginMm) * PIXELS_PER_MM - SPARE_PX
  const parts: FormSheet[] = []
  let [from, at] = [0, heights.beforeRows]
  form.lines.forEach((_, index) => {
    const height = heights.rows[index] ?? 0
    if (at + height > room) {
      parts.push(cutForm(form, from, index))
      from = index
      at = style.marginMm * PIXELS_PER_MM
    }
    at += height
  })
  return [...parts, cutForm(form, from, form.lines.length)]
}

const PIXELS_PER_MM = 96 / 25.4
/** A tall cell that is printed again on the next page may need a little more height there. */
const SPARE_PX = 40

function kindOf({ scan, host }: SheetPlan, pageOfSheet: number): string {
  if (scan === null) return 'text'
  if (host !== undefined && pageOfSheet === 0) return 'mixed'
  return scan.layer === null ? 'scan' : 'untrusted-text'
}

function truthOf(plan: DocumentPlan, sheet: Sheet, rows: readonly SheetRow[], pageNumber: number): TruthRecord[] {
  const { recordType } = sheet
  return rows.flatMap((row) =>
    recordType === null || row.fields === null || row.rowIndex === null
      ? []
      : [
          {
            publisher: plan.publisher,
            fiscal_year: plan.fiscalYear,
            record_type: recordType,
            page_number: pageNumber,
            table_index: 1,
            row_index: row.rowIndex,
            fields: row.fields,
          },
        ],
  )
}

/** The lines of a budget table on one page: those of the left block before those of the right, numbered over the pages. */
function budgetTruth(plan: DocumentPlan, sheet: Sheet, rows: readonly SheetRow[], pageNumber: number): TruthRecord[] {
  if (sheet.recordType !== 'budget_line') return []
  const before = sheet.rows.slice(0, sheet.rows.indexOf(rows[0] as SheetRow))
  const from = before.reduce((count, { lines }) => count + (lines?.length ?? 0), 0)
  const lines = rows.flatMap((row) => row.lines ?? [])
  const isRight = ({ side }: LineFields) => side === 'expenditure'
  return [...lines.filter((line) => !isRight(line)), ...lines.filter(isRight)].map((fields, index) => ({
    publisher: plan.publisher,
    fiscal_year: plan.fiscalYear,
    record_type: 'budget_line' as const,
    page_number: pageNumber,
    table_index: 1,
    row_index: from + index + 1,
    fields,
  }))
}

/** The rows page by page, as many as fit on each. */
async function splitRows(browser: PageBrowser, { sheet, style, repeatsHeader }: SheetPlan): Promise<SheetRow[][]> {
  const part: SheetPart = { rows: sheet.rows, hasTitle: true, hasHeader: true, hasBelow: true, isTall: true }
  const heights = await browser.measureRows(sheetPageHtml(sheet, part), sheetCss(style), style.paper)
  const pixelsPerMm = 96 / 25.4
  const bottom = (style.paper.heightMm - style.marginMm) * pixelsPerMm - (sheet.below === '' ? 6 : 30)
  const topOfNext = style.marginMm * pixelsPerMm + (repeatsHeader ? heights.header : 0)
  const pages: SheetRow[][] = [[]]
  let at = heights.beforeRows
  sheet.rows.forEach((row, index) => {
    const height = (heights.rows[index] ?? 0) + 0.5
    if (at + height > bottom) {
      pages.push([])
      at = topOfNext
    }
    pages.at(-1)?.push(row)
    at += height
  })
  return pages
}

async function buildSheetPage(
  plan: SheetPlan,
  rows: readonly SheetRow[],
  pageOfSheet: number,
  browser: PageBrowser,
  random: Random,
): Promise<PageContent> {
  const { sheet, style, scan } = plan
  const html = sheetPageHtml(sheet, {
    rows,
    hasTitle: pageOfSheet === 0,
    hasHeader: pageOfSheet === 0 || plan.repeatsHeader,
    hasBelow: rows.at(-1) === sheet.rows.at(-1),
    overlay: plan.overlay(pageOfSheet),
  })
  const css = sheetCss(style)
  await assertFits(browser, html, css, style.paper)
  if (scan === null) return { kind: 'digital', pdf: await browser.printPdf(html, css, style.paper) }
  const photo = await browser.photograph(html, css, style.paper, scan.wear.dpi)
  const scanned = await scanPage(photo, scan.wear, random)
  if (plan.host !== undefined && pageOfSheet === 0) {
    await assertFits(browser, plan.host.html, plan.host.css, plan.host.paper)
    const pdf = await browser.printPdf(plan.host.html, plan.host.css, plan.host.paper)
    return { kind: 'picture', pdf, scan: scanned, place: plan.host.place }
  }
  return { kind: 'scan', scan: scanned, layer: scan.layer === null ? null : scan.layer(scanned.lines) }
}

async function assertFits(browser: PageBrowser, html: string, css: string, paper: PaperSize): Promise<void> {
  const overflow = await browser.measureOverflow(html, css, paper)
  if (overflow > 1) throw new Error(`contents reach ${overflow.toFixed(1)} px past the page's margin`)
}
