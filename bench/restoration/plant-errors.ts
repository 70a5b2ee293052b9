import type { DocumentPlan, SheetPlan } from '../generate/build-document.ts'
import type { Entry } from '../generate/content/vocabulary.ts'
import { fenToYuan, type MoneyFormat, printMoney, yuanToFen } from '../generate/money.ts'
import type { Random } from '../generate/random.ts'
import { dataRow, type LineFields, type Sheet, type SheetRow } from '../generate/sheet.ts'

/** What a publisher can get wrong in a clean document; `nothing` is the control: there nobody may be alarmed. */
export const ERROR_KINDS = [
  'nothing',
  'wrong total',
  'wrong amount in a row',
  'code against name',
  'unknown code',
  'one row in the other unit',
  'heading in the other unit',
] as const
export type ErrorKind = (typeof ERROR_KINDS)[number]

/** A document with one planted error. `fields` are what its rows print, in the output's terms, row by row. */
export interface PlantedDocument {
  readonly kind: ErrorKind
  readonly plan: DocumentPlan
  readonly recordType: Sheet['recordType']
  /** The 1-based data row that holds the error; null where it is none of them. */
  readonly rowIndex: number | null
  readonly field: string | null
  readonly fields: readonly LineFields[]
}

const YUAN_PER_WAN = 10_000

/** Plants one error into the procurement table of a digital plan; null where the layout has no room for it. */
export function plantError(
  kind: ErrorKind,
  plan: DocumentPlan,
  catalogue: readonly Entry[],
  random: Random,
): PlantedDocument | null {
  const part = plan.parts.find((each): each is SheetPlan => 'sheet' in each)
  if (part === undefined) return null
  const planted = plantInSheet(kind, part.sheet, catalogue, random)
  if (planted === null) return null
  const parts = plan.parts.map((each) => (each === part ? { ...part, sheet: planted.sheet } : each))
  const fields = planted.sheet.rows.flatMap((row) => (row.fields === null ? [] : [row.fields]))
  const { rowIndex, field } = planted
  return { kind, plan: { ...plan, parts }, recordType: part.sheet.recordType, rowIndex, field, fields }
}

type PlantedSheet = Pick<PlantedDocument, 'rowIndex' | 'field'> & { readonly sheet: Sheet }

function plantInSheet(kind: ErrorKind, sheet: Sheet, catalogue: readonly Entry[], random: Random): PlantedSheet | null {
  if (kind === 'nothing') return { sheet, rowIndex: null, field: null }
  if (kind === 'wrong total') return plantTotal(sheet, random)
  if (kind === 'wrong amount in a row') return plantAmount(sheet, random)
  if (kind === 'code against name') return plantCode(sheet, otherCode(catalogue, random), random)
  if (kind === 'unknown code') return plantCode(sheet, unlistedCode(catalogue, random), random)
  return kind === 'one row in the other unit' ? plantUnitOfRow(sheet, random) : plantUnitOfHeading(sheet)
}

function plantTotal(sheet: Sheet, random: Random): PlantedSheet | null {
  const column = sheet.columns.findIndex(({ totals }) => totals === 'amount')
  const format = sheet.columns[column]?.format
  const at = sheet.rows.findIndex(({ kind }) => kind === 'total')
  const total = sheet.rows[at]
  if (format === undefined || total === undefined) return null
  const wrong = shiftedAmount(unprint(total.cells[column] ?? '', format), random)
  const rows = sheet.rows.with(at, { ...total, cells: total.cells.with(column, printMoney(wrong, format)) })
  return { sheet: { ...sheet, rows }, rowIndex: null, field: 'amount' }
}

/** An amount that is no more quantity times price; totals stay as they were. */
function plantAmount(sheet: Sheet, random: Random): PlantedSheet | null {
  return alterRow(sheet, random, 'amount', (fields) => {
    const amount = fields.amount
    return amount == null ? null : { ...fields, amount: fenToYuan(shiftedAmount(yuanToFen(amount), random)) }
  })
}

function plantCode(sheet: Sheet, codeFor: (fields: LineFields) => string | null, random: Random): PlantedSheet | null {
  const isPrinted = sheet.columns.some(({ gives }) => gives.includes('item_code'))
  if (!isPrinted || !sheet.columns.some(({ gives }) => gives.includes('item_name'))) return null
  return alterRow(sheet, random, 'item_code', (fields) => {
    const code = codeFor(fields)
    return code === null ? null : { ...fields, item_code: code }
  })
}

/** Another entry's code, of the same class and length: what a slip in a drop-down list gives. */
function otherCode(catalogue: readonly Entry[], random: Random): (fields: LineFields) => string | null {
  return ({ item_code: code, item_name: name }) => {
    const others = catalogue.filter(
      (entry) => entry.code !== code && entry.name !== name && entry.code[0] === code?.[0],
    )
    return others.length === 0 ? null : random.pick(others).code
  }
}

