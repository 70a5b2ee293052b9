import { type BudgetLine, drawEconomicLines, drawFen, drawFunctionLines, sumParts } from '../content/draw-budget.ts'
import type { Publisher } from '../content/draw-lines.ts'
import type { Vocabulary } from '../content/vocabulary.ts'
import { cell, type FormLine, type FormSheet } from '../form-sheet.ts'
import { fenToYuan, printMoney } from '../money.ts'
import type { Random } from '../random.ts'
import type { LineFields } from '../sheet.ts'

export interface AccountsRequest {
  readonly vocabulary: Vocabulary
  readonly publisher: Publisher
  readonly random: Random
}

const print = (fen: number | null): string =>
  fen === null || fen === 0 ? '' : printMoney(fen, { unit: '万元', decimals: 2, grouped: true })
const yuan = (fen: number | null): string | null => (fen === null || fen === 0 ? null : fenToYuan(fen))
const line = (table: string, fields: LineFields): LineFields => ({ table, stage: 'final_accounts', ...fields })

function sheet(title: string, publisher: Publisher, units: number, lines: readonly FormLine[]): FormSheet {
  return { title, above: { left: `部门：${publisher.name}`, right: '金额单位：万元' }, units, lines }
}

/** 公开01表: income beside expenditure, each line with its number in a column of its own. */
export function balanceOfAccounts({ vocabulary, publisher, random }: AccountsRequest): FormSheet {
  const income = [
    '一般公共预算财政拨款收入',
    '政府性基金预算财政拨款收入',
    '上级补助收入',
    '事业收入',
    '经营收入',
    '其他收入',
  ]
  const spending = [...vocabulary.functionNames].filter(([code]) => code.length === 3).slice(0, 12)
  const [opening, total] = [drawFen(random), drawFen(random) + 90_000_000_000]
  const own = total - opening
  const shares = [own - 5_000_000, 0, 0, 3_000_000, 0, 2_000_000]
  const spent = spending.map((_, index) => (index === 2 ? own - 10_000_000 : index === 7 ? 10_000_000 : 0))
  const rows = spending.map(
    ([, name], index) =>
      [
        income[index] === undefined ? '' : `${'一二三四五六'[index]}、${income[index]}`,
        shares[index] ?? 0,
        `${hanNumber(index + 1)}、${name}`,
        spent[index] ?? 0,
      ] as const,
  )
  const closing = [
    ['本年收入合计', own, '本年支出合计', own],
    ['年初结转和结余', opening, '年末结转和结余', opening],
    ['总计', total, '总计', total],
  ] as const
  const all = [...rows, ...closing]
  const told = (side: 'income' | 'expenditure') =>
    all.flatMap(([left, leftFen, right, rightFen], index) => {
      const [printed, fen] = side === 'income' ? [left, leftFen] : [right, rightFen]
      if (printed === '') return []
      const isTotal = /计$/.test(printed)
      const isLine = index < rows.length
      return [
        {
          recordType: 'budget_line' as const,
          fields: line('balance', {
            side,
            ...(isLine ? { classification: side === 'income' ? 'source' : 'function' } : {}),
            line_kind: isTotal ? 'total' : 'line',
            ...(isTotal || isLine ? { level: isTotal ? '0' : '1' } : {}),
            line_name: printed.replace(/^.+、/, ''),
            total: yuan(fen),
          }),
        },
      ]
    })
  const records = [...told('income'), ...told('expenditure')]
  return sheet('收入支出决算总表', publisher, 60, [
    { cells: [cell('收入', 30), cell('支出', 30)], records },
    {
      cells: ['项目', '行次', '金额', '项目', '行次', '金额'].map((text, index) =>
        cell(text, [16, 4, 10][index % 3] ?? 0),
      ),
    },
    { cells: ['栏次', '', '1', '栏次', '', '2'].map((text, index) => cell(text, [16, 4, 10][index % 3] ?? 0)) },
    ...all.map(
      ([left, leftFen, right, rightFen], index): FormLine => ({
        cells: [
          cell(left, 16, { align: 'left' }),
          cell(String(index + 1), 4),
          cell(print(leftFen), 10, { align: 'right' }),
          cell(right, 16, { align: 'left' }),
          cell(String(index + 1 + all.length), 4),
          cell(print(rightFen), 10, { align: 'right' }),
        ],
      }),
    ),
  ])
}

function hanNumber(number: number): string {
  const digits = '一二三四五六七八九'
  return number < 10 ? (digits[number - 1] ?? '') : `十${digits[number - 11] ?? ''}`
}

/** 公开03表 and 公开05表: expenditure by function with codes; a row of column numbers under the headings. */
export function expenditureOfAccounts(request: AccountsRequest, isGeneral: boolean): FormSheet {
  const { vocabulary, publisher, random } = request
  const lines = drawFunctionLines(vocabulary, publisher, random.integer(5, 12), 2, random)
  const parts = sumParts(lines.filter(({ level }) => level === 3))
  const whole: BudgetLine = { code: '', name: '合计', level: 0, parts }
  const heads = isGeneral ? ['小计', '基本支出', '项目支出'] : ['本年支出合计', '基本支出', '项目支出']
  const table = isGeneral ? 'general_public_budget' : 'expenditure'
  const rows = [whole, ...lines].map(
    ({ code, name, level, parts: [basic = 0, project = 0] }): FormLine => ({
      cells: [
        ...(level === 0 ? [cell('合计', 32)] : [cell(code, 10), cell(name, 22, { align: 'left' })]),
        ...[basic + project, basic, project].map((fen) => cell(print(fen), 10, { align: 'right' })),
      ],
      records: [
        {
          recordType: 'budget_line',
          fields: line(table, {
            classification: 'function',
            line_kind: level === 0 ? 'total' : 'line',
            level: String(level),
            ...(level === 0 ? {} : { line_code: code }),
            line_name: name,
            total: yuan(basic + project),
            basic: yuan(basic),
            project: yuan(project),
          }),
        },
      ],
    }),
  )
  const over = isGeneral ? [cell('本年支出', 30)] : []
  return sheet(isGeneral ? '一般公共预算财政拨款支出决算表' : '支出决算表', publisher, 62, [
    { cells: [cell('项目', 32), ...(isGeneral ? over : heads.map((text) => cell(text, 10, { lines: 2 })))] },
    {
      cells: [
        cell('功能分类科目编码', 10),
        cell('科目名称', 22),
        ...(isGeneral ? heads.map((text) => cell(text, 10)) : []),
      ],
    },
    { cells: [cell('栏次', 32), ...['1', '2', '3'].map((text) => cell(text, 10))] },
    ...rows,
  ])
}

