import type { MessageValues } from '../../model/message-template.ts'

/** good: fine. doubtful: it works, but something will be worse. bad: something will not work. */
export type Health = 'good' | 'doubtful' | 'bad'

/** What one check found, in English texts with `{name}` places. */
export interface Finding {
  /** Stable, for programs. */
  readonly id: string
  readonly health: Health
  readonly found: string
  /** What to do; null where nothing needs to be done. */
  readonly remedy: string | null
  readonly values: MessageValues
}

export function good(id: string, found: string, values: MessageValues = {}): Finding {
  return { id, health: 'good', found, remedy: null, values }
}

export function doubtful(id: string, found: string, remedy: string, values: MessageValues = {}): Finding {
  return { id, health: 'doubtful', found, remedy, values }
}

export function bad(id: string, found: string, remedy: string, values: MessageValues = {}): Finding {
  return { id, health: 'bad', found, remedy, values }
}

/** What an error says, without the text that every error of its kind has. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
