import type { PageExtract } from '../model/page.ts'
import { foldHan } from './draft/text-of-cell.ts'

/** What a document says of itself, before its tables: null where it does not say. */
export interface DocumentIdentity {
  readonly title: string | null
  readonly publisher: string | null
  readonly fiscalYear: number | null
}

const COVER_PAGES = 3
const BODY_NAME =
  /[\p{Script=Han}（）()·]{2,40}?(?:局|委员会|委|办公室|厅|部|院|中心|学校|大学|学院|中学|小学|幼儿园|医院|街道办事处|办事处|街道|镇人民政府|乡人民政府|人民政府|总队|支队|大队|协会|联合会|工会|法院|检察院|党校|馆|站|所|处|社|队|会|团)(?=$|[^\p{Script=Han}])/u
const YEAR = /(20[0-4]\d)\s*年(?:度)?/g
const CHINESE_YEAR = /二[〇○零0Oo]([一二三四])([〇○零一二三四五六七八九])年/u

/**
 * Title, publisher and fiscal year from the cover, the lines that name a budget, and, where these are silent, the
 * unit that the tables name most (`unitNames`, in order of reading) and the file's name.
 */
export function findDocumentIdentity(
  pages: readonly PageExtract[],
  unitNames: readonly string[],
  fileName: string,
): DocumentIdentity {
  const lines = pages.slice(0, COVER_PAGES).flatMap((page) => page.lines.map((line) => foldHan(line.text.trim())))
  const everyLine = pages.flatMap((page) => page.lines.map((line) => foldHan(line.text.trim())))
  const title = findTitle(lines, pages)
  const stem = fileName.replace(/\.[^.]*$/, '')
  const fiscalYear =
    yearOf(title ?? '') ?? yearOf(budgetLines(everyLine).join('\n')) ?? yearOf(stem) ?? mostFrequentYear(everyLine)
  const said = [
    publisherOf(title ?? ''),
    ...lines.map(publisherOf),
    ...lines.slice(1).map((line, index) => publisherOf((lines[index] ?? '') + line)),
    ...everyLine.map(labelledPublisher),
    ...everyLine.map(describedPublisher),
  ].filter((name) => name !== null)
  const publisher = said[0] ?? departmentOf(unitNames) ?? publisherOf(stem)
  return { title, publisher: publisher === null ? null : fullestName(publisher, said), fiscalYear }
}

/** A body that is named elsewhere with its place before it (卫生健康局: 某县卫生健康局) is meant by that name. */
function fullestName(name: string, said: readonly string[]): string {
  return said.find((other) => other.length > name.length && other.endsWith(name)) ?? name
}

const LABEL =
  /^(?:预算部门|预算主管部门|主管部门|编制部门|编制单位|填报部门|填报单位|填表单位|公开部门|公开单位|部门名称|单位名称|预算单位|预算单位名称|部门|单位)(?:[（(][^）)]*[）)])?[:：]\s*(\S+)/u

/** The body behind a label: 预算主管部门：某区教育局. */
function labelledPublisher(line: string): string | null {
  const [, name = ''] = LABEL.exec(line) ?? []
  return name === '' ? null : publisherOf(name)
}

const DESCRIBED =
  /^(?:第?[一二三四五六七八九十\d]+(?:部分)?[、.．\s]*|[（(][一二三四五六七八九十\d]+[）)])?(.+?)(?:部门|单位)?的?(?:主要职能|主要职责|部门职责|单位职责|工作职责|职能职责|基本概况|概况|基本情况|机构设置)(?:[.…\s\d]*|情况)$/u

/** The body that a heading tells about: 某局主要职能. */
function describedPublisher(line: string): string | null {
  const [, name = ''] = DESCRIBED.exec(line.replaceAll(/\s/g, '')) ?? []
  return name === '' ? null : publisherOf(name)
}

const TITLE = /(?:预算|决算|公开|报告|说明|情况|表)/

