import type { Flag } from '../../model/flag.ts'
import type { Cell } from '../../model/table.ts'
import type { BudgetLine } from '../forms/classify-lines.ts'
import type { CellUse } from '../forms/classify-rows.ts'
import { compactText } from '../forms/table-view.ts'
import type { CodedCells } from './draft-coded-fields.ts'
import { gluedKey } from './glued-columns.ts'

/** The cells of a line's code and name with the code made whole; `flags` say what was added. */
export interface LineCode {
  readonly line: BudgetLine
  readonly cells: CodedCells
  readonly flags: readonly Flag[]
}

const PARTS = ['class', 'group', 'item'] as const
const CODE_PARTS: readonly string[] = [...PARTS, 'code']

/** The words columns that hold a block's codes and names: its subjects, or its units where it has no subjects. */
export function codedRole(lines: readonly BudgetLine[]): 'subject-words' | 'unit-words' | 'project-words' {
  const has = (role: string) =>
    lines.some(({ block }) => block.assignments.some(({ column }) => column?.column === role))
  if (lines.some(({ nameUse }) => nameUse?.assignment.column?.column === 'project-words')) return 'project-words'
  // Under 单位名称（科目） beside codes of units alone the lines are units.
  // The name of a total may stand in any column.
  const isOfUnits = lines.some(
    ({ nameUse, name }) => name?.kind === 'line' && nameUse?.assignment.headerText.includes('单位') === true,
  )
  const hasCodes = lines.some(({ block }) =>
    block.assignments.some(({ column, part }) => column?.column === 'subject-words' && CODE_PARTS.includes(part)),
  )
  if (isOfUnits && !hasCodes && has('unit-words')) return 'unit-words'
  return has('subject-words') || !has('unit-words') ? 'subject-words' : 'unit-words'
}

/**
 * The code cells of the lines of a block, in the columns of `role`. A code in 类, 款 and 项 may print its first parts only where they change, and a
 * spreadsheet may have dropped the zero before 5: both are filled in and flagged.
 */
export function lineCodes(lines: readonly BudgetLine[], role: string = codedRole(lines)): readonly LineCode[] {
  const glued = gluedKey(lines, role)
  const isGlued = glued !== null && !glued.endsWith('/whole')
  let above = new Map<string, CellUse>()
  return lines.map((line): LineCode => {
    const use = (part: string) => line.row.uses.get(`${role}/${part}`) ?? null
    const printed = PARTS.flatMap((part) => {
      const own = use(part)
      return own === null || compactText(own.cell) === '' ? [] : [[part, own] as const]
    })
    const own = new Map(printed)
    const last = PARTS.findLastIndex((part) => own.has(part))
    const digits: CellUse[] = []
    const flags: Flag[] = []
    for (const [index, part] of PARTS.slice(0, last + 1).entries()) {
      const found = own.get(part) ?? above.get(part)
      if (found === undefined) continue
      if (!own.has(part)) flags.push({ code: 'value-inherited', detail: `${part} of the line above` })
      const whole = index === 0 ? found : withLeadingZero(found)
      if (whole !== found)
        flags.push({
          code: 'code-restored',
          detail: `${compactText(found.cell)} is printed for ${compactText(whole.cell)}`,
        })
      digits.push(own.has(part) ? whole : { ...whole, isInherited: true })
    }
    if (last !== -1) {
      const kept = PARTS.slice(0, last + 1).flatMap((part) => {
        const found = own.get(part) ?? above.get(part)
        return found === undefined ? [] : [[part, found] as const]
      })
      above = new Map(kept)
    }
    const cells = isGlued
      ? { row: line.row, whole: use('code') ?? use('name'), code: null, name: null, digits: [] }
      : { row: line.row, whole: use('whole'), code: use('code'), name: use('name'), digits }
    return { line, cells, flags }
  })
}

/** 款 and 项 have two digits; every reading of a lone digit gets its zero back. */
function withLeadingZero(use: CellUse): CellUse {
  if (!/^\d$/.test(compactText(use.cell))) return use
  const pad = (text: string) => (/^\d$/.test(text.trim()) ? `0${text.trim()}` : text)
  // The zero is in no reader's posteriors.
  const readings = use.cell.readings.map(({ posteriors: _without, ...reading }) => ({
    ...reading,
    lines: [pad(reading.lines.join(''))],
    characters: [],
  }))
  const cell: Cell = { ...use.cell, text: pad(use.cell.text), readings }
  return { ...use, cell }
}