/** A code of the right shape that no entry has: one digit changed. */
function unlistedCode(catalogue: readonly Entry[], random: Random): (fields: LineFields) => string | null {
  const listed = new Set(catalogue.map(({ code }) => code))
  return ({ item_code: code }) => {
    if (code == null) return null
    const changed = Array.from({ length: 20 }, () => {
      const at = random.integer(1, code.length - 1)
      return code.slice(0, at) + random.integer(0, 9) + code.slice(at + 1)
    })
    return changed.find((each) => !listed.has(each) && ![...listed].some((other) => other.startsWith(each))) ?? null
  }
}

/** A row whose amount is typed in 元 among 万元, or the other way round; its total is that of the right figures. */
function plantUnitOfRow(sheet: Sheet, random: Random): PlantedSheet | null {
  const format = sheet.columns.find(({ totals }) => totals === 'amount')?.format
  if (format === undefined) return null
  const factor = format.unit === '万元' ? YUAN_PER_WAN : 1 / YUAN_PER_WAN
  return alterRow(sheet, random, 'amount', (fields) => {
    const fen = fields.amount == null ? Number.NaN : yuanToFen(fields.amount) * factor
    return Number.isInteger(fen) && fen > 0 && isPrintable(fen, format) ? { ...fields, amount: fenToYuan(fen) } : null
  })
}

/** The unit that stands over the table, or in its headings, is the other one; the figures stay as they are. */
function plantUnitOfHeading(sheet: Sheet): PlantedSheet | null {
  const format = sheet.columns.find(({ totals }) => totals === 'amount')?.format
  if (format === undefined) return null
  const [from, to] = format.unit === '万元' ? (['万元', '元'] as const) : (['元', '万元'] as const)
  const swap = (text: string) => text.replaceAll(new RegExp(`(?<!万)${from}`, 'g'), to)
  const columns = sheet.columns.map((column) => ({ ...column, header: column.header.map(swap) }))
  const above = { ...sheet.above, right: swap(sheet.above.right) }
  const isStated = columns.some(({ header }, index) => header.join() !== sheet.columns[index]?.header.join())
  if (!isStated && above.right === sheet.above.right) return null
  const factor = to === '万元' ? YUAN_PER_WAN : 1 / YUAN_PER_WAN
  const rows = sheet.rows.map((row) => ({ ...row, fields: row.fields === null ? null : scaled(row.fields, factor) }))
  return { sheet: { ...sheet, columns, above, rows }, rowIndex: null, field: 'amount' }
}

/** The amount in the unit that the heading now says; other money is not looked at. */
function scaled(fields: LineFields, factor: number): LineFields {
  const fen = fields.amount == null ? null : yuanToFen(fields.amount) * factor
  return { amount: fen === null || !Number.isInteger(fen) ? null : fenToYuan(fen) }
}

function alterRow(
  sheet: Sheet,
  random: Random,
  field: string,
  alter: (fields: LineFields) => LineFields | null,
): PlantedSheet | null {
  const data = sheet.rows.filter(({ kind }) => kind === 'data')
  for (const row of random.sample(data, data.length)) {
    const fields = row.fields === null ? null : alter({ ...sourceOf(row, sheet), ...row.fields })
    if (fields === null || row.rowIndex === null) continue
    const altered = dataRow(sheet.columns, fields, row.rowIndex)
    // Columns that the altered fields do not feed (shares of funds, serial numbers) stay as printed.
    const cells = row.cells.map((text, index) =>
      sheet.columns[index]?.gives.includes(field) === true ? (altered.cells[index] ?? text) : text,
    )
    const rows = sheet.rows.map((each): SheetRow => (each === row ? { ...altered, cells } : each))
    return { sheet: { ...sheet, rows }, rowIndex: row.rowIndex, field }
  }
  return null
}

/** Fields are given by columns; a code split over columns is fed by all of them. */
function sourceOf(row: SheetRow, { columns }: Sheet): LineFields {
  const names = new Set(columns.flatMap(({ gives }) => gives))
  return Object.fromEntries([...names].map((name) => [name, row.fields?.[name] ?? null]))
}

function shiftedAmount(fen: number, random: Random): number {
  const step = fen % YUAN_PER_WAN === 0 ? 1_000_000 : 100
  const shift = random.integer(1, 90) * step
  return fen > shift && random.chance(0.5) ? fen - shift : fen + shift
}

function unprint(text: string, format: MoneyFormat): number {
  return Math.round(Number(text.replaceAll(',', '')) * (format.unit === '万元' ? 1_000_000 : 100))
}

function isPrintable(fen: number, format: MoneyFormat): boolean {
  try {
    printMoney(fen, format)
    return true
  } catch {
    return false
  }
}
