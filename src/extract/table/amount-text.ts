/** A number as tables print it, whole or with decimals. */
const AMOUNT = /^[-+(（]?[¥￥]?\d[\d,]*(\.\d+)?[)）%％]?$/
/** A number that can only be money or a share: with decimals or thousands separators. */
const MONEY = /^[-+(（]?[¥￥]?(\d{1,3}(,\d{3})+(\.\d+)?|\d+\.\d+)[)）%％]?$/

export function isAmountText(text: string): boolean {
  return AMOUNT.test(text)
}

export function isMoneyText(text: string): boolean {
  return MONEY.test(text)
}
