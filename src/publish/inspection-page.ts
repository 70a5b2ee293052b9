import { type BoundingBox, centreIsInside } from '../model/bounding-box.ts'
import { FLAG_MEANINGS, type FlagCode } from '../model/flag.ts'
import type { PageExtract, Ruling, Word } from '../model/page.ts'
import type { Check, GradedField, GradedRecord, UnusedTable } from '../model/record.ts'
import type { Cell, Table } from '../model/table.ts'
import { escapeHtml, toScriptJson } from './escape-html.ts'
import { INSPECTION_SCRIPT, INSPECTION_STYLE } from './inspection-assets.ts'
import { FIELD_COLUMNS } from './to-csv.ts'
import { roundTo } from './to-json-lines.ts'

/** One page with everything that was seen on it. `picture` is a data URI of the page as displayed. */
export interface Inspection {
  readonly fileName: string
  readonly extract: PageExtract
  readonly words: readonly Word[]
  readonly rulings: readonly Ruling[]
  readonly picture: string
  readonly records: readonly GradedRecord[]
  readonly checks: readonly Check[]
  readonly unusedTables: readonly UnusedTable[]
}

/** A cell with the fields that were made of it. */
interface InspectedCell {
  readonly table: Table
  readonly cell: Cell
  readonly fields: readonly GradedField[]
}

