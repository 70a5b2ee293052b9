import { expect, test } from 'vitest'
import { chooseReading } from '../../../src/extract/ocr/choose-reading.ts'
import { doubtConfusedDigits } from '../../../src/extract/ocr/doubt-confused-digits.ts'
import { drawLine, reading } from './ocr-fixtures.ts'

/** A cell as paddle (with this confidence) and tesseract read it. */
function cell(paddle: string, tesseract: string, confidence = 0.999) {
  const answers = [
    { reader: 'paddle', hint: 'any', lines: [reading(paddle, confidence)] },
    { reader: 'tesseract', hint: 'digits', lines: [reading(tesseract, 0.985)] },
  ] as const
  return chooseReading(answers, { lines: [drawLine(60, 18)], expectsNumber: true, needsSecondReader: true })
}

const THREE_OR_FIVE = [cell('2.75', '2.73'), cell('13', '15'), cell('45.00', '43.00')]

test.each([
  ['a number on which both agree, not beyond doubt', THREE_OR_FIVE, cell('23000.00', '23000.00', 0.971), true],
  ['one that is beyond doubt', THREE_OR_FIVE, cell('23000.00', '23000.00', 0.999), false],
  ['one without these digits', THREE_OR_FIVE, cell('1900.00', '1900.00', 0.971), false],
  ['words', THREE_OR_FIVE, cell('第3期', '第3期', 0.971), false],
  ['one where readers differ twice only', THREE_OR_FIVE.slice(1), cell('23000.00', '23000.00', 0.971), false],
  [
    'one where they differ by a digit more',
    [cell('12.75', '2.75'), cell('113', '13'), cell('45.00', '45.0')],
    cell('23000.00', '23000.00', 0.971),
    false,
  ],
] as const)('where readers take 3 for 5: %s', (_, others, asked, isDoubted) => {
  const doubted = doubtConfusedDigits([...others, asked])
  expect(doubted.at(-1)?.flags.includes('digits-confused')).toBe(isDoubted)
})
