import { readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { parseCsv } from '../model/parse-csv.ts'
import { PipelineError } from '../model/pipeline-error.ts'
import type { InputDetails, InputFailure, InputFile, Inputs, InputUrl } from './input-file.ts'
import { statsOf } from './walk-folder.ts'
import { isWebAddress, parseDocumentUrl } from './web-address.ts'

/** Columns by their names; the first that is there counts. */
const COLUMNS = {
  path: ['path', 'file'],
  url: ['url'],
  publisher: ['publisher'],
  fiscalYear: ['fiscal_year', 'year'],
  district: ['district'],
  department: ['department'],
  sha256: ['sha256', 'hash'],
} as const

/**
 * The rows of a manifest: each names a file (relative to the manifest's folder) or an address, in the column path or url.
 * `name` is the manifest as it was given. Throws input/bad-manifest, which names row and column.
 */
export function readManifest(manifest: string, name: string): Inputs {
  const [header = [], ...rows] = parseManifest(manifest, name)
  const names = header.map((column) => column.trim().toLowerCase())
  const indexOf = (column: keyof typeof COLUMNS) =>
    COLUMNS[column].map((known) => names.indexOf(known)).find((index) => index >= 0) ?? -1
  if (indexOf('path') < 0 && indexOf('url') < 0) {
    throw new PipelineError('input/bad-manifest', `${name} has no column "path" or "url"`)
  }
  const files: InputFile[] = []
  const urls: InputUrl[] = []
  const failures: InputFailure[] = []
  for (const [index, row] of rows.entries()) {
    const place = `${name}: data row ${index + 1}`
    const cellOf = (column: keyof typeof COLUMNS) => row[indexOf(column)]?.trim() || null
    const target = cellOf('path') ?? cellOf('url')
    if (target === null) throw new PipelineError('input/bad-manifest', `${place} has no path`)
    const details = readDetails(cellOf, place)
    if (isWebAddress(target)) {
      urls.push({ url: parseDocumentUrl(target), ...details })
      continue
    }
    const path = resolve(dirname(manifest), target)
    if (statsOf(path)?.isFile() !== true) {
      failures.push({ path, error: new PipelineError('input/not-found', path) })
    } else files.push({ path, fileName: basename(path), url: null, ...details })
  }
  return { files, urls, failures }
}

function readDetails(cellOf: (column: keyof typeof COLUMNS) => string | null, place: string): InputDetails {
  const [year, sha256] = [cellOf('fiscalYear'), cellOf('sha256')]
  if (year !== null && !/^\d{4}$/.test(year)) {
    throw new PipelineError('input/bad-manifest', `${place}: fiscal_year "${year}" is no year`)
  }
  if (sha256 !== null && !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw new PipelineError('input/bad-manifest', `${place}: sha256 "${sha256}" is no SHA-256 in hex digits`)
  }
  return {
    publisher: cellOf('publisher'),
    fiscalYear: year === null ? null : Number(year),
    district: cellOf('district'),
    department: cellOf('department'),
    sha256: sha256?.toLowerCase() ?? null,
  }
}

function parseManifest(manifest: string, name: string): string[][] {
  try {
    return parseCsv(readFileSync(manifest, 'utf8'))
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new PipelineError('input/bad-manifest', `${name}: ${detail}`, { cause: error })
  }
}
