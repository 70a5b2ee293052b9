import type { BudgetForm } from './budget-form.ts'
import type { BodyRow, CellUse } from './classify-rows.ts'
import { readRow } from './classify-rows.ts'
import type { TableSegment } from './continue-table.ts'
import type { BudgetTable } from './find-budget-tables.ts'
import { foldHeader, isHeadingOfFigures, wordSimilarity } from './header-text.ts'
import { isTotalName, type LineName, type NumberingStyle, readLineName, withNumber } from './line-names.ts'
import { withPartsBelow } from './lines-without-numbers.ts'
import type { BudgetBlock } from './read-budget-header.ts'
import { compactText } from './table-view.ts'
import { kindOfLabel } from './total-labels.ts'

/** A printed line of a budget table. `nameUse` is the cell that names it; null in a table whose headings are its lines. */
export interface BudgetLine {
  readonly row: BodyRow
  readonly block: BudgetBlock
  readonly nameUse: CellUse | null
  readonly name: LineName | null
  /** By its numbering: 1 for 一、; 0 for totals. Lines without a number stand at the top. Codes tell better where there are some. */
  readonly depth: number
}

/** Reads the lines of a budget table block by block, in the order of the pages. */
export function classifyLines(table: BudgetTable, form: BudgetForm): readonly BudgetLine[] {
  const lines = table.header.blocks.flatMap((block) => withPartsBelow(linesOfBlock(table, block), form))
  const pages = table.segments.map(({ view }) => view.table.pageNumber)
  const order = (line: BudgetLine) => pages.indexOf(line.row.pageNumber)
  return lines.toSorted((a, b) => order(a) - order(b))
}

function linesOfBlock(table: BudgetTable, block: BudgetBlock): readonly BudgetLine[] {
  const lines: Omit<BudgetLine, 'depth'>[] = []
  for (const segment of table.segments) {
    for (let gridRow = segment.bodyStart; gridRow < segment.view.rowCount; gridRow += 1) {
      const { pageNumber, tableIndex } = segment.view.table
      const uses = withoutPartNames(readRow(block.assignments, segment, gridRow))
      const row: BodyRow = { kind: 'data', pageNumber, tableIndex, gridRow, label: '', uses }
      const own = [...uses.values()].filter(({ cell, isInherited }) => !isInherited && compactText(cell) !== '')
      if (own.length === 0 || isRepeatedHeader(own) || isRestOfHeader(own) || isNote(own)) continue
      if (isRestOfName(own, lines.at(-1)?.row, row)) {
        joinName(lines, own)
        continue
      }
      const nameUse = findName(table, uses) ?? nameFromLeft(segment, block, gridRow)
      if (nameUse === null && !own.some(isMoney)) continue
      if (nameUse !== null && (reachesBeyond(nameUse, block) || isCount(nameUse, own))) continue
      lines.push({ row, block, nameUse, name: nameUse === null ? null : readLineName(nameUse.cell.text) })
    }
  }
  return withDepths(withLostMarks(lines))
}

/** 类, 款 and 项 printed beside the total are headings that slipped into its row. */
function withoutPartNames(uses: ReadonlyMap<string, CellUse>): ReadonlyMap<string, CellUse> {
  return new Map([...uses].filter(([, { cell }]) => !/^[类款项]$/.test(compactText(cell))))
}

/** Whether a cell stands in a column of figures: money, or a change in per cent. */
export const isMoney = ({ assignment }: CellUse): boolean =>
  assignment.column?.kind === 'money' || assignment.column?.kind === 'quantity'

function isRepeatedHeader(own: readonly CellUse[]): boolean {
  const alike = own.filter(
    ({ assignment, cell }) => wordSimilarity(foldHeader(cell.text), assignment.headerText) >= 0.75,
  )
  return alike.length >= 2 && alike.length > own.length / 2
}

