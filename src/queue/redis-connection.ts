import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { PipelineError } from '../model/pipeline-error.ts'
import { hideSecrets } from '../store/store-location.ts'

export interface RedisConnection {
  readonly client: Redis
  /** Whether the server is waited for at this moment. */
  readonly isAway: () => boolean
  /** Does what may be done twice, and does it again when the server went away in the midst of it. */
  again<Result>(work: () => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

const CONNECT_TIMEOUT_MS = 10_000
const LONGEST_PAUSE_MS = 3000
const CLOSE_PATIENCE_MS = 3000
const RETRY_PAUSE_MS = 100

/**
 * Connects to Redis. Once connected, a server that goes away is waited for as long as it takes: `onNotice` is told when
 * it goes and when it is back. Throws queue/unavailable when it cannot be reached to begin with.
 */
export async function connectRedis(url: string, onNotice: (notice: string) => void): Promise<RedisConnection> {
  await assertReachable(url)
  const client = new Redis(url, {
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxRetriesPerRequest: null,
    retryStrategy: (tries) => Math.min(tries * 200, LONGEST_PAUSE_MS),
  })
  let isAway = false
  let isClosing = false
  // The connection that ended says so; what each vain try says is the same again.
  client.on('error', () => undefined)
  client.on('close', () => {
    if (!isAway && !isClosing) onNotice(`${hideSecrets(url)} cannot be reached; waiting for it`)
    isAway = true
  })
  client.on('ready', () => {
    if (isAway) onNotice(`${hideSecrets(url)} is back`)
    isAway = false
  })
  return {
    client,
    isAway: () => client.status !== 'ready',
    async again(work) {
      for (;;) {
        try {
          return await work()
        } catch (error) {
          // A single command is sent again by itself; of several in one message nobody knows which were done.
          if (!(error instanceof Error) || error.name !== 'AbortError') throw error
          await sleep(RETRY_PAUSE_MS)
        }
      }
    },
    async close() {
      isClosing = true
      const goodbye = client.quit().catch(() => undefined)
      await Promise.race([goodbye, new Promise((resolve) => setTimeout(resolve, CLOSE_PATIENCE_MS).unref())])
      client.disconnect()
    },
  }
}

async function assertReachable(url: string): Promise<void> {
  const probe = new Redis(url, { lazyConnect: true, connectTimeout: CONNECT_TIMEOUT_MS, retryStrategy: () => null })
  let reason = ''
  probe.on('error', (error) => {
    reason = error.message || String((error as NodeJS.ErrnoException).code)
  })
  try {
    await probe.connect()
    await probe.ping()
  } catch (error) {
    const detail = reason || (error instanceof Error ? error.message : String(error))
    throw new PipelineError('queue/unavailable', `${hideSecrets(url)}: ${detail}`, { cause: error })
  } finally {
    probe.disconnect()
  }
}
