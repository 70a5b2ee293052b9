import type { TruthTable } from './find-cases.ts'

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * Tables of a structure file of the ICDAR 2013 table competition (`NAME-str.xml` beside `NAME.pdf`): a table has regions, one
 * a page or part of a page, and each of them cells with the row and column where they begin, counted from 0 and, in later
 * regions, from where the region before ended. A cell that spans several columns stands in its first, as in our own tables.
 */
export function readIcdarTruth(xml: string): readonly TruthTable[] {
  return elementsOf(xml, 'region').map(({ attributes, content }) => {
    const cells = elementsOf(content, 'cell').map((cell) => ({
      row: numberOf(cell.attributes, 'start-row'),
      column: numberOf(cell.attributes, 'start-col'),
      text: textOf(elementsOf(cell.content, 'content')[0]?.content ?? ''),
    }))
    const rowCount = Math.max(0, ...cells.map(({ row }) => row + 1))
    const columnCount = Math.max(0, ...cells.map(({ column }) => column + 1))
    const rows = Array.from({ length: rowCount }, () => Array.from({ length: columnCount }, () => ''))
    for (const { row, column, text } of cells) {
      const line = rows[row]
      if (line !== undefined) line[column] = text
    }
    return { pageNumber: numberOf(attributes, 'page'), rows }
  })
}

interface Element {
  readonly attributes: string
  readonly content: string
}

/** Elements of a name that has none of its own kind inside. */
function elementsOf(xml: string, name: string): readonly Element[] {
  const pattern = new RegExp(`<${name}(\\s[^>]*?)?(?:/>|>(.*?)</${name}>)`, 'gs')
  return [...xml.matchAll(pattern)].map(([, attributes = '', content = '']) => ({ attributes, content }))
}

/** Throws for an attribute that is not there: then it is no such file. */
function numberOf(attributes: string, name: string): number {
  const value = new RegExp(`\\b${name}=["'](\\d+)["']`).exec(attributes)?.[1]
  if (value === undefined) throw new Error(`no attribute ${name} in <…${attributes}>`)
  return Number(value)
}

function textOf(markup: string): string {
  return markup
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, decimal?: string, hex?: string, name?: string) => {
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
      return hex === undefined ? (ENTITIES[name ?? ''] ?? all) : String.fromCodePoint(Number.parseInt(hex, 16))
    })
    .trim()
}
