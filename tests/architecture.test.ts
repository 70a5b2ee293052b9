import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { describe, expect, test } from 'vitest'

/** What each room may import beside its own files and Node's pure modules. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: ['zod', 'decimal.js'],
  extract: [
    'model',
    'zod',
    'pdfjs-dist',
    '@napi-rs/canvas',
    'sharp',
    'tesseract.js',
    'onnxruntime-node',
    'onnxruntime-web',
  ],
  normalize: ['model', 'zod', 'decimal.js', 'fuse.js'],
  review: ['model', 'zod'],
  publish: ['model', 'language', 'zod', 'decimal.js'],
  export: ['model', 'publish', 'store', 'zod', 'decimal.js', 'write-excel-file', 'hyparquet-writer'],
  store: ['model', 'zod', 'kysely', 'pg', '@aws-sdk/client-s3', '@photostructure/sqlite'],
  input: ['model', 'zod'],
  queue: ['model', 'input', 'extract', 'normalize', 'review', 'store', 'publish', 'zod', 'kysely', 'bullmq', 'ioredis'],
  web: ['model', 'review', 'publish', 'zod', 'hono', '@hono/node-server', 'pinyin-pro'],
  commands: [
    'model',
    'language',
    'extract',
    'normalize',
    'review',
    'store',
    'publish',
    'export',
    'queue',
    'web',
    'zod',
  ],
  'main.ts': [
    'commands',
    'language',
    'model',
    'extract',
    'normalize',
    'review',
    'store',
    'publish',
    'export',
    'queue',
    'zod',
  ],
  cli: ['main.ts', 'model', 'commander'],
  language: ['model'],
  library: ['commands', 'model', 'publish', 'queue', 'store'],
  'library.ts': ['library', 'model', 'publish', 'store'],
  'start.ts': ['language', 'cli.ts'],
  'cli.ts': ['cli', 'main.ts', 'model', 'commander'],
}

/** Rooms that are plain functions on plain data: no disk, clock, network, random. */
const PURE_ROOMS = ['model', 'normalize', 'review']

const ONE_DOOR = [
  'pdfjs-dist',
  '@napi-rs/canvas',
  'sharp',
  'tesseract.js',
  'onnxruntime-node',
  'onnxruntime-web',
  'fuse.js',
  '@photostructure/sqlite',
  'pg',
  '@aws-sdk/client-s3',
  'bullmq',
  'ioredis',
  '@hono/node-server',
  'pinyin-pro',
  'write-excel-file',
  'hyparquet-writer',
]

const MAX_LINES = 300

const files = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => relative('src', join(entry.parentPath, entry.name)).split(sep).join('/'))

function roomOf(path: string): string {
  return path.split('/')[0] ?? path
}

/** Specifiers of every static and dynamic import and re-export, type imports included. */
function specifiersOf(file: string): string[] {
  const source = readFileSync(join('src', file), 'utf8')
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|\brequire(?:\.resolve)?\(\s*)['"]([^'"]+)['"]/g
  return [...source.matchAll(pattern)].map((match) => match[1] ?? '')
}

function importedRoom(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) {
    const parts = specifier.split('/')
    return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier)
  }
  const target = join(file, '..', specifier).split(sep).join('/')
  return target.startsWith('..') ? specifier : roomOf(target)
}

describe('walls', () => {
  test('there are files to look at', () => expect(files.length).toBeGreaterThan(8))

  test.each(files)('%s imports only what its room may', (file) => {
    const room = roomOf(file)
    const allowed = MAY_IMPORT[room]
    expect(allowed, `${room} is a room of the house`).toBeDefined()
    const foreign = specifiersOf(file)
      .map((specifier) => importedRoom(file, specifier))
      .filter((name) => name !== room && !name.startsWith('node:') && !allowed?.includes(name))
    expect(foreign).toEqual([])
  })

  test.each(files.filter((file) => PURE_ROOMS.includes(roomOf(file))))('%s is pure', (file) => {
    const source = readFileSync(join('src', file), 'utf8')
    expect(specifiersOf(file).filter((specifier) => specifier.startsWith('node:'))).toEqual([])
    expect(source).not.toMatch(/Math\.random|Date\.now|new Date\(\)|process\.|performance\.now|\bfetch\(/)
  })
})

test.each(ONE_DOOR)('%s has one door', (library) => {
  const doors = files.filter((file) => specifiersOf(file).some((name) => importedRoom(file, name) === library))
  expect(doors.length).toBeLessThanOrEqual(1)
})

test('commander is known to the command line alone', () => {
  const users = files.filter((file) => specifiersOf(file).includes('commander'))
  expect(users.filter((file) => file !== 'cli.ts' && roomOf(file) !== 'cli')).toEqual([])
})

test.each(files)('%s is short enough to read', (file) => {
  expect(readFileSync(join('src', file), 'utf8').split('\n').length).toBeLessThanOrEqual(MAX_LINES + 1)
})

test.each(files)('%s uses no any', (file) => {
  expect(readFileSync(join('src', file), 'utf8')).not.toMatch(/[:<]\s*any\b|\bas any\b/)
})
