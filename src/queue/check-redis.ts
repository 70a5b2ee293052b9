import { connectRedis } from './redis-connection.ts'

/** What a Redis server says of itself. */
export interface RedisState {
  readonly version: string
  /** Whether it may throw away what it holds when memory runs out: jobs would be lost. */
  readonly mayEvict: boolean
}

/** Asks a Redis server. Throws queue/unavailable when it cannot be reached. */
export async function checkRedis(address: string): Promise<RedisState> {
  const connection = await connectRedis(address, () => undefined)
  try {
    const told = await connection.client.info()
    const policy = tellOf(told, 'maxmemory_policy')
    const limit = tellOf(told, 'maxmemory')
    return {
      version: tellOf(told, 'redis_version') ?? '0',
      mayEvict: policy !== null && policy !== 'noeviction' && limit !== '0',
    }
  } finally {
    await connection.close()
  }
}

function tellOf(told: string, name: string): string | null {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(told)?.[1] ?? null
}