/** What headings over names and over figures say, whatever stands over them. */
const HEADING_OF_NAMES = /^(?:收入|支出)?(?:项目|科目|功能分类)(?:名称)?(?:[（(]按.*[）)])?$/

/** The lower row of a heading that was taken for the first line: 项目 beside 预算数. */
function isRestOfHeader(own: readonly CellUse[]): boolean {
  const [figures, names] = [own.filter(isMoney), own.filter((use) => !isMoney(use))]
  const isHeading = ({ cell }: CellUse) => isHeadingOfFigures(cell.text)
  const isName = ({ cell }: CellUse) => HEADING_OF_NAMES.test(compactText(cell))
  return names.length > 0 && names.every(isName) && figures.every(isHeading)
}

const NOTE =
  /^(?:注|备注|说明|填表说明)[:：]|^(?:编制|填报)(?:单位|部门)[:：]|^单位[:：]|空表|本表无|没有使用|无(?:政府性基金|国有资本|此项)/
const LONGEST_NAME = 45

/** Words under the table, the numbers of its columns, or what is carried over a page break. */
function isNote(own: readonly CellUse[]): boolean {
  if (own.some(({ cell }) => /^[栏行]次$/.test(compactText(cell)))) return true
  if (own.some(({ cell }) => kindOfLabel(compactText(cell)) === 'carried')) return true
  if (own.some(isMoney)) return false
  return own.some(({ cell }) => NOTE.test(compactText(cell)) || compactText(cell).length > LONGEST_NAME)
}

const NAME_KEYS = [
  'subject-words/name',
  'subject-words/whole',
  'project-words/whole',
  'project-words/name',
  'unit-words/name',
  'unit-words/whole',
]
const PROJECT_KEYS = [
  'project-words/whole',
  'project-words/name',
  'subject-words/whole',
  'subject-words/name',
  'unit-words/name',
  'unit-words/whole',
]

/** The cell that names a line: its name column, or whatever words cell a total stands in. */
function findName(table: BudgetTable, uses: ReadonlyMap<string, CellUse>): CellUse | null {
  const words = [...uses.values()].filter((use) => !isMoney(use) && compactText(use.cell) !== '')
  const total = words.find(({ cell }) => isTotalName(cell.text))
  if (total !== undefined) return total
  const keys = table.kind.isByProject === true ? PROJECT_KEYS : NAME_KEYS
  for (const key of keys) {
    const use = uses.get(key)
    if (use !== undefined && compactText(use.cell) !== '') return use
  }
  return words.find(({ cell }) => /\p{Script=Han}/u.test(cell.text)) ?? null
}

/** A total's name that is merged over several blocks stands for the last of them. */
function nameFromLeft(segment: TableSegment, block: BudgetBlock, gridRow: number): CellUse | null {
  const [first] = block.assignments.toSorted((a, b) => a.columnIndex - b.columnIndex)
  const cell = first === undefined ? null : segment.view.cellAt(gridRow, first.columnIndex)
  if (first === undefined || cell === null || cell.column === first.columnIndex || !isTotalName(cell.text)) return null
  return { assignment: first, cell, isInherited: false }
}

function reachesBeyond({ cell }: CellUse, { assignments }: BudgetBlock): boolean {
  const last = Math.max(...assignments.map(({ columnIndex }) => columnIndex))
  return cell.column + cell.columnSpan - 1 > last && isTotalName(cell.text)
}

const COUNTED = /[（(](?:辆|台|套|个|人|次|批|件|名|户|平方米)(?:[，,、/]?[（(]?(?:套|次|辆|人)[）)]?)*[）)]$/

/** A line among those of money that counts things, by the unit behind its name: 车辆数合计（辆）. */
function isCount({ cell }: CellUse, own: readonly CellUse[]): boolean {
  return COUNTED.test(compactText(cell)) && own.filter(isMoney).every((use) => !/\d\.\d/.test(compactText(use.cell)))
}

