import type { PageExtract } from '../../model/page.ts'
import type { Cell } from '../../model/table.ts'
import { type PlacedTable, placeTables } from '../forms/continue-table.ts'
import type { PerformanceForm } from '../forms/performance-form.ts'
import { cellsOfRow, compactText } from '../forms/table-view.ts'
import { joinCutLabels } from './join-cut-labels.ts'
import {
  type CellsAbove,
  readSectionRow,
  type TermPlace,
  termOf,
  termPlaceOf,
  termsOfBlocks,
} from './read-section-rows.ts'
import {
  endsSection,
  foldLabel,
  isSectionName,
  isSectionTitle,
  type Section,
  type SectionKind,
  sectionHeader,
  withYears,
} from './sheet-sections.ts'

/** A cell with the page that it stands on. */
export interface PlacedCell {
  readonly cell: Cell
  readonly pageNumber: number
  readonly tableIndex: number
}

/** A value beside or below its label. */
export interface LabelledValue extends PlacedCell {
  readonly field: string
  readonly kind: 'text' | 'choice' | 'money'
  readonly label: string
  /** The value's text, where label and value share a cell. */
  readonly text: string
}

/** One row of a table inside a sheet, by field. `term` is told by the headings above it. */
export interface SheetRow {
  readonly kind: SectionKind
  readonly pageNumber: number
  readonly tableIndex: number
  readonly term: 'long_term' | 'annual' | null
  readonly cells: ReadonlyMap<string, PlacedCell>
}

/** A sheet, over as many tables and pages as it takes. */
export interface PerformanceSheet {
  readonly isDepartment: boolean
  readonly title: string
  readonly tables: readonly PlacedTable[]
  readonly values: readonly LabelledValue[]
  readonly rows: readonly SheetRow[]
}

interface OpenSheet {
  isDepartment: boolean
  title: string
  tables: PlacedTable[]
  values: LabelledValue[]
  rows: SheetRow[]
  section: Section | null
  term: SheetRow['term']
  /** Headings of terms so far on the page, and the term of each block of the open section. */
  termPlaces: TermPlace[]
  blockTerms: readonly SheetRow['term'][]
  above: CellsAbove
}

const LEAST_LABELS = 3

/** Reads the performance sheets among the tables that are no other form; `isTaken` tells the others. */
export function readSheets(
  pages: readonly PageExtract[],
  told: PerformanceForm,
  fiscalYear: number | null,
  isTaken: (place: { readonly pageNumber: number; readonly tableIndex: number }) => boolean,
): readonly PerformanceSheet[] {
  const form = withYears(told, fiscalYear)
  const sheets: OpenSheet[] = []
  let isOpen = false
  let lastPage = 0
  for (const placed of joinCutLabels(pages.flatMap(placeTables), form)) {
    const { table } = placed.view
    if (isTaken(table)) {
      isOpen = false
      continue
    }
    const named = titleOf(placed, form)
    const title = isOpen && named !== null && isSectionName(named, form) ? null : named
    const begins = title !== null ? beginsSheet(placed, form, title) : !isOpen && looksLikeSheet(placed, form)
    const goesOn = isOpen && table.pageNumber <= lastPage + 1 && (title === null || !beginsSheet(placed, form, title))
    if (begins && !goesOn) sheets.push(openSheet(title ?? '', form))
    else if (!goesOn) {
      isOpen = false
      continue
    }
    isOpen = true
    lastPage = table.pageNumber
    const sheet = sheets.at(-1)
    if (sheet !== undefined) readTable(sheet, placed, form, named)
  }
  return sheets.filter(({ values, rows }) => rows.length > 0 || values.length >= LEAST_LABELS).map(withDefaultTerm)
}

/** Indicators under no heading of a term are of the only term that the sheet states a goal for. */
function withDefaultTerm(sheet: OpenSheet): PerformanceSheet {
  const values = withYearFirst(withGoalsApart(sheet.values))
  const states = (field: string) =>
    values.some((value) => value.field === field) || sheet.rows.some(({ cells }) => cells.has(field))
  const [isLong, isAnnual] = [states('long_term_goal'), states('annual_goal')]
  const term = isLong === isAnnual ? null : isLong ? ('long_term' as const) : ('annual' as const)
  return {
    ...sheet,
    values,
    rows: sheet.rows.map((row) => (row.kind === 'indicator' ? { ...row, term: row.term ?? term } : row)),
  }
}

