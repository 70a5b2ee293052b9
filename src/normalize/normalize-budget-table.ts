import type { TextLine } from '../model/page.ts'
import type { Check, FieldDraft, RecordDraft } from '../model/record.ts'
import { draftDerivedField } from './draft/draft-derived-field.ts'
import { draftLineWords } from './draft/draft-line-fields.ts'
import { draftMoneyField } from './draft/draft-money-field.ts'
import { draftPercentField } from './draft/draft-percent-field.ts'
import { draftWordsBeside, gluedBeside } from './draft/draft-words-beside.ts'
import type { LineWords } from './draft/line-words.ts'
import type { Matchers } from './draft/matchers.ts'
import type { BudgetForm } from './forms/budget-form.ts'
import { type BudgetLine, classifyLines, isMoney } from './forms/classify-lines.ts'
import type { BudgetTable } from './forms/find-budget-tables.ts'
import { compactText } from './forms/table-view.ts'
import { assumeLineUnit } from './money/assume-line-unit.ts'
import { findColumnUnits } from './money/find-column-units.ts'
import type { MoneyUnit } from './money/find-money-unit.ts'
import { buildLineEquations, type LineMoney } from './reconcile/build-line-equations.ts'
import { buildMoneySheet, type MoneySheet } from './reconcile/build-money-sheet.ts'
import { type CheckedEquations, checkEquations, NO_EQUATION } from './reconcile/check-equations.ts'
import type { MoneyCell } from './reconcile/money-cell.ts'
import { type MoneySolution, solveMoney } from './reconcile/solve-money.ts'
import type { WorkBudget } from './reconcile/work-budget.ts'

/** What the budget tables of one document share. */
export interface BudgetContext {
  readonly form: BudgetForm
  readonly matchers: Matchers
  readonly fiscalYear: number | null
  readonly editions: ReadonlyMap<string, string>
  /** What the sums of all tables of the document together may still cost. */
  readonly sums: WorkBudget
  /** The unit that another table of the document states. */
  readonly documentUnit: MoneyUnit | null
  /** The lines of text of a page, outside its tables. */
  readonly linesOf: (pageNumber: number) => readonly TextLine[]
}

/** The lines of a budget table as records, with its equations; `empty` says why there are none. */
export type NormalizedBudgetTable =
  | { readonly kind: 'lines'; readonly records: readonly RecordDraft[]; readonly checks: readonly Check[] }
  | { readonly kind: 'empty'; readonly reason: string }

interface NumberedLine {
  readonly words: LineWords
  readonly block: number
  readonly rowIndex: number
  /** Columns of its block that hold a code before a name. */
  readonly glued: ReadonlySet<string>
}

/** Reads one of the standard tables: a record for every printed line, totals among them. */
export function normalizeBudgetTable(table: BudgetTable, context: BudgetContext): NormalizedBudgetTable {
  const printed = classifyLines(table, context.form)
  const reason = emptyBecause(table, printed, context)
  if (reason !== null) return { kind: 'empty', reason }
  const { blocks } = table.header
  const words = new Map(
    blocks.flatMap((block) => {
      const own = printed.filter((line) => line.block === block)
      return draftLineWords(own, table.kind.table, context).map((each) => [each.line, each] as const)
    }),
  )
  const glued = new Map(blocks.map((each) => [each, gluedBeside(printed.filter(({ block }) => block === each))]))
  const lines = printed.flatMap((line, index): NumberedLine[] => {
    const found = words.get(line)
    const own = { block: blocks.indexOf(line.block), rowIndex: index + 1, glued: glued.get(line.block) ?? new Set() }
    return found === undefined ? [] : [{ words: found, ...own }]
  })
  const sheets = blocks.map((_, block) => sheetOf(table, block, lines, context))
  const money = lines.map((line) => toLineMoney(line, sheets[line.block], depthOfUnits(lines, line.block), blocks))
  const equations = buildLineEquations(money, context.form)
  const solution = solveMoney(
    money.flatMap(({ cells }) => [...cells.values()]),
    equations,
    context.sums,
  )
  const [first] = printed
  const place = { pageNumber: first?.row.pageNumber ?? 1, tableIndex: first?.row.tableIndex ?? 1 }
  const checked = checkEquations(solution, solution.equations, place)
  const records = lines.map((line, index) =>
    toRecord(table, line, money[index], sheets[line.block], solution, checked, context),
  )
  return { kind: 'lines', records, checks: checked.checks }
}

/** A zero, a stroke, or a word for nothing. */
const SAYS_NOTHING = /^(?:[\d.,，\s\-—－–/%]|暂?无|空)*$/

/** Why a table has no lines; null when it has some. */
function emptyBecause(
  { title, segments }: BudgetTable,
  lines: readonly BudgetLine[],
  { linesOf }: BudgetContext,
): string | null {
  const figures = lines.flatMap(({ row }) =>
    [...row.uses.values()].filter(isMoney).map(({ cell }) => compactText(cell)),
  )
  if (figures.some((text) => /[1-9]/.test(text) || !SAYS_NOTHING.test(text))) return null
  const note = segments
    .flatMap(({ view }) => [
      ...view.table.cells.map(compactText),
      ...belowFirst(linesOf(view.table.pageNumber), view.table.bbox.bottom),
    ])
    .find((text) => /空表|本表无|无.{0,30}(?:支出|收入|预算|数据)|没有|未安排/.test(text))
  const because =
    note === undefined
      ? figures.some((text) => text.includes('0'))
        ? 'only zeros are printed'
        : 'no figure is printed'
      : `it says "${note}"`
  return `${title} is empty: ${because}`
}

