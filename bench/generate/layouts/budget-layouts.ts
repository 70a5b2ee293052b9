import { moneyColumn, plainColumn, serialColumn, splitCodeColumns } from '../columns.ts'
import {
  type BudgetLine,
  drawEconomicLines,
  drawFen,
  drawFunctionLines,
  drawProjectLines,
  drawUnitLines,
  sumParts,
} from '../content/draw-budget.ts'
import type { Publisher } from '../content/draw-lines.ts'
import type { Vocabulary } from '../content/vocabulary.ts'
import { fenToYuan, type MoneyFormat } from '../money.ts'
import { A4_LANDSCAPE, A4_PORTRAIT, type PaperSize } from '../page-html.ts'
import type { Random } from '../random.ts'
import { type Column, dataRow, type LineFields, type SheetRow } from '../sheet.ts'

export interface BudgetRequest {
  readonly vocabulary: Vocabulary
  readonly publisher: Publisher
  readonly money: MoneyFormat
  readonly random: Random
}

/** An ordinary budget table: one of those that every department publishes. */
export interface BudgetLayout {
  readonly name: string
  readonly title: string
  readonly paper: PaperSize
  readonly columns: readonly Column[]
  readonly rows: readonly SheetRow[]
}

export type DrawBudget = (request: BudgetRequest) => BudgetLayout

export const BUDGET_LAYOUTS: readonly DrawBudget[] = [
  byFunction,
  byEconomicCode,
  balance,
  incomeByUnit,
  officialTravel,
  byProject,
]

/** What a column of shares is called in the records. */
const FIELDS: Readonly<Record<string, string>> = {
  基本支出: 'basic',
  项目支出: 'project',
  事业单位经营支出: 'operating_expenditure',
  上缴上级支出: 'turned_over',
  对附属单位补助支出: 'subsidy_to_subordinates',
  人员经费: 'personnel',
  公用经费: 'public_use',
  一般公共预算: 'general_public_budget',
  政府性基金预算: 'government_fund',
  国有资本经营预算: 'state_capital',
  财政专户管理资金: 'special_account',
  事业收入: 'business_income',
  其他收入: 'other_income',
}

const TABLES: Readonly<Record<string, string>> = {
  支出预算总表: 'expenditure',
  部门支出总表: 'expenditure',
  一般公共预算支出表: 'general_public_budget',
  一般公共预算基本支出表: 'basic_expenditure',
  部门收支总表: 'balance',
  收支预算总表: 'balance',
  财政拨款收支总表: 'fiscal_balance',
  部门收入总表: 'income',
  '一般公共预算“三公”经费支出表': 'three_public',
  项目支出表: 'project',
}

/** How a layout's printed lines read as records. */
interface Told {
  readonly title: string
  readonly classification: string
  /** The field that stands in the column of codes; null where that column is not printed. */
  readonly code: string | null
  readonly shares: readonly string[]
}

const FUNDS = ['一般公共预算', '政府性基金预算', '国有资本经营预算', '财政专户管理资金', '事业收入', '其他收入']

function byFunction({ vocabulary, publisher, money, random }: BudgetRequest): BudgetLayout {
  const kinds = ['基本支出', '项目支出', '事业单位经营支出', '上缴上级支出', '对附属单位补助支出'].slice(
    0,
    random.integer(2, 5),
  )
  const over = random.chance(0.35) ? [random.pick(['本年支出', '预算数'])] : []
  const lines = drawFunctionLines(vocabulary, publisher, random.integer(5, 14), kinds.length, random)
  const codes = random.chance(0.25)
    ? splitCodeColumns('科目编码', 'function', [
        ['类', 3],
        ['款', 2],
        ['项', 2],
      ])
    : [
        plainColumn(random.pick(['科目编码', '功能科目代码']), 'function_code', 11, {
          align: random.pick(['left', 'center']),
        }),
      ]
  const columns = [
    ...codes,
    plainColumn('科目名称', 'name', 26),
    ...sumColumns(over, kinds, money, random.pick(['合计', '总计', '小计'])),
  ]
  const title = random.pick(['支出预算总表', '一般公共预算支出表', '部门支出总表'])
  const told = { title, classification: 'function', code: 'line_code', shares: fieldsOf(kinds) }
  return {
    name: 'by-function',
    title,
    paper: kinds.length > 3 || random.chance(0.4) ? A4_LANDSCAPE : A4_PORTRAIT,
    columns,
    rows: toRows(columns, withTotal(lines, 3), random, money, told),
  }
}

