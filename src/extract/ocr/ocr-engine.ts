import type { LinePosteriors } from '../../model/line-posteriors.ts'
import type { CharacterReading, ReaderName } from '../../model/table.ts'
import type { LineImage } from '../raster/image.ts'

/**
 * digits: the reader is asked to see nothing but digits and money punctuation, whatever is printed. code: it is told
 * that capitals, digits and brackets are printed; a reader that needs no telling reads as ever.
 */
export type ReadingHint = 'any' | 'digits' | 'code'

/**
 * What one reader saw in one line; `text` is '' when it saw nothing. `confidence` is the mean over the characters,
 * 0 to 1 (0 for nothing). `posteriors` is all that the reader held for possible, where it says so.
 */
export interface LineReading {
  readonly text: string
  readonly confidence: number
  readonly characters: readonly CharacterReading[]
  readonly posteriors?: LinePosteriors
}

/**
 * A reader of single text lines. It keeps no memory from line to line: the same line gives the same reading, whatever
 * was read before.
 */
export interface OcrEngine {
  readonly name: ReaderName
  /** One reading for each line, in the same order. @throws the signal's reason when aborted between two lines */
  recognize(lines: readonly LineImage[], hint: ReadingHint, signal: AbortSignal): Promise<readonly LineReading[]>
  close(): Promise<void>
}

export const NOTHING_READ: LineReading = { text: '', confidence: 0, characters: [] }

/** Joins characters to a reading. */
export function charactersToReading(characters: readonly CharacterReading[]): LineReading {
  if (characters.length === 0) return NOTHING_READ
  const sum = characters.reduce((total, character) => total + character.confidence, 0)
  return {
    text: characters.map((character) => character.text).join(''),
    confidence: sum / characters.length,
    characters,
  }
}

/** The least sure character's confidence, 0 for nothing read. */
export function weakestConfidence(characters: readonly CharacterReading[]): number {
  return characters.reduce((least, character) => Math.min(least, character.confidence), characters.length > 0 ? 1 : 0)
}
