import type { Job } from './job-queue.ts'

/** A job of a page. */
export type HeldPage<Held extends Job> = Held & Job<'page'>

/**
 * Takes, from the front of what waits, pages that may be asked for in one message: of one document, for the same readers, and
 * never tried before, since what once failed is asked for by itself. Takes nothing where that is less than two.
 */
export function takeTogether<Held extends Job>(waiting: Held[]): readonly HeldPage<Held>[] {
  const pages: HeldPage<Held>[] = []
  for (const job of waiting) {
    const [first = job] = pages
    if (!isPage(job) || !isPage(first) || job.attempt > 1) break
    if (job.payload.documentId !== first.payload.documentId || job.payload.readers !== first.payload.readers) break
    pages.push(job)
  }
  if (pages.length < 2) return []
  waiting.splice(0, pages.length)
  return pages
}

function isPage<Held extends Job>(job: Held): job is HeldPage<Held> {
  return job.stage === 'page'
}