/** The texts of a page's lines, those under a table first: its note stands there, above it that of another may. */
function belowFirst(lines: readonly TextLine[], bottom: number): readonly string[] {
  const isBelow = ({ bbox }: TextLine) => bbox.bottom > bottom
  return [...lines.filter(isBelow), ...lines.filter((line) => !isBelow(line))].map(({ text }) =>
    text.replaceAll(/\s/g, ''),
  )
}

function sheetOf(
  table: BudgetTable,
  block: number,
  lines: readonly NumberedLine[],
  { documentUnit, matchers }: BudgetContext,
): MoneySheet {
  const own = lines.filter((line) => line.block === block)
  const rows = own.map(({ words }) => words.line.row)
  const numbers = new Map(own.map(({ words, rowIndex }) => [words.line.row, rowIndex]))
  const { headerStart, headerEnd, blocks } = table.header
  const assignments = blocks[block]?.assignments ?? []
  const header = { headerStart, headerEnd, assignments }
  const units = findColumnUnits({ header, segments: table.segments }, assumeLineUnit(rows, documentUnit))
  return buildMoneySheet(rows, units, matchers.confusionsByGlyph, {
    indexOf: (row) => numbers.get(row) ?? null,
    scope: `${block}.`,
  })
}

/** The block in which the cell of a line's name begins. */
function firstBlockUnder({ nameUse }: BudgetLine, blocks: BudgetTable['header']['blocks']): number | null {
  const column = nameUse?.cell.column
  if (column === undefined) return null
  const found = blocks.findIndex(({ assignments }) => assignments.some(({ columnIndex }) => columnIndex === column))
  return found === -1 ? null : found
}

/** How deep the units stand under which a block lists its classes; 0 where it lists none so. */
function depthOfUnits(lines: readonly NumberedLine[], block: number): number {
  const own = lines.filter((line) => line.block === block)
  const isByUnit = own.some(({ words }) => isClass(words))
  return isByUnit ? Math.max(0, ...own.map(({ words }) => (words.isUnit ? words.level : 0))) : 0
}

const isClass = ({ classification, code, isUnit }: LineWords) => classification !== 'none' && code !== null && !isUnit

function toLineMoney(
  { words, block }: NumberedLine,
  sheet: MoneySheet | undefined,
  unitDepth: number,
  blocks: BudgetTable['header']['blocks'],
): LineMoney {
  const { line, code } = words
  const cells = sheet?.rows.find(({ row }) => row === line.row)?.cells ?? new Map<string, MoneyCell>()
  const { pageNumber, tableIndex } = line.row
  return {
    block,
    side: line.block.side,
    // Among classes a unit's code says nothing of sums, its depth does.
    code: words.isUnit && unitDepth > 0 ? null : code,
    name: line.name,
    fromBlock: firstBlockUnder(line, blocks) ?? block,
    // Classes that are listed unit by unit stand below their unit.
    depth: isClass(words) ? words.level + unitDepth : words.level,
    where: `page ${pageNumber}, table ${tableIndex}, ${line.name?.name ?? 'the line'}`,
    cells: new Map([...cells].map(([key, cell]) => [key.split('/')[0] ?? key, cell])),
  }
}

function toRecord(
  table: BudgetTable,
  { words, rowIndex, glued }: NumberedLine,
  money: LineMoney | undefined,
  sheet: MoneySheet | undefined,
  solution: MoneySolution,
  checked: CheckedEquations,
  context: BudgetContext,
): RecordDraft {
  const { row } = words.line
  const fields = [
    ...derivedFields(table, words),
    ...words.fields,
    ...draftWordsBeside(words, glued, context),
    ...moneyFields(words.line, money, sheet, solution, checked),
  ]
  return { recordType: 'budget_line', pageNumber: row.pageNumber, tableIndex: row.tableIndex, rowIndex, fields }
}

function derivedFields(table: BudgetTable, { line, level, classification }: LineWords): readonly FieldDraft[] {
  const use = line.nameUse ?? [...line.row.uses.values()][0]
  if (use === undefined) return []
  const from = { pageNumber: line.row.pageNumber, bbox: use.cell.bbox, raw: table.title }
  const { side } = line.block
  const guessed = table.isTitled
    ? []
    : [{ code: 'header-uncertain' as const, detail: 'no title names the table; its headings do' }]
  const derive = (name: string, value: string, evidence: string) =>
    draftDerivedField(name, value, { ...from, evidence })
  return [
    draftDerivedField('table', table.kind.table, { ...from, evidence: `titled "${table.title}"`, flags: guessed }),
    derive(
      'stage',
      table.stage,
      table.stage === 'budget' ? 'the title does not say 决算' : 'the title or a heading says 决算',
    ),
    ...(side === null ? [] : [derive('side', side, 'the heading over the block')]),
    derive('classification', classification, 'the codes or names of the lines'),
    derive('line_kind', line.name?.kind ?? 'line', 'the words of the line'),
    derive('level', String(level), 'the length of the code, or the numbering'),
  ]
}

function moneyFields(
  line: BudgetLine,
  money: LineMoney | undefined,
  sheet: MoneySheet | undefined,
  solution: MoneySolution,
  checked: CheckedEquations,
): readonly FieldDraft[] {
  return [...line.row.uses].flatMap(([key, use]): FieldDraft[] => {
    const { column } = use.assignment
    if (column === null) return []
    if (column.kind === 'quantity') return [draftPercentField(column, line.row, use)]
    const cell = money?.cells.get(column.column)
    const settled = cell === undefined ? undefined : solution.amounts.get(cell.key)
    const unit = sheet?.units.get(key)
    if (column.kind !== 'money' || cell === undefined || settled === undefined || unit === undefined) return []
    const tally = checked.tally.get(cell.key) ?? NO_EQUATION
    return [draftMoneyField(column, line.row, use, unit, settled, tally)]
  })
}