function byEconomicCode({ vocabulary, money, random }: BudgetRequest): BudgetLayout {
  const lines = drawEconomicLines(vocabulary, random.integer(8, 20), random)
  const over = random.chance(0.4) ? ['一般公共预算基本支出'] : []
  const columns = [
    plainColumn(random.pick(['经济科目编码', '科目编码']), 'function_code', 11, {
      align: random.pick(['left', 'center']),
    }),
    plainColumn(random.pick(['经济科目名称', '科目名称']), 'name', 24),
    ...sumColumns(over, ['人员经费', '公用经费'], money, '合计'),
  ]
  const title = '一般公共预算基本支出表'
  const told = { title, classification: 'economic', code: 'line_code', shares: fieldsOf(['人员经费', '公用经费']) }
  return {
    name: 'by-economic-code',
    title,
    paper: A4_PORTRAIT,
    columns,
    rows: toRows(columns, withTotal(lines, 2), random, money, told),
  }
}

/** Income on the left, spending on the right: two lists that share nothing but their rows. */
function balance({ vocabulary, money, random }: BudgetRequest): BudgetLayout {
  const classes = [...vocabulary.functionNames].filter(([code]) => code.length === 3)
  const spending = random.sample(classes, random.integer(8, 16)).map(([, name]) => name)
  const income = [
    '一般公共预算拨款收入',
    '政府性基金预算拨款收入',
    '国有资本经营预算拨款收入',
    '财政专户管理资金收入',
    '事业收入',
    '其他收入',
  ]
  const numbered = (names: readonly string[]): string[] => names.map((name, k) => `${hanNumber(k + 1)}、${name}`)
  const amount = (): string | null => (random.chance(0.6) ? fenToYuan(drawFen(random)) : null)
  const fields: LineFields[] = spending.map((_, k) => ({
    left: numbered(income)[k] ?? null,
    income: k < income.length ? amount() : null,
    right: numbered(spending)[k] ?? null,
    spending: amount(),
  }))
  const total = fenToYuan(drawFen(random))
  const isTwoLevel = random.chance(0.6)
  const path = (over: string, text: string): readonly string[] => (isTwoLevel ? [over, text] : [text])
  const columns = [
    plainColumn(path('收入', '项目'), 'left', 26),
    moneyColumn(path('收入', '预算数'), 'income', 14, money),
    plainColumn(path('支出', '项目（按功能分类）'), 'right', 26),
    moneyColumn(path('支出', '预算数'), 'spending', 14, money),
  ]
  const closing: LineFields = { left: '本年收入合计', income: total, right: '本年支出合计', spending: total }
  const title = random.pick(['部门收支总表', '财政拨款收支总表', '收支预算总表'])
  const lineOf = (
    side: string,
    classification: string,
    name: string | null | undefined,
    amount: string | null | undefined,
  ): LineFields[] =>
    name == null
      ? []
      : [
          {
            table: TABLES[title] ?? title,
            stage: 'budget',
            side,
            classification,
            line_kind: name.endsWith('合计') ? 'total' : 'line',
            level: name.endsWith('合计') ? '0' : '1',
            line_name: name.replace(/^.+、/, ''),
            total: amount ?? null,
          },
        ]
  const rowOf = (line: LineFields): SheetRow => ({
    ...plainRow(columns, line),
    lines: [
      ...lineOf('income', 'source', line.left, line.income),
      ...lineOf('expenditure', 'function', line.right, line.spending),
    ],
  })
  return {
    name: 'balance',
    title,
    paper: random.pick([A4_PORTRAIT, A4_LANDSCAPE]),
    columns,
    rows: [...fields, closing].map(rowOf),
  }
}

function hanNumber(number: number): string {
  const digits = '一二三四五六七八九'
  if (number < 10) return digits[number - 1] ?? ''
  const ones = number % 10 === 0 ? '' : (digits[(number % 10) - 1] ?? '')
  return `${number < 20 ? '' : (digits[Math.floor(number / 10) - 1] ?? '')}十${ones}`
}

function incomeByUnit({ publisher, money, random }: BudgetRequest): BudgetLayout {
  const kinds = FUNDS.slice(0, random.integer(3, 6))
  const carried = FUNDS.slice(0, random.integer(2, 3))
  const lines = drawUnitLines(publisher, kinds.length + carried.length, random)
  const shares = [...kinds, ...carried].map((text, part) =>
    moneyColumn([part < kinds.length ? '本年收入' : '上年结转结余', text], `part${part}`, 11, money),
  )
  const columns = [
    plainColumn('单位代码', 'function_code', 9, { align: 'center' }),
    plainColumn('单位名称', 'name', 22),
    moneyColumn('合计', 'all', 11, money),
    ...shares,
  ]
  const title = '部门收入总表'
  const carriedOver = fieldsOf(carried).map((field) => `carryover_${field}`)
  const told = { title, classification: 'none', code: 'line_code', shares: [...fieldsOf(kinds), ...carriedOver] }
  return {
    name: 'income-by-unit',
    title,
    paper: A4_LANDSCAPE,
    columns,
    rows: toRows(columns, withTotal(lines, 1), random, money, told),
  }
}

