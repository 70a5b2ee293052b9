// Packs gongkai, installs the package into a folder of its own as a user would (from the registry, without install
// scripts), and lets each Node that is named run it without a network, as installed, trimmed, and without the native reader:
// node tools/check-package.mjs [PATH-TO-NODE…]. The install itself needs a registry.
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'gongkai-package-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const nodes = process.argv.slice(2).length > 0 ? process.argv.slice(2) : [process.execPath]
const MIB = 1024 * 1024

function npm(parameters, cwd) {
  return execFileSync('npm', parameters, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}

function sizeOf(path) {
  const entries = readdirSync(path, { withFileTypes: true, recursive: true })
  return entries.reduce(
    (sum, entry) => (entry.isFile() ? sum + statSync(join(entry.parentPath, entry.name)).size : sum),
    0,
  )
}

npm(['run', '--silent', 'build'], root)
const [packed] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root))
console.log(
  `package: ${(packed.size / MIB).toFixed(2)} MiB, unpacked ${(packed.unpackedSize / MIB).toFixed(2)} MiB, ${packed.entryCount} files`,
)
writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, packed.filename)], folder)
console.log(`installed: ${(sizeOf(join(folder, 'node_modules')) / MIB).toFixed(0)} MiB with its dependencies`)
for (const name of ['onnxruntime-node', 'onnxruntime-web']) {
  console.log(`  of which ${name} (optional): ${(sizeOf(join(folder, 'node_modules', name)) / MIB).toFixed(0)} MiB`)
}

copyFileSync(join(root, 'tests/fixtures/ocr/small-scan.jpg'), join(folder, 'scan.jpg'))
copyFileSync(join(root, 'samples/fancheng-education-2025-digital.pdf'), join(folder, 'report.pdf'))
writeFileSync(
  join(folder, 'program.mjs'),
  `import { extractTables, tableToRows } from 'gongkai'
for (const table of await extractTables('scan.jpg')) console.log(tableToRows(table)[1].join('|'))`,
)

/** Nothing can be fetched through a proxy that is not there. */
const env = {
  ...process.env,
  http_proxy: 'http://127.0.0.1:9',
  https_proxy: 'http://127.0.0.1:9',
  npm_config_offline: 'true',
  TMPDIR: folder,
}
const expected = '[A02010105]台式计算机|[2010601]行政运行|1|2.00|2.00'
const runs = [
  [
    'npx gongkai --version',
    ['node_modules/.bin/gongkai', '--version'],
    new RegExp(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version),
  ],
  ['gongkai doctor', ['node_modules/.bin/gongkai', 'doctor', '--json'], /"healthy": true/],
  ['gongkai tables scan.jpg', ['node_modules/.bin/gongkai', 'tables', 'scan.jpg'], /\[A02010105\]台式计算机/],
  [
    'gongkai ingest report.pdf',
    ['node_modules/.bin/gongkai', 'ingest', 'report.pdf', '--out', 'OUT', '--json'],
    /"accepted": 29/,
  ],
  ['the library', ['program.mjs'], new RegExp(expected.replaceAll(/[[\]|.]/g, '\\$&'))],
]
let failed = 0
function tryAll(state) {
  for (const node of nodes) {
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
    for (const [name, parameters, wanted] of runs) {
      const run = spawnSync(
        node,
        parameters.map((each) => (each === 'OUT' ? `out-${state}-${version}` : each)),
        { cwd: folder, env, encoding: 'utf8', timeout: 300_000 },
      )
      const isWell = run.status === 0 && wanted.test(run.stdout) && !/Warning:/.test(run.stderr)
      if (!isWell) failed += 1
      const told = isWell ? '' : `\n${run.stdout}${run.stderr}`
      console.log(`${isWell ? 'ok    ' : 'FAILED'} ${version} ${state} ${name}${told}`)
    }
  }
}

tryAll('installed')
const trim = spawnSync(nodes[0], ['node_modules/.bin/gongkai', 'trim', '--yes'], { cwd: folder, env, encoding: 'utf8' })
console.log(trim.stdout + trim.stderr)
console.log(`trimmed: ${(sizeOf(join(folder, 'node_modules')) / MIB).toFixed(0)} MiB with its dependencies`)
if (trim.status !== 0) failed += 1
tryAll('trimmed')
// The reader on WebAssembly has to work without the native one, too.
rmSync(join(folder, 'node_modules/onnxruntime-node'), { recursive: true })
tryAll('on WebAssembly')
process.exit(failed === 0 ? 0 : 1)
