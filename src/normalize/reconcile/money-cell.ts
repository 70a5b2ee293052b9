import type { BoundingBox } from '../../model/bounding-box.ts'
import type { CheckMember } from '../../model/record.ts'
import type { Reading } from '../../model/table.ts'
import type { AmountGlyphs } from '../money/amount-glyphs.ts'

/** A figure that a cell may hold, in fen. `readers` counts the OCR readers that read just this. */
export interface AmountOption {
  readonly fen: number
  readonly weight: number
  readonly readers: number
  readonly how: string
}

/**
 * How sure the cell's text is. printed: a trusted text layer, never altered. firm: all readers agree on a well-formed
 * figure. split: well-formed figures that differ. lone: one reader alone. damaged: no reading is a figure; `options`
 * come from its glyphs. empty: nothing (or a dash) stands there, which counts as zero in sums.
 */
export type AmountState = 'printed' | 'firm' | 'split' | 'lone' | 'damaged' | 'empty'

/** A money cell before equations. `isOpen`: the options are only the likeliest; up to `ceilingFen` anything may be meant. */
export interface MoneyCell {
  readonly key: string
  readonly member: CheckMember | null
  readonly field: string
  readonly state: AmountState
  readonly options: readonly AmountOption[]
  /** Figures that one misread glyph would explain, for repairs of well-formed readings. */
  readonly neighbours: readonly AmountOption[]
  readonly isOpen: boolean
  /** What the pixels say of any figure; null where no reader gives its posteriors. */
  readonly glyphs: AmountGlyphs | null
  readonly ceilingFen: number
  /** Half of the last printed place, in fen: the rounding that a product of this figure may show. */
  readonly roundingFen: number
  /** Whether its column prints the sign of a currency before each figure. */
  readonly isSigned: boolean
  readonly raw: string
  readonly bbox: BoundingBox
  readonly pageNumber: number
  readonly readings: readonly Reading[]
}
