import type { InspectedEdge } from '../../model/inspection.ts'
import { ownersOfUnits, type ScanTable } from './grid.ts'

/** Every inner edge of a grid as it lies on the page, with what both ways to see cells say of it. */
export function inspectEdges(table: ScanTable): InspectedEdge[] {
  const { grid, edges, witness, bend, straightRows: rows, straightColumns: columns } = table
  const owners = ownersOfUnits(grid)
  const place = (row: number, column: number): readonly [number, number] => {
    const [x, y] = [columns[column] ?? 0, rows[row] ?? 0]
    return [x + bend.bendX(x, y), y + bend.bendY(x, y)]
  }
  const isParted = (a: number, b: number): boolean => owners[a] !== owners[b]
  const found: InspectedEdge[] = []
  for (let r = 0; r < edges.rows; r++) {
    for (let c = 0; c < edges.columns; c++) {
      const unit = r * edges.columns + c
      if (c + 1 < edges.columns) {
        found.push({
          from: place(r, c + 1),
          to: place(r + 1, c + 1),
          pixels: edges.right(r, c),
          areas: toWords(witness?.right(r, c)),
          isParted: isParted(unit, unit + 1),
        })
      }
      if (r + 1 < edges.rows) {
        found.push({
          from: place(r + 1, c),
          to: place(r + 1, c + 1),
          pixels: edges.below(r, c),
          areas: toWords(witness?.below(r, c)),
          isParted: isParted(unit, unit + edges.columns),
        })
      }
    }
  }
  return found
}

function toWords(said: number | undefined): InspectedEdge['areas'] {
  if (said === 1) return 'parted'
  return said === 0 ? 'one' : 'silent'
}
