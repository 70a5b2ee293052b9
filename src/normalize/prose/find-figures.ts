import type { FigureKind } from '../forms/key-figure-form.ts'

/** A figure with its unit in a text: places are 0-based, `end` behind the unit. */
export interface ProseFigure {
  readonly start: number
  readonly end: number
  readonly digits: string
  readonly unit: string
  readonly kind: FigureKind | 'percent'
}

const PATTERN =
  /(\d[\d,]*(?:\.\d+)?)(亿元|百万元|万元|千元|元|万(?=[,;。、()]|$)|%|人次|人|名|平方米|㎡|m2|辆|台\(套\)|台|套|个|项)|(?<=为)[0零](?=[;。,]|$)|(?:无|没有)(?:一般)?(?:公务用车|车辆|公车)(?=[;。,]|$)/g

const KINDS: readonly (readonly [RegExp, ProseFigure['kind']])[] = [
  [/元$|^万$/, 'money'],
  [/%/, 'percent'],
  [/^[人名]$/, 'person'],
  [/平方米|㎡|m2/, 'area'],
  [/辆/, 'vehicle'],
  [/台|套|个|项/, 'item'],
]
/** Thresholds ("单价100万元以上设备", "不超过30万元") tell nothing of the body that reports. */
const LIMIT_BEFORE = /(?:不超过|不得超过|超过|低于|高于|不足|大于|小于|[≥≤<>])$/
const LIMIT_AFTER = /^(?:\(含\))?(?:以上|以下|以内|及以上)|^\(含\)/

/** The code of a class with a comma behind it is no part of the figure (行政运行2140101,3,328,644.78元): no number is grouped so. */
const CODE_BEFORE = /^2(?:\d{2}){2,3},(?=\d{1,3}(?:,\d{3})*(?:\.\d+)?$)/

/** Every figure of a text that a unit makes a statement; a bare 0 behind 为 is money, and to have no car is to have 0. */
export function findFigures(text: string): readonly ProseFigure[] {
  return [...text.matchAll(PATTERN)].flatMap((match): ProseFigure[] => {
    const [whole, printed = '0', unit = /车/.test(match[0]) ? '辆' : '元'] = match
    const end = match.index + whole.length
    const code = CODE_BEFORE.exec(printed)?.[0] ?? ''
    const [start, digits] = [match.index + code.length, printed.slice(code.length)]
    if (LIMIT_BEFORE.test(text.slice(0, start)) || LIMIT_AFTER.test(text.slice(end))) return []
    // A number of persons (人次, 人民币) or a date is no figure of staff.
    if (unit === '人次' || (unit === '人' && /^(?:民|员|大|均)/.test(text.slice(end)))) return []
    const kind = KINDS.find(([pattern]) => pattern.test(unit))?.[1]
    return kind === undefined ? [] : [{ start, end, digits, unit, kind }]
  })
}
