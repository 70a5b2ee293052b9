import type { Flag } from '../model/flag.ts'
import type { FieldDraft, RecordDraft } from '../model/record.ts'

/**
 * Makes sure that every record can be named by its place, and every field by its name: judgements, links and keys stand on
 * it. A second record at a place takes the next row number that is free in its table. Of two fields of one name the first
 * with a value keeps it; another value stays beside it under a name with a number, and both are doubted.
 */
export function keepRecordsApart(records: readonly RecordDraft[]): readonly RecordDraft[] {
  const taken = new Set(records.map(placeOf))
  const seen = new Set<string>()
  return records.map((record) => {
    const fields = keepFieldsApart(record.fields)
    let { rowIndex } = record
    if (seen.has(placeOf(record))) while (taken.has(placeOf({ ...record, rowIndex }))) rowIndex += 1
    const place = placeOf({ ...record, rowIndex })
    taken.add(place)
    seen.add(place)
    return fields === record.fields && rowIndex === record.rowIndex ? record : { ...record, rowIndex, fields }
  })
}

function placeOf({ pageNumber, tableIndex, rowIndex }: Omit<RecordDraft, 'recordType' | 'fields'>): string {
  return `${pageNumber}/${tableIndex}/${rowIndex}`
}

function keepFieldsApart(fields: readonly FieldDraft[]): readonly FieldDraft[] {
  const names = new Set(fields.map(({ name }) => name))
  if (names.size === fields.length) return fields
  const taken = new Set(names)
  return [...names].flatMap((name) => {
    const [first, ...others] = distinctValues(fields.filter((field) => field.name === name))
    if (first === undefined || others.length === 0) return first === undefined ? [] : [first]
    const numbered = others.map((field) => doubted({ ...field, name: takeName(name, taken) }, name))
    return [doubted(first, name), ...numbered]
  })
}

/** Fields with a value, each value once; one without, where none has any. */
function distinctValues(same: readonly FieldDraft[]): readonly FieldDraft[] {
  const filled = same.filter(({ value }) => value !== null)
  const distinct = filled.filter((field, index) => filled.findIndex(({ value }) => value === field.value) === index)
  return distinct.length === 0 ? same.slice(0, 1) : distinct
}

function takeName(name: string, taken: Set<string>): string {
  for (let number = 2; ; number += 1) {
    const numbered = `${name}_${number}`
    if (taken.has(numbered)) continue
    taken.add(numbered)
    return numbered
  }
}

function doubted(field: FieldDraft, name: string): FieldDraft {
  const flag: Flag = { code: 'header-uncertain', detail: `two columns are called ${name} and hold different values` }
  return { ...field, flags: [...field.flags, flag] }
}
