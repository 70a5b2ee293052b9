import { type BoundingBox, boxHeight, unionOfBoxes } from '../../model/bounding-box.ts'
import type { GradedField, GradedRecord } from '../../model/record.ts'
import { type Html, html } from '../../publish/html.ts'
import { toPublishedGrade, toRecordId } from '../../publish/to-json-lines.ts'
import type { DocumentSite, SiteTable } from './document-site.ts'
import { publishedPageLink, renderPage } from './page-frame.ts'
import { renderBox, renderCrop } from './picture-view.ts'
import { renderField } from './render-field.ts'
import { INDEX, recordFile } from './site-places.ts'
import { tableName } from './table-page.ts'

/** The page of one record: its row on the page, and each field with its evidence. */
export function renderRecordPage(site: DocumentSite, table: SiteTable, index: number): string {
  const { document, words, pictures } = site
  const record = table.records[index]
  if (record === undefined) throw new RangeError(`the table has no record ${index}`)
  const { documentId, fileName } = document
  const id = toRecordId(documentId, record)
  const context = {
    documentId,
    words,
    findPage: site.findPage,
    pictureOf: (pageNumber: number) => pictures.get(pageNumber) ?? null,
  }
  const crumbs = [
    { text: fileName, href: INDEX },
    { text: tableName(table, words), href: table.file },
    { text: words.say('row', { row: record.rowIndex }), href: null },
  ]
  return renderPage(
    { title: id, root: '../../', crumbs, words },
    html`<h1>${words.recordType(record.recordType)} <small>${words.say('row', { row: record.rowIndex })}</small></h1>
<p class="id"><code>${id}</code> <span class="badge ${record.status}">${words.say(`grade-${record.status}`)}</span></p>
${renderNeighbours(site, table, index)}
${renderRow(site, record)}
<nav class="fields" aria-label="${words.say('fields')}">${record.fields.map((field) => html`<a class="${toPublishedGrade(field)}" href="#${field.name}">${words.field(field.name)}</a>`)}</nav>
${record.fields.map((field) => renderField(field, site.checksOf(record, field.name), context))}`,
  )
}

function renderNeighbours({ document, words }: DocumentSite, { records }: SiteTable, index: number): Html {
  const link = (record: GradedRecord | undefined, text: string, rel: string) =>
    record === undefined ? null : html`<a rel="${rel}" href="${recordFile(document.documentId, record)}">${text}</a>`
  const before = link(records[index - 1], `← ${words.say('previous-record')}`, 'prev')
  const after = link(records[index + 1], `${words.say('next-record')} →`, 'next')
  return html`<nav class="neighbours" aria-label="${words.say('records')}">${before} ${after}</nav>`
}

function renderRow({ document, words, pictures }: DocumentSite, record: GradedRecord): Html | null {
  const picture = pictures.get(record.pageNumber)
  const fields = fieldsOfRow(record)
  const box = unionOfBoxes(fields.map(({ bbox }) => bbox))
  if (picture === undefined || box === null) return null
  const label = words.say('the-row')
  const marks = fields.map((field) =>
    renderBox(field.bbox, toPublishedGrade(field), words.field(field.name), `#${field.name}`),
  )
  return html`<figure class="row"><div class="scroll">${renderCrop(picture, { box, marks, label, kind: 'row' })}</div><figcaption>${label}, ${words.say('page', { page: record.pageNumber })} ${publishedPageLink(document.sourceUrl, record.pageNumber, words)}</figcaption></figure>`
}

/** Merged cells reach over several lines and would make the picture as high as the table. */
function fieldsOfRow({ fields, pageNumber }: GradedRecord): readonly GradedField[] {
  const here = fields.filter((field) => field.pageNumber === pageNumber)
  const lowest = here.toSorted((a, b) => boxHeight(a.bbox) - boxHeight(b.bbox))[0]
  if (lowest === undefined) return []
  const reach = boxHeight(lowest.bbox)
  return here.filter(({ bbox }) => Math.abs(middleOf(bbox) - middleOf(lowest.bbox)) <= reach)
}

function middleOf({ top, bottom }: BoundingBox): number {
  return (top + bottom) / 2
}
