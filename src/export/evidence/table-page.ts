import { groupBy } from '../../model/group-by.ts'
import type { GradedField, GradedRecord } from '../../model/record.ts'
import { type Html, html } from '../../publish/html.ts'
import { toPublishedGrade } from '../../publish/to-json-lines.ts'
import { countFields, type DocumentSite, type SiteTable } from './document-site.ts'
import type { EvidenceWords } from './evidence-texts.ts'
import { figure, publishedPageLink, renderPage } from './page-frame.ts'
import { renderBox, renderCrop } from './picture-view.ts'
import { renderChecks } from './render-checks.ts'
import { INDEX, recordFile } from './site-places.ts'

const GRADES = ['accepted', 'review', 'confirmed', 'corrected'] as const

/** What a table is called: by its page, and its number there. */
export function tableName({ pageNumber, tableIndex }: SiteTable, words: EvidenceWords): string {
  const name = tableIndex === 0 ? words.say('in-the-prose') : words.say('table', { table: tableIndex })
  return `${words.say('page', { page: pageNumber })}, ${name}`
}

/** The page of one table: its records as rows, its equations, and the page with a box for every field. */
export function renderTablePage(site: DocumentSite, table: SiteTable): string {
  const { document, words } = site
  const name = tableName(table, words)
  const counts = countFields(table.records, table.checks)
  const crumbs = [
    { text: document.fileName, href: INDEX },
    { text: name, href: null },
  ]
  const context = { documentId: document.documentId, words, findPage: site.findPage }
  return renderPage(
    { title: `${name} · ${document.fileName}`, root: '../../', crumbs, words },
    html`<h1>${name}</h1>
<div class="figures">${figure(words.say('rows'), counts.records)}${figure(words.say('fields'), counts.fields)}${figure(words.say('for-review'), counts.review, counts.review > 0 ? 'review' : '')}${figure(words.say('broken'), counts.broken, counts.broken > 0 ? 'broken' : '')}</div>
<p class="legend">${GRADES.map((grade) => html`<span><i class="${grade}"></i> ${words.say(`grade-${grade}`)}</span> `)}</p>
${[...groupBy(table.records, ({ recordType }) => recordType)].map(([, records]) => renderRecords(site, records))}
${table.checks.length === 0 ? null : html`<section><h2>${words.say('equations')}</h2>${renderChecks(table.checks, context)}</section>`}
${renderSheet(site, table)}`,
  )
}

function renderRecords({ document, words }: DocumentSite, records: readonly GradedRecord[]): Html {
  const names = [...new Set(records.flatMap(({ fields }) => fields.map(({ name }) => name)))]
  const [first] = records
  return html`<div class="scroll"><table class="records">
<caption>${first === undefined ? '' : words.recordType(first.recordType)}</caption>
<thead><tr><th scope="col">#</th>${names.map((name) => html`<th scope="col">${words.field(name)}</th>`)}</tr></thead>
<tbody>
${records.map((record) => {
  const file = recordFile(document.documentId, record)
  const cells = names.map((name) => renderCell(record.fields.find((field) => field.name === name) ?? null, file))
  return html`<tr><th scope="row"><a href="${file}" title="${words.say('record-link')}">${record.rowIndex}</a></th>${cells}</tr>
`
})}</tbody></table></div>`
}

function renderCell(field: GradedField | null, file: string): Html {
  if (field === null) return html`<td></td>`
  const title = [field.raw, ...field.flags.map(({ code }) => code)].join('\n')
  const isNumber = field.isMoney === true || (field.value !== null && /^-?\d+\.\d{2}$/.test(field.value))
  return html`<td class="${toPublishedGrade(field)}${isNumber ? ' number' : ''}" title="${title}"><a href="${`${file}#${field.name}`}">${field.value ?? '–'}</a></td>`
}

/** The page as published, with a box over every field that leads to its evidence. */
function renderSheet({ document, words, pictures }: DocumentSite, table: SiteTable): Html | null {
  const picture = pictures.get(table.pageNumber)
  if (picture === undefined) return null
  const boxes = table.records.flatMap((record) =>
    record.fields
      .filter((field) => field.pageNumber === table.pageNumber)
      .map((field) => {
        const title = `${words.field(field.name)}: ${field.value ?? words.say('no-value')}`
        const href = `${recordFile(document.documentId, record)}#${field.name}`
        return renderBox(field.bbox, toPublishedGrade(field), title, href)
      }),
  )
  const label = `${words.say('the-page')} ${table.pageNumber}`
  const box = { x0: 0, top: 0, x1: picture.width, bottom: picture.height }
  return html`<section><h2>${words.say('the-page')}</h2><p>${publishedPageLink(document.sourceUrl, table.pageNumber, words)}</p><div class="scroll">${renderCrop(picture, { box, marks: boxes, label, kind: 'page' })}</div></section>`
}
