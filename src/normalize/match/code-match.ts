import type { CatalogueEntry } from '../../model/catalogue.ts'
import type { LinePosteriors } from '../../model/line-posteriors.ts'
import type { CharacterReading, ReaderName } from '../../model/table.ts'

/**
 * One reader's text of a code, a name, or both in one cell. `characters`, when given, spell `text`. `posteriors` are all
 * that the reader held for possible in the cell, line by line; `tail` is what it read there behind `text`.
 */
export interface TextReading {
  readonly reader: ReaderName
  readonly text: string
  readonly characters?: readonly CharacterReading[]
  readonly posteriors?: readonly LinePosteriors[]
  readonly tail?: string
}

/** The readings of one value, the best first: code and name in two columns, in one, or only one of them. */
export interface MatchQuery {
  readonly code?: readonly TextReading[]
  readonly name?: readonly TextReading[]
  readonly combined?: readonly TextReading[]
}

export interface MatchContext {
  /** Chooses the edition when `edition` does not. */
  readonly fiscalYear: number | null
  /** `text`: the document's own characters, never altered. `ocr`: readings that may be damaged. */
  readonly origin: 'text' | 'ocr'
  readonly edition?: string
  /** How often a code (or, in lists of names, a name) was read cleanly elsewhere in this document. */
  readonly seenInDocument?: ReadonlyMap<string, number>
}

/** What could have been printed. `code` or `name` is null where none was printed. */
export interface MatchCandidate {
  readonly entry: CatalogueEntry
  /** 0 to 1; those of all candidates sum to at most 1, the rest is that no entry was printed. */
  readonly probability: number
  readonly evidence: string
}

export interface CodeAndName {
  readonly code: string | null
  readonly name: string | null
}

interface MatchFacts {
  /** The best reading, split. */
  readonly printed: CodeAndName
  /** What to publish: as printed on trusted text; from the catalogue where an entry was restored; null where unsure. */
  readonly value: CodeAndName
  /** At most five, best first. */
  readonly candidates: readonly MatchCandidate[]
  /** Probability of the best explanation less that of the runner-up, 0 to 1. */
  readonly margin: number
  readonly edition: string
  /** Whether the edition's list is whole: what a part of a list lacks is no oddity. */
  readonly isListComplete: boolean
  /** The pair as another edition knows it, when this edition does not. */
  readonly otherEdition: { readonly edition: string; readonly entry: CatalogueEntry } | null
  readonly evidence: readonly string[]
}

/**
 * What a printed code and name are. exact: an entry, as read. restored: an entry, read damaged. ambiguous: no
 * explanation is likely enough. contradiction: code and name belong to different entries (null: to none), both stay as
 * printed. unknown: clearly read, and not in the catalogue.
 */
export type CodeMatch =
  | (MatchFacts & { readonly kind: 'exact'; readonly entry: CatalogueEntry; readonly note: string | null })
  | (MatchFacts & { readonly kind: 'restored'; readonly entry: CatalogueEntry })
  | (MatchFacts & { readonly kind: 'ambiguous' })
  | (MatchFacts & {
      readonly kind: 'contradiction'
      readonly byCode: CatalogueEntry | null
      readonly byName: CatalogueEntry | null
    })
  | (MatchFacts & { readonly kind: 'unknown' })
