import { createHash } from 'node:crypto'
import { z } from 'zod'

/** What may travel in a job: names of things, never the things. Checked when a job is made and when it is taken. */
export const STAGE_PAYLOADS = {
  document: z.object({ documentId: z.string() }).readonly(),
  page: z.object({ documentId: z.string(), pageNumber: z.number().int().min(1), readers: z.string() }).readonly(),
  assemble: z
    .object({ documentId: z.string(), fileName: z.string(), pageJobIds: z.array(z.string()).readonly() })
    .readonly(),
  publish: z.object({ folderId: z.string(), stateId: z.string() }).readonly(),
} as const

export type StageName = keyof typeof STAGE_PAYLOADS
export type StagePayload<Stage extends StageName> = z.infer<(typeof STAGE_PAYLOADS)[Stage]>

export type WorkVersions = Readonly<Record<StageName, number>>

/** Bump a number when its stage gives other results for the same input: the stage then runs again, others do not. */
export const STAGE_VERSIONS: WorkVersions = { document: 1, page: 66, assemble: 76, publish: 7 }

/** Lower runs first: opening tells early how many pages there are, and finished documents leave the way clear. */
export const STAGE_PRIORITIES: Readonly<Record<StageName, number>> = { document: 0, assemble: 1, page: 2, publish: 3 }

export interface NewJob<Stage extends StageName = StageName> {
  readonly id: string
  readonly stage: Stage
  readonly payload: StagePayload<Stage>
}

export const STAGE_NAMES = Object.keys(STAGE_PAYLOADS) as readonly StageName[]

/** A value for each stage. */
export function mapStages<Value>(toValue: (stage: StageName) => Value): Readonly<Record<StageName, Value>> {
  return Object.fromEntries(STAGE_NAMES.map((stage) => [stage, toValue(stage)])) as Record<StageName, Value>
}

/** Parts are joined so that an id is also a file name and a Redis key: no colon, no slash. */
export function jobId(stage: StageName, contentId: string, part: string, version: string): string {
  return [stage, contentId, part, `v${version}`].join('__')
}

export function parsePayload<Stage extends StageName>(stage: Stage, payload: unknown): StagePayload<Stage> {
  return STAGE_PAYLOADS[stage].parse(payload) as StagePayload<Stage>
}

/** The first 12 hex digits of a SHA-256: enough to tell versions of one document's work apart. */
export function shortHash(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)
}
