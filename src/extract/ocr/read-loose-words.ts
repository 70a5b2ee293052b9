import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight } from '../../model/bounding-box.ts'
import type { Word } from '../../model/page.ts'
import type { DetectedText } from '../raster/detected-text.ts'
import { findTextPieces, type LoosePrint, type TextPieceImage } from '../raster/find-text-pieces.ts'
import { fitTextBend } from '../raster/fit-text-bend.ts'
import type { GreyImage } from '../raster/image.ts'
import { isLoosePrint } from '../raster/join-text-lines.ts'
import type { Bend } from '../raster/straighten.ts'
import { isAmountText } from '../table/amount-text.ts'
import { groupLines } from '../table/words-to-lines.ts'
import { scaleBox } from './map-to-points.ts'
import { type LineReading, NOTHING_READ, type OcrEngine } from './ocr-engine.ts'
import { partFigures } from './part-figures.ts'
import type { TextDetector } from './text-detector.ts'
import { applyLook, type LineLook } from './vote-look.ts'

/** What reads and finds print on a page, and how the reader is best shown it. `scale` is points a pixel. */
export interface PageEyes {
  readonly engine: OcrEngine
  readonly detector: TextDetector | null
  readonly look: LineLook
  readonly scale: number
}

/** The words of loose print on the page as `bend` straightens it, in points, line by line. */
export interface LooseWords {
  readonly words: readonly Word[]
  readonly bend: Bend
}

/** A detector sees print at the rim of a picture badly: it is shown so many glyphs of paper around. */
const MARGIN = 2
/** Print that no detector sees is believed where it reads as sure as this: the ends of rules and the rims of shades read as something, too. */
const SURE_UNSEEN = 0.9

/**
 * Reads loose print, cut at every gap that could part two cells. A detector, where there is one, tells which print is one
 * line, how lines slope, and what is no print. @throws the signal's reason when aborted
 */
export async function readLooseWords(
  print: LoosePrint,
  { engine, detector, look, scale }: PageEyes,
  signal: AbortSignal,
): Promise<LooseWords> {
  const { width, height } = print.page.grey
  const texts = detector === null ? null : await detectPrint(print, detector, signal)
  const bendY = texts === null ? print.bend.bendY : fitTextBend(texts, print.rules, width, height).bendY
  const bend = { bendX: print.bend.bendX, bendY }
  const pieces = findTextPieces(print, texts)
  const shown = pieces.map(({ line }) => applyLook(line, look))
  const readings = await engine.recognize(shown, 'any', signal)
  const words = pieces.flatMap((piece, index) => toWords(piece, readings[index] ?? NOTHING_READ, bend, scale))
  return { words: joinAtPunctuation(groupLines(words).flatMap((line) => line.words)), bend }
}

/** The lines that a detector sees of loose print; it is shown no more of the page than that. */
async function detectPrint(
  { page: { grey }, marks, glyph }: LoosePrint,
  detector: TextDetector,
  signal: AbortSignal,
): Promise<readonly DetectedText[] | null> {
  const solid = marks.outside.filter((mark) => isLoosePrint(mark, glyph))
  const margin = MARGIN * glyph
  const x0 = Math.max(0, Math.floor(Math.min(...solid.map((mark) => mark.x0)) - margin))
  const top = Math.max(0, Math.floor(Math.min(...solid.map((mark) => mark.top)) - margin))
  const x1 = Math.min(grey.width, Math.ceil(Math.max(...solid.map((mark) => mark.x1)) + margin))
  const bottom = Math.min(grey.height, Math.ceil(Math.max(...solid.map((mark) => mark.bottom)) + margin))
  const texts = await detector.detect(cropGrey(grey, { x0, top, x1, bottom }), glyph, signal)
  return texts?.map((text) => ({ ...text, x0: text.x0 + x0, x1: text.x1 + x0, middle: text.middle + top })) ?? null
}

function cropGrey({ width, data }: GreyImage, { x0, top, x1, bottom }: BoundingBox): GreyImage {
  const part = new Uint8Array((x1 - x0) * (bottom - top))
  for (let y = top; y < bottom; y++) part.set(data.subarray(y * width + x0, y * width + x1), (y - top) * (x1 - x0))
  return { width: x1 - x0, height: bottom - top, data: part }
}

function toWords(
  { bboxPx, isSeen, gaps }: TextPieceImage,
  { text: read, confidence }: LineReading,
  bend: Bend,
  scale: number,
): Word[] {
  const text = read.trim()
  if (text === '' || (!isSeen && confidence < SURE_UNSEEN)) return []
  const [x, y] = [(bboxPx.x0 + bboxPx.x1) / 2, (bboxPx.top + bboxPx.bottom) / 2]
  const [aside, sunk] = [bend.bendX(x, y), bend.bendY(x, y)]
  const { x0, x1, top, bottom } = bboxPx
  const straight = { x0: x0 - aside, x1: x1 - aside, top: top - sunk, bottom: bottom - sunk }
  const between = gaps.map(({ from, to }) => ({ from: from - aside, to: to - aside }))
  return partFigures({ text, bbox: straight }, between).map((part) => {
    return { text: part.text, bbox: scaleBox(part.bbox, scale), origin: 'ocr' }
  })
}

/** Marks as wide as a glyph have their ink on one side: the gap on the other is no gap between two texts. */
const MARK_FIRST = /^[（(【《“‘〔）)】》”’〕、，：；。]/
const MARK_LAST = /[（(【《“‘〔）)】》”’〕、，：；。]$/
const WIDEST_BEARING = 0.95
/** A code before a name begins a cell, though a bracket is before it. */
const CODE_FIRST = /^[（(【[][A-Z]?\d{3,}[）)】\]]\p{Script=Han}/u
/** In fonts with wide figures a point or comma stands apart from the figure behind it. */
const OPEN_FIGURE = /^[-(（]?\d[\d,]*[.,]$/
const FIGURE_END = /^\d+(?:[.,]\d+)*[)）]?$/
const WIDEST_POINT = 0.7

/** Joins the words of a line that such a mark alone sets apart. `words` come line by line, left to right. */
export function joinAtPunctuation(words: readonly Word[]): Word[] {
  const joined: Word[] = []
  for (const word of words) {
    const last = joined.at(-1)
    const isLevel = last !== undefined && last.bbox.top < word.bbox.bottom && last.bbox.bottom > word.bbox.top
    const gap = isLevel ? word.bbox.x0 - last.bbox.x1 : Number.POSITIVE_INFINITY
    const isFigure = last !== undefined && (isAmountText(word.text) || isAmountText(last.text))
    const isApart = isFigure || CODE_FIRST.test(word.text)
    const isMarked = last !== undefined && !isApart && (MARK_FIRST.test(word.text) || MARK_LAST.test(last.text))
    const goesOn = last !== undefined && OPEN_FIGURE.test(last.text) && FIGURE_END.test(word.text)
    const widest = goesOn ? WIDEST_POINT : isMarked ? WIDEST_BEARING : 0
    if (last === undefined || widest === 0 || gap < 0 || gap > widest * boxHeight(word.bbox)) joined.push(word)
    else joined[joined.length - 1] = { ...last, text: last.text + word.text, bbox: { ...last.bbox, x1: word.bbox.x1 } }
  }
  return joined
}