/** The cover's title: the first line that names a budget, with the line before it when that is only a body's name. */
function findTitle(lines: readonly string[], pages: readonly PageExtract[]): string | null {
  const index = lines.findIndex((line) => isTitleLine(line))
  const found = lines[index]
  if (found === undefined)
    return pages.flatMap((page) => page.lines.map((line) => foldHan(line.text.trim()))).find(isTitleLine) ?? null
  const before = lines[index - 1]?.replaceAll(/\s/g, '') ?? ''
  const compact = found.replaceAll(/\s/g, '')
  const isContinuation =
    index > 0 &&
    /^(?:20\d\d年|部门预算|单位预算)/.test(compact) &&
    (publisherOf(before) !== null || /^20\d\d年(?:度)?$/.test(before))
  const after = lines[index + 1]?.replaceAll(/\s/g, '') ?? ''
  const isCut = /(?:局|委|会|厅|办|府|中心|年度?)$/.test(compact) && /^.{0,12}(?:预算|决算)(?:公开)?.{0,6}$/.test(after)
  return (isContinuation ? before : '') + compact + (isCut ? after : '')
}

function isTitleLine(line: string): boolean {
  const compact = line.replaceAll(/\s/g, '')
  return (
    TITLE.test(compact) &&
    /20\d\d年|部门预算|单位预算/.test(compact) &&
    compact.length <= 60 &&
    !/[。；，：]|目录|\.{4}|…/.test(compact)
  )
}

function budgetLines(lines: readonly string[]): readonly string[] {
  return lines
    .map((line) => line.replaceAll(/\s/g, ''))
    .filter((line) => line.length <= 60 && /20\d\d年(?:度)?[^。]*(?:预算|决算)/.test(line))
}

function yearOf(text: string): number | null {
  const chinese = CHINESE_YEAR.exec(text)
  const found = /(?:^|\D)(20[0-4]\d)(?:\D|$)/.exec(text)?.[1]
  if (found !== undefined) return Number(found)
  if (chinese === null) return null
  const digits = '〇一二三四五六七八九'
  const digit = (glyph: string | undefined) =>
    Math.max(0, digits.indexOf(glyph === '○' || glyph === '零' ? '〇' : (glyph ?? '〇')))
  return 2000 + digit(chinese[1]) * 10 + digit(chinese[2])
}

function mostFrequentYear(lines: readonly string[]): number | null {
  const counts = new Map<number, number>()
  for (const match of lines.join('\n').matchAll(YEAR))
    counts.set(Number(match[1]), (counts.get(Number(match[1])) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? null
}

/** The body that a title or a cover line names, without year, kind of report and a remark before it (（盖章）); null when it names none. */
export function publisherOf(line: string): string | null {
  const compact = line.normalize('NFKC').replaceAll(/\s/g, '')
  const bare = compact
    .replace(/^(?:附件\d*[:：]?|第[一二三四五六七八九十\d]+部分)/, '')
    .replace(/^(?:编制单位|填报单位|编制部门|预算部门|预算主管部门|单位名称|部门名称|预算单位|部门|单位)[:：]/, '')
    .replace(/^\([^()]*\)/, '')
    .replace(/^20\d\d年(?:度)?/, '')
    .replace(/(?:关于)?20\d\d年(?:度)?.*$|(?:部门|单位)(?:预算|决算).*$/, '')
    .replace(/\((?:本级|机关|本部|汇总)\)$/, '')
  if (bare.length < 4 || bare.length > 40 || /[。；，、：:,;]/.test(bare)) return null
  const after = compact.replace(/^第[一二三四五六七八九十\d]+部分/, '').replace(/^20\d\d年(?:度)?/, '')
  const body = BODY_NAME.exec(bare) ?? BODY_NAME.exec(after.replace(/(?:部门|单位)?(?:预算|决算).*$/, ''))
  return body !== null && body.index === 0 && body[0].length === bare.length ? body[0] : null
}

/** The unit whose name begins most of the others' names ("…财政局" of "…财政局本级"), else the most frequent. */
function departmentOf(unitNames: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const name of unitNames) {
    const bare = name.replace(/[（(]?(?:本级|机关)[）)]?$/, '')
    if (bare !== '') counts.set(bare, (counts.get(bare) ?? 0) + 1)
  }
  return (
    [...counts].toSorted((a, b) => b[1] - a[1] || a[0].length - b[0].length || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null
  )
}
