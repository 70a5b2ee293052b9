import type { FieldDraft } from '../../model/record.ts'
import type { BudgetLine } from '../forms/classify-lines.ts'
import type { CellUse } from '../forms/classify-rows.ts'
import { compactText } from '../forms/table-view.ts'
import { draftName, textOfPart } from './draft-name.ts'
import { draftOwnFields } from './draft-own-fields.ts'
import { gluedKey } from './glued-columns.ts'
import type { LineContext, LineWords } from './line-words.ts'

/** The fields that a column of words beside the one of the lines' names fills. */
const FIELDS: Readonly<Record<string, string>> = {
  'unit-words/code': 'unit_code',
  'unit-words/name': 'unit_name',
  'unit-words/whole': 'unit_name',
  'project-words/code': 'project_code',
  'project-words/whole': 'project_name',
  'project-words/name': 'project_name',
  'category-words/whole': 'category',
  'subject-words/code': 'function_code',
  'subject-words/name': 'function_name',
  'subject-words/whole': 'function_name',
  'function-words/code': 'function_code',
  'function-words/name': 'function_name',
  'function-words/whole': 'function_name',
  'economic-words/code': 'economic_code',
  'economic-words/name': 'economic_name',
  'economic-words/whole': 'economic_name',
}
/** Roles whose code and name may stand in one cell, and the fields of the two. */
const GLUED_FIELDS: Readonly<Record<string, readonly [string, string]>> = {
  'unit-words': ['unit_code', 'unit_name'],
  'subject-words': ['function_code', 'function_name'],
  'function-words': ['function_code', 'function_name'],
  'economic-words': ['economic_code', 'economic_name'],
}

/** The columns of a block, by their keys, whose cells hold a code before a name. */
export function gluedBeside(lines: readonly BudgetLine[]): ReadonlySet<string> {
  return new Set(Object.keys(GLUED_FIELDS).flatMap((role) => gluedKey(lines, role) ?? []))
}

/** What the line is by its own name, and what other columns tell beside it; `glued` are the columns that hold code and name in one. */
export function draftWordsBeside(
  words: LineWords,
  glued: ReadonlySet<string>,
  context: LineContext,
): readonly FieldDraft[] {
  const beside = otherWords(words, glued, context)
  const told = new Set(beside.map(({ name }) => name))
  return [...draftOwnFields(words).filter(({ name }) => !told.has(name)), ...beside]
}

/** Words columns beside the one that names the line. */
function otherWords(
  { line, fields, classesBeside = [] }: LineWords,
  glued: ReadonlySet<string>,
  context: LineContext,
): readonly FieldDraft[] {
  const told = new Set(fields.map(({ bbox }) => bbox))
  const { pageNumber, uses } = line.row
  const own = Object.entries(FIELDS).filter(([key]) => classesBeside.length === 0 || !key.startsWith('subject-words'))
  const plain = own.flatMap(([key, field]) => {
    const use = uses.get(key)
    if (use === undefined || told.has(use.cell.bbox) || compactText(use.cell) === '') return []
    return glued.has(key) ? codeAndName(key, use, pageNumber, context) : [draftName(field, use, pageNumber, context)]
  })
  return [...plain, ...classesBeside]
}

function codeAndName(key: string, use: CellUse, pageNumber: number, context: LineContext): readonly FieldDraft[] {
  const [codeField, nameField] = GLUED_FIELDS[key.replace(/\/.*/, '')] ?? ['', '']
  const name = draftName(nameField, use, pageNumber, context, 'name')
  if (textOfPart(use.cell.text, 'code') === '') return [name]
  return [draftName(codeField, use, pageNumber, context, 'code'), name]
}
