import { isSurelyBody } from '../forms/body-names.ts'
import type { BudgetLine } from '../forms/classify-lines.ts'
import type { CellUse } from '../forms/classify-rows.ts'
import { compactText } from '../forms/table-view.ts'
import { draftLineName, draftName, textOfPart, type Whole } from './draft-name.ts'
import { gluedKey } from './glued-columns.ts'
import { codedRole } from './line-codes.ts'
import type { LineContext, LineWords } from './line-words.ts'

/** A unit's code begins with the code of the unit above. */
const SHORTEST_CODE = 3

interface OwnCode {
  readonly code: string
  readonly use: CellUse | null
  readonly part: Whole
}

/** Lines that are units or projects: their codes follow no catalogue. Units among projects stand over theirs. */
export function draftOwnCodes(lines: readonly BudgetLine[], context: LineContext): readonly LineWords[] {
  const role = codedRole(lines)
  const glued = new Set([gluedKey(lines, role), gluedKey(lines, 'unit-words')])
  const isUnit = (line: BudgetLine) => isUnitOverProjects(line) || (isOfRole(line, 'unit-words') && isPlain(line))
  const hasUnits = role === 'project-words' && lines.some(isUnit)
  const own = lines.map((line) => ownCode(line, role, glued))
  const codes = own.map(({ code }) => code)
  return lines.map((line, index): LineWords => {
    const { row, nameUse } = line
    const { code, use, part } = own[index] ?? { code: '', use: null, part: 'whole' as const }
    const namePart = nameUse !== null && glued.has(keyOf(nameUse)) ? 'name' : 'whole'
    const fields = [
      ...(code === '' || use === null ? [] : [draftName('line_code', use, row.pageNumber, context, part)]),
      ...(nameUse === null ? [] : [draftLineName(line, nameUse, namePart, context)]),
    ]
    const above = codes.filter(
      (other) => other.length >= SHORTEST_CODE && other.length < code.length && code.startsWith(other),
    )
    const level = isPlain(line) && code !== '' ? 1 + new Set(above).size : line.depth
    const isBelow = hasUnits && !isUnit(line) && isPlain(line)
    return {
      line,
      fields,
      code: code === '' ? null : code,
      level: isBelow ? level + 1 : level,
      classification: 'none',
      isUnit: isUnit(line) || (role === 'unit-words' && isPlain(line)),
    }
  })
}

const isPlain = ({ name }: BudgetLine) => name?.kind === 'line'

function keyOf({ assignment }: CellUse): string {
  return `${assignment.column?.column ?? ''}/${assignment.part}`
}

function isOfRole({ nameUse }: BudgetLine, role: string): boolean {
  return nameUse?.assignment.column?.column === role
}

/** The code that stands beside the name of a line, or before it in its cell; `role` is what most lines are. */
function ownCode(line: BudgetLine, role: string, glued: ReadonlySet<string | null>): OwnCode {
  const none: OwnCode = { code: '', use: null, part: 'whole' }
  if (!isPlain(line)) return none
  const { nameUse, row } = line
  if (nameUse !== null && glued.has(keyOf(nameUse)))
    return { code: textOfPart(nameUse.cell.text, 'code'), use: nameUse, part: 'code' }
  const use = row.uses.get(`${isOfRole(line, 'unit-words') ? 'unit-words' : role}/code`) ?? null
  return use === null ? none : { code: compactText(use.cell), use, part: 'whole' }
}

/** A public body in a column of units and projects (单位（项目）名称). */
function isUnitOverProjects(line: BudgetLine): boolean {
  const { nameUse, name } = line
  if (!isOfRole(line, 'project-words') || name === null || !isPlain(line)) return false
  return nameUse?.assignment.headerText.includes('单位') === true && isSurelyBody(name.name)
}
