import { openDocument } from 'gongkai'

const document = await openDocument('report.pdf', { workers: 2 })
try {
  const pages = document.pages({
    pages: '1-2',
    signal: AbortSignal.timeout(10 * 60_000),
    onFailure: (error, pageNumber) => console.error(`page ${pageNumber}: ${error.code}: ${error.remedy}`),
  })
  for await (const { pageNumber, kind, tables, lines } of pages) {
    console.log(`page ${pageNumber} (${kind}): ${tables.length} tables, ${lines.length} lines beside them`)
  }
} finally {
  await document.close()
}
