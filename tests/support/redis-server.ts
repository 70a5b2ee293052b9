import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from './free-port.ts'

/** The server to start; null where none is installed. */
export const REDIS_PROGRAM: string | null =
  ['redis-server', 'valkey-server'].find((program) => spawnSync(program, ['--version']).status === 0) ?? null

export interface RedisServer {
  /** The address of a database of its own on this server: there are 16 of them, which come round again. */
  createPlace(): string
  /** Kills the server as a power cut would; what it had written to its file stays. */
  kill(): Promise<void>
  start(): Promise<void>
  /** Ends it and removes its files. */
  close(): Promise<void>
}

/**
 * Starts a private Redis on a free port, which writes every change to its file; `host` is the address under which it is
 * reached. REDIS_PROGRAM must not be null.
 */
export async function startRedis(host = '127.0.0.1'): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-redis-'))
  const port = await findFreePort()
  const parameters = ['--port', String(port), '--bind', host, '--dir', folder, '--save', '']
  // The net of a benchmark's own hosts is as private as this machine.
  const durable = [
    '--protected-mode',
    'no',
    '--appendonly',
    'yes',
    '--appendfsync',
    'always',
    '--maxmemory-policy',
    'noeviction',
  ]
  let places = 0
  let server: ChildProcess | null = null
  const killOnExit = () => server?.kill('SIGKILL')
  process.once('exit', killOnExit)

  async function start(): Promise<void> {
    const started = spawn(REDIS_PROGRAM ?? '', [...parameters, ...durable], { stdio: ['ignore', 'pipe', 'ignore'] })
    server = started
    await new Promise<void>((resolve, reject) => {
      started.once('exit', (code) => reject(new Error(`redis ended with ${code}`)))
      started.stdout?.on('data', (text: Buffer) => {
        if (text.toString().includes('Ready to accept connections')) resolve()
      })
    })
    started.removeAllListeners('exit')
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ended = new Promise((resolve) => server?.once('exit', resolve))
    server?.kill(signal)
    await ended
  }

  await start()
  return {
    start,
    createPlace() {
      places += 1
      return `redis://${host}:${port}/${places % 16}`
    },
    kill: () => end('SIGKILL'),
    async close() {
      process.off('exit', killOnExit)
      await end('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
