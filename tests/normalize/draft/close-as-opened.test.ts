import { describe, expect, test } from 'vitest'
import { closeAsOpened } from '../../../src/normalize/draft/text-of-cell.ts'

describe('brackets that were read in two widths are closed as they were opened', () => {
  test.each([
    ['湛江市遂溪县民政局（本级)', '湛江市遂溪县民政局（本级）'],
    ['民政局(本级）', '民政局(本级)'],
    ['维修（护)费', '维修（护）费'],
    ['［A01]台式机', '［A01］台式机'],
  ])('%s is %s', (read, paired) => expect(closeAsOpened(read)).toBe(paired))

  test.each(['民政局（本级）', '民政局(本级)', '（一)与(二）', '民政局（本级', 'A]B)', '（甲]', ''])(
    '%s stays or pairs',
    (text) => {
      expect(closeAsOpened(text).normalize('NFKC')).toBe(text.normalize('NFKC'))
    },
  )
})
