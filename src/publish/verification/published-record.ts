import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const PublishedField = z.looseObject({
  value: z.string().nullable(),
  raw: z.string(),
  grade: z.string(),
  source: z.looseObject({ page_number: z.number().int().min(1), bbox: z.array(z.number()) }),
})
export type PublishedField = Readonly<z.infer<typeof PublishedField>>

/** A line of records.jsonl, as far as a verification looks into it; what else it holds is compared as it stands. */
export const PublishedRecord = z.looseObject({
  record_id: z.string(),
  record_type: z.string(),
  document_id: z.string().regex(/^[0-9a-f]{64}$/),
  file_name: z.string(),
  page_number: z.number().int().min(1),
  fields: z.record(z.string(), PublishedField),
})
export type PublishedRecord = Readonly<z.infer<typeof PublishedRecord>>

/** Throws an Error that says what is wrong with the line. */
export function parseRecordLine(line: string): PublishedRecord {
  const { data, error } = PublishedRecord.safeParse(JSON.parse(line))
  if (error !== undefined) throw new Error(`${error.issues[0]?.path.join('.')}: ${error.issues[0]?.message}`)
  return data
}

/** The lines of a records.jsonl, one at a time, without their ends. */
export async function* readRecordLines(path: string): AsyncGenerator<string> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
  for await (const line of lines) if (line !== '') yield line
}
