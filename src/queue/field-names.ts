import { z } from 'zod'
import type { Dictionaries } from '../model/dictionaries.ts'

const Headed = z.object({ field: z.string(), headers: z.array(z.string()).min(1) })
const Period = z.object({ period: z.string(), headers: z.array(z.string()).min(1) })
const Column = z.object({ fields: z.tuple([z.string()]), headers: z.array(z.string()).min(1) })

/**
 * What the forms call a field in Chinese, by its first heading; a measure of a period (prior_year_reception) by both. The first
 * form that names a field wins.
 */
export function readFieldNames({ forms }: Pick<Dictionaries, 'forms'>): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const periods = new Map<string, string>()
  const keep = (into: Map<string, string>, key: string, [first]: readonly string[]) => {
    if (first !== undefined && !into.has(key)) into.set(key, first)
  }
  for (const part of forms.flatMap(partsOf)) {
    const [headed, period, column] = [Headed.safeParse(part), Period.safeParse(part), Column.safeParse(part)]
    if (headed.success) keep(names, headed.data.field, headed.data.headers)
    if (period.success) keep(periods, period.data.period, period.data.headers)
    if (column.success) keep(names, column.data.fields[0], column.data.headers)
  }
  for (const [field, name] of [...names]) {
    for (const [period, when] of periods) keep(names, `${period}_${field}`, [`${when} ${name}`])
  }
  return new Map([...periods, ...names])
}

/** A form and everything in it that is an object. */
function partsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(partsOf)
  if (value === null || typeof value !== 'object') return []
  return [value, ...Object.values(value).flatMap(partsOf)]
}
