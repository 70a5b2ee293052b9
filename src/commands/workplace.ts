import { resolve } from 'node:path'
import { UsageError } from '../model/usage-error.ts'
import type { JobQueue } from '../queue/job-queue.ts'
import { openQueue, parseQueueAddress } from '../queue/open-queue.ts'
import { openStore, type Store, type StoreOptions } from '../store/open-store.ts'
import { parseArtefactPlace, parseStoreAddress, type StoreLocation } from '../store/store-location.ts'

/** Where a command works, as the user said it. */
export interface Place {
  /** The output folder; null for a command that only needs the shared store. */
  readonly out: string | null
  /** 'embedded' or a Redis address. */
  readonly queue: string
  /** 'sqlite' or a PostgreSQL address. */
  readonly store: string
  /** A folder or s3://bucket/prefix; null for the database. */
  readonly artefacts: string | null
}

/** Everything in the output folder: one machine without a server. */
export function localPlace(out: string): Place {
  return { out, queue: 'embedded', store: 'sqlite', artefacts: null }
}

export interface Workplace {
  readonly store: Store
  readonly queue: JobQueue
  close(): Promise<void>
}

/**
 * Opens store and queue. `onNotice` is told when queue or database go away and come back.
 * Throws UsageError for addresses that are none or do not go together, and what openStore and openQueue throw.
 */
export async function openWorkplace(
  place: Place,
  mode: 'create' | 'existing',
  onNotice: (notice: string) => void,
  options: Pick<StoreOptions, 'syncsCommits' | 'isForReading'> = {},
): Promise<Workplace> {
  const { location, queueAddress } = parsePlace(place)
  const store = await openStore(location, mode, { ...options, onNotice })
  try {
    const queue = await openQueue(queueAddress, store, onNotice)
    return {
      store,
      queue,
      async close() {
        await queue.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

function parsePlace({ out, queue, store, artefacts }: Place): { location: StoreLocation; queueAddress: string | null } {
  const queueAddress = parseQueueAddress(queue)
  const database = parseStoreAddress(store)
  if (database === null && queueAddress !== null) {
    throw new UsageError('a queue on Redis needs a store that its workers share: give --store postgres://…')
  }
  if (database === null && out === null) {
    throw new UsageError('give the output folder with --out, or a shared store with --store postgres://…')
  }
  const location = {
    directory: out === null ? null : resolve(out),
    database,
    artefacts: artefacts === null ? null : parseArtefactPlace(artefacts),
  }
  return { location, queueAddress }
}
