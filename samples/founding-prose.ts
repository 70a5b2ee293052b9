import type { ProsePlan } from '../bench/generate/build-document.ts'
import { type Block, cover, heading, paragraph, prosePages, subheading } from '../bench/generate/prose.ts'

const OVERVIEW: readonly Block[] = [
  cover('武汉市江汉区财政局2024年部门预算公开'),
  heading('第一部分 部门概况'),
  subheading('一、职责'),
  paragraph(
    '武汉市江汉区财政局负责编制全区年度预算草案并组织执行，管理区级财政收支、国库集中支付、政府采购监督、政府性债务、国有资产以及会计工作，推进预算绩效管理和财政信息化。',
  ),
  subheading('二、预算单位'),
  paragraph(
    '纳入本部门预算的有局机关和6家基层单位：预外资金办公室、预算编审中心、国库支付中心、政府采购办公室、财政信息中心、投资评审中心。6家单位不独立核算，与机关合并公开。',
  ),
  subheading('三、人员'),
  paragraph(
    '全部门编制89人，其中行政编制33人，参公事业编制46人，其他事业编制10人。到2023年12月，在职78人（行政31人、事业47人），退休48人。',
  ),
]

const BALANCE: readonly Block[] = [
  heading('第二部分 预算说明'),
  subheading('一、收支总体情况'),
  paragraph(
    '2024年收支总预算2819.79万元，比上年少319.66万元，降幅10.18%。收入全部来自一般公共预算财政拨款。支出按性质分：基本支出2440.32万元，占86.54%；项目支出379.47万元，占13.46%。',
  ),
  paragraph('基本支出中，人员经费2160.76万元，公用经费279.56万元。'),
  paragraph(
    '支出按功能分：一般公共服务支出1988.68万元，社会保障和就业支出317.13万元，卫生健康支出205.82万元，住房保障支出308.16万元。',
  ),
  paragraph(
    '基本支出按部门经济分类：工资福利支出1973.63万元，商品和服务支出279.56万元，对个人和家庭的补助187.13万元。',
  ),
  subheading('二、项目支出'),
  paragraph('2024年安排项目6个，共379.47万元，都由本年一般公共预算拨款负担：'),
  paragraph('1.党建、文明创建工作经费3万元，用于党员学习、培训和共建活动。'),
  paragraph('2.信息化建设运行维护经费139.47万元，用于财政系统、网络与机房的运行维护。'),
  paragraph('3.国库业务、改革性工作经费42万元，用于国库支付、决算培训和非税代理手续费。'),
  paragraph('4.预算一体化建设相关经费51.5万元，用于新增模块上线。'),
  paragraph('5.预算编审等工作经费14万元，用于预算培训和统计报表开发。'),
  paragraph('6.财政业务管理工作经费129.5万元，用于绩效评价、监督检查和内部控制。'),
]

const PURCHASING: readonly Block[] = [
  subheading('三、其他事项'),
  paragraph('（一）机关运行经费。2024年机关运行经费279.56万元，比上年减少25.96万元，下降8.50%。'),
  paragraph(
    '（二）政府采购。2024年政府采购预算支出合计289.45万元，比2023年减少147.76万元，下降33.80%。其中货物类53.5万元，服务类235.95万元。',
  ),
  paragraph(
    '（三）政府购买服务。2024年政府购买服务支出合计361.47万元，内容有信息系统维护、绩效评价、物业管理、印刷、评审、审计和数据处理。',
  ),
  paragraph('（四）国有资产。至2023年末，房屋面积6334.6平方米，没有一般公务用车。'),
  paragraph('（五）绩效管理。全部项目都编报绩效目标，部门整体绩效目标覆盖支出2819.79万元。'),
  subheading('四、“三公”经费'),
  paragraph('2024年“三公”经费预算0.48万元，与上年相同，全部为公务接待费；因公出国（境）费和公务用车费为零。'),
  paragraph('后附：政府采购预算表、政府向社会力量购买服务预算表、部门整体和各项目的绩效目标申报表。'),
]

/** The digital pages before the scanned tables: facts of the founding document in words of our own. */
export const foundingNarrative = (): ProsePlan => prosePages([OVERVIEW, BALANCE, PURCHASING])
