import { hanString, makePdf } from '../../extract/pdf/make-pdf.ts'
import { createNoise, type HostileDocuments } from './hostile-document.ts'

const A4 = '0 0 595 842'
const many = (count: number, one: (index: number) => string, between = '\n'): string =>
  Array.from({ length: count }, (_, index) => one(index)).join(between)

const han = (x: number, y: number, size: number, text: string): string =>
  `BT /G1 ${size} Tf ${x} ${y} Td ${hanString(text)} Tj ET`
const latin = (x: number, y: number, size: number, text: string): string =>
  `BT /F1 ${size} Tf ${x} ${y} Td (${text}) Tj ET`

const HEADINGS = '单位名称 项目名称 采购品目编码 采购品目名称 数量 单价 金额'.split(' ')

/** A page of 政府采购预算表 with these cells. */
function procurementPage(rows: readonly (readonly string[])[]): string {
  const [width, height, top] = [80, Math.min(14, 500 / (rows.length + 1)), 560]
  const right = 20 + width * HEADINGS.length
  const bottom = top - height * (rows.length + 1)
  const lines = [
    many(rows.length + 2, (row) => `20 ${top - row * height} m ${right} ${top - row * height} l S`),
    many(HEADINGS.length + 1, (column) => `${20 + column * width} ${top} m ${20 + column * width} ${bottom} l S`),
  ]
  const size = Math.min(6, height * 0.6)
  const cells = [HEADINGS, ...rows].flatMap((texts, row) =>
    texts.map((text, column) => {
      const [x, y] = [21 + column * width, top - (row + 1) * height + 0.3 * height]
      return /^[ -~]*$/.test(text) ? latin(x, y, size, text) : han(x, y, size, text)
    }),
  )
  return [han(300, 575, 10, '政府采购预算表'), '0.2 w', ...lines, ...cells].join('\n')
}
const landscape = (content: string) => ({ content, mediaBox: '0 0 842 595' })

/** A page full of one text: some 40,000 characters in lines of 180, which stand so close that they are one paragraph. */
const fullOf = (text: string): Uint8Array =>
  makePdf([
    {
      content: many(240, (line) => han(20, 820 - line * 3.3, 3, text.repeat(Math.floor(180 / text.length)))),
      mediaBox: A4,
    },
  ])

/** Tables of what is no amount. */
export const HOSTILE_AMOUNTS: HostileDocuments = {
  'amounts-of-300-digits': () =>
    makePdf([
      landscape(
        procurementPage([
          ...Array.from({ length: 12 }, (_, row) => [
            '某局',
            '项目',
            'A02010105',
            '台式计算机',
            '9'.repeat(300),
            `${'7'.repeat(150)}.${'3'.repeat(150)}`,
            `${row + 1}${'0'.repeat(300)}`,
          ]),
          ['合计', '', '', '', '', '', `-${'9'.repeat(400)}`],
        ]),
      ),
    ]),
  'amounts-that-are-none': () =>
    makePdf([
      landscape(
        procurementPage(
          [
            '1e308',
            '-0',
            '--5',
            '1.2.3',
            '1,,2',
            '0x10',
            'NaN',
            'Infinity',
            '-',
            '.',
            ',',
            '5%',
            '9999999999999999.99',
          ].map((amount) => ['某局', '项目', 'A02010105', '台式计算机', amount, amount, amount]),
        ),
      ),
    ]),
}

/** Texts of so many of the same: what looks for a pattern in them may look for it from every place. */
export const LONG_LINES: HostileDocuments = Object.fromEntries(
  [
    ['brackets', '（'],
    ['bracket-pairs', '（一）'],
    ['figures', '1'],
    ['figures-with-commas', '1,'],
    ['figures-with-points', '1.'],
    ['years', '2024年'],
    ['numerals', '一、'],
    ['spaces', '某　 '],
    ['units', '万元'],
    ['publishers', '市财政局'],
    ['equations', '其中：1万元，'],
    ['increases', '增加1万元，增长'],
    ['dashes', '--'],
    ['codes', 'A0201'],
  ].map(([name, text = '']) => [`page-of-nothing-but-${name}`, () => fullOf(text)]),
)

/** Names that are in no catalogue and like none. */
export const HEAVY_NAMES: HostileDocuments = {
  'names-that-fit-nothing-on-60-pages': () => {
    const noise = createNoise(41)
    const name = () => String.fromCodePoint(...Array.from({ length: 12 }, () => 0x4e00 + Math.floor(noise() * 8000)))
    const row = () => [
      '某局',
      name(),
      `A${Math.floor(noise() * 1e8)}`,
      name(),
      '1',
      `${Math.floor(noise() * 1e6)}.00`,
      `${Math.floor(noise() * 1e6)}.00`,
    ]
    return makePdf(Array.from({ length: 60 }, () => landscape(procurementPage(Array.from({ length: 60 }, row)))))
  },
}
