import type { BoundingBox } from './bounding-box.ts'
import type { PageExtract, Ruling, Word } from './page.ts'
import type { CharacterReading, ReaderName } from './table.ts'

/** x' = a x + c y + e, y' = b x + d y + f. */
export type AffineNumbers = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

/**
 * A ruling that was followed in pixels. solid: drawn without a gap. bridged: dashed, dotted or broken, drawn through.
 * faint: far paler than the usual one of its page. open: no ink at all, a side of a table where all lines end.
 * `points` are x, y in upright pixels; `strength` is how much darker than its sides (0 to 120). `isInGrid`: it became a
 * line of a table, and did not only look like one.
 */
export interface InspectedRuling {
  readonly orientation: Ruling['orientation']
  readonly kind: 'solid' | 'bridged' | 'faint' | 'open'
  readonly points: readonly (readonly [number, number])[]
  readonly thickness: number
  readonly strength: number
  readonly isInGrid: boolean
}

/**
 * An edge between two units of a grid. `pixels` (0 to 1) is how surely ink parts them; `areas` is what the white areas
 * say; `isParted` what was decided.
 */
export interface InspectedEdge {
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
  readonly pixels: number
  readonly areas: 'parted' | 'one' | 'silent'
  readonly isParted: boolean
}

/** What one reader answered for one line; `hint` is what it was told to expect. */
export interface InspectedAnswer {
  readonly reader: ReaderName
  readonly hint: 'any' | 'digits' | 'code'
  readonly text: string
  readonly confidence: number
  readonly characters: readonly CharacterReading[]
}

/** A line of print; one that is dirt was shown to nobody. */
export interface InspectedLine {
  readonly bboxPx: BoundingBox
  readonly glyphHeightPx: number
  readonly isDirt: boolean
  readonly answers: readonly InspectedAnswer[]
}

/** A line outside the grids: what was made of it and why. */
export interface InspectedLooseLine extends InspectedLine {
  readonly text: string
  readonly why: string
}

/** A cell as the grid has it; `why` says why its reading was chosen. */
export interface InspectedScanCell {
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly columnSpan: number
  readonly bboxPx: BoundingBox
  readonly isDoubtful: boolean
  readonly lines: readonly InspectedLine[]
  readonly why: string
}

/** A grid with its two witnesses; `agreement` (0 to 1) is null where the white areas can say nothing. */
export interface InspectedGrid {
  readonly bboxPx: BoundingBox
  readonly rowCount: number
  readonly columnCount: number
  readonly agreement: number | null
  readonly confidence: number
  readonly doubts: readonly string[]
  readonly edges: readonly InspectedEdge[]
  readonly cells: readonly InspectedScanCell[]
}

/**
 * How one picture of a page was read. Places are pixels of the upright picture, `toPage` leads from there to points of
 * the page as displayed. Pictures are data URIs: the source as it was taken, then upright `grey` (seals and streaks
 * lifted, what readers see), `flattened` (light evened, what rulings are found in) and `print` (what counts as ink).
 */
export interface InspectedScan {
  readonly source: {
    readonly widthPx: number
    readonly heightPx: number
    readonly isPainted: boolean
    readonly placement: BoundingBox
    readonly picture: string
  }
  readonly widthPx: number
  readonly heightPx: number
  readonly toPage: AffineNumbers
  readonly pictures: { readonly grey: string; readonly flattened: string; readonly print: string }
  readonly quarterTurns: number
  readonly skewDegrees: number
  readonly sealShare: number
  readonly glyphHeightPx: number
  readonly sizeFactor: number
  readonly isSmoothed: boolean
  readonly rulings: readonly InspectedRuling[]
  readonly grids: readonly InspectedGrid[]
  readonly looseLines: readonly InspectedLooseLine[]
}

/** A word of a text layer; `isInvisible` ones are painted without ink or lie under a picture. */
export interface InspectedWord extends Word {
  readonly isInvisible: boolean
}

/** A page with every step of reading it. `picture` is a data URI of the page as displayed. */
export interface InspectedPage {
  readonly extract: PageExtract
  readonly picture: string
  readonly words: readonly InspectedWord[]
  readonly rulings: readonly Ruling[]
  readonly whiteAreas: readonly BoundingBox[]
  readonly images: readonly BoundingBox[]
  readonly scans: readonly InspectedScan[]
}
