import type { FieldDraft } from '../../model/record.ts'
import type { LineWords } from './draft-line-fields.ts'

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

function ownNames({ line, code }: LineWords): OwnNames | null {
  const { nameUse, block, row } = line
  const role = nameUse?.assignment.column?.column
  const heading = nameUse?.assignment.headerText ?? ''
  if (role === 'unit-words') return UNIT
  if (role === 'project-words') {
    return heading.includes('单位') && namesBody(line.name?.name ?? '') ? { ...UNIT, code: null } : PROJECT
  }
  const has = (other: string) => block.assignments.some(({ column }) => column?.column === other)
  // Under 单位名称（科目） a line with the code of a unit and none of a class is the unit.
  const hasUnitCode = (row.uses.get('unit-words/code')?.cell.text.trim() ?? '') !== ''
  if (heading.includes('单位') && code === null && hasUnitCode) return { ...UNIT, code: null }
  if (has('function-words')) return { code: 'economic_code', name: 'economic_name' }
  return has('economic-words') ? { code: 'function_code', name: 'function_name' } : null
}

/** Ends of the names of public bodies; no project is called so. */
const BODY = /(?:局|委员会|办公室|厅|院|馆|学校|中学|小学|幼儿园|机关|本级|政府|中心)$/

function namesBody(name: string): boolean {
  return BODY.test(name.replaceAll(/[（(]|[）)]/g, ''))
}
