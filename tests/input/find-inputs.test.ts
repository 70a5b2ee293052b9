import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findInputs } from '../../src/input/find-inputs.ts'

const folder = mkdtempSync(join(tmpdir(), 'gongkai-inputs-'))
mkdirSync(join(folder, 'bare'))
writeFileSync(join(folder, 'no-path.csv'), 'document\na.pdf\n')

test.each([
  ['nowhere.pdf', 'input/not-found'],
  ['bare', 'input/no-documents'],
  ['no-path.csv', 'input/bad-manifest'],
])('%s is refused with %s, named as it was given', (file, code) => {
  const name = relative('.', join(folder, file))
  const [failure] = findInputs([name]).failures
  expect(failure).toMatchObject({ path: name, error: { code } })
  expect(failure?.error.message.split(file)).toHaveLength(2)
  expect(failure?.error.message).toContain(name)
})

describe.skipIf(process.platform !== 'linux')('what lies in a folder beside good documents costs only itself', () => {
  const mixed = join(folder, 'mixed')
  mkdirSync(join(mixed, 'a folder.pdf'), { recursive: true })
  writeFileSync(join(mixed, 'good.pdf'), '%PDF-')
  writeFileSync(join(mixed, 'a folder.pdf', 'within.pdf'), '%PDF-')
  writeFileSync(join(mixed, 'two\nlines.pdf'), '%PDF-')
  // 预算.pdf in GBK, as unpacked from an archive made on an older system.
  writeFileSync(Buffer.concat([Buffer.from(`${mixed}/`), Buffer.from('\xd4\xa4\xcb\xe3.pdf', 'latin1')]), '%PDF-')
  symlinkSync('nowhere', join(mixed, 'dangling.pdf'))
  symlinkSync('circle.pdf', join(mixed, 'circle.pdf'))
  symlinkSync('good.pdf', join(mixed, 'other-name.pdf'))
  symlinkSync('..', join(mixed, 'up.pdf'))
  symlinkSync('/dev/zero', join(mixed, 'endless.pdf'))
  execFileSync('mkfifo', [join(mixed, 'pipe.pdf')])
  const { files, failures } = findInputs([mixed])

  test('what is a file is taken, whatever it is called', () => {
    expect(files.map(({ path }) => relative(mixed, path))).toEqual([
      'a folder.pdf/within.pdf',
      'good.pdf',
      'other-name.pdf',
      'two\nlines.pdf',
    ])
  })

  test.each([
    ['dangling.pdf', 'input/not-found', 'leads nowhere'],
    ['circle.pdf', 'input/not-found', 'leads nowhere'],
    ['endless.pdf', 'input/not-found', 'neither a file nor a folder'],
    ['pipe.pdf', 'input/not-found', 'neither a file nor a folder'],
    ['\u0524\ufffd\ufffd.pdf', 'document/unreadable', 'not UTF-8'],
  ])('%s: %s', (name, code, words) => {
    const failure = failures.find(({ path }) => relative(mixed, path) === name)
    expect(failure?.error.code).toBe(code)
    expect(failure?.error.message).toContain(words)
  })

  test('and nothing else is told', () => {
    expect(failures).toHaveLength(5)
  })

  test('also where a pattern finds it', () => {
    expect(findInputs([join(mixed, '*.pdf')]).files.map(({ fileName }) => fileName)).toEqual([
      'good.pdf',
      'other-name.pdf',
      'two\nlines.pdf',
    ])
  })

  test('and where a manifest names it', () => {
    const manifest = join(folder, 'circle.csv')
    writeFileSync(manifest, 'path\nmixed/circle.pdf\nmixed/good.pdf\n')
    expect(findInputs([manifest])).toMatchObject({
      files: [{ fileName: 'good.pdf' }],
      failures: [{ error: { code: 'input/not-found' } }],
    })
  })
})

