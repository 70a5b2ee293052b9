import { type BoundingBox, overlapArea } from '../model/bounding-box.ts'
import type { Judgement } from '../model/judgement.ts'
import type { FieldDraft } from '../model/record.ts'

/** A field as a run extracted it. */
export interface ExtractedField extends Pick<FieldDraft, 'raw' | 'value' | 'bbox'> {
  readonly extractorVersion: string
}

/** So much of the smaller box must be common for two boxes to be the same cell. */
const SAME_CELL_SHARE = 0.5

/**
 * Whether a judgement still speaks of this field. It does not when another version of the extractor read the page, when
 * the field now lies elsewhere on it, or when both the text that was read and the value made of it are others: then the
 * question is put again. Where only one of them changed, the picture that was judged is the same.
 */
export function carriesOver(judgement: Judgement, fresh: ExtractedField): boolean {
  if (judgement.extractorVersion !== fresh.extractorVersion || !isSameCell(judgement.bbox, fresh.bbox)) return false
  return judgement.raw === fresh.raw || judgement.machineValue === fresh.value
}

function isSameCell(a: BoundingBox, b: BoundingBox): boolean {
  const smaller = Math.min(areaOf(a), areaOf(b))
  return smaller > 0 ? overlapArea(a, b) >= SAME_CELL_SHARE * smaller : a.x0 === b.x0 && a.top === b.top
}

function areaOf({ x0, top, x1, bottom }: BoundingBox): number {
  return (x1 - x0) * (bottom - top)
}
