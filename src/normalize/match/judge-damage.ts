import type { CatalogueEntry } from '../../model/catalogue.ts'
import type { MatchQuery } from './code-match.ts'
import type { EditionFacts } from './edition-facts.ts'
import { codeOfFigures, foldText, isHan, withoutRemark } from './fold-text.ts'
import { splitCodeAndName } from './split-code-and-name.ts'

/**
 * How a part of an entry stands in the readings. exact: some reader gives it. visible: no reader does, and one can see
 * that the text is damaged. silent: the text looks sound and says something else. other-level: the same for a
 * code that is longer or shorter, of another level. absent: the part was not read.
 */
export type DamageKind = 'exact' | 'visible' | 'silent' | 'other-level' | 'absent'

export interface ReadParts {
  readonly codes: readonly string[]
  /** Folded. */
  readonly names: readonly string[]
}

const SPLITS_LOOKED_AT = 3

/** The codes and the names that the readings give when they are taken at their word. */
export function readParts(query: MatchQuery): ReadParts {
  const splits = (query.combined ?? []).map(({ text }) => splitCodeAndName(text).slice(0, SPLITS_LOOKED_AT))
  // Further splits cut into the code, and the stump of a code may look like a code.
  const codes = [
    ...(query.code ?? []).map(({ text }) => bareCode(text)),
    ...splits.map(([likeliest]) => codeOfFigures(likeliest?.code ?? '')),
  ]
  const names = [...(query.name ?? []).map(({ text }) => foldText(text)), ...splits.flat().map(({ name }) => name)]
  return {
    codes: [...new Set(codes)].filter((code) => code !== ''),
    names: [...new Set(names)].filter((name) => name !== ''),
  }
}

/** A code as it was read, without the brackets around it. */
export function bareCode(text: string): string {
  return codeOfFigures(foldText(text).replaceAll(/^[[(]|[\])]$/g, ''))
}

export function judgeCode(entry: CatalogueEntry, { codes }: ReadParts, edition: EditionFacts): DamageKind {
  if (codes.length === 0) return 'absent'
  if (codes.includes(entry.code)) return 'exact'
  const sound = codes.filter(edition.background.isCodeShaped)
  if (sound.length === 0) return 'visible'
  return sound.some((code) => code.length === entry.code.length) ? 'silent' : 'other-level'
}

/** Swapped glyphs can be seen as damage by their odd company; lost or added words leave a name that looks sound. */
export function judgeName(entry: CatalogueEntry, { names }: ReadParts, edition: EditionFacts): DamageKind {
  if (names.length === 0) return 'absent'
  const truth = edition.foldedName(entry)
  if (names.some((name) => name === truth || withoutRemark(name) === truth)) return 'exact'
  if (names.some((name) => edition.byName.has(name))) return 'silent'
  return names.some((name) => hasSameWords(withoutRemark(name), truth)) ? 'visible' : 'silent'
}

/** Whether `read` can be `truth` with nothing but glyphs swapped, a Han character falling into pieces at most. */
function hasSameWords(read: string, truth: string): boolean {
  if (latinOf(truth) !== '' && !latinOf(read).includes(latinOf(truth))) return false
  const missing = hanCount(truth) - hanCount(read)
  const pieces = [...read.matchAll(/[^\u3400-\u9fff]+/g)].length
  return missing >= 0 && missing <= pieces
}

function latinOf(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, '')
}

function hanCount(text: string): number {
  return Array.from(text).filter((character) => isHan(character.charCodeAt(0))).length
}

/**
 * Whether the readings are good enough to put this entry in their place, however likely it is: what looks sound in both
 * parts is never overruled, and one part must stand as read or be visibly damaged.
 */
export function mayRestore(code: DamageKind, name: DamageKind): boolean {
  if (code === 'other-level') return false
  if (code === 'exact' || name === 'exact') return true
  if (code === 'absent' || name === 'absent') return code === 'visible' || name === 'visible'
  return code === 'visible' && name === 'visible'
}