function officialTravel({ publisher, money, random }: BudgetRequest): BudgetLayout {
  const lines = drawUnitLines(publisher, 4, random)
  const cars = '公务用车购置及运行维护费'
  const columns = [
    ...(random.chance(0.5) ? [plainColumn('单位编码', 'function_code', 9, { align: 'center' as const })] : []),
    plainColumn('单位名称', 'name', 24),
    moneyColumn(random.pick(['合计', '“三公”经费合计']), 'all', 12, money),
    moneyColumn('因公出国（境）费', 'part0', 12, money),
    moneyColumn([cars, '公务用车购置费'], 'part1', 12, money),
    moneyColumn([cars, '公务用车运行费'], 'part2', 12, money),
    moneyColumn('公务接待费', 'part3', 12, money),
  ]
  const title = '一般公共预算“三公”经费支出表'
  const shares = ['overseas_travel', 'vehicle_purchase', 'vehicle_running', 'reception']
  const hasCode = columns.some(({ gives }) => gives.includes('function_code'))
  const told = { title, classification: 'none', code: hasCode ? 'line_code' : null, shares }
  return {
    name: 'official-travel',
    title,
    paper: A4_LANDSCAPE,
    columns,
    rows: toRows(columns, withTotal(lines, 1), random, money, told),
  }
}

function byProject({ publisher, money, random }: BudgetRequest): BudgetLayout {
  const kinds = FUNDS.slice(0, random.integer(2, 5))
  const lines = drawProjectLines(publisher, random.integer(6, 14), kinds.length, random)
  const columns = [
    ...(random.chance(0.5) ? [serialColumn('序号')] : []),
    plainColumn('项目名称', 'name', 24),
    plainColumn('项目单位', 'function_code', 18),
    ...sumColumns(random.chance(0.6) ? ['资金来源'] : [], kinds, money, '合计'),
  ]
  const title = '项目支出表'
  const told = { title, classification: 'none', code: 'unit_name', shares: fieldsOf(kinds) }
  return {
    name: 'by-project',
    title,
    paper: A4_LANDSCAPE,
    columns,
    rows: toRows(columns, lines, random, money, told),
  }
}

function sumColumns(over: readonly string[], kinds: readonly string[], money: MoneyFormat, all: string): Column[] {
  return [
    moneyColumn([...over, all], 'all', 12, money),
    ...kinds.map((text, part) => moneyColumn([...over, text], `part${part}`, 12, money)),
  ]
}

function withTotal(lines: readonly BudgetLine[], lowest: number): BudgetLine[] {
  const parts = sumParts(lines.filter((line) => line.level === lowest))
  return [{ code: '', name: '合计', level: 0, parts }, ...lines]
}

/** Names of lower levels are indented; amounts of nothing are left out or printed as 0.00, all over the table. */
function toRows(
  columns: readonly Column[],
  lines: readonly BudgetLine[],
  random: Random,
  money: MoneyFormat,
  told: Told,
): SheetRow[] {
  const indent = random.chance(0.5) ? '\u3000' : ''
  const zero = random.chance(0.3) && !money.grouped ? '0.00' : null
  return lines.map(({ code, name, level, parts }, index) => {
    const print = (fen: number): string | null => (fen === 0 ? zero : fenToYuan(fen))
    const shares = parts.map((fen, part) => [`part${part}`, print(fen)] as const)
    const all = print(parts.reduce((sum, fen) => sum + fen, 0))
    const fields = {
      function_code: code,
      name: `${indent.repeat(Math.max(0, level - 1))}${name}`,
      all,
      ...Object.fromEntries(shares),
    }
    const line = toLine(
      { code, name, level, parts },
      all,
      shares.map(([, value]) => value),
      told,
    )
    return { ...plainRow(columns, fields, index), lines: [line] }
  })
}

function fieldsOf(headings: readonly string[]): string[] {
  return headings.map((heading) => FIELDS[heading] ?? heading)
}

/** A printed line as its record. */
function toLine(
  { code, name, level }: BudgetLine,
  total: string | null,
  parts: readonly (string | null)[],
  { title, classification, code: codeField, shares }: Told,
): LineFields {
  return {
    table: TABLES[title] ?? title,
    stage: 'budget',
    classification,
    line_kind: level === 0 ? 'total' : 'line',
    level: String(level),
    ...(codeField === null || code === '' ? {} : { [codeField]: code }),
    line_name: name,
    total,
    ...Object.fromEntries(shares.map((field, part) => [field, parts[part] ?? null])),
  }
}

/** A row whose records are told apart. */
function plainRow(columns: readonly Column[], fields: LineFields, index = 0): SheetRow {
  return { ...dataRow(columns, fields, index + 1), fields: null, rowIndex: null }
}
