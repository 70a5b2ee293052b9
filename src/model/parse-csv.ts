/**
 * Rows of a CSV text (RFC 4180: comma, double quotes doubled inside quotes, LF or CRLF; a byte order mark is dropped).
 * Empty lines give no row. Throws a SyntaxError with the line number when a quote is left open or stands in a bare value.
 */
export function parseCsv(text: string): string[][] {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  const rows: string[][] = []
  let row: string[] = []
  let line = 1
  let at = 0
  while (at < source.length) {
    const cell = source[at] === '"' ? readQuoted(source, at, line) : readBare(source, at, line)
    row.push(cell.value)
    line += cell.lineEnds
    at = cell.end
    if (source[at] === ',') {
      at += 1
      if (at < source.length) continue
      row.push('')
    } else if (source[at] === '\r' && source[at + 1] === '\n') at += 2
    else if (source[at] === '\n') at += 1
    else if (at < source.length) throw new SyntaxError(`line ${line}: text after a closing quote`)
    line += 1
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  return rows
}

interface CsvCell {
  readonly value: string
  readonly end: number
  readonly lineEnds: number
}

function readBare(source: string, start: number, line: number): CsvCell {
  let end = start
  while (end < source.length && source[end] !== ',' && source[end] !== '\n') end += 1
  if (source[end] === '\n' && source[end - 1] === '\r' && end > start) end -= 1
  const value = source.slice(start, end)
  if (value.includes('"')) throw new SyntaxError(`line ${line}: a quote inside a value that is not quoted`)
  return { value, end, lineEnds: 0 }
}

function readQuoted(source: string, start: number, line: number): CsvCell {
  let value = ''
  let at = start + 1
  for (;;) {
    const quote = source.indexOf('"', at)
    if (quote === -1) throw new SyntaxError(`line ${line}: a quote is never closed`)
    value += source.slice(at, quote)
    if (source[quote + 1] !== '"') return { value, end: quote + 1, lineEnds: value.split('\n').length - 1 }
    value += '"'
    at = quote + 2
  }
}

/**
 * Rows of a CSV text with a header row, as objects. Throws a SyntaxError when a column of `columns` is missing or a row
 * is not as wide as the header.
 */
export function parseCsvRecords<Column extends string>(
  text: string,
  columns: readonly Column[],
): Readonly<Record<Column, string>>[] {
  const [header, ...rows] = parseCsv(text)
  if (header === undefined) throw new SyntaxError('the file has no header row')
  const missing = columns.filter((column) => !header.includes(column))
  if (missing.length > 0) throw new SyntaxError(`the header lacks ${missing.join(', ')}`)
  return rows.map((row, index) => {
    if (row.length !== header.length) {
      throw new SyntaxError(`data row ${index + 1} has ${row.length} values, the header ${header.length}`)
    }
    return Object.fromEntries(columns.map((column) => [column, row[header.indexOf(column)] ?? ''])) as Record<
      Column,
      string
    >
  })
}