/** 总体目标 is the goal of the year where it stands alone, and that of the whole project beside one of the year. */
function withGoalsApart(values: readonly LabelledValue[]): LabelledValue[] {
  const isWhole = ({ label }: LabelledValue) => /总体|整体|总目标/.test(label) && !/年度|当年/.test(label)
  const goals = values.filter(({ field }) => field === 'annual_goal')
  const isApart = goals.some(isWhole) && goals.some((value) => !isWhole(value))
  return values.map((value) =>
    isApart && value.field === 'annual_goal' && isWhole(value) ? { ...value, field: 'long_term_goal' } : value,
  )
}

/** Of sources that are printed for the medium term and for the year, those that stand over or under the year's budget come first. */
function withYearFirst(values: readonly LabelledValue[]): LabelledValue[] {
  const budget = values.find(({ field }) => field === 'current_budget')?.cell.bbox
  const isUnder = ({ cell: { bbox } }: LabelledValue) =>
    budget !== undefined && bbox.x0 < budget.x1 - 1 && bbox.x1 > budget.x0 + 1
  const isSource = ({ field }: LabelledValue) => field.startsWith('source_')
  const sources = values.filter(isSource).toSorted((a, b) => Number(isUnder(b)) - Number(isUnder(a)))
  return [...values.filter((value) => !isSource(value)), ...sources]
}

function openSheet(title: string, form: PerformanceForm): OpenSheet {
  const isDepartment = form.departmentTitles.some((word) => title.includes(word))
  return {
    isDepartment,
    title,
    tables: [],
    values: [],
    rows: [],
    section: null,
    term: null,
    termPlaces: [],
    blockTerms: [],
    above: [],
  }
}

function titleOf({ titles }: PlacedTable, form: PerformanceForm): string | null {
  const found = titles
    .map((line) => line.normalize('NFKC').replaceAll(/\s/g, ''))
    .find((line) => {
      return line.length <= 45 && !/[。;,]/.test(line) && form.titles.some((word) => line.includes(word))
    })
  return found ?? null
}

/** Whether a table under a title is a new sheet: it names its project or department, or the title says 申报表. */
function beginsSheet(placed: PlacedTable, form: PerformanceForm, title: string): boolean {
  const fields = new Set(labelsIn(placed, form).map(({ field }) => field))
  const isNamed = fields.has('project_name') || fields.has('department_name')
  const isHeaded = headedSection(placed, form) !== null
  return isNamed || (isHeaded && /表$/.test(title.replaceAll(/\([^)]*\)/g, '')))
}

function headedSection({ view }: PlacedTable, form: PerformanceForm): Section | null {
  for (let row = 0; row < view.rowCount; row += 1) {
    const section = sectionHeader(cellsOfRow(view, row), form)
    if (section !== null) return section
  }
  return null
}

/** A table without a title: it has the three levels of indicators, or several labels of a sheet. */
function looksLikeSheet(placed: PlacedTable, form: PerformanceForm): boolean {
  const fields = new Set(labelsIn(placed, form).map(({ field }) => field))
  const isIndicator = headedSection(placed, form)?.kind === 'indicator'
  return isIndicator || (fields.has('project_name') && fields.size > LEAST_LABELS && fields.has('annual_goal'))
}

function labelsIn({ view }: PlacedTable, form: PerformanceForm): readonly { readonly field: string }[] {
  return view.table.cells.flatMap((cell) => {
    const label = labelOf(cell, form)
    return label === null ? [] : [label]
  })
}

type Label = PerformanceForm['labels'][number] & { readonly rest: string }

/** The label that a cell is, or begins with ("其中：财政拨款：42.00"). */
function labelOf(cell: Cell, form: PerformanceForm): Label | null {
  const compact = compactText(cell).normalize('NFKC')
  if (compact === '' || compact.length > 60) return null
  const [head = '', ...tail] = compact.split(/[:]/)
  const told = foldLabel(compact)
  for (const label of form.labels)
    if (label.headers.some((header) => foldLabel(header) === told)) return { ...label, rest: '' }
  const rest = tail.join(':')
  if (rest === '') return null
  const headed = foldLabel(head)
  const found = form.labels.find(({ headers }) => headers.some((header) => foldLabel(header) === headed))
  return found === undefined ? null : { ...found, rest }
}

