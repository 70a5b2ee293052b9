/**
 * Doubt about one value, in the words of the person who will settle it. Every code is explained in docs/flags.md
 * (a test holds the two together).
 */
export const FLAG_MEANINGS = {
  'amount-inferred': 'only a ratio or a habit suggests this amount; nothing proves it',
  'amount-repaired': 'the printed glyphs were damaged; an equation of the table has exactly this solution',
  'amount-unreadable': 'the text cannot be an amount',
  'beside-contradiction': 'an equation with this value does not hold, and nothing speaks against this value itself',
  'code-ambiguous': 'two or more catalogue entries fit equally well',
  'code-malformed': 'the text does not have the shape of a code of this scheme',
  'code-name-contradict': 'code and name belong to different catalogue entries',
  'code-restored': 'the code was read damaged and restored from the catalogue',
  'code-unknown': 'the code is in no catalogue that we hold',
  'confidence-low': 'nothing speaks against the value, but too little speaks for it',
  'digits-confused':
    'the readers take one of two digits for the other in several cells, and this number has one of them',
  'edition-mismatch': 'the name fits this code only in another edition of the catalogue',
  'equation-contradicted': 'an equation of the document with this value does not hold',
  'header-uncertain': 'the column was recognised by a damaged or unusual heading',
  'judgements-disagree': 'reviewers gave different values and nobody has settled it yet',
  'line-too-small': 'the print is smaller than the readers can be trusted with (under 14 px a line)',
  'name-restored': 'the name was read damaged and restored from the catalogue or from its clean siblings',
  'name-unknown': 'the name is in no catalogue that we hold',
  'quantity-unreadable': 'the text cannot be a quantity',
  'readers-disagree': 'independent readers saw different texts',
  'reading-unconfirmed': 'one reader alone vouches for this text',
  'reading-weak': 'the reader itself is not sure of some character',
  'structure-uncertain': 'the grid around this cell was hard to find',
  'unit-assumed': 'the page does not print whether amounts are 元 or 万元',
  'unit-contradicted':
    'the figures are what the text states only in another unit (元, 万元) than the one that is printed',
  'value-inherited':
    'the value stands in a merged cell, or above a mark for "the same as above", and is repeated for this row',
  'value-missing': 'a column that this row must fill is empty',
  'vocabulary-unknown': 'the value is not among the values that this column usually holds',
} as const

/** The code of a doubt; docs/flags.md explains each. */
export type FlagCode = keyof typeof FLAG_MEANINGS

/** A doubt about one value. `detail` says what is seen there. */
export interface Flag {
  readonly code: FlagCode
  readonly detail: string
}
