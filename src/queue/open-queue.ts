import { UsageError } from '../model/usage-error.ts'
import type { Store } from '../store/open-store.ts'
import { hideSecrets } from '../store/store-location.ts'
import { embeddedQueue } from './embedded-queue.ts'
import type { JobQueue } from './job-queue.ts'

/** Reads a value of --queue: 'embedded' (null) or a Redis address. Throws UsageError, in words for the user. */
export function parseQueueAddress(text: string): string | null {
  if (text === 'embedded') return null
  if (/^rediss?:\/\//.test(text) && URL.canParse(text)) return text
  throw new UsageError('--queue is "{value}"; it must be embedded or an address such as redis://host:6379', {
    value: hideSecrets(text),
  })
}

/** Opens the queue in the store's own database, or the one on Redis. Throws queue/unavailable. */
export async function openQueue(
  address: string | null,
  store: Store,
  onNotice: (notice: string) => void,
): Promise<JobQueue> {
  if (address === null) return embeddedQueue(store)
  // A large library that few need is loaded for those only.
  const { bullmqQueue } = await import('./bullmq-queue.ts')
  return bullmqQueue(address, store, { onNotice })
}
