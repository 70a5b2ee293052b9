import { z } from 'zod'
import { BoundingBox } from './bounding-box.ts'
import { Table } from './table.ts'

/**
 * What a page is, decided page by page.
 * text: a text layer that can be trusted. scan: pixels without text. untrusted-text: pixels under a text layer that
 * somebody's scanner left. mixed: good text beside an image of a table. blank: nothing on it.
 */
export type PageKind = 'text' | 'scan' | 'untrusted-text' | 'mixed' | 'blank'
/** Its schema. @hidden */
export const PageKind: z.ZodType<PageKind> = z.enum(['text', 'scan', 'untrusted-text', 'mixed', 'blank'])

/** Where a text comes from: a trusted text layer, a text layer that may be wrong, or our own reading of pixels. */
export type TextOrigin = 'text' | 'untrusted-text' | 'ocr'
/** Its schema. @hidden */
export const TextOrigin: z.ZodType<TextOrigin> = z.enum(['text', 'untrusted-text', 'ocr'])

/** A run of text without a wide gap. */
export interface Word {
  readonly text: string
  readonly bbox: BoundingBox
  readonly origin: TextOrigin
}

/** A straight line of the page, in points. A horizontal ruling lies at y = position and runs over x = start..end. */
export interface Ruling {
  readonly orientation: 'horizontal' | 'vertical'
  readonly position: number
  readonly start: number
  readonly end: number
  readonly thickness: number
}

/** A line of text in reading order, outside the tables: titles, units, notes, prose. */
export interface TextLine {
  readonly text: string
  readonly bbox: BoundingBox
  readonly origin: TextOrigin
}
/** Its schema. @hidden */
export const TextLine: z.ZodType<TextLine> = z
  .object({ text: z.string(), bbox: BoundingBox, origin: TextOrigin })
  .readonly()

/** What one page gave; the artefact of a page job. */
export interface PageExtract {
  readonly pageNumber: number
  readonly kind: PageKind
  /** Why it is of this kind, in words. */
  readonly reason: string
  /** Points of the page as displayed. */
  readonly width: number
  /** Points of the page as displayed. */
  readonly height: number
  readonly lines: readonly TextLine[]
  readonly tables: readonly Table[]
  /** What the reading had to go without, in words. */
  readonly warnings: readonly string[]
}
/** Its schema. @hidden */
export const PageExtract: z.ZodType<PageExtract> = z
  .object({
    pageNumber: z.number().int().min(1),
    kind: PageKind,
    reason: z.string(),
    width: z.number(),
    height: z.number(),
    lines: z.array(TextLine).readonly(),
    tables: z.array(Table).readonly(),
    warnings: z.array(z.string()).readonly(),
  })
  .readonly()
