import { describe, expect, test } from 'vitest'
import { readBudgetHeader } from '../../../src/normalize/forms/read-budget-header.ts'
import { readForms } from '../../../src/normalize/forms/read-forms.ts'
import { recognizeTable } from '../../../src/normalize/forms/recognize-table.ts'
import { createTableView } from '../../../src/normalize/forms/table-view.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'
import { buildTable } from '../../support/factory.ts'

const forms = readForms(readDictionaries())
const viewOf = (rows: readonly (readonly string[])[]) => createTableView(buildTable({ rows, origin: 'text' }))

/** What the columns are, by what says it: the field or role, and the part. */
function lineColumns(heading: string) {
  const rows = [
    ['采购类别', '采购项目', heading, '总计', '一般公共预算拨款收入', '政府性基金预算拨款收入', '其他资金'],
    ['货物类', '办公设备', '', '14.00', '14.00', '', ''],
  ]
  const found = recognizeTable(viewOf(rows), ['政府采购预算明细表'], forms.lineForms)
  if (found.kind === 'none') return found.reason
  return found.header.assignments.map(({ role, column, part }) => `${role} ${column?.column ?? ''} ${part}`)
}

function budgetColumns(heading: string) {
  const rows = [
    ['科目编码', '科目名称', heading, '合计', '基本支出', '项目支出'],
    ['2010101', '行政运行', '某事', '14.00', '10.00', '4.00'],
    ['2010102', '一般行政管理事务', '某事', '4.00', '', '4.00'],
  ]
  if (forms.budget === null) throw new Error('the dictionaries have budget forms')
  const header = readBudgetHeader(viewOf(rows), forms.budget, 'expenditure', 2024, true)
  return header?.blocks.map(({ assignments }) =>
    assignments.map(({ columnIndex, column, part }) => `${columnIndex} ${column?.column ?? ''} ${part}`),
  )
}

describe('a column that is called like what every object has is one that nobody knows', () => {
  test.each(['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty'])('%s', (heading) => {
    expect(lineColumns(heading)).toEqual(lineColumns('zzzz'))
    expect(budgetColumns(heading)).toEqual(budgetColumns('zzzz'))
  })
})
