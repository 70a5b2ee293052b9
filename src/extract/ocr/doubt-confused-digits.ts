import type { Reading } from '../../model/table.ts'
import type { CellReading } from './choose-reading.ts'
import { foldText, isNumber } from './fold-text.ts'

/** So many cells of a table in which one reader sees one of two digits where the other sees the other: here they print alike. */
const CONFUSED_CELLS = 3
/** A digit read this surely stands for itself all the same. */
const SURE_DIGIT = 0.99

/**
 * Where the readers differ again and again by the same two digits (3 and 5 of a typeface whose thin strokes a fax lost), they can agree on the wrong
 * one, too: numbers with one of these digits, not read beyond doubt, get `digits-confused`. `readings` are the cells of one table.
 */
export function doubtConfusedDigits(readings: readonly CellReading[]): readonly CellReading[] {
  const counts = new Map<string, number>()
  for (const { readings: given } of readings) {
    const pair = confusedPair(given)
    if (pair !== null) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  const confused = new Set([...counts].flatMap(([pair, count]) => (count < CONFUSED_CELLS ? [] : [...pair])))
  if (confused.size === 0) return readings
  return readings.map((reading) => {
    const isDoubtful =
      isNumber(reading.text) &&
      reading.readings[0]?.characters.some((character) => {
        return confused.has(character.text) && character.confidence < SURE_DIGIT
      })
    if (!isDoubtful || reading.flags.includes('digits-confused')) return reading
    return { ...reading, flags: [...reading.flags, 'digits-confused'] }
  })
}

/** The two digits, in order, by which two readers' numbers differ; null where they differ otherwise or not at all. */
function confusedPair(readings: readonly Reading[]): string | null {
  const [first, ...others] = readings
  const second = others.find(({ reader }) => reader !== first?.reader && reader !== 'untrusted-text-layer')
  const [a, b] = [first, second].map((reading) => foldText(reading?.lines.join('') ?? ''))
  if (a === undefined || b === undefined || a.length !== b.length || !isNumber(a) || !isNumber(b)) return null
  const differing = [...a].flatMap((character, index) => (character === b[index] ? [] : [character + (b[index] ?? '')]))
  const pair = differing[0]
  return differing.length === 1 && pair !== undefined && /^\d\d$/.test(pair) ? [...pair].toSorted().join('') : null
}
