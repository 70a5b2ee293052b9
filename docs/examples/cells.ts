import { extractTables } from 'gongkai'

for (const { cells } of await extractTables('scan.jpg')) {
  for (const { row, column, rowSpan, columnSpan, bbox, text, readings, flags } of cells) {
    const place = `row ${row}+${rowSpan}, column ${column}+${columnSpan}, at ${bbox.x0.toFixed(0)}, ${bbox.top.toFixed(0)}`
    const seen = readings.map(({ reader, lines }) => `${reader} ${JSON.stringify(lines.join(''))}`)
    console.log(`${place}: ${text} (${seen.join(', ')}) ${flags.join(' ')}`)
  }
}