test('a folder that cannot be walked through, here for names too long, fails alone', () => {
  const deep = join(folder, 'deep')
  mkdirSync(deep)
  writeFileSync(join(deep, 'beside.pdf'), '%PDF-')
  const name = 'n'.repeat(200)
  execFileSync('sh', ['-c', `for i in $(seq 30); do mkdir ${name} && cd -P ${name} || exit 1; done`], { cwd: deep })
  const { files, failures } = findInputs([deep])
  expect(files).toMatchObject([{ fileName: 'beside.pdf' }])
  expect(failures).toMatchObject([{ error: { code: 'document/unreadable' } }])
  execFileSync('rm', ['-rf', deep])
})

test.skipIf(process.platform === 'win32')('a device, which may never end, is no document', () => {
  expect(findInputs(['/dev/zero'])).toMatchObject({ files: [], failures: [{ error: { code: 'input/not-found' } }] })
})

describe('a pattern that no shell expanded', () => {
  const reports = join(folder, 'reports')
  for (const path of ['2024/a.pdf', '2024/b.PDF', '2025/a.pdf', '2025/deep/c.pdf', 'note.txt', 'x[1].pdf']) {
    mkdirSync(join(reports, path, '..'), { recursive: true })
    writeFileSync(join(reports, path), '')
  }
  const filesOf = (pattern: string) =>
    findInputs([join(reports, pattern)]).files.map((file) => relative(reports, file.path))

  test.each([
    ['*/a.pdf', ['2024/a.pdf', '2025/a.pdf']],
    ['**/*.pdf', ['2024/a.pdf', '2025/a.pdf', '2025/deep/c.pdf', 'x[1].pdf']],
    ['202?/*.{pdf,PDF}', ['2024/a.pdf', '2024/b.PDF', '2025/a.pdf']],
    ['202[5-9]/**', ['2025/a.pdf', '2025/deep/c.pdf']],
    ['x[1].pdf', ['x[1].pdf']],
  ])('%s', (pattern, files) => expect(filesOf(pattern)).toEqual(files))

  test('and that means nothing is told as it was given', () => {
    const [failure] = findInputs([join(reports, '*.docx')]).failures
    expect(failure).toMatchObject({ error: { code: 'input/no-documents', message: expect.stringContaining('*.docx') } })
  })
})

describe('a manifest', () => {
  const write = (text: string) => {
    const path = join(folder, 'manifest.csv')
    writeFileSync(path, text)
    return findInputs([path])
  }
  writeFileSync(join(folder, 'a.pdf'), '')

  test('names files and addresses, with what it knows of each', () => {
    const hash = 'AB'.repeat(32)
    const { files, urls, failures } = write(
      `Path,district,department,year,sha256\na.pdf,江汉区,财政局,2024,${hash}\nhttps://example.org/b.pdf#page=2,,,,\nnone.pdf,,,,\n`,
    )
    expect(files).toEqual([
      {
        path: join(folder, 'a.pdf'),
        fileName: 'a.pdf',
        url: null,
        publisher: null,
        fiscalYear: 2024,
        district: '江汉区',
        department: '财政局',
        sha256: hash.toLowerCase(),
      },
    ])
    expect(urls).toMatchObject([{ url: 'https://example.org/b.pdf', district: null }])
    expect(failures).toMatchObject([{ error: { code: 'input/not-found' } }])
  })

  test('may have a column url instead of path', () => {
    expect(write('url\nhttps://example.org/b.pdf\n').urls).toHaveLength(1)
  })

  test.each([
    ['path,year\na.pdf,next\n', 'data row 1: fiscal_year "next"'],
    ['path,sha256\na.pdf,abc\n', 'data row 1: sha256 "abc"'],
    ['path,year\n,2024\n', 'data row 1 has no path'],
  ])('%j is refused, with its place', (text, detail) => {
    expect(write(text).failures).toMatchObject([
      { error: { code: 'input/bad-manifest', message: expect.stringContaining(detail) } },
    ])
  })

  test('with an address that is none is refused', () => {
    expect(write('path\nftp://example.org/x.pdf\n').failures).toMatchObject([{ error: { code: 'input/bad-url' } }])
  })
})

test('an address on the command line is a download', () => {
  expect(findInputs(['HTTPS://Example.org/x.pdf']).urls).toMatchObject([{ url: 'https://example.org/x.pdf' }])
})
