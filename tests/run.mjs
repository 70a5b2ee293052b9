#!/usr/bin/env node
// The whole test command: style, types, dictionaries, build, tests. Ends with "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const RESULTS = join('out', 'test-results.json')
const bin = (name) => join('node_modules', '.bin', name)
const steps = [
  ['style', bin('biome'), ['check', '.']],
  ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  ['types of the browser side', bin('tsc'), ['-p', 'tsconfig.client.json']],
  ['dictionaries', bin('tsx'), ['dictionaries/check.ts']],
  ['build', 'npm', ['run', '--silent', 'build']],
]

/** Programs that some tests want; without the right to install one, its tests skip by name. */
const PROGRAMS = [
  { name: 'chromium', isThere: () => existsSync('/usr/bin/chromium') },
  { name: 'redis-server', isThere: () => isOnPath('redis-server') },
  { name: 'postgresql', isThere: () => existsSync('/usr/lib/postgresql') || isOnPath('initdb') },
  { name: 'zsh', isThere: () => isOnPath('zsh') },
  { name: 'fish', isThere: () => isOnPath('fish') },
]

function isOnPath(program) {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, program)))
}

function providePrograms() {
  const missing = PROGRAMS.filter((program) => !program.isThere()).map((program) => program.name)
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.log(`\n== installing with apt-get: ${missing.join(', ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const parameters of [['update'], ['install', '-y', '--no-install-recommends', ...missing]]) {
    spawnSync('apt-get', parameters, { stdio: ['ignore', 'ignore', 'inherit'], env })
  }
}

providePrograms()
let [passed, failed, skipped] = [0, 0, 0]
for (const [name, command, parameters] of steps) {
  console.log(`\n== ${name}`)
  const run = spawnSync(command, parameters, { stdio: 'inherit' })
  if (run.status === 0) passed += 1
  else {
    failed += 1
    console.log(`FAILED: ${name}`)
  }
}

console.log('\n== tests')
mkdirSync('out', { recursive: true })
rmSync(RESULTS, { force: true })
const reporters = ['--silent=passed-only', '--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`]
const run = spawnSync(bin('vitest'), ['run', ...reporters, ...process.argv.slice(2)], { stdio: 'inherit' })
if (existsSync(RESULTS)) {
  const results = JSON.parse(readFileSync(RESULTS, 'utf8'))
  passed += results.numPassedTests
  failed += results.numFailedTests
  // A file that does not even load holds no failed test, and is a failure all the same.
  failed += results.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  const skips = results.testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => test.status === 'pending' || test.status === 'skipped' || test.status === 'todo')
  for (const test of skips) {
    skipped += 1
    console.log(`SKIPPED: ${test.fullName}`)
    // Real documents cannot be committed; everything else that a test needs, CI has.
    if (process.env.CI && !test.fullName.includes('../shared')) failed += 1
  }
}
if (run.status !== 0 && failed === 0) failed += 1

const tail = skipped > 0 ? `, ${skipped} skipped` : ''
console.log(`\n${passed} passed, ${failed} failed${tail}`)
process.exit(failed === 0 ? 0 : 1)
