import { Decimal } from 'decimal.js'

/** What a quantity cell says: a plain decimal string and, when the cell names it, the unit of measure ("3台"). */
export type ParsedQuantity =
  | { readonly kind: 'quantity'; readonly quantity: string; readonly unitOfMeasure: string | null }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable'; readonly text: string }

/** Words of measure. After a digit, any other Han character of a scan is a damaged digit. */
const MEASURES =
  '台|套|个|批|次|项|年|月|日|天|册|本|份|箱|件|辆|人|人次|张|只|把|间|组|台套|平方米|公里|米|吨|公斤|部|块|支|盒|包|卷|宗|处|座|栋|户|期|班|课时|学时|小时|季度|条|盏|扇|樘|株|棵|头|艘|架|门|面|双|瓶|桶|升|对|副|幅|根|枚|片|幢|篇|版|亩|公顷|平方公里|立方米|千米|延米|家|场|顶|床|席|袋|罐|筒|盘|粒|匹|标段|人天|人月|车次|份次|名|节|路|点|例|单元|届|所'
const MEASURE = new RegExp(`^(?:${MEASURES})$`, 'u')
const QUANTITY = new RegExp(`^(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d*)?|\\.\\d+)(${MEASURES})?$`, 'u')

/** Whether a text is a unit of measure (台, 批 …). */
export function isMeasure(text: string): boolean {
  return MEASURE.test(text)
}

/** Reads a printed quantity; trailing zeros after the point carry nothing ("1.00" is "1"). A dash counts as empty. */
export function parseQuantity(raw: string): ParsedQuantity {
  const text = raw.normalize('NFKC').replaceAll(/\s/g, '')
  if (text === '' || /^[-－—–―/／~～]+$/.test(text)) return { kind: 'empty' }
  const [, digits, unitOfMeasure] = QUANTITY.exec(text) ?? []
  if (digits === undefined) return { kind: 'unreadable', text: raw }
  return {
    kind: 'quantity',
    quantity: new Decimal(digits.replaceAll(',', '')).toFixed(),
    unitOfMeasure: unitOfMeasure ?? null,
  }
}
