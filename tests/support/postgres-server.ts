import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { appendFileSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { findFreePort } from './free-port.ts'

const DEBIAN_FOLDER = '/usr/lib/postgresql'

/** The folder of PostgreSQL's programs; null where it is not installed, or where root has no user to run it as. */
export const POSTGRES_PROGRAMS: string | null = findPrograms()

function findPrograms(): string | null {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER).toSorted().toReversed() : []
  const debian = versions.map((version) => join(DEBIAN_FOLDER, version, 'bin'))
  const folder = [...debian, ...(process.env.PATH ?? '').split(':')].find((path) => existsSync(join(path, 'initdb')))
  return folder === undefined || serverUser() === null ? null : folder
}

/** PostgreSQL refuses to run as root. `{}` when the tests do not run as root; null when there is no user to take. */
function serverUser(): { uid?: number; gid?: number } | null {
  if (process.getuid?.() !== 0) return {}
  const { stdout, status } = spawnSync('getent', ['passwd', 'postgres'], { encoding: 'utf8' })
  const [, , uid, gid] = stdout?.split(':') ?? []
  return status === 0 ? { uid: Number(uid), gid: Number(gid) } : null
}

export interface PostgresServer {
  /** The address of a place of its own on this server, without tables. */
  createPlace(): Promise<string>
  /** Kills the server as a power cut would. */
  kill(): Promise<void>
  start(): Promise<void>
  /** Ends it and removes its files. */
  close(): Promise<void>
}

/** Starts a private PostgreSQL on a free port, reached under the address `host`. POSTGRES_PROGRAMS must not be null. */
export async function startPostgres(host = '127.0.0.1'): Promise<PostgresServer> {
  const programs = POSTGRES_PROGRAMS ?? ''
  const user = serverUser() ?? {}
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-postgres-'))
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const initParameters = ['-D', data, '-U', 'gongkai', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']
  execFileSync(join(programs, 'initdb'), initParameters, { ...user, cwd: folder, stdio: 'pipe' })
  appendFileSync(join(data, 'pg_hba.conf'), `host all all samenet trust\n`)
  const port = await findFreePort()
  const address = `postgres://gongkai:secret@${host}:${port}/postgres`
  const launch = () =>
    spawn(
      join(programs, 'postgres'),
      ['-D', data, '-p', String(port), '-k', folder, '-c', `listen_addresses=${host}`],
      {
        ...user,
        cwd: folder,
        stdio: 'ignore',
      },
    )
  let server = launch()
  const killOnExit = () => server.kill('SIGKILL')
  process.once('exit', killOnExit)
  const ended = () => new Promise((resolve) => server.once('exit', resolve))
  let places = 0

  async function untilReady(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      const client = new pg.Client({ connectionString: address })
      try {
        await client.connect()
        await client.end()
        return
      } catch (error) {
        if (tries > 200) throw error
        await sleep(50)
      }
    }
  }

  await untilReady()
  return {
    async createPlace() {
      places += 1
      const client = new pg.Client({ connectionString: address })
      await client.connect()
      await client.query(`create schema place_${places}`)
      await client.end()
      return `${address}?options=${encodeURIComponent(`-c search_path=place_${places}`)}`
    },
    async kill() {
      const end = ended()
      server.kill('SIGQUIT')
      await end
    },
    async start() {
      server = launch()
      await untilReady()
    },
    async close() {
      const end = ended()
      server.kill('SIGINT')
      await end
      process.off('exit', killOnExit)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