function readTable(sheet: OpenSheet, placed: PlacedTable, form: PerformanceForm, title: string | null): void {
  sheet.tables.push(placed)
  if (title !== null) sheet.term = termOf(title, form) ?? sheet.term
  const { view } = placed
  const { pageNumber, tableIndex } = view.table
  const used = new Set<Cell>()
  for (let row = 0; row < view.rowCount; row += 1) {
    const cells = cellsOfRow(view, row)
    const own = cells.filter((cell) => cell.row === row && compactText(cell) !== '')
    const section = sectionHeader(cells, form)
    const told = own.map((cell) => termOf(compactText(cell), form)).find((term) => term !== null) ?? null
    sheet.termPlaces.push(...own.flatMap((cell) => termPlaceOf(cell, form)))
    if (section !== null) {
      sheet.section = section
      sheet.term = told ?? sheet.term
      sheet.blockTerms = termsOfBlocks(section, sheet.termPlaces)
      sheet.above = []
      continue
    }
    const isTermAlone = told !== null && own.every((cell) => isHeadingOverAll(cell, placed, form))
    if (isTermAlone || own.some((cell) => endsSection(cell, sheet.section, form))) {
      sheet.section = null
      sheet.term = told ?? sheet.term
    }
    const labelled = readLabels(placed, row, form, used, sheet.section)
    if (labelled.length > 0) {
      if (!labelled.every(({ field }) => GOALS.includes(field)) || sheet.section === null) sheet.section = null
      sheet.values.push(...labelled.map((value) => ({ ...value, pageNumber, tableIndex })))
      continue
    }
    if (sheet.section === null) continue
    const read = readSectionRow(sheet.section, cells, row, { pageNumber, tableIndex }, sheet.above)
    sheet.above = read.above
    for (const { block, ...each } of read.rows) {
      sheet.rows.push({ ...each, term: termOfRow(each.cells, form) ?? sheet.blockTerms[block] ?? sheet.term })
    }
  }
}

/** A cell over the whole width that is no label: a heading, listed or not (实施期绩效指标). */
function isHeadingOverAll(cell: Cell, { view }: PlacedTable, form: PerformanceForm): boolean {
  return cell.columnSpan === view.columnCount && labelOf(cell, form) === null
}

const GOALS = ['long_term_goal', 'annual_goal']

function termOfRow(cells: ReadonlyMap<string, PlacedCell>, form: PerformanceForm): SheetRow['term'] {
  const goal = cells.get('goal')
  if (goal !== undefined) return termOf(compactText(goal.cell), form)
  return null
}

/** Labels of one row with their values: the cell to the right that is no label, else the cell below. */
function readLabels(
  { view }: PlacedTable,
  row: number,
  form: PerformanceForm,
  used: Set<Cell>,
  section: Section | null,
): readonly Omit<LabelledValue, 'pageNumber' | 'tableIndex'>[] {
  // Inside a table of a sheet the names of goals are cells like others.
  if (section !== null && section.kind === 'indicator') return []
  return cellsOfRow(view, row).flatMap((cell) => {
    const label = used.has(cell) || isHeadingOfPart(cell, view, form) ? null : labelOf(cell, form)
    if (label === null || (cell.row !== row && section !== null)) return []
    if (label.rest !== '')
      return [{ field: label.field, kind: label.kind, label: compactText(cell), cell, text: label.rest }]
    const right = view.cellAt(cell.row, cell.column + cell.columnSpan)
    const below = view.cellAt(cell.row + cell.rowSpan, cell.column)
    const isValue = (other: Cell | null): other is Cell =>
      other !== null && labelOf(other, form) === null && !isSectionTitle(other, form)
    const value = isValue(right) ? right : isValue(below) && below.column === cell.column ? below : null
    used.add(cell)
    if (value === null || used.has(value)) return []
    used.add(value)
    return [{ field: label.field, kind: label.kind, label: compactText(cell), cell: value, text: value.text }]
  })
}

/** The name of a part of the sheet over its whole width (项目绩效总目标): what stands below is no value of it. */
function isHeadingOfPart(cell: Cell, view: PlacedTable['view'], form: PerformanceForm): boolean {
  return cell.columnSpan === view.columnCount && isSectionTitle(cell, form)
}
