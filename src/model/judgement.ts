import { z } from 'zod'
import { BoundingBox } from './bounding-box.ts'

/**
 * What a person says of a field. confirmed: the machine's value is what is printed; corrected: another is; unreadable:
 * nobody can read it (value null); printed-so: the value is printed so, though it is plainly a mistake of the publisher;
 * withdrawn: takes back the judgements that it supersedes and says nothing itself.
 */
export const Verdict = z.enum(['confirmed', 'corrected', 'unreadable', 'printed-so', 'withdrawn'])
export type Verdict = z.infer<typeof Verdict>

/**
 * Why the field was asked. review: the machine was not sure; audit: it was, and the field was drawn and asked without
 * showing its value; conflict: two reviewers had answered differently; correction: nobody asked, a person saw it.
 */
export const JudgementPurpose = z.enum(['review', 'audit', 'conflict', 'correction'])
export type JudgementPurpose = z.infer<typeof JudgementPurpose>

/** Where a field stands. `rowIndex` is 1-based over data lines. */
export const FieldPlace = z
  .object({
    documentId: z.string().regex(/^[0-9a-f]{64}$/),
    pageNumber: z.number().int().min(1),
    tableIndex: z.number().int().min(1),
    rowIndex: z.number().int().min(0),
    field: z.string().min(1),
  })
  .readonly()
export type FieldPlace = z.infer<typeof FieldPlace>

/** What was shown when the judgement was made: flags, candidates' values, how sure the machine was, and how many
 * cells were answered at once. */
export const ShownToReviewer = z
  .object({
    flags: z.array(z.string()).readonly(),
    candidates: z.array(z.string()).readonly(),
    cells: z.number().int().min(1),
    /** What the machine held of its value, 0 to 1. */
    confidence: z.number().min(0).max(1),
    /** What was typed before the machine's value was shown; only in a blind question. */
    typed: z.string().nullable(),
  })
  .readonly()
export type ShownToReviewer = z.infer<typeof ShownToReviewer>

/**
 * One answer of one person about one field; never changed and never removed. It keeps the text and the value that it
 * judged, so that a later extraction cannot slip in under it. `judgementId` is the SHA-256 of everything else.
 * `batchId` is shared by the fields that one key press answered. `supersedes` names judgements that it replaces.
 */
export const JudgementContent = z.object({
  place: FieldPlace,
  recordType: z.string().min(1),
  bbox: BoundingBox,
  raw: z.string(),
  machineValue: z.string().nullable(),
  verdict: Verdict,
  value: z.string().nullable(),
  purpose: JudgementPurpose,
  reason: z.string().max(500),
  reviewer: z.string().min(1).max(100),
  judgedAt: z.iso.datetime(),
  batchId: z.string().min(1).max(100),
  shown: ShownToReviewer,
  extractorVersion: z.string(),
  supersedes: z.array(z.string()).readonly(),
})
export type JudgementContent = Readonly<z.infer<typeof JudgementContent>>

/** Its schema. @hidden */
export const Judgement = JudgementContent.extend({ judgementId: z.string().regex(/^[0-9a-f]{64}$/) }).strict()
/** A judgement with its id. */
export type Judgement = Readonly<z.infer<typeof Judgement>>

/** One text a field: the key under which its judgements are found. */
export function placeKey({ documentId, pageNumber, tableIndex, rowIndex, field }: FieldPlace): string {
  return `${documentId}/${pageNumber}/${tableIndex}/${rowIndex}/${field}`
}
