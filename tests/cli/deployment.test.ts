import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makePdf } from '../extract/pdf/make-pdf.ts'
import { findFreePort } from '../support/free-port.ts'
import { HELLO } from '../support/hostile/hostile-document.ts'
import { POSTGRES_PROGRAMS, type PostgresServer, startPostgres } from '../support/postgres-server.ts'
import { REDIS_PROGRAM, type RedisServer, startRedis } from '../support/redis-server.ts'

// What compose.yaml and docs/deploy.md tell people to run is run, word for word, against real servers; only the addresses of
// servers, the folders of containers and the port of the review page are those of the test.

const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const CLI = resolve('src/cli.ts')
const TOKEN = 'a-token-of-some-length'

/** The parts of compose.yaml that this test needs: it is written in the part of YAML that these lines read. */
function readServices(): ReadonlyMap<string, { readonly command: readonly string[]; readonly text: string }> {
  const [, body = ''] = /^services:\n([\s\S]*?)^volumes:/m.exec(readFileSync('compose.yaml', 'utf8')) ?? []
  const blocks = body.split(/^ {2}(?=\w+:$)/m).filter((block) => block.trim() !== '')
  return new Map(
    blocks.map((text) => {
      const name = text.slice(0, text.indexOf(':'))
      const [, list = '[]'] = /^ {4}command: (\[.*\])$/m.exec(text) ?? []
      const words = (JSON.parse(list) as string[]).map((word) => word.replaceAll(/\$\{\w+:-(.*?)\}/g, '$1'))
      return [name, { command: words, text }]
    }),
  )
}

