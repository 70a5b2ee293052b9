import { z } from 'zod'
import { UsageError } from '../model/usage-error.ts'

const positive = (fallback: number) => z.coerce.number().positive().default(fallback)

const Environment = z.object({
  GONGKAI_PAGE_TIMEOUT_S: positive(28),
  GONGKAI_PAGE_MEMORY_MIB: positive(2048),
  GONGKAI_MAX_FILE_MIB: positive(200),
  GONGKAI_MAX_PAGES: positive(2000),
  GONGKAI_DOWNLOAD_TIMEOUT_S: positive(300),
  GONGKAI_DOWNLOAD_PAUSE_S: positive(1),
})

export interface Limits {
  readonly pageTimeoutMs: number
  readonly openTimeoutMs: number
  readonly memoryMib: number
  readonly maxFileMib: number
  readonly maxPages: number
  /** For one document, all tries together. */
  readonly downloadTimeoutMs: number
  /** Between two documents of one host. */
  readonly downloadPauseMs: number
}

const MS_PER_SECOND = 1000
/** Opening is quick or hopeless. */
const OPEN_TIMEOUT_MS = 25_000

/** The limits that the environment sets. Throws UsageError, in words for the user, for one that is no positive number. */
export function readLimits(environment: Readonly<Record<string, string | undefined>>): Limits {
  const parsed = Environment.safeParse(environment)
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0])
    throw new UsageError('{name} is "{value}"; it must be a positive number', { name, value: environment[name] ?? '' })
  }
  const { data } = parsed
  const pageTimeoutMs = data.GONGKAI_PAGE_TIMEOUT_S * MS_PER_SECOND
  return {
    pageTimeoutMs,
    openTimeoutMs: Math.min(OPEN_TIMEOUT_MS, pageTimeoutMs),
    memoryMib: data.GONGKAI_PAGE_MEMORY_MIB,
    maxFileMib: data.GONGKAI_MAX_FILE_MIB,
    maxPages: data.GONGKAI_MAX_PAGES,
    downloadTimeoutMs: data.GONGKAI_DOWNLOAD_TIMEOUT_S * MS_PER_SECOND,
    downloadPauseMs: data.GONGKAI_DOWNLOAD_PAUSE_S * MS_PER_SECOND,
  }
}
