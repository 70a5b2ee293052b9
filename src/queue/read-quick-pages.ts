import type { PackedReading } from './child-protocol.ts'

/** Pages that were read wait no longer than this, and one page more, for those that were asked for with them. */
const MOST_MS = 300

/**
 * Reads pages one after another for as long as that is quick: it ends with the first that takes more than a look at its text (null),
 * that fails, or that comes too late. That one and those after it are to be asked for by themselves, and then give or fail alone.
 */
export async function readQuickPages(
  pageNumbers: readonly number[],
  readQuickly: (pageNumber: number) => Promise<PackedReading | null>,
): Promise<readonly PackedReading[]> {
  const begun = performance.now()
  const readings: PackedReading[] = []
  for (const pageNumber of pageNumbers) {
    if (performance.now() - begun > MOST_MS) break
    const reading = await readQuickly(pageNumber).catch(() => null)
    if (reading === null) break
    readings.push(reading)
  }
  return readings
}
