import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PageExtract } from '../../model/page.ts'
import { unpackExtract } from '../../queue/packed-answers.ts'
import type { PagePool } from '../../queue/page-pool.ts'
import { bad, doubtful, type Finding, good, reasonOf } from './finding.ts'
import { SAMPLE_PICTURE, SAMPLE_TEXTS } from './sample-picture.ts'

const REINSTALL = 'Install gongkai again with npm; optional packages must not be left out (--omit=optional).'

/** Lets each reader read a small table in a page process, as an ingest would. */
export async function checkReaders(pool: PagePool, signal: AbortSignal): Promise<readonly Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-doctor-'))
  try {
    const path = join(folder, 'sample.png')
    writeFileSync(path, Buffer.from(SAMPLE_PICTURE, 'base64'))
    const findings: Finding[] = []
    for (const reader of ['paddle', 'tesseract'] as const) findings.push(await checkReader(pool, path, reader, signal))
    return findings
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function checkReader(
  pool: PagePool,
  path: string,
  reader: 'paddle' | 'tesseract',
  signal: AbortSignal,
): Promise<Finding> {
  const id = `reader-${reader}`
  const begun = performance.now()
  try {
    const request = { path, documentId: null, pageNumber: 1, readers: reader }
    const reading = await pool.run('page', request, signal)
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    const values = {
      reader,
      seconds,
      missing: missingTexts(unpackExtract(reading)).join(' '),
      notice: reading.notice ?? '',
    }
    if (values.missing !== '') {
      return bad(id, '{reader} does not find {missing} in a clean picture', REINSTALL, values)
    }
    if (reading.notice !== null) {
      return doubtful(id, '{reader} reads a small table in {seconds} s, but: {notice}', REINSTALL, values)
    }
    return good(id, '{reader} reads a small table rightly in {seconds} s', values)
  } catch (error) {
    signal.throwIfAborted()
    return bad(id, '{reader} does not read: {reason}', REINSTALL, { reader, reason: reasonOf(error) })
  }
}

function missingTexts({ tables }: PageExtract): readonly string[] {
  const texts = tables.flatMap(({ cells }) => cells.map(({ text }) => text))
  return SAMPLE_TEXTS.filter((text) => !texts.includes(text))
}
