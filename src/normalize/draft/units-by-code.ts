import type { CellUse } from '../forms/classify-rows.ts'
import { foldText } from '../match/fold-text.ts'
import type { SiblingResult } from '../match/restore-from-siblings.ts'

/** The code or the name of a unit in one row. */
export interface UnitPart {
  readonly use: CellUse
  /** The part as each text of the cell gives it: the cell's own first, then the readers'. */
  readonly texts: readonly string[]
}

export const UNIT_CODE = /^\d{2,14}$/

/** The code that goes with each name in rows where it is well formed; names with two codes are left out. */
export function usualCodes(
  codes: readonly (SiblingResult | null)[],
  names: readonly (SiblingResult | null)[],
): ReadonlyMap<string, string> {
  const found = new Map<string, Map<string, number>>()
  for (const [index, name] of names.entries()) {
    const code = codes[index]?.value ?? ''
    if (name === null || !UNIT_CODE.test(code)) continue
    const counts = found.get(name.value) ?? new Map<string, number>()
    found.set(name.value, counts.set(code, (counts.get(code) ?? 0) + 1))
  }
  const usual = new Map<string, string>()
  for (const [name, counts] of found) {
    const [first, second] = [...counts].toSorted((a, b) => b[1] - a[1])
    if (first !== undefined && first[1] >= 2 && first[1] > 2 * (second?.[1] ?? 0)) usual.set(name, first[0])
  }
  return usual
}

export function withUsualCode(
  code: SiblingResult | null,
  name: string,
  codeOfName: ReadonlyMap<string, string>,
  part: UnitPart | null,
): SiblingResult | null {
  const usual = codeOfName.get(name)
  if (code === null || part === null || part.use.cell.origin === 'text') return code
  if (usual === undefined || usual === code.value) return code
  // A well-formed code that no reader took for the usual one may be another unit's, whose name then is wrong.
  if (UNIT_CODE.test(code.value) && !part.texts.slice(1).includes(usual)) {
    const alternatives = [{ value: usual, count: 1 }]
    return { kind: 'unlike', value: code.value, alternatives, evidence: `${name} has the code ${usual} in other rows` }
  }
  return {
    kind: 'restored',
    value: usual,
    alternatives: code.alternatives,
    evidence: `${name} has this code in other rows`,
  }
}

/** Two names of which less than this share of glyphs differs can be two readings of one. */
const MOST_DIFFERING = 0.5

interface NameUnderCode {
  readonly part: UnitPart
  readonly name: SiblingResult
  readonly code: string
}

/**
 * The names with those in doubt that one reader alone saw, once, on a scan, where a row of the same code has a name almost like it about
 * which readers disagree: either may be a misreading of the unit's one name.
 */
export function doubtUnderCodes(
  names: readonly (SiblingResult | null)[],
  parts: readonly (UnitPart | null)[],
  codes: readonly (SiblingResult | null)[],
): readonly (SiblingResult | null)[] {
  const rows = names.map((name, index): NameUnderCode | null => {
    const [part, code] = [parts[index] ?? null, codes[index]?.value ?? '']
    return name === null || part === null || !UNIT_CODE.test(code) ? null : { part, name, code }
  })
  const cells = new Map(rows.flatMap((row) => (row === null ? [] : [[row.part.use.cell, row] as const])))
  return names.map((name, index) => {
    const row = rows[index]
    return row === null || row === undefined ? name : (doubtUnderCode(row, [...cells.values()]) ?? name)
  })
}

function doubtUnderCode({ part, name, code }: NameUnderCode, cells: readonly NameUnderCode[]): SiblingResult | null {
  if (name.kind !== 'kept' || part.use.cell.origin === 'text' || isAgreed(part.texts.slice(1))) return null
  const value = foldText(name.value)
  const isRepeated = cells.filter((other) => foldText(other.name.value) === value).length > 1
  const beside = cells.filter((other) => other.code === code && foldText(other.name.value) !== value)
  const isDisputed = beside.some((other) => {
    return areDisputed(other.part.texts.slice(1)) && areAlmostAlike(value, foldText(other.name.value))
  })
  if (isRepeated || !isDisputed) return null
  const counts = new Map<string, number>()
  for (const other of beside) counts.set(other.name.value, (counts.get(other.name.value) ?? 0) + 1)
  const alternatives = [...counts].map(([text, count]) => ({ value: text, count }))
  const evidence = `readers disagree about the name beside the code ${code} in other rows`
  return { kind: 'unlike', value: name.value, alternatives, evidence }
}

export function isAgreed(texts: readonly string[]): boolean {
  return texts.some((text, index) => texts.indexOf(text) !== index)
}

function areDisputed(texts: readonly string[]): boolean {
  return new Set(texts).size > 1 && !isAgreed(texts)
}

function areAlmostAlike(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  return [...a].filter((glyph, index) => glyph !== b[index]).length < MOST_DIFFERING * a.length
}
