import type { Check } from '../model/record.ts'
import { LANGUAGES, type Language } from './languages.ts'

/** What kinds of equations are called: Chinese, English. */
export const CHECK_KINDS: Readonly<Record<Check['kind'], readonly [chinese: string, english: string]>> = {
  'row-product': ['数量 × 单价', 'quantity times price'],
  'row-equality': ['同行相等', 'equal in the row'],
  'part-not-above-whole': ['部分不大于总数', 'a part is not above its whole'],
  'column-total': ['列合计', 'total of the column'],
  'group-total': ['小计', 'total of the group'],
  'classification-total': ['类款项合计', 'total down the classification'],
  'column-parts': ['各列之和', 'sum across the columns'],
  'income-expenditure-balance': ['收支平衡', 'income and expenditure'],
  'table-agreement': ['表间一致', 'between tables'],
  'prose-total': ['与文字说明的总数', 'against a total in the prose'],
  'prose-agreement': ['与文字说明', 'against the prose'],
  'project-agreement': ['项目预算一致', 'of a project'],
  'year-agreement': ['与上年文件', 'against last year’s document'],
}

/** What came of an equation: Chinese, English. */
export const CHECK_OUTCOMES: Readonly<Record<Check['outcome'], readonly [chinese: string, english: string]>> = {
  holds: ['成立', 'holds'],
  repaired: ['据以还原', 'repaired by it'],
  contradicted: ['不成立', 'does not hold'],
  unconstrained: ['无法判断', 'nothing can be said'],
}

export function kindIn(language: Language, kind: Check['kind']): string {
  return CHECK_KINDS[kind][LANGUAGES.indexOf(language)] ?? kind
}

export function outcomeIn(language: Language, outcome: Check['outcome']): string {
  return CHECK_OUTCOMES[outcome][LANGUAGES.indexOf(language)] ?? outcome
}
