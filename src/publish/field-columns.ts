import type { RecordType } from '../model/record.ts'

/** What a money column of a budget table can stand for; see docs/output.md. */
const MEASURES = [
  'total',
  'income',
  'basic',
  'personnel',
  'public_use',
  'salaries_welfare',
  'goods_services',
  'individual_family_subsidy',
  'capital_expenditure',
  'project',
  'operating_expenditure',
  'turned_over',
  'subsidy_to_subordinates',
  'fiscal_appropriation',
  'general_public_budget',
  'government_fund',
  'state_capital',
  'special_account',
  'unit_funds',
  'business_income',
  'operating_income',
  'superior_subsidy',
  'subordinate_payment',
  'other_income',
  'non_fiscal',
  'superior_transfer',
  'carryover',
  'opening_balance',
  'closing_balance',
  'non_fiscal_balance_used',
  'three_public',
  'overseas_travel',
  'vehicle',
  'vehicle_purchase',
  'vehicle_running',
  'reception',
  'meeting',
  'training',
  'operating_expenses',
]
const PERIODS = ['prior_year', 'change', 'change_percent', 'budget', 'adjusted_budget', 'final']
/** Measures that tables print for several periods side by side. */
const PERIOD_MEASURES = [
  'basic',
  'project',
  'overseas_travel',
  'vehicle',
  'vehicle_purchase',
  'vehicle_running',
  'reception',
]

/** What a field holds: a text, yuan with two places, an exact figure, a whole number, yes or no, or several fields as JSON. */
export type FieldKind = 'text' | 'money' | 'decimal' | 'integer' | 'boolean' | 'json'

export interface FieldColumn {
  readonly name: string
  readonly kind: FieldKind
}

const text = (...names: readonly string[]) => ofKind('text', names)
const money = (...names: readonly string[]) => ofKind('money', names)
const decimal = (...names: readonly string[]) => ofKind('decimal', names)
const integer = (...names: readonly string[]) => ofKind('integer', names)

function ofKind(kind: FieldKind, names: readonly string[]): readonly FieldColumn[] {
  return names.map((name) => ({ name, kind }))
}

/** Figures of a period: a change in percent is no money. */
function ofPeriod(names: readonly string[]): readonly FieldColumn[] {
  return names.flatMap((name) => (name.startsWith('change_percent') ? decimal(name) : money(name)))
}

/** The fields of each record type with what they hold, in the order of a printed table; columns a page lacks stay empty. */
export const RECORD_FIELDS: Readonly<Record<RecordType, readonly FieldColumn[]>> = {
  procurement_line: [
    ...text('unit_code', 'unit_name', 'project_name', 'item_code', 'item_name', 'function_code', 'function_name'),
    ...text('economic_code', 'economic_name', 'fund_source', 'fund_nature'),
    ...decimal('quantity'),
    ...text('unit_of_measure'),
    ...money('unit_price', 'amount', 'amount_sme', 'amount_micro'),
  ],
  service_purchase_line: [
    ...text('unit_code', 'unit_name'),
    ...ofKind('boolean', ['includes_procurement']),
    ...text('project_name', 'service_content'),
    ...decimal('quantity'),
    ...money('amount'),
    ...text('fund_source', 'fund_nature', 'function_code', 'function_name', 'economic_code', 'economic_name'),
    ...text('directory_level1', 'directory_level2', 'directory_level3'),
  ],
  budget_line: [
    ...text('table', 'stage', 'side', 'classification', 'line_kind'),
    ...integer('level'),
    ...text('unit_code', 'unit_name', 'category', 'project_code', 'project_name', 'line_code', 'line_name'),
    ...text('function_code', 'function_name'),
    ...money(...MEASURES),
    ...money(
      ...['general_public_budget', 'government_fund', 'state_capital', 'special_account', 'unit_funds', 'total'].map(
        (measure) => `carryover_${measure}`,
      ),
    ),
    ...ofPeriod(PERIODS),
    ...ofPeriod(PERIODS.flatMap((period) => PERIOD_MEASURES.map((measure) => `${period}_${measure}`))),
    ...ofKind('json', ['more']),
  ],
  key_figure: [
    ...text('key', 'name', 'line_code'),
    ...decimal('value'),
    ...text('unit'),
    ...integer('year'),
    ...text('stage', 'direction', 'sentence'),
  ],
  performance_project: [
    ...text('sheet', 'project_name', 'project_code', 'department_name', 'department', 'executing_unit', 'owner'),
    ...text('year', 'category', 'frequency', 'basis', 'plan', 'prior_evaluation', 'prior_budget'),
    ...money('prior_year_budget', 'prior_year_execution', 'before_prior_budget', 'before_prior_execution'),
    ...money('total_budget', 'current_budget', 'source_fiscal', 'source_transfer', 'source_special_account'),
    ...money('source_other'),
    ...text('long_term_goal', 'annual_goal'),
  ],
  performance_cost_line: [
    ...text('project_name', 'content', 'basis'),
    ...money('amount', 'local_amount', 'transfer_amount', 'other_amount'),
  ],
  performance_indicator: [
    ...text('sheet', 'project_name', 'goal', 'term', 'level1', 'level2', 'level3', 'target', 'operator'),
    ...decimal('target_value'),
    ...text('target_unit', 'value_before_prior', 'value_prior_year', 'weight', 'goal_weight', 'basis'),
  ],
}

/** The columns of each record type's CSV. */
export const FIELD_COLUMNS: Readonly<Record<RecordType, readonly string[]>> = {
  procurement_line: namesOf('procurement_line'),
  service_purchase_line: namesOf('service_purchase_line'),
  budget_line: namesOf('budget_line'),
  key_figure: namesOf('key_figure'),
  performance_project: namesOf('performance_project'),
  performance_cost_line: namesOf('performance_cost_line'),
  performance_indicator: namesOf('performance_indicator'),
}

function namesOf(recordType: RecordType): readonly string[] {
  return RECORD_FIELDS[recordType].map(({ name }) => name)
}
