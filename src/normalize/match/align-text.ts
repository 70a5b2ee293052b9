import { isDigit, isHan, isLatinLetter } from './fold-text.ts'
import { createNumberRows } from './number-rows.ts'
import type { ObservedText } from './observed-text.ts'

const newRow = createNumberRows()

/*
 * Costs are nats (-log probability) of one event of damage. They are coarse on purpose: what decides is that every
 * explanation of a cell is weighed with the same ones.
 */
const AS_READ = 0.03
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
/** Codes are ASCII. */
const FIRST_NO_CODE_GLYPH = 0x80
const BRACKET_LOST = 0.6
const BRACKET_MISREAD = 0.9
const DIGIT_FOR_DIGIT = 5.5
const GLYPH_FOR_CODE = 3.2
const GLYPH_FOR_RUN = [0, 0, 3.4, 4, 5] as const
const CODE_LOST = { open: 4.5, more: 1.2 }
const NAME_LOST = { open: 5, more: 1.8 }
const NOT_PRINTED = 7
const HAN_FOR_HAN = 8
const OTHER_FOR_HAN = 6.5
const PIECES_FOR_HAN = [0, 4, 4.2, 4.6] as const
const SPECK = 1.6
const STRAY_LETTER = 3.5
const STRAY_DIGIT = 5
const STRAY_HAN = 8
const REMARK = 1.5
const TAIL = { open: 5, more: 2.5 }

/** One event of damage covers fewer observed glyphs than this. */
const LONGEST_STEP = 4
/** A damaged code holds at most so many Han characters; where there are more, a name was printed. */
const MOST_HAN_IN_CODE = 6
const NO_EDGES: ObservedText['edges'][number] = []

/** The longest damaged code with its brackets, in glyphs. */
const CODE_REACH = 10

/**
 * Cost of reading `observed[0..i)` where `code` was printed, in brackets or bare, for every i. Costs above `limit` may be
 * given as infinite.
 */
export function alignCode(observed: ObservedText, code: string, limit = Number.POSITIVE_INFINITY): Float64Array {
  const truth = [OPEN_BRACKET, ...unitsOf(code), CLOSE_BRACKET]
  const length = observed.glyphs.length
  const reach = Math.min(length, truth.length + CODE_REACH)
  const width = truth.length + 1
  const [cost, lost] = blankMatrices((reach + 1) * width)
  cost[0] = 0
  let rowsAbove = 0
  for (let i = 0; i <= reach; i += 1) {
    const seen = observed.glyphs[i] ?? 0
    const assurance = observed.assurance[i] ?? 0
    const stray = strayCost(seen) + assurance
    const mayBeRun = !isDigit(seen)
    const edges = observed.edges[i] ?? NO_EDGES
    let least = Number.POSITIVE_INFINITY
    for (let j = 0; j < width; j += 1) {
      const at = i * width + j
      const here = Math.min(cost[at] ?? 0, lost[at] ?? 0)
      if (here === Number.POSITIVE_INFINITY) continue
      if (here < least) least = here
      const wanted = truth[j]
      if (wanted !== undefined) {
        if (isBracket(wanted)) lower(cost, at + 1, here + BRACKET_LOST)
        else lower(lost, at + 1, Math.min((cost[at] ?? 0) + CODE_LOST.open, (lost[at] ?? 0) + CODE_LOST.more))
      }
      if (i === reach) continue
      lower(cost, at + width, here + stray)
      if (wanted === undefined) continue
      lower(cost, at + width + 1, here + codeGlyphCost(observed, i, wanted))
      if (mayBeRun) {
        for (let run = 2; run <= 4 && j + run < width - 1 && j > 0; run += 1) {
          lower(cost, at + width + run, here + (GLYPH_FOR_RUN[run] ?? 0) + assurance)
        }
      }
      for (const edge of edges) {
        if (i + edge.observed.length > reach || !fits(truth, j, edge.truth)) continue
        lower(cost, at + edge.observed.length * width + edge.truth.length, here + edge.cost + assurance)
      }
    }
    // No step crosses so many glyphs: whatever ends further right passes through one of these rows.
    rowsAbove = least > limit ? rowsAbove + 1 : 0
    if (rowsAbove >= LONGEST_STEP) break
  }
  const result = newRow(length + 1).fill(Number.POSITIVE_INFINITY)
  for (let i = 0; i <= reach; i += 1) {
    const end = i * width + width - 1
    result[i] = Math.min(cost[end] ?? 0, lost[end] ?? 0)
  }
  result[0] = Math.min(result[0] ?? 0, NOT_PRINTED)
  return result
}

/** What reading `observed[0..i)` costs at least under any code, for every i: Han characters in a code are damage. */
export function leastCodeCost(observed: ObservedText): Float64Array {
  const { glyphs, edges, known, assurance } = observed
  const least = new Float64Array(glyphs.length + 1)
  for (const [i, glyph] of glyphs.entries()) {
    least[i + 1] = least[i] ?? 0
    if (!isHan(glyph)) continue
    let cost = GLYPH_FOR_CODE
    for (const [truth, each] of known[i] ?? []) if (truth < FIRST_NO_CODE_GLYPH) cost = Math.min(cost, each)
    for (let start = Math.max(0, i - LONGEST_STEP); start <= i; start += 1) {
      for (const { observed: run, cost: each } of edges[start] ?? [])
        if (start + run.length > i) cost = Math.min(cost, each / run.length)
    }
    least[i + 1] = (least[i] ?? 0) + Math.max(0, cost + Math.min(0, assurance[i] ?? 0))
  }
  return least
}

/**
 * Cost of reading `observed[i..end)` where `name` was printed, perhaps with a remark behind it, for every i. Costs above
 * `limit` may be given as infinite: most names of a catalogue are out after a few glyphs.
 */
