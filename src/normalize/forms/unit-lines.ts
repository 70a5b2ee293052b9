import type { Cell } from '../../model/table.ts'
import type { CellUse } from './classify-rows.ts'
import type { Form } from './form.ts'
import { compactText } from './table-view.ts'

/** The key under which the unit of a line over its rows is kept, and the place of no column. */
export const UNIT_OF_LINE = 'unit/whole'
const NO_COLUMN = -1

/** 预算单位：[512001]某县水利局 — a line that names the unit of the rows below it. */
const LABELLED =
  /^(?:预算|主管|采购|填报|编制|申报|基层)?(?:单位|部门)(?:名称|编码及名称|代码及名称)?[:：](?=.*\p{Script=Han}{2})/u
/** A unit's code and name alone, in any kind of brackets. */
const CODED_BODY =
  /^[[【［（(]?\d{3,12}[\]】］）)]?[-—_、.]?\p{Script=Han}[\p{Script=Han}（）()]*(?:局|委|委员会|办|办公室|厅|部|院|中心|校|学|园|所|站|队|馆|处|会|社|政府|街道|办事处|公司|本级|机关)[）)]?$/u

/**
 * The use of a cell that says whose the rows below are, in a table without a column of units; null where the row says no such
 * thing. `words` are the row's own cells that hold no figures.
 */
export function findUnitLine(form: Form, words: readonly CellUse[]): CellUse | null {
  const column = form.columns.find((each) => each.column === 'unit') ?? null
  const [only] = words
  if (column === null || only === undefined || words.length > 1) return null
  const text = compactText(only.cell)
  if (!LABELLED.test(text) && !CODED_BODY.test(text)) return null
  return {
    assignment: {
      columnIndex: NO_COLUMN,
      role: 'field',
      column,
      part: 'whole',
      headerText: '预算单位',
      fundField: null,
      similarity: 1,
      isExact: true,
    },
    cell: withoutLabel(only.cell),
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
