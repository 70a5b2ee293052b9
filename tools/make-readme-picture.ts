/**
 * Makes docs/images/scan-to-table.png: a sealed scan as it was published beside what gongkai reads in it. Nothing in it is
 * written by hand. Wants a Chromium on PATH: npx tsx tools/make-readme-picture.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import sharp from 'sharp'
import { openBrowser } from '../bench/generate/browser.ts'
import { encodeJpeg } from '../src/extract/raster/image-file.ts'
import { type GradedField, normalize, openDocument, type PageExtract } from '../src/library.ts'
import { escapeHtml } from '../src/publish/escape-html.ts'
import { openDocumentBytes } from '../src/queue/document-file.ts'

const SAMPLE = 'samples/shashi-culture-2024-sealed-scan.pdf'
const TARGET = 'docs/images/scan-to-table.png'
const SCAN_DPI = 170
const JPEG_QUALITY = 88
const PAPER = { widthMm: 400, heightMm: 164 }
const PICTURE_DPI = 130
const COLUMNS = ['unit_name', 'item_code', 'item_name', 'function_code', 'quantity', 'unit_price', 'amount']
const HEADINGS = ['单位', '品目代码', '品目名称', '功能科目', '数量', '单价', '金额（元）']
const MENDED = ['amount-repaired', 'code-restored', 'name-restored']

const document = await openDocument(SAMPLE)
const pages: PageExtract[] = []
for await (const page of document.pages()) pages.push(page)
await document.close()
const { records, checks } = normalize(pages, { fileName: document.fileName })

const file = await openDocumentBytes(new Uint8Array(readFileSync(SAMPLE)))
const scan = await encodeJpeg(await (await file.readPage(1)).render(SCAN_DPI), JPEG_QUALITY)
await file.close()

function cell(field: GradedField | undefined): string {
  if (field === undefined) return '<td></td>'
  const isMended = field.flags.some(({ code }) => MENDED.includes(code))
  const raw = isMended ? `<small>${escapeHtml(field.raw)}</small>` : ''
  const money = field.isMoney === true || field.name === 'quantity' ? 'number' : ''
  const grade = isMended ? 'mended' : field.grade
  return `<td class="${grade} ${money}">${raw}${escapeHtml(field.value ?? '')}</td>`
}

const rows = records.map(({ fields }) => {
  const named = new Map(fields.map((field) => [field.name, field]))
  return `<tr>${COLUMNS.map((name) => cell(named.get(name))).join('')}</tr>`
})
const holding = checks.filter(({ outcome }) => outcome === 'holds' || outcome === 'repaired').length
const accepted = records.filter(({ status }) => status === 'accepted').length

const css = `
body { margin: 0; background: #fff; font: 12.5px "Noto Sans CJK SC", sans-serif; color: #1b2430 }
main { display: grid; grid-template-columns: 49% 49%; gap: 2%; padding: 14px }
h2 { font-size: 15px; margin: 0 0 8px; font-weight: 600 }
img { width: 100%; border: 1px solid #ccd }
table { border-collapse: collapse; width: 100% }
th { text-align: left; background: #eef2f7; font-weight: 600 }
th, td { border: 1px solid #c9d2dd; padding: 4.2px 6px }
.number { text-align: right; font-variant-numeric: tabular-nums }
.accepted { background: #f2fbf4 }
.review { background: #fdecec }
.mended { background: #fff3d0 }
small { color: #a0522d; text-decoration: line-through; display: block }
p { margin: 9px 0 0; color: #45505e }`
const body = `<main>
<section><h2>公布的扫描页 · as published</h2><img src="data:image/jpeg;base64,${Buffer.from(scan).toString('base64')}"></section>
<section><h2>gongkai 的结果 · as read</h2>
<table><tr>${HEADINGS.map((heading) => `<th>${heading}</th>`).join('')}</tr>${rows.join('')}</table>
<p>${accepted} / ${records.length} rows accepted · ${holding} / ${checks.length} checks hold ·
<span class="mended">restored: what was read, and what catalogue and sums prove</span></p></section></main>`

const browser = await openBrowser()
try {
  const { png } = await browser.photograph(body, css, PAPER, PICTURE_DPI)
  writeFileSync(TARGET, await sharp(png).png({ palette: true, colours: 128, effort: 9 }).toBuffer())
} finally {
  await browser.close()
}
console.log(TARGET)
