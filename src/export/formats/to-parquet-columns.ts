import type { Column, Row, TableDefinition } from '../tables/table-definition.ts'

export type ParquetKind = 'text' | 'integer' | 'number' | 'boolean' | 'decimal'

/** A column as Parquet holds it. A decimal is its digits as a whole number; `scale` says how many stand after the point. */
export interface ParquetColumn {
  readonly name: string
  readonly kind: ParquetKind
  readonly precision: number
  readonly scale: number
  readonly isRequired: boolean
  readonly values: readonly (string | bigint | number | boolean | null)[]
}

const MONEY = { precision: 18, scale: 2 }
/** The most digits that engines read. */
const LARGEST_PRECISION = 38
const USUAL_SCALE = 6

/** The columns of a table; exact figures stay exact, since they never become binary fractions. */
export function toParquetColumns({ columns }: TableDefinition, rows: readonly Row[]): readonly ParquetColumn[] {
  return columns.map((column, index) =>
    toParquetColumn(
      column,
      rows.map((row) => row[index] ?? null),
    ),
  )
}

function toParquetColumn({ name, type, isRequired }: Column, texts: readonly (string | null)[]): ParquetColumn {
  const about = { name, isRequired, precision: 0, scale: 0 }
  const as = <Value>(convert: (text: string) => Value) => texts.map((text) => (text === null ? null : convert(text)))
  switch (type) {
    case 'money':
      return {
        ...about,
        ...MONEY,
        kind: 'decimal',
        values: as((text) => toUnscaled(text, MONEY.scale, MONEY.precision)),
      }
    case 'decimal': {
      const scale = texts.reduce((most, text) => Math.max(most, placesOf(text ?? '')), USUAL_SCALE)
      const values = as((text) => toUnscaled(text, scale))
      return { ...about, kind: 'decimal', precision: LARGEST_PRECISION, scale, values }
    }
    case 'integer':
      return { ...about, kind: 'integer', values: as(BigInt) }
    case 'measure':
      return { ...about, kind: 'number', values: as(Number) }
    case 'boolean':
      return { ...about, kind: 'boolean', values: as((text) => text === 'true') }
    case 'text':
    case 'json':
      return { ...about, kind: 'text', values: texts }
  }
}

function placesOf(text: string): number {
  const point = text.indexOf('.')
  return point === -1 ? 0 : text.length - point - 1
}

/** "-1.5" at scale 2 is -150n: by moving the point in the text. Throws for a figure that a decimal cannot hold. */
export function toUnscaled(text: string, scale: number, precision = LARGEST_PRECISION): bigint {
  const unscaled = BigInt(text.replace('.', '') + '0'.repeat(scale - placesOf(text)))
  const digits = String(unscaled).replace('-', '').length
  if (digits > precision) throw new RangeError(`${text} has more digits than a decimal of ${precision} holds`)
  return unscaled
}
