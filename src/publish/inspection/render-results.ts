import type { Check, GradedField, GradedRecord } from '../../model/record.ts'
import { escapeHtml } from '../escape-html.ts'
import { FIELD_COLUMNS } from '../field-columns.ts'
import type { Inspection } from './inspection.ts'
import type { PlacedItem } from './place-items.ts'
import { percent } from './tell-items.ts'

/** What came of the page: records, equations, and tables that gave nothing. Values lead to their place. */
export function renderResults(inspection: Inspection, items: readonly PlacedItem[]): string {
  const { records, checks, unusedTables, isAlone } = inspection
  return [renderRecords(records, items), isAlone ? ALONE : '', renderChecks(checks), renderUnused(unusedTables)].join(
    '\n',
  )
}

const ALONE =
  '<p class="hint">Fields are those of the page read by itself; with --results and the folder of an ingest they are those of the whole document.</p>'

function renderRecords(records: readonly GradedRecord[], items: readonly PlacedItem[]): string {
  const types = Object.keys(FIELD_COLUMNS) as (keyof typeof FIELD_COLUMNS)[]
  const sections = types.flatMap((recordType) => {
    const ofType = records.filter((record) => record.recordType === recordType)
    if (ofType.length === 0) return []
    const names = FIELD_COLUMNS[recordType].filter((name) =>
      ofType.some((record) => fieldOf(record, name) !== undefined),
    )
    const head = ['table', 'row', 'status', ...names].map((name) => `<th>${name}</th>`).join('')
    const rows = ofType.map((record) => renderRecord(record, names, items))
    return [
      `<h2>${recordType} <span>${ofType.length}</span></h2><div class="wide"><table><tr>${head}</tr>${rows.join('\n')}</table></div>`,
    ]
  })
  return sections.length === 0
    ? '<h2>No records</h2><p>No table of this page is of a known form.</p>'
    : sections.join('\n')
}

function renderRecord(record: GradedRecord, names: readonly string[], items: readonly PlacedItem[]): string {
  const cells = names.map((name) => {
    const field = fieldOf(record, name)
    if (field === undefined) return '<td></td>'
    const title = [`${percent(field.confidence)}; raw: ${field.raw}`, ...field.flags.map((flag) => flag.code)].join(
      '\n',
    )
    const item = items.findIndex((each) => each.fields.includes(field))
    const goTo = item < 0 ? '' : ` data-goto="${item}"`
    const value = field.value === null ? '<em>none</em>' : escapeHtml(field.value)
    return `<td class="${field.grade}"${goTo} title="${escapeHtml(title)}" lang="zh">${value}</td>`
  })
  return `<tr><td>${record.tableIndex}</td><td>${record.rowIndex}</td><td class="${record.status}">${record.status}</td>${cells.join('')}</tr>`
}

function fieldOf(record: GradedRecord, name: string): GradedField | undefined {
  return record.fields.find((field) => field.name === name)
}

function renderChecks(checks: readonly Check[]): string {
  if (checks.length === 0) return ''
  const rows = checks.map(({ kind, where, expected, found, difference, outcome }) => {
    const texts = [kind, where, expected ?? '', found ?? '', difference ?? '', outcome]
    return `<tr class="${outcome}">${texts.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`
  })
  const head = ['equation', 'where', 'expected', 'found', 'difference', 'outcome'].map((name) => `<th>${name}</th>`)
  return `<h2>Equations <span>${checks.length}</span></h2><div class="wide"><table><tr>${head.join('')}</tr>${rows.join('\n')}</table></div>`
}

function renderUnused(tables: Inspection['unusedTables']): string {
  if (tables.length === 0) return ''
  const items = tables.map((table) => `<li>table ${table.tableIndex}: ${escapeHtml(table.reason)}</li>`)
  return `<h2>Tables that gave no records</h2><ul>${items.join('')}</ul>`
}
