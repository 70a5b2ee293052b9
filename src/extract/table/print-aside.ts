import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, unionOfBoxes } from '../../model/bounding-box.ts'
import { isAmountText } from './amount-text.ts'
import { type TextPiece, type TextRow, toTextRow } from './text-rows.ts'

/** What stands beside a table stands so many line heights from the print in it. */
const NEAREST_ASIDE = 0.6
/** Marks are read as so many characters at most. */
const LONGEST_MARK = 2
/** Words beside so many of a table's rows, as a share of them, are a column that its rules do not reach. */
const COLUMN_SHARE = 0.5

/**
 * The rows of a table between rules, without what somebody noted beside them: ticks, numbers of a list, a word by hand in the margin. A
 * figure beside a row stays in it, and so do words beside most of the rows: they can be a column of the table. In points.
 */
export function withoutPrintAside(rows: readonly TextRow[], box: BoundingBox): readonly TextRow[] {
  const asides = rows.map((row) => wordsAside(row, box))
  const noted = rows.filter((_, index) => (asides[index]?.length ?? 0) > 0)
  const areMarks = asides.flat().every(({ text }) => [...text].length <= LONGEST_MARK)
  if (noted.length === 0 || (!areMarks && noted.length > COLUMN_SHARE * rows.length)) return rows
  return rows.map((row, index) => without(row, asides[index] ?? []))
}

/** The words that stand wholly beside the box, apart from those in it; none where one of them is a figure. */
function wordsAside(row: TextRow, box: BoundingBox): readonly TextPiece[] {
  const inside = row.words.filter(({ bbox }) => bbox.x1 > box.x0 && bbox.x0 < box.x1)
  const own = unionOfBoxes(inside.map(({ bbox }) => bbox))
  const aside = row.words.filter((word) => !inside.includes(word))
  if (own === null || aside.some(({ text }) => isAmountText(text))) return []
  const isApart = aside.every(({ bbox }) => {
    return Math.max(own.x0 - bbox.x1, bbox.x0 - own.x1) >= NEAREST_ASIDE * boxHeight(bbox)
  })
  return isApart ? aside : []
}

function without(row: TextRow, aside: readonly TextPiece[]): TextRow {
  if (aside.length === 0) return row
  const words = row.words.filter((word) => !aside.includes(word))
  return toTextRow({ words, bbox: unionOfBoxes(words.map(({ bbox }) => bbox)) ?? row.bbox })
}
