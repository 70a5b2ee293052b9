import type { Catalogue } from './catalogue.ts'
import type { GlyphConfusion } from './glyph-confusion.ts'

/** Two names of one body: `publisher` as its covers have it, `alias` as its tables or other years do. */
export interface PublisherAlias {
  readonly publisher: string
  readonly alias: string
  /** Where the pair was found. */
  readonly source: string
}

/** Everything that the product knows beforehand, as data: the content of the folder `dictionaries`. */
export interface Dictionaries {
  /** The version of the data set, from its manifest. */
  readonly version: string
  readonly catalogues: readonly Catalogue[]
  readonly glyphConfusions: readonly GlyphConfusion[]
  readonly publisherAliases: readonly PublisherAlias[]
  /** The parsed JSON files of `dictionaries/forms`, by file name; their schema belongs to `normalize/forms`. */
  readonly forms: readonly unknown[]
}
