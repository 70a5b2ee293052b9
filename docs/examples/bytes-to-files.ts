import { readFile, writeFile } from 'node:fs/promises'
import { extractTables, formatTables, PipelineError } from 'gongkai'

try {
  const tables = await extractTables(await readFile('report.pdf'), { pages: [2, 3] })
  await writeFile('tables.csv', formatTables('report.pdf', tables, 'csv'))
  await writeFile('tables.html', formatTables('report.pdf', tables, 'html'))
} catch (error) {
  if (!(error instanceof PipelineError)) throw error
  console.error(`${error.code}: ${error.message}\n${error.remedy}`)
}