/** One self-contained HTML page: the picture with overlays to switch, the story of each cell, and the records. */
export function renderInspection(inspection: Inspection): string {
  const { extract, fileName } = inspection
  const fields = inspection.records.flatMap((record) => record.fields)
  const cells = extract.tables.flatMap((table) =>
    table.cells.map((cell) => ({ table, cell, fields: fields.filter((field) => isMadeOf(field, cell, extract)) })),
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeHtml(fileName)}, page ${extract.pageNumber}</title>
<style>${INSPECTION_STYLE}</style>
</head>
<body>
${renderHeading(inspection, cells)}
<main>
${renderPicture(inspection, cells)}
<aside id="story" aria-live="polite"><p class="hint">Point at a cell, or step through them with Tab: its text, what each reader saw, the value made of it and why.</p></aside>
</main>
${renderRecords(inspection.records)}
${renderChecks(inspection.checks)}
${renderUnused(inspection.unusedTables)}
<script type="application/json" id="cells">${toScriptJson(cells.map(toStory))}</script>
<script>${INSPECTION_SCRIPT}</script>
</body>
</html>
`
}

/** Fields carry the box of the cell that they were made of, or of a part of it. */
function isMadeOf(field: GradedField, cell: Cell, extract: PageExtract): boolean {
  return field.pageNumber === extract.pageNumber && centreIsInside(field.bbox, cell.bbox)
}

function renderHeading({ fileName, extract, records }: Inspection, cells: readonly InspectedCell[]): string {
  const accepted = records.filter((record) => record.status !== 'review').length
  const flagged = cells.filter(({ cell, fields }) => cell.flags.length > 0 || fields.some((f) => f.flags.length > 0))
  const warnings = extract.warnings.map((warning) => `<li>${escapeHtml(warning)}</li>`).join('')
  const layers = ['picture', 'words', 'rulings', 'cells', 'readings', 'flags']
  const hidden = ['words', 'rulings', 'readings']
  return `<header>
<h1>${escapeHtml(fileName)} <span>page ${extract.pageNumber}</span></h1>
<p><b class="kind">${extract.kind}</b> ${escapeHtml(extract.reason)}</p>
<p>${extract.tables.length} tables, ${cells.length} cells, ${flagged.length} of them flagged; ${records.length} records, ${accepted} accepted</p>
${warnings === '' ? '' : `<ul class="warnings">${warnings}</ul>`}
<nav>${layers
    .map(
      (layer) =>
        `<label class="${layer}"><input type="checkbox" data-layer="${layer}"${hidden.includes(layer) ? '' : ' checked'}> ${layer}</label>`,
    )
    .join(
      ' ',
    )}<label><input type="checkbox" id="zoom"> zoom</label><span class="legend"><i class="accepted"></i> accepted <i class="review"></i> for review <i class="unused"></i> no field</span></nav>
</header>`
}

function renderPicture(inspection: Inspection, cells: readonly InspectedCell[]): string {
  const { extract, words, rulings, picture } = inspection
  const { width, height } = extract
  return `<figure>
<svg viewBox="0 0 ${num(width)} ${num(height)}" role="img" aria-label="the page with overlays">
<image data-of="picture" href="${escapeHtml(picture)}" width="${num(width)}" height="${num(height)}" preserveAspectRatio="none"/>
<g data-of="words" hidden>${words.map((word) => `<rect class="word ${word.origin}" ${box(word.bbox)}><title>${escapeHtml(word.text)}</title></rect>`).join('')}${extract.lines.map((line) => `<rect class="line" ${box(line.bbox)}><title>${escapeHtml(line.text)}</title></rect>`).join('')}</g>
<g data-of="rulings" hidden>${rulings.map(renderRuling).join('')}</g>
<g data-of="cells">${cells.map(({ cell, fields }, index) => `<rect class="cell ${gradeOf(fields)}" ${box(cell.bbox)} tabindex="0" data-cell="${index}"/>`).join('')}</g>
<g data-of="readings" hidden>${cells.map(({ cell }) => renderReading(cell)).join('')}</g>
<g data-of="flags">${cells.map(({ cell, fields }) => renderFlagMark(cell, fields)).join('')}</g>
</svg>
</figure>`
}

function renderRuling({ orientation, position, start, end }: Ruling): string {
  const [x1, y1, x2, y2] =
    orientation === 'horizontal' ? [start, position, end, position] : [position, start, position, end]
  return `<line x1="${num(x1)}" y1="${num(y1)}" x2="${num(x2)}" y2="${num(y2)}"/>`
}

const LARGEST_READING = 9
const SMALLEST_READING = 3

/** The text as read, laid over its cell and made to fit. */
function renderReading(cell: Cell): string {
  if (cell.text === '') return ''
  const { x0, top, x1, bottom } = cell.bbox
  const lines = cell.text.split('\n')
  const longest = Math.max(...lines.map((line) => line.length))
  const fitting = Math.min((x1 - x0) / longest, (bottom - top) / lines.length)
  const size = Math.max(SMALLEST_READING, Math.min(LARGEST_READING, fitting))
  const spans = lines.map(
    (line, index) => `<tspan x="${num(x0 + 1)}" y="${num(top + size * (index + 1))}">${escapeHtml(line)}</tspan>`,
  )
  return `<text font-size="${num(size)}">${spans.join('')}</text>`
}

function renderFlagMark(cell: Cell, fields: readonly GradedField[]): string {
  const codes = [...cell.flags, ...fields.flatMap((field) => field.flags.map((flag) => flag.code))]
  if (codes.length === 0) return ''
  const { x1, top } = cell.bbox
  const title = [...new Set(codes)].join(', ')
  return `<path d="M${num(x1 - 5)} ${num(top)}h5v5z"><title>${escapeHtml(title)}</title></path>`
}

function gradeOf(fields: readonly GradedField[]): 'accepted' | 'review' | 'unused' {
  if (fields.length === 0) return 'unused'
  return fields.every((field) => field.grade === 'accepted') ? 'accepted' : 'review'
}

/** What the page tells of a cell; the script writes it as text, never as markup. */
function toStory({ table, cell, fields }: InspectedCell) {
  return {
    place: `table ${table.tableIndex}, row ${cell.row + 1}, column ${cell.column + 1}`,
    text: cell.text,
    origin: cell.origin,
    flags: cell.flags.map(explainFlag),
    readings: cell.readings.map(({ reader, lines, confidence }) => ({
      reader,
      text: lines.join(' ⏎ '),
      confidence: percent(confidence),
    })),
    fields: fields.map((field) => ({
      name: field.name,
      value: field.value,
      raw: field.raw,
      grade: field.grade,
      confidence: percent(field.confidence),
      flags: field.flags.map((flag) => `${explainFlag(flag.code)} (${flag.detail})`),
      evidence: field.evidence,
      candidates: field.candidates.map((candidate) => ({ ...candidate, probability: percent(candidate.probability) })),
    })),
  }
}

function explainFlag(code: string): string {
  return code in FLAG_MEANINGS ? `${code}: ${FLAG_MEANINGS[code as FlagCode]}` : code
}

function percent(share: number | null): string {
  return share === null ? '' : `${(share * 100).toFixed(1)} %`
}

function renderRecords(records: readonly GradedRecord[]): string {
  const types = Object.keys(FIELD_COLUMNS) as (keyof typeof FIELD_COLUMNS)[]
  const sections = types.flatMap((recordType) => {
    const ofType = records.filter((record) => record.recordType === recordType)
    if (ofType.length === 0) return []
    const names = FIELD_COLUMNS[recordType].filter((name) =>
      ofType.some((record) => fieldOf(record, name) !== undefined),
    )
    const head = ['table', 'row', 'status', ...names].map((name) => `<th>${name}</th>`).join('')
    const rows = ofType.map((record) => renderRecord(record, names))
    return [
      `<h2>${recordType} <span>${ofType.length}</span></h2><div class="wide"><table><tr>${head}</tr>${rows.join('\n')}</table></div>`,
    ]
  })
  return sections.length === 0
    ? '<h2>No records</h2><p>No table of this page is of a known form.</p>'
    : sections.join('\n')
}

function renderRecord(record: GradedRecord, names: readonly string[]): string {
  const cells = names.map((name) => {
    const field = fieldOf(record, name)
    if (field === undefined) return '<td></td>'
    const title = [`${percent(field.confidence)}; raw: ${field.raw}`, ...field.flags.map((flag) => flag.code)].join(
      '\n',
    )
    return `<td class="${field.grade}" title="${escapeHtml(title)}">${field.value === null ? '<em>none</em>' : escapeHtml(field.value)}</td>`
  })
  return `<tr><td>${record.tableIndex}</td><td>${record.rowIndex}</td><td class="${record.status}">${record.status}</td>${cells.join('')}</tr>`
}

function fieldOf(record: GradedRecord, name: string): GradedField | undefined {
  return record.fields.find((field) => field.name === name)
}

function renderChecks(checks: readonly Check[]): string {
  if (checks.length === 0) return ''
  const rows = checks.map((check) => {
    const texts = [
      check.kind,
      check.where,
      check.expected ?? '',
      check.found ?? '',
      check.difference ?? '',
      check.outcome,
    ]
    return `<tr class="${check.outcome}">${texts.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`
  })
  const head = ['equation', 'where', 'expected', 'found', 'difference', 'outcome']
  return `<h2>Equations <span>${checks.length}</span></h2><div class="wide"><table><tr>${head.map((name) => `<th>${name}</th>`).join('')}</tr>${rows.join('\n')}</table></div>`
}

function renderUnused(tables: readonly UnusedTable[]): string {
  if (tables.length === 0) return ''
  const items = tables.map((table) => `<li>table ${table.tableIndex}: ${escapeHtml(table.reason)}</li>`)
  return `<h2>Tables that gave no records</h2><ul>${items.join('')}</ul>`
}

function box({ x0, top, x1, bottom }: BoundingBox): string {
  return `x="${num(x0)}" y="${num(top)}" width="${num(Math.max(0, x1 - x0))}" height="${num(Math.max(0, bottom - top))}"`
}

function num(value: number): string {
  return String(roundTo(value, 2))
}
