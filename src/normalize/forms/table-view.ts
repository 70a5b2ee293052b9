import type { Cell, Table } from '../../model/table.ts'

/** A table by position: which cell covers a place, merged cells included. */
export interface TableView {
  readonly table: Table
  readonly rowCount: number
  readonly columnCount: number
  /** The cell that covers the place (0-based), or null where the grid has none. */
  cellAt(row: number, column: number): Cell | null
}

export function createTableView(table: Table): TableView {
  const places = new Map<number, Cell>()
  for (const cell of table.cells) {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row += 1) {
      for (let column = cell.column; column < cell.column + cell.columnSpan; column += 1) {
        places.set(row * table.columnCount + column, cell)
      }
    }
  }
  return {
    table,
    rowCount: table.rowCount,
    columnCount: table.columnCount,
    cellAt: (row, column) => places.get(row * table.columnCount + column) ?? null,
  }
}

/** The cell's text without any white space. */
export function compactText(cell: Cell | null): string {
  return cell === null ? '' : cell.text.replaceAll(/\s/g, '')
}

/** Every text that some reader saw in the cell, the cell's own first, without white space and repeats. */
export function compactReadings(cell: Cell | null): readonly string[] {
  if (cell === null) return []
  const texts = [cell.text, ...cell.readings.map((reading) => reading.lines.join(''))]
  return [...new Set(texts.map((text) => text.replaceAll(/\s/g, '')))].filter((text) => text !== '')
}

/** Whether the row holds one text alone, over most of the table's width or beside empty cells. */
export function isLoneTextRow(view: TableView, row: number): boolean {
  const filled = cellsOfRow(view, row).filter((cell) => compactText(cell) !== '')
  return filled.length === 1
}

/** The distinct cells that cover a row, left to right. */
export function cellsOfRow(view: TableView, row: number): readonly Cell[] {
  const cells: Cell[] = []
  for (let column = 0; column < view.columnCount; column += 1) {
    const cell = view.cellAt(row, column)
    if (cell !== null && cells.at(-1) !== cell) cells.push(cell)
  }
  return cells
}
