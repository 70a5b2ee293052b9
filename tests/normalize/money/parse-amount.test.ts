import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fenToYuan,
  looksLikeMoney,
  parseAmount,
  plainToFen,
  toYuan,
  yuanToFen,
} from '../../../src/normalize/money/parse-amount.ts'
import { parseQuantity } from '../../../src/normalize/money/parse-quantity.ts'

describe('an amount', () => {
  test.each([
    ['plain', '28.00', '28', 2],
    ['with thousands separators', '1,234,567.89', '1234567.89', 2],
    ['full width', '１，２３４．５', '1234.5', 1],
    ['with blanks inside', ' 1 234.50 ', '1234.5', 2],
    ['negative in parentheses', '(1,250.00)', '-1250', 2],
    ['negative with a full-width parenthesis', '（3.5）', '-3.5', 1],
    ['negative with a triangle', '△12', '-12', 0],
    ['negative with a sign', '-12.5', '-12.5', 1],
    ['with a currency sign', '¥36.00', '36', 2],
    ['negative with a currency sign behind the minus', '-￥6,540.50', '-6540.5', 2],
    ['negative with a currency sign before the minus', '¥-36.00', '-36', 2],
    ['negative in parentheses with a currency sign', '（¥1,250.00）', '-1250', 2],
  ])('%s is read', (_name, raw, expected, decimals) => {
    expect(parseAmount(raw)).toMatchObject({ kind: 'amount', decimals })
    const parsed = parseAmount(raw)
    expect(parsed.kind === 'amount' && parsed.amount.equals(expected)).toBe(true)
  })

  test.each([
    ['28.9万元', 1e4],
    ['1.2亿元', 1e8],
    ['300元', 1],
    ['300', null],
  ])('%s names its unit or not', (raw, suffix) => {
    expect(parseAmount(raw)).toMatchObject({ kind: 'amount', suffix })
  })

  test.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['/', 'nil'],
    ['无', 'nil'],
    ['-', 'nil'],
    ['——', 'nil'],
    ['1,23,4', 'unreadable'],
    ['l,250', 'unreadable'],
    ['2回', 'unreadable'],
    ['1.2.3', 'unreadable'],
    ['台式计算机', 'unreadable'],
    ['12,50', 'unreadable'],
  ])('"%s" is %s', (raw, kind) => {
    expect(parseAmount(raw).kind).toBe(kind)
  })

  test('what is printed with separators reads as what it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 14 }), (fen) => {
        const [whole = '', decimals = ''] = fenToYuan(fen).split('.')
        const printed = `${whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${decimals}`
        const parsed = parseAmount(printed)
        expect(parsed.kind === 'amount' && yuanToFen(parsed.amount)).toBe(fen)
      }),
    )
  })

  test('万元 becomes the same fen by strings as by decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 0, max: 8 }), (digits, places) => {
        const text = new Decimal(digits).dividedBy(new Decimal(10).pow(places)).toFixed(places)
        expect(plainToFen(text, 1e4)).toBe(yuanToFen(new Decimal(text).times(1e4)))
      }),
    )
  })
})

test.each([
  ['0.123456', 1e4, '1234.56'],
  ['0.1234567', 1e4, null],
  ['36.00', 1, '36.00'],
])('%s in units of %d yuan is %s yuan', (printed, unit, yuan) => {
  expect(toYuan(new Decimal(printed), unit)).toBe(yuan)
})

test.each([
  ['12.50', true],
  ['1,200', true],
  ['2010601', false],
  ['1', false],
  ['办公费', false],
])('whether %s can only be money: %s', (text, expected) => expect(looksLikeMoney(text)).toBe(expected))

test.each([
  ['1', '1', null],
  ['1.00', '1', null],
  ['2,600', '2600', null],
  ['0.5', '0.5', null],
  ['3台', '3', '台'],
  ['8对', '8', '对'],
  ['１２', '12', null],
])('quantity %s', (raw, quantity, unitOfMeasure) => {
  expect(parseQuantity(raw)).toEqual({ kind: 'quantity', quantity, unitOfMeasure })
})

test.each([['一批'], ['1回'], ['l']])('%s is no quantity', (raw) => expect(parseQuantity(raw).kind).toBe('unreadable'))
