import { hanString, makePdf } from '../../extract/pdf/make-pdf.ts'
import { createNoise, type HostileDocuments, joinBytes } from './hostile-document.ts'

const MIB = 1024 * 1024
const [WIDTH, ROW] = [70, 7]
const HEADINGS =
  '单位名称 项目名称 采购品目编码 采购品目名称 数量 单价 金额 一般公共预算 政府性基金 面向中小企业 面向小微企业'.split(
    ' ',
  )

function text(x: number, y: number, size: number, content: string): string {
  const operand = /[^ -~]/.test(content) ? `/G1 ${size} Tf ${hanString(content)}` : `/F1 ${size} Tf (${content})`
  const [font, show] = [operand.slice(0, operand.indexOf('Tf') + 2), operand.slice(operand.indexOf('Tf') + 2)]
  return `BT ${font} ${x} ${y} Td ${show} Tj ET`
}

/** A page of 政府采购预算表 whose figures fit nothing: every sum, down and across, is contradicted. */
function lyingPage(noise: () => number): string {
  const amount = () => `${Math.floor(noise() * 1e7)}.00`
  const row = () => ['某局', '项目', 'A02010105', '台式计算机', '2', ...Array.from({ length: 6 }, amount)]
  const rows = [
    HEADINGS,
    ...Array.from({ length: 76 }, row),
    ['合计', '', '', '', '', '', ...Array.from({ length: 5 }, amount)],
  ]
  const [top, right] = [570, 20 + WIDTH * HEADINGS.length]
  const lines = [
    ...Array.from(
      { length: rows.length + 1 },
      (_, index) => `20 ${top - index * ROW} m ${right} ${top - index * ROW} l S`,
    ),
    ...Array.from({ length: HEADINGS.length + 1 }, (_, index) => {
      const x = 20 + index * WIDTH
      return `${x} ${top} m ${x} ${top - rows.length * ROW} l S`
    }),
  ]
  const cells = rows.flatMap((texts, index) =>
    texts.flatMap((content, column) =>
      content === '' ? [] : [text(22 + column * WIDTH, top - (index + 1) * ROW + 1.5, 5, content)],
    ),
  )
  return [text(300, 582, 10, '政府采购预算表'), text(740, 575, 5, '单位：元'), '0.2 w', ...lines, ...cells].join('\n')
}

/** Files that cost more than they look like. */
export const HEAVY_FILES: HostileDocuments = {
  'sums-that-all-lie-on-12-pages': () => {
    const noise = createNoise(9)
    return makePdf(Array.from({ length: 12 }, () => ({ content: lyingPage(noise), mediaBox: '0 0 842 595' })))
  },
  'nothing-of-100-mib': () => new Uint8Array(100 * MIB),
  'header-and-nothing-of-100-mib': () => joinBytes('%PDF-1.4\n', new Uint8Array(100 * MIB)),
  'objects-begun-10-million-times': () => joinBytes('%PDF-1.4\n', '1 0 obj\n'.repeat(10_000_000)),
  'pictures-named-4-million-times': () =>
    joinBytes(makePdf([{ content: 'BT /F1 12 Tf 50 200 Td (Hello) Tj ET' }]), '/Image '.repeat(4_000_000)),
}
