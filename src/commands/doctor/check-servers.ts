import { randomUUID } from 'node:crypto'
import { checkRedis } from '../../queue/check-redis.ts'
import { parseQueueAddress } from '../../queue/open-queue.ts'
import { openBlobs } from '../../store/blobs.ts'
import { checkDatabase } from '../../store/check-database.ts'
import { hideSecrets, parseArtefactPlace, parseStoreAddress } from '../../store/store-location.ts'
import type { Place } from '../workplace.ts'
import { bad, doubtful, type Finding, good, reasonOf } from './finding.ts'

const OLDEST_REDIS = 6

/** The servers that a place names; none for one machine without servers. Throws UsageError for addresses that are none. */
export async function checkServers({ queue, store, artefacts }: Place): Promise<readonly Finding[]> {
  const [redis, database] = [parseQueueAddress(queue), parseStoreAddress(store)]
  const blobs = artefacts === null ? null : parseArtefactPlace(artefacts)
  return Promise.all([
    ...(redis === null ? [] : [checkQueue(redis)]),
    ...(database === null ? [] : [checkPostgres(database)]),
    ...(blobs === null ? [] : [checkArtefacts(blobs)]),
  ])
}

async function checkQueue(address: string): Promise<Finding> {
  try {
    const { version, mayEvict } = await checkRedis(address)
    const values = { version, address: hideSecrets(address) }
    if (Number.parseInt(version, 10) < OLDEST_REDIS) {
      return bad('redis', 'Redis {version} at {address} is too old', 'Use Redis 6.2 or later.', values)
    }
    if (mayEvict) {
      return doubtful(
        'redis',
        'Redis {version} at {address} may throw jobs away when its memory is full',
        'Set maxmemory-policy to noeviction.',
        values,
      )
    }
    return good('redis', 'Redis {version} at {address}', values)
  } catch (error) {
    return bad('redis', '{reason}', 'Start Redis or check the address given with --queue.', { reason: reasonOf(error) })
  }
}

async function checkPostgres(address: string): Promise<Finding> {
  try {
    const { version, mayCreate } = await checkDatabase(address)
    const values = { version, address: hideSecrets(address) }
    if (!mayCreate) {
      return doubtful(
        'postgresql',
        'PostgreSQL {version} at {address} does not let this user make tables',
        'The first run needs that right: grant CREATE on the schema, or let another user run it first.',
        values,
      )
    }
    return good('postgresql', 'PostgreSQL {version} at {address}', values)
  } catch (error) {
    const values = { reason: reasonOf(error) }
    return bad('postgresql', '{reason}', 'Start PostgreSQL or check the address given with --store.', values)
  }
}

async function checkArtefacts(place: string): Promise<Finding> {
  const blobs = await openBlobs(place)
  const name = `doctor/${randomUUID()}`
  try {
    // Whoever may ask for what is not there can reach the place; writing would leave something behind.
    await blobs.has(name)
    return good('artefacts', '{place} can be reached', { place })
  } catch (error) {
    const values = { place, reason: reasonOf(error) }
    return bad(
      'artefacts',
      '{place}: {reason}',
      'Check the folder or bucket given with --artefacts and, for S3, the keys in the environment (AWS_…).',
      values,
    )
  } finally {
    blobs.close()
  }
}
