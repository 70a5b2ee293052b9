import type { Dictionaries } from '../model/dictionaries.ts'
import type { ColumnKind } from '../normalize/forms/form.ts'
import { readForms } from '../normalize/forms/read-forms.ts'
import type { FieldKind } from '../review/parse-typed-value.ts'

/** What a field may hold and from which list it comes, as the forms say. */
export interface FieldList {
  readonly scheme: string
  readonly codeField: string | null
  readonly nameField: string | null
}

const KINDS: Readonly<Record<ColumnKind, FieldKind>> = {
  coded: 'text',
  name: 'text',
  vocabulary: 'text',
  money: 'money',
  quantity: 'quantity',
  boolean: 'boolean',
}

/** The kind of every field that the forms name, and the code list of those that have one. */
export function readFieldLists(dictionaries: Dictionaries): {
  readonly kinds: ReadonlyMap<string, FieldKind>
  readonly lists: ReadonlyMap<string, FieldList>
} {
  const kinds = new Map<string, FieldKind>()
  const lists = new Map<string, FieldList>()
  for (const { kind, fields, scheme } of readForms(dictionaries).lineForms.flatMap((form) => form.columns)) {
    const [first = '', second] = fields
    const isCoded = kind === 'coded' && second !== undefined
    for (const field of fields) kinds.set(field, isCoded && field === first ? 'code' : KINDS[kind])
    if (scheme === undefined) continue
    const list = { scheme, codeField: isCoded ? first : null, nameField: isCoded ? second : first }
    for (const field of fields) lists.set(field, list)
  }
  return { kinds, lists }
}