/** A name that a page break cut: the first row of a page with nothing but words under the name of a coded line. */
function isRestOfName(own: readonly CellUse[], previous: BodyRow | undefined, row: BodyRow): boolean {
  const [only, ...others] = own
  if (previous === undefined || only === undefined || others.length > 0) return false
  if (row.pageNumber !== previous.pageNumber + 1 || row.gridRow > 0) return false
  const isName = only.assignment.part === 'name' && only.assignment.column?.column === 'subject-words'
  const hadCode = [...previous.uses.values()].some(
    ({ assignment, cell }) => ['code', 'class'].includes(assignment.part) && /\d{3}/.test(compactText(cell)),
  )
  return isName && hadCode && !isTotalName(only.cell.text) && readLineName(only.cell.text).numbering === null
}

function joinName(lines: Omit<BudgetLine, 'depth'>[], own: readonly CellUse[]): void {
  const last = lines.at(-1)
  const [rest] = own
  if (last?.nameUse === null || last === undefined || rest === undefined) return
  const { cell } = last.nameUse
  const readings = cell.readings.map((reading) => {
    const other = rest.cell.readings.find(({ reader }) => reader === reading.reader)
    return other === undefined ? reading : { ...reading, lines: [...reading.lines, ...other.lines], characters: [] }
  })
  const nameUse = { ...last.nameUse, cell: { ...cell, text: cell.text + rest.cell.text, readings } }
  const uses = new Map([...last.row.uses].map(([key, use]) => [key, use === last.nameUse ? nameUse : use]))
  lines[lines.length - 1] = { ...last, nameUse, row: { ...last.row, uses }, name: readLineName(nameUse.cell.text) }
}

/**
 * Depth by numbering: a manner of numbering (none is one, too) that is new stands one below the last, one that is known
 * where it stood. A total begins anew.
 */
function withDepths(lines: readonly Omit<BudgetLine, 'depth'>[]): readonly BudgetLine[] {
  let styles: (NumberingStyle | 'plain')[] = []
  return lines.map((line, index): BudgetLine => {
    const { name } = line
    if (name === null || name.kind === 'total' || name.kind === 'subtotal') {
      styles = []
      return { ...line, depth: 0 }
    }
    if (name.kind === 'of_which') return { ...line, depth: styles.length + 1 }
    const style = name.numbering ?? lostNumbering(lines, index) ?? 'plain'
    const known = styles.indexOf(style)
    styles = known === -1 ? [...styles, style] : styles.slice(0, known + 1)
    return { ...line, depth: styles.length }
  })
}

/**
 * A number whose mark 、 a reader of pixels lost is no part of the name (五事业收入 after 四、…): told by the number before it,
 * which is one less.
 */
function withLostMarks(lines: readonly Omit<BudgetLine, 'depth'>[]): readonly Omit<BudgetLine, 'depth'>[] {
  let last = 0
  return lines.map((line) => {
    const { name, nameUse } = line
    if (name === null || name.kind !== 'line') {
      last = 0
      return line
    }
    const mended = nameUse?.cell.origin === 'ocr' && name.numbering === null ? withNumber(name, last + 1) : name
    if (mended.numbering === 'han') last = mended.ordinal ?? last
    return { ...line, name: mended }
  })
}

/** The manner in which a line was numbered whose number a reader of pixels lost: its neighbours leave just its number out. */
function lostNumbering(lines: readonly Omit<BudgetLine, 'depth'>[], index: number): NumberingStyle | null {
  const next = lines[index + 1]?.name
  if (lines[index]?.nameUse?.cell.origin !== 'ocr' || next?.numbering == null || next.ordinal === null) return null
  const before = lines
    .slice(0, index)
    .findLast(({ name }) => name?.numbering === next.numbering || name?.kind === 'total')?.name
  const last = before?.numbering === next.numbering ? (before.ordinal ?? 0) : 0
  return next.ordinal === last + 2 ? next.numbering : null
}
