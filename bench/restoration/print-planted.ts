import type { PlantedOutcome } from './judge-planted.ts'
import { ERROR_KINDS } from './plant-errors.ts'

const WIDTHS = [28, 9, 9, 9, 9]

/** Prints how many planted errors were flagged, asked about and left as printed, kind by kind. */
export function printPlanted(outcomes: readonly PlantedOutcome[], verbose: boolean): void {
  process.stdout.write("\npublisher's errors planted in clean documents\n")
  write(['error', 'planted', 'flagged', 'asked', 'altered'])
  for (const kind of ERROR_KINDS) {
    const own = outcomes.filter((outcome) => outcome.kind === kind)
    const count = (isMeant: (outcome: PlantedOutcome) => boolean) => own.filter(isMeant).length
    const flagged = count(({ isFlagged }) => isFlagged)
    const asked = count(({ isAsked }) => isAsked)
    const altered = count((outcome) => outcome.altered.length > 0)
    write([kind, own.length, flagged, asked, altered])
  }
  if (!verbose) return
  for (const { kind, seed, place, altered, contradicted } of outcomes) {
    const told = [...altered, ...contradicted].slice(0, 2).join('; ')
    process.stdout.write(`  ${kind}, seed ${seed}, ${place}: ${told}\n`)
  }
}

function write(cells: readonly (string | number)[]): void {
  const padded = cells.map((cell, index) =>
    index === 0 ? String(cell).padEnd(WIDTHS[0] ?? 0) : String(cell).padStart(WIDTHS[index] ?? 0),
  )
  process.stdout.write(`  ${padded.join('')}\n`)
}
