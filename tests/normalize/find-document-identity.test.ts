import { describe, expect, test } from 'vitest'
import { findDocumentIdentity } from '../../src/normalize/find-document-identity.ts'
import { buildPage } from '../support/factory.ts'

const publisherOf = (cover: readonly string[], inside: readonly string[] = [], units: readonly string[] = []) =>
  findDocumentIdentity(
    [
      buildPage({ lines: cover }),
      ...[2, 3, 4].map((pageNumber) => buildPage({ pageNumber, lines: pageNumber === 4 ? inside : [] })),
    ],
    units,
    'x.pdf',
  ).publisher

describe('the publisher', () => {
  const SILENT = ['上海市普陀区2025年区级部门预算']
  test.each([
    ['of the title', ['某市财政局2024年部门预算公开'], [], '某市财政局'],
    ['of the line before the title', ['某县教育局', '2024年部门预算'], [], '某县教育局'],
    [
      'cut by the end of a line',
      ['2025年某市某傣族拉祜族佤族自治县', '卫生健康局部门预算公开'],
      [],
      '某市某傣族拉祜族佤族自治县卫生健康局',
    ],
    ['behind a label', SILENT, ['预算主管部门：上海市普陀区教育局'], '上海市普陀区教育局'],
    [
      'behind a label, beside the unit of money',
      SILENT,
      ['编制部门：上海市普陀区民政局 单位：万元'],
      '上海市普陀区民政局',
    ],
    ['behind a label with a remark', SILENT, ['填报单位（盖章）：上海市普陀区民政局'], '上海市普陀区民政局'],
    [
      'without a remark before it',
      ['某市某区财政局2024年部门预算公开'],
      ['填报部门：（盖章）某市某区财政局'],
      '某市某区财政局',
    ],
    ['of the heading over its duties', SILENT, ['一、上海市普陀区文化和旅游局主要职能'], '上海市普陀区文化和旅游局'],
    ['of a heading in a table of contents', SILENT, ['上海市普陀区司法局概况........3'], '上海市普陀区司法局'],
    ['with its place, wherever that is told', ['卫生健康局2025年部门预算'], ['部门：某县卫生健康局'], '某县卫生健康局'],
    ['not the unit of money', SILENT, ['单位：万元', '部门概况', '一、主要职能'], null],
  ])('%s', (_name, cover, inside, expected) => expect(publisherOf(cover, inside)).toBe(expected))

  test('is the unit that the tables name, when nothing else tells', () => {
    expect(publisherOf(SILENT, [], ['某局本级', '某局本级', '某局中心'])).toBe('某局')
  })
})
