import type { LineFields } from '../sheet.ts'

const OPERATORS: Readonly<Record<string, string>> = {
  '≥': '>=',
  '≧': '>=',
  '≤': '<=',
  '≦': '<=',
  '=': '=',
  '＞': '>',
  '＜': '<',
}

/** What a printed target of the facts means, told apart by the shape in which facts are written. */
export function targetTruth(printed: string): LineFields {
  const [, sign = '', low, high, unit = ''] =
    /^([≥≧≤≦=＞＜]?)(\d+(?:\.\d+)?)(?:%?-+(\d+(?:\.\d+)?))?(\D{0,8})$/.exec(printed) ?? []
  if (low === undefined) return { target: printed, operator: 'text' }
  return {
    target: printed,
    operator: high === undefined ? (OPERATORS[sign] ?? '=') : 'range',
    target_value: high === undefined ? low : `${low}-${high}`,
    ...(unit === '' ? {} : { target_unit: unit.replaceAll('（', '(').replaceAll('）', ')') }),
  }
}
