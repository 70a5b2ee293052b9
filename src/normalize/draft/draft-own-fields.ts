import type { FieldDraft } from '../../model/record.ts'
import type { LineWords } from './line-words.ts'

/** Fields that say what the line is: where it is a unit, a project or one of two classes, its code and name stand there, too. */
interface OwnNames {
  readonly code: string | null
  readonly name: string
}

/**
 * The code and name of a line once more, under the names of what it is: a line that is a project has a project_name like every
 * line beside which one is printed. Totals are none of these.
 */
export function draftOwnFields(words: LineWords): readonly FieldDraft[] {
  const { line, fields } = words
  const names = line.name?.kind === 'line' ? ownNames(words) : null
  if (names === null) return []
  return fields.flatMap((field): FieldDraft[] => {
    if (field.value === null) return []
    if (field.name === 'line_name') return [{ ...field, name: names.name }]
    return field.name === 'line_code' && names.code !== null ? [{ ...field, name: names.code }] : []
  })
}

const UNIT: OwnNames = { code: 'unit_code', name: 'unit_name' }
const PROJECT: OwnNames = { code: 'project_code', name: 'project_name' }

function ownNames({ line, isUnit }: LineWords): OwnNames | null {
  const { nameUse, block } = line
  const role = nameUse?.assignment.column?.column
  if (isUnit || role === 'unit-words') return UNIT
  if (role === 'project-words') return PROJECT
  const has = (other: string) => block.assignments.some(({ column }) => column?.column === other)
  if (has('function-words')) return { code: 'economic_code', name: 'economic_name' }
  return has('economic-words') ? { code: 'function_code', name: 'function_name' } : null
}
