import type { KeyFigureForm } from '../forms/key-figure-form.ts'
import {
  CARRIED_OVER,
  CHANGE,
  COMPARED,
  directionOf,
  type FigureRelation,
  REASON,
  relationOf,
  stageOf,
  withoutYears,
} from './figure-relation.ts'
import { findFigures, type ProseFigure } from './find-figures.ts'
import { namedProject } from './find-project.ts'
import { lastSubject, subjectAfter, subjectBefore } from './find-subject.ts'
import {
  type ClassNames,
  comparedSubject,
  followBrackets,
  keepMain,
  type ProseState,
  type Subject,
} from './prose-state.ts'
import type { Paragraph } from './to-paragraphs.ts'

/** A figure of the prose with what it is about. `name` is the class, the project or the phrase as printed. */
export interface NamedFigure {
  readonly paragraph: Paragraph
  readonly figure: ProseFigure
  readonly key: string
  readonly name: string
  readonly path: readonly string[]
  readonly code: string | null
  readonly relation: FigureRelation
  readonly direction: ReturnType<typeof directionOf> | 'flat'
  readonly year: number | null
  readonly stage: ReturnType<typeof stageOf>
}

const PATH = /([^,。;:()、]{2,30})\(类\)([^,。;:()]{2,40})\(款\)(?:([^,。;:()]{2,40})\(项\))?/g
const FLAT =
  /(?:与|比|较|同)?(?:去年|上年|20\d\d年(?:度)?)[^,。;]{0,14}?(?:基本)?(?:持平|相同|一致|没有变化|无变化|无增减)|(?<=总计|支出|收入|预算|决算|费|经费)(?:基本)?持平/g

/** Names every figure of the prose that tells something we know of. */
export function nameFigures(
  paragraphs: readonly Paragraph[],
  form: KeyFigureForm,
  classes: ClassNames,
  fiscalYear: number | null,
): readonly NamedFigure[] {
  const state: ProseState = {
    heading: null,
    headingText: '',
    title: '',
    project: null,
    topics: new Set(),
    last: null,
    main: null,
    sentence: 0,
    path: null,
    brackets: [],
    year: fiscalYear,
    lastYear: null,
  }
  return paragraphs.flatMap((paragraph) => {
    if (!paragraph.isHeading) return nameParagraph(paragraph, form, classes, state, fiscalYear)
    const text = withoutYears(paragraph.text)
    state.heading = lastSubject(
      text.replace(/(?:情况)?(?:的)?(?:总体)?(?:情况)?(?:说明|情况)?。?$/, ''),
      form,
      null,
      state,
    )
    state.headingText = text
    if (/^\P{N}.*情况说明$/u.test(text) && !/^[一二三四五六七八九十]+、/.test(text)) state.title = text
    state.topics = new Set(state.heading === null ? [] : [state.heading.key])
    state.last = null
    state.main = null
    state.path = null
    state.project = namedProject(text)
    return []
  })
}

function nameParagraph(
  paragraph: Paragraph,
  form: KeyFigureForm,
  classes: ClassNames,
  state: ProseState,
  fiscalYear: number | null,
): readonly NamedFigure[] {
  const { text } = paragraph
  state.path = null
  state.main = null
  state.sentence = 0
  state.brackets = []
  state.year = fiscalYear
  const found: NamedFigure[] = []
  let from = 0
  for (const figure of findFigures(text)) {
    const before = text.slice(from, figure.start)
    state.project = namedProject(before) ?? state.project
    found.push(...flatFigures(paragraph, from, before, form, state, fiscalYear))
    const named = nameFigure(paragraph, figure, before, form, classes, state, fiscalYear)
    if (named !== null) found.push(named)
    from = figure.end
  }
  state.project = namedProject(text.slice(from)) ?? state.project
  found.push(...flatFigures(paragraph, from, text.slice(from), form, state, fiscalYear))
  return found
}

function nameFigure(
  paragraph: Paragraph,
  figure: ProseFigure,
  before: string,
  form: KeyFigureForm,
  classes: ClassNames,
  state: ProseState,
  fiscalYear: number | null,
): NamedFigure | null {
  if (REASON.test(sinceSentence(paragraph.text.slice(0, figure.start)))) return null
  const relation = relationOf(before, figure)
  const none = figure.unit === '辆' && figure.digits === '0' ? paragraph.text.slice(figure.start, figure.end) : ''
  const own = before.slice(before.lastIndexOf('。') + 1) + none.replace(/^(?:无|没有)/, '').replace(/^0辆$/, '')
  const path = lastPath(before)
  if (path !== null) state.path = path
  const clause = withoutYears(relation === 'value' ? own : own.replaceAll(COMPARED, '').replace(CHANGE, ''))
  const kind = figure.kind === 'percent' ? null : figure.kind
  const spoken =
    relation === 'share' || relation === 'execution'
      ? state.last
      : (subjectBefore(clause, paragraph, figure, form, classes, state, kind) ??
        subjectAfter(paragraph.text.slice(figure.end), form, kind) ??
        (relation === 'value' ? null : comparedSubject(paragraph, figure.start, state)))
  const subject = spoken === null ? null : asPartOfMain(spoken, paragraph, figure, form, state)
  const year = yearOf(own, relation, state, fiscalYear)
  if (subject === null) return null
  if (kind !== null && relation === 'value' && subject.kind !== kind) return null
  state.last = subject
  state.topics.add(subject.key)
  keepMain(paragraph, figure, subject, state)
  const isBought = saysBought(
    paragraph.text.slice(paragraph.text.lastIndexOf('。', figure.start) + 1, figure.start),
    own,
  )
  const isThing = kind === 'vehicle' || subject.key === 'large_equipment'
  return {
    paragraph,
    figure,
    key: isThing && isBought && subject.key !== 'vehicles_purchased' ? `${subject.key}_purchased` : subject.key,
    name: subject.name,
    path: subject.path,
    code: subject.code ?? null,
    relation,
    direction: directionOf(own, relation),
    year,
    stage: stageOf(own),
  }
}

