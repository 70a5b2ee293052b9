import type { WorkBudget } from './work-budget.ts'

/** The figures (in fen) that a cell may still hold; null stands for every figure from 0 to `ceiling`. */
export interface Domain {
  readonly fens: readonly number[] | null
  readonly ceiling: number
}

/** For each part, and for the whole, the figures that some solution of the sum has. */
export interface SumSupport {
  readonly parts: readonly Domain[]
  readonly whole: Domain
}

/** Bits of a reachable-sums set: 4 million distinct sums, half a megabyte. */
const MAX_BITS = 4_000_000
/** 64-bit words of reachable sums that one call may keep: 128 MiB. */
const MAX_KEPT = 16_000_000
const MAX_LISTED = 4000

/**
 * Keeps the figures that take part in at least one solution of parts = whole (a cell without any left gets an empty
 * list), exact or, where printed figures are rounded, within `toleranceFen`. Null when nothing can be said: two open cells, negative figures, or more work than the budget has left.
 */
export function supportOfSum(
  parts: readonly Domain[],
  whole: Domain,
  budget: WorkBudget,
  toleranceFen = 0,
): SumSupport | null {
  const open = parts.filter(({ fens }) => fens === null).length + (whole.fens === null ? 1 : 0)
  const figures = [...parts, whole].flatMap(({ fens }) => fens ?? [])
  if (open > 1) return null
  if ([...parts, whole].every(({ fens }) => fens !== null && fens.length === 1))
    return supportOfSingles(parts, whole, toleranceFen)
  if (figures.some((fen) => fen < 0)) return null
  const unit = figures.reduce(greatestCommonDivisor, 0) || 1
  const highest =
    whole.fens === null
      ? parts.reduce((sum, part) => sum + Math.max(0, ...(part.fens ?? [])), 0)
      : Math.max(0, ...whole.fens)
  const steps = Math.floor(toleranceFen / unit)
  const bits = Math.floor(highest / unit) + 1 + steps
  const choices = parts.reduce((sum, part) => sum + (part.fens?.length === 1 ? 1 : (part.fens?.length ?? 1)), 0)
  if (bits > MAX_BITS || (parts.length * bits) / 64 > MAX_KEPT || !budget.spend((choices * bits) / 64)) return null
  return solve(parts, whole, unit, bits, steps)
}

function supportOfSingles(parts: readonly Domain[], whole: Domain, toleranceFen: number): SumSupport {
  const sum = parts.reduce((total, { fens }) => total + (fens?.[0] ?? 0), 0)
  if (Math.abs(sum - (whole.fens?.[0] ?? 0)) <= toleranceFen) return { parts, whole }
  const nothing = { fens: [], ceiling: 0 }
  return { parts: parts.map(() => nothing), whole: nothing }
}

function solve(parts: readonly Domain[], whole: Domain, unit: number, bits: number, steps: number): SumSupport {
  const mask = (1n << BigInt(bits)) - 1n
  const shiftOf = (fen: number) => BigInt(fen / unit)
  const openPart = parts.findIndex(({ fens }) => fens === null)
  const closed = parts.filter((_, index) => index !== openPart)
  // before[k]: sums that the first k closed parts reach; left[k]: sums that the parts from k on must still reach.
  const before = [1n]
  for (const { fens } of closed) {
    const reached = before.at(-1) ?? 0n
    before.push((fens ?? []).reduce((set, fen) => set | ((reached << shiftOf(fen)) & mask), 0n))
  }
  const reachable = widen(before.at(-1) ?? 0n, steps)
  if (openPart !== -1 && steps > 0) return { parts, whole }
  if (openPart !== -1) return supportWithOpenPart(parts, whole, openPart, reachable, unit, shiftOf)
  if (whole.fens === null) return { parts, whole: listBits(reachable, unit, whole) }
  const wholes = whole.fens.filter((fen) => (reachable >> shiftOf(fen)) & 1n)
  let needed = widen(
    wholes.reduce((set, fen) => set | (1n << shiftOf(fen)), 0n),
    steps,
  )
  const supported: Domain[] = []
  for (let index = closed.length - 1; index >= 0; index -= 1) {
    const part = closed[index]
    const reached = before[index] ?? 0n
    const kept = (part?.fens ?? []).filter((fen) => ((reached << shiftOf(fen)) & needed) !== 0n)
    supported.unshift({ fens: kept, ceiling: part?.ceiling ?? 0 })
    needed = kept.reduce((set, fen) => set | (needed >> shiftOf(fen)), 0n)
  }
  return { parts: supported, whole: { ...whole, fens: wholes } }
}

/** The sums that are no more than `steps` units from one of the set. */
function widen(set: bigint, steps: number): bigint {
  let wide = set
  for (let step = 1; step <= steps; step += 1) wide |= (set << BigInt(step)) | (set >> BigInt(step))
  return wide
}

function supportWithOpenPart(
  parts: readonly Domain[],
  whole: Domain,
  openPart: number,
  reachable: bigint,
  unit: number,
  shiftOf: (fen: number) => bigint,
): SumSupport {
  const wholes = whole.fens ?? []
  if (wholes.length !== 1) return { parts, whole }
  const [total = 0] = wholes
  const open = parts[openPart]
  const others = listBits(reachable & ((1n << (shiftOf(total) + 1n)) - 1n), unit, { fens: null, ceiling: total })
  if (others.fens === null || open === undefined) return { parts, whole }
  const values = others.fens.map((sum) => total - sum).filter((fen) => fen <= open.ceiling)
  return { parts: parts.map((part, index) => (index === openPart ? { ...part, fens: values } : part)), whole }
}

/** The sums in a set, or the domain as it was when they are too many to list. */
function listBits(set: bigint, unit: number, otherwise: Domain): Domain {
  const fens: number[] = []
  const text = set.toString(2)
  for (let index = text.length - 1; index >= 0; index -= 1) {
    if (text[index] !== '1') continue
    if (fens.length >= MAX_LISTED) return otherwise
    fens.push((text.length - 1 - index) * unit)
  }
  return { ...otherwise, fens }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
