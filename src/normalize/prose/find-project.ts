import { FILLER } from './figure-relation.ts'
import type { ProseFigure } from './find-figures.ts'
import type { ClassNames, ProseState, Subject } from './prose-state.ts'
import type { Paragraph } from './to-paragraphs.ts'

const PROJECT_NAME = /(?:经费|项目|专项|资金|补助|补贴|工程|费用|费|支出|建设|工作|服务)$/

/** "1.党建工作经费3万元" under a heading that speaks of projects; "项目总预算1720万" under a title that names one. */
export function projectBefore(
  tail: string,
  { text }: Paragraph,
  figure: ProseFigure,
  classes: ClassNames,
  state: ProseState,
): Subject | null {
  if (figure.kind !== 'money') return null
  if (state.project !== null && PLANNED.test(tail))
    return { key: 'project', kind: 'money', name: state.project, path: [] }
  if (/项目总?预算$/.test(tail) && /经费|专项|项目/.test(state.title)) {
    const name = state.title.replace(/(?:经费)?情况说明$/, '')
    return { key: 'project', kind: 'money', name, path: [] }
  }
  const listed = listedProject(tail, text, figure, classes, state)
  if (listed !== null) return listed
  const head = /^\d{1,2}[.、]/.exec(text)
  if (head === null || !/项目/.test(state.headingText) || /绩效/.test(state.headingText)) return null
  const name = text.slice(head[0].length, figure.start).replace(/(?:预算|安排|共|为)+$/, '')
  const isFirst = !/[。;:]/.test(name) && name.length >= 3 && name.length <= 40
  const isProject = PROJECT_NAME.test(name) || (/项目(?:支出)?/.test(state.headingText) && !NO_PROJECT.test(name))
  return isFirst && isProject ? { key: 'project', kind: 'money', name, path: [] } : null
}

/** "项目支出374万元,其中:安全生产专项整治68万元,森林防灭火85万元": names in a list of the parts of project expenditure, or of a project. */
function listedProject(
  tail: string,
  text: string,
  figure: ProseFigure,
  classes: ClassNames,
  state: ProseState,
): Subject | null {
  const whole = state.main?.key
  if (whole !== 'project_expenditure' && whole !== 'project') return null
  const sentence = text.slice(text.lastIndexOf('。', figure.start) + 1, figure.start)
  if (!/其中|包括|分别(?:是|为)|如下:/.test(sentence)) return null
  const told = tail
    .replace(/^(?:其中|主要)?(?:包括|为|是)?:?(?:\(?[\d一二三四五六七八九十]+[.、)])?/, '')
    .replace(/(?:预算|安排|共|为)+$/, '')
  const name = withoutSpent(told, classes)
  const isName = name.length >= 3 && name.length <= 40 && !/[:;()]/.test(name.replaceAll(/\([^()]*\)/g, ''))
  if (!isName || NO_PROJECT.test(name) || FILLER.test(name)) return null
  return { key: whole === 'project' ? 'project_part' : 'project', kind: 'money', name, path: [] }
}

/** What is spent on a project is called by its name and 支出; where that is the name of a class, a class is meant. */
function withoutSpent(told: string, { all }: ClassNames): string {
  const name = told.replace(/支出$/, '')
  const isKind = KIND_OF_MONEY.test(name)
  return name.length < SHORTEST_OF_SPENT || isKind || all.has(told) || all.has(name) ? told : name
}

const SHORTEST_OF_SPENT = 4
/** Kinds of expenditure, however they are spelled, and levels that pay: no names of projects. */
const KIND_OF_MONEY =
  /^(?:基本|项目|其他|专项|资本|经营|一般|人员|公用|日常|上缴|补助|对|商品|工资|个人|债务|事业|上级|本级|(?:中央|省|市|县|区)级?(?:财政|专项|配套|补助|资金)|转移支付|(?:上年)?结转|政府性基金|国有资本)|项目$/

/** What stands before the money of a project that was named as such. */
const PLANNED =
  /^(?:本|当|全|20\d\d)?(?:年度?)?(?:项目)?(?:预算|资金|经费)?(?:安排)?(?:规模|总额|金额|预算|资金)(?:数)?(?:安排)?(?:为|共|是)?:?$/

/** The project that a text names as such last: "项目名称:困难人员供养"; null where it names none. */
export function namedProject(text: string): string | null {
  return [...text.matchAll(/项目名称(?:为|是)?[:为是]([^,。;:]{2,40})/g)].at(-1)?.[1] ?? null
}

/** Sources and kinds of money, which a list of parts names as well. */
const NO_PROJECT = /(?:资金|拨款|收入|预算|结转|结余|转移支付|类|支出|部分|合计|总计|小计)$|占|比/
