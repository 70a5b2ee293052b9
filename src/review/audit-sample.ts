import { type FieldPlace, placeKey } from '../model/judgement.ts'

/** Which accepted fields are asked about, by chance but the same for everybody: `share` 0 to 1, `seed` any text. */
export interface AuditPlan {
  readonly share: number
  readonly seed: string
}

export const USUAL_AUDIT: AuditPlan = { share: 0.02, seed: 'gongkai' }

const RANGE = 2 ** 32

/** Whether the field is in the sample. A larger share keeps every field of a smaller one. */
export function isAudited(place: FieldPlace, { share, seed }: AuditPlan): boolean {
  return toFraction(`${seed}/${placeKey(place)}`) < share
}

/** A fraction that a text always has and that looks random: FNV-1a with the finish of MurmurHash3, over 2^32. */
export function toFraction(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index)
    hash = Math.imul(hash, 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / RANGE
}
