import type { Voice } from '../../language/voice.ts'
import type { Check, GradedField, GradedRecord } from '../../model/record.ts'
import { kindIn, outcomeIn } from '../check-texts.ts'
import { escapeHtml } from '../escape-html.ts'
import { FIELD_COLUMNS } from '../field-columns.ts'
import { RECORD_TITLES } from '../field-titles.ts'
import { findingIn } from '../findings.ts'
import { fieldIn, type Language } from '../languages.ts'
import type { Inspection } from './inspection.ts'
import type { PlacedItem } from './place-items.ts'
import { gradeIn, percent } from './tell-items.ts'

/** What came of the page: records, equations, and tables that gave nothing. Values lead to their place. */
export function renderResults(inspection: Inspection, items: readonly PlacedItem[], voice: Voice): string {
  const { records, checks, unusedTables, isAlone } = inspection
  const alone = voice.say(
    'Fields are those of the page read by itself; with --results and the folder of an ingest they are those of the whole document.',
  )
  return [
    renderRecords(records, items, voice),
    isAlone ? `<p class="hint">${alone}</p>` : '',
    renderChecks(checks, voice),
    renderUnused(unusedTables, voice),
  ].join('\n')
}

function renderRecords(records: readonly GradedRecord[], items: readonly PlacedItem[], voice: Voice): string {
  const { say, language } = voice
  const types = Object.keys(FIELD_COLUMNS) as (keyof typeof FIELD_COLUMNS)[]
  const sections = types.flatMap((recordType) => {
    const ofType = records.filter((record) => record.recordType === recordType)
    if (ofType.length === 0) return []
    const names = FIELD_COLUMNS[recordType].filter((name) =>
      ofType.some((record) => fieldOf(record, name) !== undefined),
    )
    const titles = [say('table'), say('row'), say('status'), ...names.map((name) => nameIn(language, name))]
    const head = titles.map((title) => `<th>${title}</th>`).join('')
    const rows = ofType.map((record) => renderRecord(record, names, items, voice))
    const title = language === 'zh' ? RECORD_TITLES[recordType] : recordType
    return [
      `<h2>${title} <span>${ofType.length}</span></h2><div class="wide"><table><tr>${head}</tr>${rows.join('\n')}</table></div>`,
    ]
  })
  return sections.length === 0
    ? `<h2>${say('No records')}</h2><p>${say('No table of this page is of a known form.')}</p>`
    : sections.join('\n')
}

function nameIn(language: Language, name: string): string {
  return language === 'zh' ? fieldIn(language, name) : name
}

function renderRecord(
  record: GradedRecord,
  names: readonly string[],
  items: readonly PlacedItem[],
  voice: Voice,
): string {
  const cells = names.map((name) => {
    const field = fieldOf(record, name)
    if (field === undefined) return '<td></td>'
    const told = voice.say('{confidence}; raw: {raw}', { confidence: percent(field.confidence), raw: field.raw })
    const title = [told, ...field.flags.map((flag) => flag.code)].join('\n')
    const item = items.findIndex((each) => each.fields.includes(field))
    const goTo = item < 0 ? '' : ` data-goto="${item}"`
    const value = field.value === null ? `<em>${voice.say('(no value)')}</em>` : escapeHtml(field.value)
    return `<td class="${field.grade}"${goTo} title="${escapeHtml(title)}" lang="zh">${value}</td>`
  })
  return `<tr><td>${record.tableIndex}</td><td>${record.rowIndex}</td><td class="${record.status}">${gradeIn(voice, record.status)}</td>${cells.join('')}</tr>`
}

function fieldOf(record: GradedRecord, name: string): GradedField | undefined {
  return record.fields.find((field) => field.name === name)
}

function renderChecks(checks: readonly Check[], { say, language }: Voice): string {
  if (checks.length === 0) return ''
  const rows = checks.map(({ kind, where, expected, found, difference, outcome }) => {
    const figures = [expected ?? '', found ?? '', difference ?? '']
    const texts = [kindIn(language, kind), findingIn(language, where), ...figures, outcomeIn(language, outcome)]
    return `<tr class="${outcome}">${texts.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`
  })
  const titles = [say('equation'), say('where'), say('expected'), say('found'), say('difference'), say('outcome')]
  const head = titles.map((title) => `<th>${title}</th>`)
  return `<h2>${say('Equations')} <span>${checks.length}</span></h2><div class="wide"><table><tr>${head.join('')}</tr>${rows.join('\n')}</table></div>`
}

function renderUnused(tables: Inspection['unusedTables'], { say, language }: Voice): string {
  if (tables.length === 0) return ''
  const items = tables.map(({ tableIndex, reason }) => {
    const told = say('table {table}: {reason}', { table: tableIndex, reason: findingIn(language, reason) })
    return `<li>${escapeHtml(told)}</li>`
  })
  return `<h2>${say('Tables that gave no records')}</h2><ul>${items.join('')}</ul>`
}
