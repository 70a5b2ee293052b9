import type { ComparedSet, MatcherSpeed } from './matcher-figures.ts'

const WIDTHS = [24, 8, 14, 14, 14, 12]

/** Prints the contenders side by side, set by set, then the matcher's retrieval and speed. */
export function printMatchers(sets: readonly ComparedSet[], speed: MatcherSpeed): void {
  for (const { name, contenders, recall } of sets) {
    process.stdout.write(`\n${name}\n`)
    write(['', 'cells', 'best is right', 'taken unasked', 'of these wrong', 'cells/s'])
    for (const each of contenders) {
      const { cells, bestRight, taken, takenWrong, cellsPerSecond } = each
      write([each.name, cells, share(bestRight, cells), share(taken, cells), takenWrong, cellsPerSecond.toFixed(0)])
    }
    process.stdout.write(`  retrieval: the truth is among the proposals for ${recall.found} of ${recall.cells}\n`)
  }
  process.stdout.write('\nspeed of the matcher (cells a second of one core)\n')
  process.stdout.write(`  two readers, exact           ${speed.exact.toFixed(0)}\n`)
  for (const { entries, cellsPerSecond } of speed.bySize) {
    process.stdout.write(`  damaged, ${String(entries).padEnd(5)} entries       ${cellsPerSecond.toFixed(0)}\n`)
  }
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`
}

function write(cells: readonly (string | number)[]): void {
  const padded = cells.map((cell, index) =>
    index === 0 ? String(cell).padEnd(WIDTHS[0] ?? 0) : String(cell).padStart(WIDTHS[index] ?? 0),
  )
  process.stdout.write(`  ${padded.join('  ')}\n`)
}
