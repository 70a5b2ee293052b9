import type { ProsePlan } from './build-document.ts'
import type { Publisher } from './content/draw-lines.ts'
import { escapeHtml } from './page-html.ts'
import { heading, OFFICE_PROSE, paragraph, prosePages, rightLine, subheading } from './prose.ts'
import type { Random } from './random.ts'

/** A page without a table that has print in columns all the same, or none at all. */
export function tablelessPage(publisher: Publisher, year: number, random: Random): ProsePlan {
  return random.pick([contents, letter, explanation, terms, signatures])(publisher, year, random)
}

const PARTS = [
  '部门概况',
  '主要职能',
  '机构设置',
  '部门预算表',
  '收支总表',
  '收入总表',
  '支出总表',
  '预算情况说明',
  '名词解释',
]

const CSS = `
.row{display:flex;text-indent:0;justify-content:space-between}.row i{flex:1;overflow:hidden;white-space:nowrap;font-style:normal}
.head{text-align:center;color:#000;font-size:30pt;text-indent:0;border-bottom:1.5pt solid #000;margin-bottom:6mm}
`

function contents(publisher: Publisher, year: number, random: Random): ProsePlan {
  const leader = random.pick(['.'.repeat(120), '…'.repeat(60), ''])
  const entries = PARTS.slice(0, random.integer(6, 9)).map((text, k) => {
    const number = random.chance(0.7) ? `${'一二三四五六七八九'[k]}、` : ''
    return `<p class="row"><span>${number}${text}</span><i>${leader}</i><span>${2 + 3 * k}</span></p>`
  })
  const title = `<p class="heading">目　录</p><p class="heading">${escapeHtml(publisher.name)}${year}年部门预算</p>`
  return page(`${title}${entries.join('')}`)
}

function letter(publisher: Publisher, year: number, random: Random): ProsePlan {
  const number = `${publisher.department.name.slice(0, 1)}发〔${year}〕${random.integer(1, 90)}号`
  const copies = publisher.units.map((unit) => unit.name).join('，')
  return page(`<p class="head">${escapeHtml(publisher.name)}文件</p>
<p class="row"><span>${number}</span><span>签发人：王建国</span></p>
<p class="heading">关于公开${year}年部门预算的通知</p>
<p>各科室、所属各单位：</p>
<p>根据预算公开的有关规定，现将${year}年部门预算予以公开，预算总额${random.integer(100, 9000)}.${random.integer(10, 99)}万元，请遵照执行。</p>
<p>附件：1. 部门收支总表</p><p>　　　2. 政府采购预算表</p><p>　　　3. 项目支出表</p>
<p class="right">${escapeHtml(publisher.name)}</p><p class="right">${year}年${random.integer(1, 12)}月${random.integer(1, 28)}日</p>
<p class="row"><span>抄送：${escapeHtml(copies)}</span></p>
<p class="row"><span>${escapeHtml(publisher.name)}办公室</span><span>${year}年2月8日印发</span></p>`)
}

function signatures(publisher: Publisher, year: number): ProsePlan {
  const pairs = [
    ['单位负责人：李明', '财务负责人：赵晓红'],
    ['填表人：周强', '联系电话：027-82781234'],
    [`填报日期：${year}年1月20日`, '（盖章）'],
  ]
  return page(`<p class="heading">${year}年部门预算编制说明</p>
<p>本单位按照统一部署编制了年度部门预算，收入、支出均已纳入预算管理，数据真实、完整、准确。</p>
<p>${escapeHtml(publisher.name)}对所报送数据的真实性负责，并接受有关部门和社会的监督。</p>
${pairs.map(([left, right]) => `<p class="row"><span>${left}</span><span>${right}</span></p>`).join('')}`)
}

function explanation(publisher: Publisher, year: number, random: Random): ProsePlan {
  const item = (name: string): string => {
    const [now, before] = [random.integer(100, 90_000) / 100, random.integer(100, 90_000) / 100]
    const change = Math.abs(now - before).toFixed(2)
    return `${name}${now.toFixed(2)}万元，比上年预算数${now > before ? '增加' : '减少'}${change}万元，主要是${random.pick(publisher.department.stems)}有所调整。`
  }
  const names = ['因公出国（境）费', '公务接待费', '公务用车购置及运行维护费', '机关运行经费', '政府采购预算']
  return prosePages([
    [
      heading(`${year}年部门预算情况说明`),
      subheading('一、收支预算总体情况'),
      ...names.map((name, k) => paragraph(`（${'一二三四五'[k]}）${item(name)}`)),
      rightLine(publisher.name),
    ],
  ])
}

function terms(): ProsePlan {
  const entries = [
    ['一般公共预算拨款收入', '指本级财政当年拨付的资金。'],
    ['基本支出', '指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。'],
    ['项目支出', '指在基本支出之外为完成特定行政任务和事业发展目标所发生的支出。'],
    ['“三公”经费', '指因公出国（境）费、公务用车购置及运行费和公务接待费。'],
  ]
  return prosePages([
    [heading('名词解释'), ...entries.map(([name, text], k) => paragraph(`${k + 1}. ${name}：${text}`))],
  ])
}

function page(body: string): ProsePlan {
  const { css, paper, pageCount } = prosePages([[]], OFFICE_PROSE)
  return { html: `<section class="page">${body}</section>`, css: `${css}${CSS}`, paper, pageCount }
}
