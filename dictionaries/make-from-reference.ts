/**
 * Converts a folder of compiled reference tables (see README.md, "Provenance") into the committed data files and
 * brings index.json up to date: `tsx dictionaries/make-from-reference.ts FOLDER`. The committed data needs no such
 * folder; files that are kept by hand (fund-*.csv, glyph-confusions-shape.csv) are not touched.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Attestation } from '../src/model/catalogue.ts'
import { parseCsvRecords } from '../src/model/parse-csv.ts'
import { updateManifest } from './update-manifest.ts'

const HERE = import.meta.dirname

interface Conversion {
  readonly from: readonly string[]
  readonly to: string
}

const CONVERSIONS: readonly Conversion[] = [
  { from: ['procurement_catalog_2022.csv'], to: 'procurement-2022.csv' },
  { from: ['procurement_catalog_2013_partial.csv'], to: 'procurement-2013.csv' },
  { from: ['functional_expenditure.csv'], to: 'functional-expenditure-2024.csv' },
  { from: ['economic_department.csv'], to: 'economic-department-2018.csv' },
  { from: ['economic_government.csv'], to: 'economic-government-2018.csv' },
  { from: ['service_directory.csv'], to: 'service-directory.csv' },
  { from: ['admin_divisions.csv', 'admin_divisions_hubei_streets.csv'], to: 'admin-divisions-2023.csv' },
  { from: ['units.csv'], to: 'units-of-measure.csv' },
]

/** The word of the source column that vouches most decides; a code from memory is not attested by its name alone. */
function attestationOf(source: string): Attestation {
  const words = source.split('+').map((word) => word.replace(/[ :].*$/, ''))
  if (words.includes('PDF')) return 'official'
  if (words.includes('seed') || words.includes('disclosure')) return 'disclosed'
  const thirdParty = ['found', 'header-list', 'modood', 'Jackjet/supervise', 'page-ningxia', 'catalog-2022']
  return words.some((word) => thirdParty.includes(word)) ? 'third-party' : 'recalled'
}

function csvLine(values: readonly string[]): string {
  return values.map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',')
}

function writeTable(file: string, header: readonly string[], rows: readonly (readonly string[])[]): void {
  writeFileSync(join(HERE, file), `${[header, ...rows].map(csvLine).join('\n')}\n`)
}

function convertCatalogue(folder: string, conversion: Conversion): void {
  const rows = conversion.from.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    const wanted =
      file === 'units.csv'
        ? (['code', 'name', 'source'] as const)
        : (['code', 'name', 'parent', 'level', 'source'] as const)
    return parseCsvRecords<'code' | 'name' | 'parent' | 'level' | 'source'>(text, wanted).map((row) => [
      row.code,
      row.name,
      row.parent ?? '',
      row.level === undefined || row.level === '' ? '1' : row.level,
      attestationOf(row.source),
    ])
  })
  writeTable(conversion.to, ['code', 'name', 'parent', 'level', 'attested'], rows)
}

function convertObservedConfusions(folder: string): void {
  const text = readFileSync(join(folder, 'ocr_confusions_seed.csv'), 'utf8')
  const pairs = new Map<string, [string, string]>()
  for (const { kind, observed, truth } of parseCsvRecords(text, ['kind', 'observed', 'truth'])) {
    // Amounts and runs of several glyphs say something about that one document, single glyphs about the damage.
    if (observed.trim() === '' || truth.includes('.') || (kind === 'digits' && [...observed].length > 1)) continue
    pairs.set(`${observed.trim()}\t${truth}`, [observed.trim(), truth])
  }
  const rows = [...pairs.values()].map(([observed, truth]) => [observed, truth, '1', 'scanner-layer-2024'])
  writeTable('glyph-confusions-observed.csv', ['observed', 'truth', 'count', 'source'], rows)
}

function convertLookAlikes(folder: string): void {
  const text = readFileSync(join(folder, 'hanzi_similar.csv'), 'utf8')
  const pairs = new Map<string, string[]>()
  for (const { char, similar, source } of parseCsvRecords(text, ['char', 'similar', 'source'])) {
    const key = [char, similar].sort().join('')
    if ([...char].length === 1 && [...similar].length === 1 && char !== similar && !pairs.has(key)) {
      pairs.set(key, [char, similar, '1', source])
    }
  }
  writeTable('glyph-confusions-han.csv', ['observed', 'truth', 'count', 'source'], [...pairs.values()])
}

const folder = process.argv[2]
if (folder === undefined) {
  process.stderr.write('usage: tsx dictionaries/make-from-reference.ts FOLDER\n')
  process.exitCode = 2
} else {
  for (const conversion of CONVERSIONS) convertCatalogue(folder, conversion)
  convertObservedConfusions(folder)
  convertLookAlikes(folder)
  updateManifest(HERE)
}
