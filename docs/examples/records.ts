import { normalize, openDocument, type PageExtract } from 'gongkai'

const document = await openDocument('report.pdf')
const pages: PageExtract[] = []
for await (const page of document.pages()) pages.push(page)
await document.close()

const { publisher, fiscalYear, records } = normalize(pages, { fileName: document.fileName })
console.log(publisher, fiscalYear)
for (const { recordType, status, fields } of records) {
  const values = fields.map(({ name, value, grade }) => `${name}=${value}${grade === 'review' ? '?' : ''}`)
  console.log(recordType, status, values.join(' '))
}
