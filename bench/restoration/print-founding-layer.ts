import type { FoundingLayerFigures, JudgedField, Share } from './founding-layer-figures.ts'

/** Prints what the garbled layer alone gives, and, with `verbose`, every field that is wrong. */
export function printFoundingLayer(
  figures: FoundingLayerFigures,
  fields: readonly JudgedField[],
  verbose: boolean,
): void {
  const unreadable = figures.unreadableAmount?.field
  const lines: readonly (readonly [string, string])[] = [
    ['rows', tell(figures.rows)],
    ['item codes and names', tell(figures.items)],
    ['function codes and names', tell(figures.functions)],
    ['economic codes and names', tell(figures.economics)],
    ['money, first candidate', tell(figures.money)],
    ['money proved by equations', String(figures.moneyProved)],
    ['money for review', String(figures.moneyForReview)],
    ['money accepted without proof', String(figures.moneyUnproved)],
    ['unreadable amount (48.00)', `${unreadable?.value ?? 'none'} ${unreadable?.grade ?? ''}`],
    ['all fields', tell(figures.fields)],
    ['accepted fields that are right', tell(figures.accepted)],
  ]
  process.stdout.write('\nfounding document, garbled layer alone (no pixels)\n')
  for (const [name, value] of lines) process.stdout.write(`  ${name.padEnd(32)}${value}\n`)
  if (!verbose) return
  for (const { recordType, rowIndex, name, truth, field, isRight } of fields) {
    if (isRight && field?.grade === 'accepted') continue
    const flags = field?.flags.map(({ code }) => code).join(' ')
    const mark = isRight ? 'right' : 'WRONG'
    const read = `value ${field?.value ?? null} | raw ${field?.raw ?? ''} | ${field?.grade ?? 'missing'} ${flags}`
    process.stdout.write(`  ${mark} ${recordType} row ${rowIndex} ${name}: truth ${truth} | ${read}\n`)
  }
}

function tell({ right, all }: Share): string {
  return `${right} / ${all}`
}
