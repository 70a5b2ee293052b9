import { alignRows } from './align-rows.ts'
import type { TruthRecord } from './find-cases.ts'
import { pairRecords } from './pair-records.ts'

/** One field of a found record beside its truth. */
export interface ScoredField {
  readonly document: string
  readonly recordType: string
  readonly place: string
  readonly name: string
  readonly truth: string | null
  readonly value: string | null
  readonly raw: string
  readonly isRight: boolean
  readonly isRawRight: boolean
  readonly grade: string
  readonly confidence: number
  readonly flags: readonly string[]
}

/** How the records of one type came out. */
export interface TypeScore {
  readonly recordType: string
  readonly rowsTrue: number
  readonly rowsFound: number
  readonly rowsInvented: number
  readonly fieldsLost: number
}

export interface DocumentScore {
  readonly document: string
  readonly types: readonly TypeScore[]
  readonly rowsTrue: number
  readonly rowsFound: number
  readonly rowsInvented: number
  /** Rows whose place (page, table, row) is the truth's too. */
  readonly rowsInPlace: number
  readonly fields: readonly ScoredField[]
  /** Fields of truth rows that no record stands for: each counts as wrong. */
  readonly fieldsLost: number
  /** Records of the truth without a partner, and found ones that nothing in the truth is like, in words. */
  readonly unpaired: readonly string[]
}

export interface FoundRecord {
  readonly record_type: string
  readonly page_number: number
  readonly table_index: number
  readonly row_index: number
  readonly status: string
  readonly fields: Readonly<
    Record<string, { value: string | null; raw: string; grade: string; confidence: number; flags: string[] }>
  >
}

/** Rows that share less than this part of their fields are not the same row. */
const LEAST_SIMILARITY = 0.3
const BOUGHT = ['procurement_line', 'service_purchase_line']
/** Types whose records stand in no order that two readers must agree on. */
const UNORDERED = ['budget_line', 'key_figure', 'performance_project', 'performance_cost_line', 'performance_indicator']
const LEAST_UNORDERED = 0.5

/** Width of characters, spaces and the style of brackets do not count. */
export function foldForComparison(text: string | null): string {
  return (text ?? '').normalize('NFKC').replaceAll(/\s/g, '').replaceAll('【', '[').replaceAll('】', ']')
}

function isSame(a: string | null, b: string | null, name = ''): boolean {
  if (foldForComparison(a) === foldForComparison(b)) return true
  // How many places a share is printed with is no part of its value.
  return PLAIN_NUMBERS.includes(name) && a !== null && b !== null && a !== '' && b !== '' && Number(a) === Number(b)
}

const PLAIN_NUMBERS = ['value', 'weight', 'target_value', 'change_percent']

function similarity(truth: TruthRecord, found: FoundRecord): number {
  const names = Object.entries(truth.fields).filter(([, value]) => value !== null)
  const same = names.filter(([name, value]) => isSame(value, found.fields[name]?.value ?? null, name)).length
  return names.length === 0 ? 0 : same / names.length
}

/**
 * Compares the records of one document with its truth, record type by record type. `told` are the types of which the
 * truths of the whole set speak: tables of budgets count as invented only where such tables are listed at all. Without `asksAll` only the
 * fields that a record of the truth names are asked.
 */
export function scoreRecords(
  document: string,
  truths: readonly TruthRecord[],
  records: readonly FoundRecord[],
  told: ReadonlySet<string> = new Set(['budget_line']),
  asksAll = true,
): DocumentScore {
  const types = scoredTypes(truths, told)
  const scores = types.map((type) => {
    const wanted = truths.filter((record) => record.record_type === type)
    const found = records.filter((record) => record.record_type === type)
    return scoreType(document, type, wanted, found, asksAll)
  })
  const total = (pick: (score: DocumentScore) => number) => scores.reduce((sum, score) => sum + pick(score), 0)
  return {
    document,
    types: scores.flatMap((score) => score.types),
    unpaired: scores.flatMap((score) => score.unpaired),
    rowsTrue: total((score) => score.rowsTrue),
    rowsFound: total((score) => score.rowsFound),
    rowsInvented: total((score) => score.rowsInvented),
    rowsInPlace: total((score) => score.rowsInPlace),
    fieldsLost: total((score) => score.fieldsLost),
    fields: scores.flatMap((score) => score.fields),
  }
}

/**
 * The types that a truth speaks of. It always speaks of what is bought, and, where it holds any record, of every table: one
 * that it does not list is invented. Figures of the prose count only where it lists some.
 */
function scoredTypes(truths: readonly TruthRecord[], told: ReadonlySet<string>): readonly string[] {
  const own = truths.map((record) => record.record_type)
  const tables = truths.length > 0 && told.has('budget_line') ? ['budget_line'] : []
  return [...new Set([...own, ...BOUGHT, ...tables])].sort()
}

function scoreType(
  document: string,
  recordType: string,
  truths: readonly TruthRecord[],
  records: readonly FoundRecord[],
  asksAll: boolean,
): DocumentScore {
  const pairs = UNORDERED.includes(recordType)
    ? pairRecords(truths, records, similarity, LEAST_UNORDERED)
    : alignRows(truths, records, similarity, LEAST_SIMILARITY)
  let [rowsFound, rowsInvented, rowsInPlace, fieldsLost] = [0, 0, 0, 0]
  const fields: ScoredField[] = []
  const unpaired: string[] = []
  for (const [i, j] of pairs) {
    const truth = i === null ? undefined : truths[i]
    const record = j === null ? undefined : records[j]
    if (truth === undefined) {
      rowsInvented += 1
      if (record !== undefined) unpaired.push(`invented ${describe(record, (field) => field.value)}`)
    } else if (record === undefined) {
      fieldsLost += Object.keys(truth.fields).length
      unpaired.push(`lost ${describe(truth, (value) => value)}`)
    } else {
      rowsFound += 1
      if (truth.page_number === record.page_number && truth.row_index === record.row_index) rowsInPlace += 1
      fields.push(...scoreFields(document, truth, record, asksAll))
    }
  }
  const type = { recordType, rowsTrue: truths.length, rowsFound, rowsInvented, fieldsLost }
  return { document, types: [type], unpaired, fields, rowsInPlace, ...type }
}

function describe<F>(
  record: { readonly record_type: string; readonly page_number: number; readonly fields: Readonly<Record<string, F>> },
  textOf: (field: F) => string | null,
): string {
  const told = Object.entries(record.fields).map(([name, field]) => `${name}=${textOf(field)}`)
  return `${record.record_type} p${record.page_number}: ${told.join(' ').slice(0, LONGEST_DESCRIPTION)}`
}

const LONGEST_DESCRIPTION = 260

function scoreFields(document: string, truth: TruthRecord, record: FoundRecord, asksAll: boolean): ScoredField[] {
  const names = new Set([
    ...Object.keys(truth.fields),
    ...(asksAll ? Object.entries(record.fields).flatMap(([name, field]) => (field.value === null ? [] : [name])) : []),
  ])
  return [...names].map((name) => {
    const wanted = truth.fields[name] ?? null
    const field = record.fields[name]
    return {
      document,
      recordType: record.record_type,
      place: `p${record.page_number} t${record.table_index} r${record.row_index}`,
      name,
      truth: wanted,
      value: field?.value ?? null,
      raw: field?.raw ?? '',
      isRight: isSame(wanted, field?.value ?? null, name),
      isRawRight: isSame(wanted, field?.raw ?? null),
      grade: field?.grade ?? 'missing',
      confidence: field?.confidence ?? 0,
      flags: field?.flags ?? [],
    }
  })
}
