import { extractTables, tableToRows } from 'gongkai'

const tables = await extractTables('scan.jpg')
for (const table of tables) {
  console.log(`page ${table.pageNumber}, table ${table.tableIndex}: ${table.rowCount} × ${table.columnCount}`)
  for (const row of tableToRows(table)) console.log(row.join(' | '))
}
