/** What tables are called, by the keys that `table` has in budget lines. */
export const TABLE_TITLES: Readonly<Record<string, string>> = {
  balance: '收支总表',
  income: '收入总表',
  expenditure: '支出总表',
  fiscal_balance: '财政拨款收支总表',
  fiscal_expenditure: '财政拨款支出表',
  general_public_budget: '一般公共预算支出表',
  general_public_budget_economic: '一般公共预算支出表（经济分类）',
  basic_expenditure: '基本支出表',
  government_fund: '政府性基金支出表',
  state_capital: '国有资本经营支出表',
  special_account: '财政专户支出表',
  three_public: '“三公”经费表',
  operating_expenses: '机关运行经费表',
  project: '项目支出表',
}