export function alignName(observed: ObservedText, name: string, limit = Number.POSITIVE_INFINITY): Float64Array {
  const truth = unitsOf(name)
  const length = observed.glyphs.length
  const width = truth.length + 1
  const [cost, lost] = blankMatrices((length + 1) * width)
  let rowsAbove = 0
  for (let i = length; i >= 0; i -= 1) {
    const seen = observed.glyphs[i] ?? 0
    const assurance = observed.assurance[i] ?? 0
    const stray = strayCost(seen) + assurance
    const edges = observed.edges[i] ?? NO_EDGES
    let least = Number.POSITIVE_INFINITY
    for (let j = width - 1; j >= 0; j -= 1) {
      const at = i * width + j
      const wanted = truth[j]
      if (wanted === undefined) lower(cost, at, tailCost(observed, i))
      else lower(cost, at, (lost[at + 1] ?? 0) + (isHan(wanted) ? NAME_LOST.open : SPECK))
      if (i < length) {
        lower(cost, at, (cost[at + width] ?? 0) + stray)
        if (wanted !== undefined) {
          lower(cost, at, (cost[at + width + 1] ?? 0) + nameGlyphCost(observed, i, wanted))
          // One Han character read as up to three pieces that are none: 职 as "t『", 排 as "111".
          for (let pieces = 1; isHan(wanted) && pieces <= 3 && i + pieces <= length; pieces += 1) {
            if (isHan(observed.glyphs[i + pieces - 1] ?? 0)) break
            lower(cost, at, (cost[at + pieces * width + 1] ?? 0) + (PIECES_FOR_HAN[pieces] ?? 0) + assurance)
          }
          for (const edge of edges) {
            if (!fits(truth, j, edge.truth)) continue
            const rest = cost[at + edge.observed.length * width + edge.truth.length] ?? 0
            lower(cost, at, rest + edge.cost + assurance)
          }
        }
      }
      const alone = cost[at] ?? 0
      lost[at] = wanted === undefined ? alone : Math.min(alone, (lost[at + 1] ?? 0) + NAME_LOST.more)
      least = Math.min(least, alone)
    }
    // No step crosses so many glyphs: whatever begins further left passes through one of these rows.
    rowsAbove = least > limit ? rowsAbove + 1 : 0
    if (rowsAbove >= LONGEST_STEP) break
  }
  const result = newRow(length + 1)
  for (let i = 0; i <= length; i += 1) result[i] = cost[i * width] ?? 0
  if (observed.hanCount <= MOST_HAN_IN_CODE) result[length] = Math.min(result[length] ?? 0, NOT_PRINTED)
  return result
}

function codeGlyphCost(observed: ObservedText, i: number, wanted: number): number {
  const seen = observed.glyphs[i] ?? 0
  if (seen === wanted) return AS_READ
  const assurance = observed.assurance[i] ?? 0
  if (isBracket(wanted)) {
    if (isDigit(seen) || isHan(seen)) return (observed.known[i]?.get(wanted) ?? Number.POSITIVE_INFINITY) + assurance
    return BRACKET_MISREAD
  }
  const known = observed.known[i]?.get(wanted) ?? DIGIT_FOR_DIGIT
  return (isDigit(seen) ? known : Math.min(known, GLYPH_FOR_CODE)) + assurance
}

function nameGlyphCost(observed: ObservedText, i: number, wanted: number): number {
  const seen = observed.glyphs[i] ?? 0
  if (seen === wanted) return AS_READ
  const unseen = isHan(seen) && isHan(wanted) ? HAN_FOR_HAN : OTHER_FOR_HAN
  return (observed.known[i]?.get(wanted) ?? unseen) + (observed.assurance[i] ?? 0)
}

/** What stands behind the name: nothing, a remark in brackets, or an ending of the publisher's own. */
function tailCost(observed: ObservedText, from: number): number {
  const rest = observed.glyphs.length - from
  if (rest === 0) return 0
  if (observed.text[from] === '(' && /[)\]]$/.test(observed.text)) return REMARK + 0.05 * rest
  return TAIL.open + TAIL.more * rest
}

function strayCost(glyph: number): number {
  if (isHan(glyph)) return STRAY_HAN
  if (isDigit(glyph)) return STRAY_DIGIT
  return isLatinLetter(glyph) ? STRAY_LETTER : SPECK
}

/** Thousands of small alignments a second share two matrices; each call is done with them before it returns. */
let matrices: readonly [Float64Array, Float64Array] = [new Float64Array(1024), new Float64Array(1024)]

function blankMatrices(size: number): readonly [Float64Array, Float64Array] {
  if (matrices[0].length < size) matrices = [new Float64Array(size * 2), new Float64Array(size * 2)]
  matrices[0].fill(Number.POSITIVE_INFINITY, 0, size)
  matrices[1].fill(Number.POSITIVE_INFINITY, 0, size)
  return matrices
}

/** The UTF-16 units of folded text, which holds no others than those of the basic plane. */
function unitsOf(text: string): number[] {
  const units: number[] = []
  for (let at = 0; at < text.length; at += 1) units.push(text.charCodeAt(at))
  return units
}

function isBracket(glyph: number): boolean {
  return glyph === OPEN_BRACKET || glyph === CLOSE_BRACKET
}

function fits(truth: readonly number[], at: number, run: readonly number[]): boolean {
  for (let offset = 0; offset < run.length; offset += 1) if (truth[at + offset] !== run[offset]) return false
  return true
}

function lower(costs: Float64Array, at: number, cost: number): void {
  if (cost < (costs[at] ?? 0)) costs[at] = cost
}
