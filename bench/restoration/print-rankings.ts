import type { RankedSet } from './posterior-figures.ts'

const WIDTHS = [26, 8, 14, 14, 14, 8, 10]

/** Prints how candidates rank with strings alone and with posteriors, wear by wear. */
export function printRankings(sets: readonly RankedSet[]): void {
  for (const { name, rankings, bytesPerGlyph } of sets) {
    process.stdout.write(`\n${name} (posteriors: ${bytesPerGlyph.toFixed(0)} bytes a glyph)\n`)
    write(['', 'cells', 'truth is first', 'taken unasked', 'of these wrong', 'margin', 'cells/s'])
    for (const { witnesses, cells, first, taken, takenWrong, margin, cellsPerSecond } of rankings) {
      const shares = [first, taken].map((part) => `${((100 * part) / cells).toFixed(1)} %`)
      write([witnesses, cells, ...shares, takenWrong, margin.toFixed(3), cellsPerSecond.toFixed(0)])
    }
  }
}

function write(cells: readonly (string | number)[]): void {
  const padded = cells.map((cell, index) =>
    index === 0 ? String(cell).padEnd(WIDTHS[0] ?? 0) : String(cell).padStart(WIDTHS[index] ?? 0),
  )
  process.stdout.write(`  ${padded.join('  ')}\n`)
}
