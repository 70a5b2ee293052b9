import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const EXAMPLES = 'docs/examples'
/** What each prints when it is run beside report.pdf and scan.jpg. */
const PRINTS: Readonly<Record<string, RegExp>> = {
  'tables.ts': /^page 1, table 1: 5 × 5\n.*\[A02010105\]台式计算机 \| \[2010601\]行政运行 \| 1 \| 2\.00/s,
  'cells.ts': /row 1\+1, column 0\+1, at \d+, \d+: \[A02010105\]台式计算机 \(.*paddle ".*tesseract "/,
  'pages.ts': /^page 1 \(text\): 0 tables, \d+ lines beside them\npage 2 \(text\): 1 tables, /,
  'bytes-to-files.ts': /^$/,
  'records.ts': /^襄阳市樊城区教育局 2025\nprocurement_line accepted .*item_code=A05040101/s,
  'ingest.ts': /^report\.pdf: complete, 29 of 29 rows accepted\n$/,
}

const folder = mkdtempSync(join(tmpdir(), 'gongkai-examples-'))
copyFileSync('tests/fixtures/ocr/small-scan.jpg', join(folder, 'scan.jpg'))
copyFileSync('samples/fancheng-education-2025-digital.pdf', join(folder, 'report.pdf'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every example is run', () => expect(Object.keys(PRINTS).sort()).toEqual(readdirSync(EXAMPLES).sort()))

test.each(Object.entries(PRINTS))(
  '%s runs and prints what it promises',
  (name, printed) => {
    const run = spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), resolve(EXAMPLES, name)], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, TSX_TSCONFIG_PATH: resolve('tsconfig.json') },
      timeout: 110_000,
    })
    expect([run.status, run.signal], run.stderr).toEqual([0, null])
    expect(run.stdout).toMatch(printed)
    if (name === 'bytes-to-files.ts') expect(readFileSync(join(folder, 'tables.html'), 'utf8')).toContain('<table>')
  },
  120_000,
)

test.each(readdirSync(EXAMPLES))('docs/library.md shows %s as it is', (name) => {
  expect(readFileSync('docs/library.md', 'utf8')).toContain(
    `\`\`\`ts\n${readFileSync(join(EXAMPLES, name), 'utf8')}\`\`\``,
  )
})
