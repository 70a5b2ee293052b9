import { ENDS_LIKE_BODY } from '../forms/body-names.ts'
import type { BudgetLine } from '../forms/classify-lines.ts'
import { compactText } from '../forms/table-view.ts'
import { foldText } from '../match/fold-text.ts'
import { draftLineName, draftName } from './draft-name.ts'
import type { LineContext, LineWords } from './line-words.ts'

/** A line with the code of a unit and none of a class in a column of units and classes (单位名称（科目）). */
export function isUnitOverClasses({ nameUse, name, row }: BudgetLine): boolean {
  if (nameUse?.assignment.headerText.includes('单位') !== true || name?.kind !== 'line') return false
  return compactText(row.uses.get('unit-words/code')?.cell ?? null) !== ''
}

const UNIT_CODE = /^\d{3,12}$/
const CLASS_CODE = /^[235]\d{2}(?:\d{2}){0,2}$/

/** A public body with a code of its own, in the columns of the codes and names of classes (315001 某区某局 over 208 …). */
export function isUnitAmongClasses({ row, nameUse, name }: BudgetLine, { matchers }: LineContext): boolean {
  if (name?.kind !== 'line' || nameUse === null || !ENDS_LIKE_BODY.test(name.name)) return false
  const code = compactText(row.uses.get('subject-words/code')?.cell ?? null)
  if (!UNIT_CODE.test(code)) return false
  if (!CLASS_CODE.test(code)) return true
  const folded = foldText(name.name)
  return !['functional-expenditure', 'economic-department', 'economic-government'].some((scheme) =>
    matchers
      .catalogues(scheme)
      .some(({ entries }) => entries.some((entry) => entry.code === code || foldText(entry.name) === folded)),
  )
}

/** The words of such a line; `codes` are those of all of them: the code of a unit begins with that of the unit above. */
export function draftUnitAmongClasses(
  line: BudgetLine,
  codes: readonly string[],
  context: LineContext,
): Omit<LineWords, 'classification'> {
  const { nameUse, row } = line
  const use = row.uses.get('subject-words/code')
  const code = codeOfUnit(line)
  const fields = [
    ...(use === undefined ? [] : [draftName('line_code', use, row.pageNumber, context)]),
    ...(nameUse === null ? [] : [draftLineName(line, nameUse, 'whole', context)]),
  ]
  const above = codes.filter((other) => other.length < code.length && code.startsWith(other))
  return { line, fields, code, level: 1 + new Set(above).size, isUnit: true }
}

export function codeOfUnit({ row }: BudgetLine): string {
  return compactText(row.uses.get('subject-words/code')?.cell ?? null)
}
