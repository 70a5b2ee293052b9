import type { Cell } from '../../model/table.ts'
import { ENDS_LIKE_BODY } from './body-names.ts'
import type { CellUse } from './classify-rows.ts'
import type { Form, FormColumn } from './form.ts'
import { compactText } from './table-view.ts'

/** The keys under which the unit of a line over its rows is kept, or its name beside a column of codes, and the place of no column. */
export const UNIT_OF_LINE = 'unit/whole'
export const NAME_OF_LINE = 'unit/name'
const NO_COLUMN = -1

/** 预算单位：[512001]某县水利局 — a line that names the unit of the rows below it. */
const LABELLED =
  /^(?:预算|主管|采购|填报|编制|申报|基层)?(?:单位|部门)(?:名称|编码及名称|代码及名称)?[:：](?=.*\p{Script=Han}{2})/u
/** A unit's code and name alone, in any kind of brackets. */
const CODED_NAME = /^[[【［（(]?\d{3,12}[\]】］）)]?[-—_、.]?\p{Script=Han}[\p{Script=Han}（）()]*$/u

/** Long enough to be no item and no project: 某市某区住房和城乡建设局. */
const NAME = /^\p{Script=Han}[\p{Script=Han}（）()]{5,}$/u

/**
 * The use of a cell that says whose the rows below are, in a table without a column of units; null where the row says no such
 * thing. `words` are the row's own cells that hold no figures; `doItemsNameProjects`: each item has its project beside it.
 */
export function findUnitLine(form: Form, words: readonly CellUse[], doItemsNameProjects: boolean): CellUse | null {
  const column = form.columns.find((each) => each.column === 'unit') ?? null
  const [only] = words
  if (column === null || only === undefined || words.length > 1) return null
  const text = compactText(only.cell)
  // Where each item names its project, a body's name alone in the column of projects is no project's.
  const isAlone = doItemsNameProjects && only.assignment.column?.column === 'project'
  const isBody = isAlone && NAME.test(text) && ENDS_LIKE_BODY.test(text)
  if (!LABELLED.test(text) && !(CODED_NAME.test(text) && ENDS_LIKE_BODY.test(text)) && !isBody) return null
  return toUse(column, 'whole', withoutLabel(only.cell))
}

/** A heading over names of units and, below each, of its projects: 单位（项目）名称. */
const SHARED_HEADING = /(?:单位|部门).*项目|项目.*(?:单位|部门)/

/**
 * The use of the cell that names a unit in the column of projects, where the table has a column for the units' codes and none for
 * their names; null in any other row.
 */
export function findUnitName(form: Form, uses: ReadonlyMap<string, CellUse>): CellUse | null {
  const column = form.columns.find((each) => each.column === 'unit') ?? null
  const [code, name] = [uses.get('unit/code'), uses.get('project/whole')]
  if (column === null || code === undefined || name === undefined || uses.has(NAME_OF_LINE)) return null
  const isNamed = compactText(code.cell) !== '' && compactText(name.cell) !== ''
  return isNamed && SHARED_HEADING.test(name.assignment.headerText) ? toUse(column, 'name', name.cell) : null
}

function toUse(column: FormColumn, part: 'whole' | 'name', cell: Cell): CellUse {
  return {
    assignment: {
      columnIndex: NO_COLUMN,
      role: 'field',
      column,
      part,
      headerText: '预算单位',
      fundField: null,
      similarity: 1,
      isExact: true,
    },
    cell,
    isInherited: false,
  }
}

/** Whether a unit was named by a line, not by a column. */
export function isUnitOfLine({ assignment }: CellUse): boolean {
  return assignment.columnIndex === NO_COLUMN
}

/** The cell with what stands behind the label's colon, in every reading. */
function withoutLabel(cell: Cell): Cell {
  const strip = (text: string): string => text.replace(/^[^:：\d[【［]{0,12}[:：]\s*/u, '')
  const readings = cell.readings.map((reading) => ({ ...reading, lines: [strip(reading.lines.join(''))] }))
  return { ...cell, text: strip(cell.text), readings }
}
