import type { Random } from '../random.ts'
import type { Publisher } from './draw-lines.ts'
import type { Vocabulary } from './vocabulary.ts'
import { OFFICE_PROJECTS, PROJECT_TAILS } from './words.ts'

/** A line of an ordinary budget table: what it is called and how it is parted, in fen. */
export interface BudgetLine {
  readonly code: string
  readonly name: string
  /** 1 for a class (类, 301), 2 for what stands below it, 3 for the lowest. */
  readonly level: number
  readonly parts: readonly number[]
}

/** Spending by functional code: classes, groups and items with the sums of what stands below, in order of code. */
export function drawFunctionLines(
  vocabulary: Vocabulary,
  publisher: Publisher,
  count: number,
  parts: number,
  random: Random,
): BudgetLine[] {
  const own = vocabulary.functions.filter(({ code }) =>
    [...publisher.department.functions, '20805', '21011', '22102'].some((beginning) => code.startsWith(beginning)),
  )
  const leaves = random.sample(own, count).map(({ code, name }) => ({
    code,
    name,
    level: 3,
    parts: drawParts(parts, random),
  }))
  return withSums(leaves, [3, 5], vocabulary.functionNames)
}

/** Spending by economic code: classes and what stands below them. */
export function drawEconomicLines(vocabulary: Vocabulary, count: number, random: Random): BudgetLine[] {
  const leaves = random
    .sample(
      [...vocabulary.economics].filter(([code]) => /^30[123]\d\d$/.test(code)),
      count,
    )
    .map(([code, name]) => {
      const amount = drawFen(random)
      return { code, name, level: 2, parts: code.startsWith('302') ? [0, amount] : [amount, 0] }
    })
  return withSums(leaves, [3], vocabulary.economics)
}

/** One line for each unit under the publisher. */
export function drawUnitLines(publisher: Publisher, parts: number, random: Random): BudgetLine[] {
  const filled = Array.from({ length: parts }, () => random.chance(0.6))
  return publisher.units.map(({ code, name }) => ({
    code,
    name,
    level: 1,
    parts: filled.map((isFilled) => (isFilled ? drawFen(random) : 0)),
  }))
}

/** Projects with long names. */
export function drawProjectLines(publisher: Publisher, count: number, parts: number, random: Random): BudgetLine[] {
  return Array.from({ length: count }, () => {
    const stem = random.pick(publisher.department.stems)
    const long = random.chance(0.3) ? random.pick(publisher.department.stems) : ''
    const name = random.chance(0.15) ? random.pick(OFFICE_PROJECTS) : `${stem}${long}${random.pick(PROJECT_TAILS)}`
    return { code: random.pick(publisher.units).name, name, level: 1, parts: drawParts(parts, random) }
  })
}

export function sumParts(lines: readonly BudgetLine[]): number[] {
  const count = Math.max(0, ...lines.map((line) => line.parts.length))
  return Array.from({ length: count }, (_, part) => lines.reduce((sum, line) => sum + (line.parts[part] ?? 0), 0))
}

/** Ten thousand yuan with two places. */
export function drawFen(random: Random): number {
  return Math.round(Math.exp(random.between(Math.log(2), Math.log(300_000)))) * 10_000
}

function drawParts(count: number, random: Random): number[] {
  const main = random.integer(0, count - 1)
  return Array.from({ length: count }, (_, part) => (part === main || random.chance(0.25) ? drawFen(random) : 0))
}

function withSums(
  leaves: readonly BudgetLine[],
  lengths: readonly number[],
  names: ReadonlyMap<string, string>,
): BudgetLine[] {
  const heads = lengths.flatMap((length, index) => {
    const codes = [...new Set(leaves.map(({ code }) => code.slice(0, length)))]
    return codes.map((code) => ({
      code,
      name: names.get(code) ?? '其他支出',
      level: index + 1,
      parts: sumParts(leaves.filter((leaf) => leaf.code.startsWith(code))),
    }))
  })
  return [...heads, ...leaves].sort((a, b) => (a.code < b.code ? -1 : 1))
}
