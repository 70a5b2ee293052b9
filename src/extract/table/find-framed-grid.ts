import { centreIsInside } from '../../model/bounding-box.ts'
import type { Ruling, Word } from '../../model/page.ts'
import { findAlignedGrids } from './find-aligned-grids.ts'
import type { Grid } from './grid.ts'

/** A table in a frame holds this share of its words; a title and a note can stand there, too. */
const MOST_WORDS = 0.6
/** Rows of a frame of one column end where it does. */
const UNEVEN_ENDS = 0.03

/**
 * The table that only a frame is drawn around, by where the words in it stand; null where they do not stand in columns. `rulings` are the
 * horizontal ones of the frame and in it. In points.
 */
export function findFramedGrid(words: readonly Word[], rulings: readonly Ruling[]): Grid | null {
  const grids = findAlignedGrids(words, rulings, { taken: [], headings: [], unevenEnds: UNEVEN_ENDS })
  const isMost = (grid: Grid): boolean =>
    words.filter((word) => centreIsInside(word.bbox, grid.bbox)).length >= MOST_WORDS * words.length
  return grids.find(isMost) ?? null
}