/**
 * In a list of the parts of another sum a word tells of that one (财政拨款收入…其中:本年收入…), and so does a word that says no more than
 * 支出 in its sentence (政府性基金预算财政拨款收入…,本年支出…).
 */
function asPartOfMain(
  subject: Subject,
  { text }: Paragraph,
  figure: ProseFigure,
  form: KeyFigureForm,
  state: ProseState,
): Subject {
  const start = text.lastIndexOf('。', figure.start) + 1
  const same = start === state.sentence ? form.subjects.find(({ key }) => key === subject.key) : undefined
  const isPart = /其中|包括/.test(text.slice(start, figure.start)) || same?.alone?.includes(subject.name) === true
  const listed = isPart ? same : undefined
  const key = listed?.asPartOf[state.main?.key ?? '']
  return key === undefined ? subject : { ...subject, key }
}

/** What stands before a figure in its own sentence or part of one. */
function sinceSentence(before: string): string {
  return before.slice(Math.max(before.lastIndexOf('。'), before.lastIndexOf(';')) + 1)
}

const BOUGHT = /(?:购置|新购)(?!及|和|费|支出|预算|经费)|新增(?:配置|购置)?(?:公务用车|车辆|设备|单价|单位价值)/

/** Whether things are said to be bought: not in the name of an expense (公务用车购置费), nor where they are said to be there. */
function saysBought(sentence: string, clause: string): boolean {
  return BOUGHT.test(sentence) && !/保有|共有|现有|实有/.test(clause.slice(clause.lastIndexOf(',') + 1))
}

/** The year that the clause names last, but for one that it is only compared with. */
function yearOf(before: string, relation: FigureRelation, state: ProseState, fiscalYear: number | null): number | null {
  const told = relation === 'value' ? before.replaceAll(COMPARED, '').replaceAll(CARRIED_OVER, '') : ''
  const years = [...told.matchAll(/(20\d\d)年/g)].map((match) => Number(match[1]))
  const year = years.at(-1) ?? (/上年|去年/.test(told) && fiscalYear !== null ? fiscalYear - 1 : null)
  if (year !== null) state.year = year
  return relation === 'value' ? (year ?? state.year ?? fiscalYear) : (state.year ?? fiscalYear)
}

function lastPath(text: string): Subject | null {
  const match = [...text.matchAll(PATH)].at(-1)
  if (match === undefined) return null
  const path = match.slice(1).flatMap((name) => (name === undefined ? [] : [bareName(name)]))
  return { key: 'function_class', kind: 'money', name: path.at(-1) ?? '', path }
}

function bareName(name: string): string {
  return name.replace(/^(?:\d{1,2}[.、]|[一二三四五六七八九十]+、)/, '')
}

/** "与上年持平" is a change of nothing. */
function flatFigures(
  paragraph: Paragraph,
  offset: number,
  text: string,
  form: KeyFigureForm,
  state: ProseState,
  fiscalYear: number | null,
): readonly NamedFigure[] {
  let told = 0
  const found = [...text.matchAll(FLAT)].flatMap((match): NamedFigure[] => {
    followBrackets(text.slice(told, match.index), state)
    told = match.index
    const clauseStart = Math.max(...[',', '。', ';'].map((sign) => text.lastIndexOf(sign, match.index - 1))) + 1
    const before = withoutYears(text.slice(clauseStart, match.index)).replaceAll(COMPARED, '')
    const own = lastSubject(before.replace(/(?:决算|预算)?数?(?:与|比|较)?$/, ''), form, 'money', state)
    const start = offset + match.index
    const subject = own ?? comparedSubject(paragraph, start, state)
    if (subject === null || subject.kind !== 'money') return []
    state.last = subject
    const figure: ProseFigure = { start, end: start + match[0].length, digits: '0', unit: '元', kind: 'money' }
    const { key, name, path } = subject
    const year = state.year ?? fiscalYear
    const code = subject.code ?? null
    return [{ paragraph, figure, key, name, path, code, relation: 'change', direction: 'flat', year, stage: null }]
  })
  followBrackets(text.slice(told), state)
  return found
}
