import { readFileSync } from 'node:fs'

export interface Entry {
  readonly code: string
  readonly name: string
  readonly parent: string
  readonly level: number
}

/** The lists that invented lines are drawn from. */
export interface Vocabulary {
  readonly items: readonly Entry[]
  readonly functions: readonly Entry[]
  /** Names of functional codes on all levels. */
  readonly functionNames: ReadonlyMap<string, string>
  readonly economics: ReadonlyMap<string, string>
  readonly services: readonly { readonly level1: string; readonly level2: string; readonly level3: string }[]
  /** Full names of counties, their city (or municipality) before them, with the county's code. */
  readonly counties: readonly { readonly code: string; readonly name: string }[]
}

/** Reads the vocabulary from `dictionaries/`. */
export function readVocabulary(): Vocabulary {
  const divisions = readEntries('admin-divisions-2023')
  const functions = readEntries('functional-expenditure-2024')
  return {
    items: readEntries('procurement-2022').filter((entry) => /^[ABC]\d{8}$/.test(entry.code) && entry.level >= 2),
    functions: functions.filter((entry) => entry.code.length === 7),
    functionNames: new Map(functions.map((entry) => [entry.code, entry.name])),
    economics: new Map(readEntries('economic-department-2018').map((entry) => [entry.code, entry.name])),
    services: readEntries('service-directory').flatMap((entry) => {
      const [level1, level2] = entry.parent.split('/')
      return level1 === undefined || level2 === undefined ? [] : [{ level1, level2, level3: entry.name }]
    }),
    counties: fullCountyNames(divisions),
  }
}

function fullCountyNames(divisions: readonly Entry[]): { code: string; name: string }[] {
  const byCode = new Map(divisions.map((entry) => [entry.code, entry]))
  return divisions.flatMap((county) => {
    if (county.level !== 3 || !/[区县市旗]$/.test(county.name) || county.name === '市辖区') return []
    const city = byCode.get(county.parent)
    const province = byCode.get(city?.parent ?? '')
    const above = city !== undefined && /^(市辖区|县|省直辖|自治区直辖)/.test(city.name) ? province?.name : city?.name
    return above === undefined || !above.endsWith('市') ? [] : [{ code: county.code, name: `${above}${county.name}` }]
  })
}

function readEntries(name: string): Entry[] {
  const path = new URL(`../../../dictionaries/${name}.csv`, import.meta.url)
  const [, ...rows] = readFileSync(path, 'utf8')
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split(/\r?\n/)
  return rows.map((row) => {
    const [code = '', label = '', parent = '', level = '0'] = splitCsvRow(row)
    return { code, name: label, parent, level: Number(level) }
  })
}

/** One line of RFC 4180 (no line ends inside quotes). */
function splitCsvRow(row: string): string[] {
  return [...row.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g)].map((match) =>
    match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'),
  )
}