/** 公开06表: personnel beside public use, economic codes in three panels. */
export function basicOfAccounts({ vocabulary, publisher, random }: AccountsRequest): FormSheet {
  const lines = drawEconomicLines(vocabulary, random.integer(10, 18), random)
  const isPublic = ({ code }: BudgetLine) => code.startsWith('302')
  const fenOf = ({ parts }: BudgetLine) => (parts[0] ?? 0) + (parts[1] ?? 0)
  const people = lines.filter((each) => !isPublic(each))
  const half = Math.ceil(lines.filter(isPublic).length / 2)
  const panels = [people, lines.filter(isPublic).slice(0, half), lines.filter(isPublic).slice(half)]
  const count = Math.max(...panels.map(({ length }) => length))
  const records = panels.flatMap((panel) =>
    panel.map((each) => ({
      recordType: 'budget_line' as const,
      fields: line('basic_expenditure', {
        classification: 'economic',
        line_kind: 'line',
        level: String(each.level),
        line_code: each.code,
        line_name: each.name,
        total: yuan(fenOf(each)),
      }),
    })),
  )
  const sum = (own: readonly BudgetLine[]) =>
    own.filter(({ level }) => level === 2).reduce((total, each) => total + fenOf(each), 0)
  const sums = [
    ['人员经费合计', sum(people)],
    ['公用经费合计', sum(lines.filter(isPublic))],
  ] as const
  const closing = sums.map(([name, fen]) => ({
    recordType: 'budget_line' as const,
    fields: line('basic_expenditure', {
      classification: 'economic',
      line_kind: 'total',
      level: '0',
      line_name: name,
      total: yuan(fen),
    }),
  }))
  const body = Array.from(
    { length: count },
    (_, row): FormLine => ({
      cells: panels.flatMap((panel) => {
        const each = panel[row]
        return [
          cell(each?.code ?? '', 6),
          cell(each?.name ?? '', 10, { align: 'left' }),
          cell(each === undefined ? '' : print(fenOf(each)), 7, { align: 'right' }),
        ]
      }),
    }),
  )
  return sheet('一般公共预算财政拨款基本支出决算明细表', publisher, 69, [
    { cells: [cell('人员经费', 23), cell('公用经费', 46)], records: [...records, ...closing] },
    { cells: panels.flatMap(() => [cell('科目编码', 6), cell('科目名称', 10), cell('决算数', 7)]) },
    ...body,
    {
      cells: [
        cell('人员经费合计', 16),
        cell(print(sums[0][1]), 7, { align: 'right' }),
        cell('公用经费合计', 39),
        cell(print(sums[1][1]), 7, { align: 'right' }),
      ],
    },
  ])
}

/** 公开09表: the three public expenses, planned and spent, in one row. */
export function publicExpensesOfAccounts({ publisher, random }: AccountsRequest): FormSheet {
  const draw = () => {
    const [travel, purchase, running, reception] = [
      0,
      random.chance(0.3) ? 18_000_000 : 0,
      drawFen(random),
      drawFen(random),
    ]
    return {
      total: travel + purchase + running + reception,
      travel,
      vehicle: purchase + running,
      purchase,
      running,
      reception,
    }
  }
  const [planned, spent] = [draw(), draw()]
  const FIELDS = {
    total: '',
    travel: '_overseas_travel',
    vehicle: '_vehicle',
    purchase: '_vehicle_purchase',
    running: '_vehicle_running',
    reception: '_reception',
  } as const
  const told = (prefix: string, figures: typeof planned) =>
    Object.fromEntries(
      Object.entries(FIELDS).map(([key, suffix]) => [`${prefix}${suffix}`, yuan(figures[key as keyof typeof FIELDS])]),
    )
  const half = [
    cell('合计', 5, { lines: 2 }),
    cell('因公出国（境）费', 5, { lines: 2 }),
    cell('公务用车购置及运行维护费', 15),
    cell('公务接待费', 5, { lines: 2 }),
  ]
  const cars = ['小计', '公务用车购置费', '公务用车运行维护费'].map((text) => cell(text, 5))
  const values = [planned, spent].flatMap((each) =>
    Object.keys(FIELDS).map((key) => cell(print(each[key as keyof typeof FIELDS]), 5)),
  )
  return sheet('财政拨款“三公”经费支出决算表', publisher, 60, [
    { cells: [cell('预算数', 30), cell('决算数', 30)] },
    { cells: [...half, ...half] },
    { cells: [...cars, ...cars] },
    { cells: Array.from({ length: 12 }, (_, index) => cell(String(index + 1), 5)) },
    {
      cells: values,
      records: [
        {
          recordType: 'budget_line',
          fields: line('three_public', { ...told('budget', planned), ...told('final', spent) }),
        },
      ],
    },
  ])
}