/** The commands of the fenced blocks of a section, comments left out, `;` parted. */
function commandsOf(heading: string): readonly string[] {
  const [, section = ''] =
    new RegExp(`^## ${heading}\\n([\\s\\S]*?)(?=^## )`, 'm').exec(readFileSync('docs/deploy.md', 'utf8')) ?? []
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap(([, block = '']) => block.split('\n'))
    .flatMap((line) => line.replace(/ #.*/, '').split(';'))
    .map((command) => command.trim())
    .filter((command) => command !== '')
}

const services = readServices()
const isThere = REDIS_PROGRAM !== null && POSTGRES_PROGRAMS !== null

describe('compose.yaml', () => {
  test('has the parts that it promises', () => {
    expect([...services.keys()]).toEqual(['redis', 'postgres', 'worker', 'ingest', 'status', 'review'])
  })

  test('lets nobody in from outside but to the review page, from this host', () => {
    const published = [...services].filter(([, { text }]) => text.includes('ports:')).map(([name]) => name)
    expect(published).toEqual(['review'])
    expect(services.get('review')?.text).toContain('"127.0.0.1:7080:7080"')
  })

  test('takes any password, as it stands in no address', () => {
    const text = readFileSync('compose.yaml', 'utf8')
    expect(text).toMatch(/^ {4}GONGKAI_STORE: postgres:\/\/gongkai@postgres:5432\/gongkai$/m)
    expect(text).toMatch(/^ {4}PGPASSWORD: \$\{GONGKAI_PASSWORD:\?/m)
  })

  test('asks PostgreSQL for its health over the net, where it answers only once it stays', () => {
    expect(services.get('postgres')?.text).toContain('"pg_isready", "-h", "127.0.0.1"')
  })

  test.skipIf(REDIS_PROGRAM === null)('starts Redis with words that it takes, and asks for its health', async () => {
    const [, ...words] = services.get('redis')?.command ?? []
    const port = await findFreePort()
    const folder = mkdtempSync(join(tmpdir(), 'gongkai-deploy-redis-'))
    const server = spawn(REDIS_PROGRAM ?? '', [
      ...words,
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
    ])
    await untilSaid(server, 'Ready to accept connections')
    const asked = spawnSync('redis-cli', ['-p', String(port), 'config', 'get', 'maxmemory-policy'], {
      encoding: 'utf8',
    })
    server.kill('SIGKILL')
    expect(asked.stdout).toContain('noeviction')
  })
})

/** Resolves when the process has said the text, on either stream; rejects when it ends before. */
function untilSaid(child: ChildProcess, text: string): Promise<void> {
  let said = ''
  return new Promise((done, fail) => {
    const hear = (data: Buffer) => {
      said += data.toString('utf8')
      if (said.includes(text)) done()
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => fail(new Error(`exit ${code}: ${said}`)))
  })
}

const untilExit = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null ? Promise.resolve(child.exitCode) : new Promise((done) => child.once('exit', done))

describe.skipIf(!isThere).each(['compose.yaml', 'docs/deploy.md, by hand'])('every command of %s', (from) => {
  let redis: RedisServer
  let postgres: PostgresServer
  let environment: NodeJS.ProcessEnv
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-deploy-'))
  const running: ChildProcess[] = []

  beforeAll(async () => {
    redis = await startRedis()
    postgres = await startPostgres()
    for (const name of ['documents', 'reports']) {
      mkdirSync(join(folder, name))
      writeFileSync(join(folder, name, 'a.pdf'), makePdf([{ content: HELLO }, { content: HELLO }]))
    }
    environment = {
      ...process.env,
      // Where it says how JSX is meant; the commands run elsewhere.
      TSX_TSCONFIG_PATH: resolve('tsconfig.json'),
      GONGKAI_QUEUE: redis.createPlace(),
      GONGKAI_STORE: await postgres.createPlace(),
      GONGKAI_ARTEFACTS: join(folder, 'artefacts'),
      GONGKAI_REVIEW_TOKEN: TOKEN,
    }
  }, 120_000)
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL')
    await Promise.all([redis.close(), postgres.close()])
  })

  function start(words: readonly string[]): ChildProcess {
    const inPlace = words.map((word) => (/^\/(documents|out)$/.test(word) ? join(folder, word.slice(1)) : word))
    const parameters = ['--import', LOADER, CLI, ...inPlace]
    const child = spawn(process.execPath, parameters, {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.push(child)
    return child
  }

  async function run(words: readonly string[]): Promise<{ code: number | null; said: string }> {
    const child = start(words)
    let said = ''
    child.stdout?.on('data', (text: Buffer) => {
      said += text.toString('utf8')
    })
    return { code: await untilExit(child), said }
  }

  const worksTogether = async () => {
    const commandOf = (name: string) => services.get(name)?.command ?? []
    const worker = start(commandOf('worker'))
    await untilSaid(worker, 'waiting for jobs')
    expect((await run(commandOf('ingest'))).code).toBe(0)
    expect(readFileSync(join(folder, 'out', 'documents.jsonl'), 'utf8')).toContain('"status":"complete"')
    const { code, said } = await run(commandOf('status'))
    expect([code, said]).toEqual([0, expect.stringContaining('1 complete')])
    const port = String(await findFreePort())
    const review = start(commandOf('review').map((word) => (word === '7080' ? port : word)))
    await untilSaid(review, 'review at')
    const page = await fetch(`http://127.0.0.1:${port}/`)
    expect([page.status, await page.text()]).toEqual([401, expect.stringContaining('<form')])
    for (const child of [review, worker]) child.kill('SIGTERM')
    expect([await untilExit(review), await untilExit(worker)]).toEqual([0, 0])
  }

  const endsWell = async () => {
    const commands = commandsOf('By hand').filter((command) => command.startsWith('gongkai '))
    expect(commands.length).toBeGreaterThanOrEqual(6)
    for (const command of commands) {
      const words = command.split(/\s+/).slice(1)
      if (words[0] === 'work') await untilSaid(start(words), 'waiting for jobs')
      else expect([command, (await run(words)).code]).toEqual([command, 0])
    }
    expect(readFileSync(join(folder, 'out', 'documents.jsonl'), 'utf8')).toContain('"status":"complete"')
  }

  if (from === 'compose.yaml') test('worker, ingest, status and review work together', worksTogether, 240_000)
  else test('each ends well', endsWell, 240_000)
})
