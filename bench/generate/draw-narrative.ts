import type { HostPlan, ProsePlan } from './build-document.ts'
import type { Publisher } from './content/draw-lines.ts'
import { printMoney } from './money.ts'
import {
  type Block,
  cover,
  form,
  heading,
  OFFICE_PROSE,
  paragraph,
  prosePages,
  rightLine,
  subheading,
} from './prose.ts'
import type { Random } from './random.ts'
import { type LineFields, sumFen } from './sheet.ts'

const FONTS: readonly string[] = [
  "'AR PL UMing CN','Noto Serif CJK SC'",
  "'Noto Serif CJK SC'",
  "'AR PL UKai CN','Noto Serif CJK SC'",
]

const wan = (fen: number): string =>
  printMoney(Math.round(fen / 10_000) * 10_000, { unit: '万元', decimals: 2, grouped: false })

/** Digital pages before the tables: who publishes, for which year, and the sums that the tables then spell out. */
export function drawNarrative(
  publisher: Publisher,
  year: number,
  procurement: readonly LineFields[],
  service: readonly LineFields[],
  random: Random,
): ProsePlan {
  const style = { ...OFFICE_PROSE, fontFamily: random.pick(FONTS), fontSizePt: random.pick([12, 14, 15]) }
  const spending = sumFen(procurement, 'amount') * random.integer(3, 9) + random.integer(1, 9000) * 1_000_000
  const project = Math.round((spending * random.between(0.2, 0.7)) / 10_000) * 10_000
  const title = random.pick([
    `${publisher.name}${year}年部门预算`,
    `${year}年${publisher.name}部门预算公开`,
    `${publisher.name}${year}年度部门预算公开说明`,
  ])
  const pages: Block[][] = [
    [cover(title), rightLine(`${year}年${random.integer(1, 3)}月`)],
    [heading('部门概况'), ...duties(publisher), ...structure(publisher, random)],
    [
      heading('预算安排'),
      ...balance(year, spending, project, random),
      ...purchases(year, procurement, service, random),
    ],
    [heading('收支预算总表'), rightLine('单位：万元'), balanceForm(spending, project)],
  ]
  return prosePages(random.chance(0.5) ? pages : pages.slice(1), style)
}

/** A page of text with room for the picture of the procurement table below it. */
export function hostPage(publisher: Publisher, year: number, procurement: readonly LineFields[]): HostPlan {
  const total = wan(sumFen(procurement, 'amount'))
  const blocks = [
    subheading('政府采购预算'),
    paragraph(`${publisher.name}${year}年政府采购预算共${procurement.length}项，合计${total}万元，明细如下。`),
  ]
  return { ...prosePages([blocks]), place: { xMm: 20, topMm: 62, widthMm: 170 } }
}

function duties(publisher: Publisher): Block[] {
  return [
    subheading('一、主要职能'),
    paragraph(
      `${publisher.name}贯彻国家有关法律法规，承担${publisher.department.stems.slice(0, 3).join('、')}等工作的组织实施和监督管理。`,
    ),
  ]
}

function structure(publisher: Publisher, random: Random): Block[] {
  const names = publisher.units.map((unit) => unit.name).join('、')
  const staff = random.integer(18, 240)
  return [
    subheading('二、机构和人员'),
    paragraph(`纳入部门预算编制范围的预算单位共${publisher.units.length}个：${names}。`),
    paragraph(
      `核定编制${staff + random.integer(0, 20)}名，年末实有在职人员${staff}人，退休人员${random.integer(5, 90)}人。`,
    ),
  ]
}

function balance(year: number, spending: number, project: number, random: Random): Block[] {
  const change = random.integer(1, 2000) * 10_000
  const percent = ((change / spending) * 100).toFixed(2)
  return [
    subheading('一、收支总体情况'),
    paragraph(
      `${year}年收支总预算${wan(spending)}万元，比${year - 1}年${random.pick(['增加', '减少'])}${wan(change)}万元，变动${percent}%。其中基本支出${wan(spending - project)}万元，项目支出${wan(project)}万元。`,
    ),
  ]
}

function purchases(
  year: number,
  procurement: readonly LineFields[],
  service: readonly LineFields[],
  random: Random,
): Block[] {
  const byClass = (letter: string): number =>
    sumFen(
      procurement.filter((line) => line.item_code?.startsWith(letter)),
      'amount',
    )
  const total = sumFen(procurement, 'amount')
  const parts = `货物类${wan(byClass('A'))}万元、工程类${wan(byClass('B'))}万元、服务类${wan(byClass('C'))}万元`
  const bought =
    service.length > 0
      ? `${year}年政府购买服务支出合计${wan(sumFen(service, 'amount'))}万元。`
      : `${year}年本部门没有安排政府购买服务。`
  return [
    subheading('二、政府采购情况'),
    paragraph(
      random.pick([
        `${year}年政府采购预算总额${wan(total)}万元，其中：${parts}。`,
        `按规定纳入${year}年政府采购预算的支出合计${wan(total)}万元，包括${parts}。`,
      ]),
    ),
    subheading('三、政府购买服务情况'),
    paragraph(bought),
  ]
}

function balanceForm(spending: number, project: number): Block {
  return form(
    [4, 3, 4, 3],
    [
      [
        { text: '收入', columns: 2 },
        { text: '支出', columns: 2 },
      ],
      ['项目', '预算数', '项目', '预算数'],
      ['一、一般公共预算拨款收入', wan(spending), '一、基本支出', wan(spending - project)],
      ['二、政府性基金预算拨款收入', '', '二、项目支出', wan(project)],
      ['三、其他收入', '', '三、结转下年', ''],
      ['收入总计', wan(spending), '支出总计', wan(spending)],
    ],
  )
}
