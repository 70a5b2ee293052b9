import type { Candidate } from '../../model/record.ts'

/** What speaks for or against a word as read; `value` is null where the reading stands. */
export interface WordMatch {
  readonly kind: 'agrees' | 'restored' | 'ambiguous' | 'unknown'
  readonly value: string | null
  readonly margin: number | null
  readonly evidence: readonly string[]
  readonly candidates: readonly Candidate[]
}
