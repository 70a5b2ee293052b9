import { type Html, html } from '../../publish/html.ts'
import type { PublishedDocument } from '../../publish/published-document.ts'
import { countFields, type FieldCounts } from './document-site.ts'
import type { EvidenceWords } from './evidence-texts.ts'
import { figure, renderPage } from './page-frame.ts'
import { documentFolder, INDEX } from './site-places.ts'

/** What the first page of the site says of a document. */
export interface IndexEntry extends FieldCounts {
  readonly folder: string
  readonly fileName: string
  readonly publisher: string | null
  readonly fiscalYear: number | null
  readonly pageCount: number
  readonly status: PublishedDocument['status']
}

export function toIndexEntry(document: PublishedDocument): IndexEntry {
  const { documentId, fileName, publisher, fiscalYear, pageCount, status, records, checks } = document
  const about = { fileName, publisher, fiscalYear, pageCount: pageCount ?? 0, status }
  return { ...about, folder: documentFolder(documentId), ...countFields(records, checks) }
}

/** The first page of the site: all documents, by who published them and when. */
export function renderIndex(entries: readonly IndexEntry[], words: EvidenceWords): string {
  const sum = (of: (entry: IndexEntry) => number) => entries.reduce((total, entry) => total + of(entry), 0)
  const [review, broken] = [sum((entry) => entry.review), sum((entry) => entry.broken)]
  const sorted = entries.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
  return renderPage(
    { title: words.say('title'), root: '', crumbs: [], words },
    html`<h1>${words.say('title')}</h1>
<p class="hint">${words.say('title-hint')}</p>
<div class="figures">${figure(words.say('documents'), entries.length)}${figure(
      words.say('pages'),
      sum((entry) => entry.pageCount),
    )}${figure(
      words.say('rows'),
      sum((entry) => entry.records),
    )}${figure(
      words.say('fields'),
      sum((entry) => entry.fields),
    )}${figure(words.say('for-review'), review, review > 0 ? 'review' : '')}${figure(words.say('broken'), broken, broken > 0 ? 'broken' : '')}</div>
<div class="scroll"><table class="list"><thead><tr><th scope="col">${words.say('document')}</th><th scope="col">${words.say('publisher')}</th><th scope="col">${words.say('year')}</th><th scope="col" class="number">${words.say('pages')}</th><th scope="col" class="number">${words.say('rows')}</th><th scope="col" class="number">${words.say('for-review')}</th><th scope="col" class="number">${words.say('broken')}</th><th scope="col">${words.say('status')}</th></tr></thead><tbody>
${sorted.map((entry) => renderEntry(entry, words))}</tbody></table></div>`,
  )
}

function sortKey({ publisher, fiscalYear, fileName, folder }: IndexEntry): string {
  return JSON.stringify([publisher ?? '\uffff', fiscalYear ?? 0, fileName, folder])
}

function renderEntry(entry: IndexEntry, words: EvidenceWords): Html {
  const { folder, fileName, publisher, fiscalYear, pageCount, records, review, broken, status } = entry
  return html`<tr><th scope="row"><a href="${`${folder}/${INDEX}`}">${fileName}</a></th><td>${publisher}</td><td>${fiscalYear}</td><td class="number">${pageCount}</td><td class="number">${records}</td><td class="number${review > 0 ? ' review' : ''}">${review}</td><td class="number${broken > 0 ? ' broken' : ''}">${broken}</td><td><span class="badge ${status}">${words.say(`status-${status}`)}</span></td></tr>
`
}
