import { type Html, html } from '../../publish/html.ts'
import { countFields, type DocumentSite, type SiteTable } from './document-site.ts'
import { externalLink, figure, renderPage } from './page-frame.ts'
import { renderChecks } from './render-checks.ts'
import { documentFolder, INDEX } from './site-places.ts'
import { tableName } from './table-page.ts'

/** The page of one document: what it is, its tables, and what went wrong. */
export function renderDocumentPage(site: DocumentSite): string {
  const { document, words, tables } = site
  const { fileName, publisher, fiscalYear, pageCount, title, status, error } = document
  const counts = countFields(document.records, document.checks)
  const broken = document.checks.filter(({ outcome }) => outcome === 'contradicted')
  const context = { documentId: document.documentId, words, findPage: site.findPage }
  return renderPage(
    { title: fileName, root: '../../', crumbs: [{ text: fileName, href: null }], words },
    html`<h1>${title ?? fileName}</h1>
<p class="place">${[publisher, fiscalYear === null ? null : String(fiscalYear), fileName].filter((text) => text !== null).join(' · ')}</p>
<div class="figures">${figure(words.say('pages'), pageCount ?? 0)}${figure(words.say('rows'), counts.records)}${figure(words.say('fields'), counts.fields)}${figure(words.say('for-review'), counts.review, counts.review > 0 ? 'review' : '')}${figure(words.say('broken'), counts.broken, counts.broken > 0 ? 'broken' : '')}${figure(words.say('status'), words.say(`status-${status}`), status === 'complete' ? '' : 'review')}</div>
${error === null ? null : html`<p class="trouble"><code>${error.code}</code> ${words.error(error)}</p>`}
${section(words.say('tables'), tables.length === 0 ? null : renderTables(site, tables))}
${section(words.say('broken-list'), renderChecks(broken, context))}
${section(words.say('failed-pages'), renderFailures(site))}
${section(words.say('unused-tables'), renderUnused(site))}
${section(words.say('warnings'), renderWarnings(site))}
${section(words.say('related'), renderRelated(site))}
${section(words.say('document'), renderFacts(site))}`,
  )
}

function section(title: string, content: Html | null): Html | null {
  return content === null ? null : html`<section><h2>${title}</h2>${content}</section>`
}

function renderTables({ words }: DocumentSite, tables: readonly SiteTable[]): Html {
  return html`<div class="scroll"><table class="list"><thead><tr><th scope="col">${words.say('tables')}</th><th scope="col">${words.say('record')}</th><th scope="col" class="number">${words.say('rows')}</th><th scope="col" class="number">${words.say('for-review')}</th><th scope="col" class="number">${words.say('broken')}</th></tr></thead><tbody>
${tables.map((table) => {
  const { records, review, broken } = countFields(table.records, table.checks)
  const types = [...new Set(table.records.map(({ recordType }) => words.recordType(recordType)))].join(', ')
  return html`<tr><th scope="row"><a href="${table.file}">${tableName(table, words)}</a></th><td>${types}</td><td class="number">${records}</td><td class="number${review > 0 ? ' review' : ''}">${review}</td><td class="number${broken > 0 ? ' broken' : ''}">${broken}</td></tr>
`
})}</tbody></table></div>`
}

function renderFailures({ document, words }: DocumentSite): Html | null {
  const failed = document.pages.filter(({ error }) => error !== null)
  if (failed.length === 0) return null
  return html`<ul>${failed.map(({ pageNumber, error }) => html`<li>${words.say('page', { page: pageNumber })}: ${error === null ? null : html`<code>${error.code}</code> ${words.error(error)}`}</li>`)}</ul>`
}

function renderUnused({ document, words }: DocumentSite): Html | null {
  if (document.unusedTables.length === 0) return null
  return html`<ul>${document.unusedTables.map(({ pageNumber, tableIndex, reason }) => html`<li>${words.say('page', { page: pageNumber })}, ${words.say('table', { table: tableIndex })}: ${words.finding(reason)}</li>`)}</ul>`
}

function renderWarnings({ document, words }: DocumentSite): Html | null {
  const warned = document.pages.filter(({ warnings }) => warnings.length > 0)
  if (warned.length === 0) return null
  return html`<ul>${warned.map(({ pageNumber, warnings }) => html`<li>${words.say('page', { page: pageNumber })}: ${warnings.map(words.finding).join('; ')}</li>`)}</ul>`
}

function renderRelated({ document, words }: DocumentSite): Html | null {
  const related = document.related ?? []
  if (related.length === 0) return null
  return html`<ul>${related.map(({ documentId, fileName, relation }) => html`<li><a href="../../${documentFolder(documentId)}/${INDEX}">${fileName}</a> (${words.relation(relation)})</li>`)}</ul>`
}

function renderFacts({ document, words }: DocumentSite): Html {
  const { documentId, sourceUrl } = document
  return html`<dl class="facts"><dt>${words.say('content-hash')}</dt><dd><code>${documentId}</code></dd>${sourceUrl === null ? null : html`<dt>${words.say('source-address')}</dt><dd>${externalLink(sourceUrl)}</dd>`}</dl>`
}
