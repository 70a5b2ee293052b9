import type { FigureKind, KeyFigureForm } from '../forms/key-figure-form.ts'
import {
  CHANGE,
  COMPARED,
  directionOf,
  FILLER,
  type FigureRelation,
  relationOf,
  stageOf,
  withoutYears,
} from './figure-relation.ts'
import { findFigures, type ProseFigure } from './find-figures.ts'
import type { Paragraph } from './to-paragraphs.ts'

/** A figure of the prose with what it is about. `name` is the class, the project or the phrase as printed. */
export interface NamedFigure {
  readonly paragraph: Paragraph
  readonly figure: ProseFigure
  readonly key: string
  readonly name: string
  readonly path: readonly string[]
  readonly relation: FigureRelation
  readonly direction: ReturnType<typeof directionOf> | 'flat'
  readonly year: number | null
  readonly stage: ReturnType<typeof stageOf>
}

/** What is spoken of: a listed subject, or a class or project that the document names. */
interface Subject {
  readonly key: string
  readonly kind: FigureKind
  readonly name: string
  readonly path: readonly string[]
}

/** Names of the classes of function and of economic use at the top level. */
export interface ClassNames {
  readonly functions: readonly string[]
  readonly economic: readonly string[]
}

interface State {
  heading: Subject | null
  headingText: string
  title: string
  topics: Set<string>
  last: Subject | null
  path: Subject | null
  year: number | null
  lastYear: number | null
}

const PATH = /([^,。;:()、]{2,30})\(类\)([^,。;:()]{2,40})\(款\)(?:([^,。;:()]{2,40})\(项\))?/g
const FLAT =
  /(?:与|比|较|同)?(?:去年|上年|20\d\d年(?:度)?)[^,。;]{0,14}?(?:基本)?(?:持平|相同|一致|没有变化|无变化|无增减)|(?<=总计|支出|收入|预算|决算|费|经费)(?:基本)?持平/g
const PROJECT_NAME = /(?:经费|项目|专项|资金|补助|补贴|工程|费用|费|支出|建设|工作|服务)$/

/** Names every figure of the prose that tells something we know of. */
export function nameFigures(
  paragraphs: readonly Paragraph[],
  form: KeyFigureForm,
  classes: ClassNames,
  fiscalYear: number | null,
): readonly NamedFigure[] {
  const state: State = {
    heading: null,
    headingText: '',
    title: '',
    topics: new Set(),
    last: null,
    path: null,
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
    state.path = null
    return []
  })
}

function nameParagraph(
  paragraph: Paragraph,
  form: KeyFigureForm,
  classes: ClassNames,
  state: State,
  fiscalYear: number | null,
): readonly NamedFigure[] {
  const { text } = paragraph
  state.path = null
  state.year = fiscalYear
  const found: NamedFigure[] = []
  let from = 0
  for (const figure of findFigures(text)) {
    const before = text.slice(from, figure.start)
    found.push(...flatFigures(paragraph, from, before, form, state, fiscalYear))
    const named = nameFigure(paragraph, figure, before, form, classes, state, fiscalYear)
    if (named !== null) found.push(named)
    from = figure.end
  }
  found.push(...flatFigures(paragraph, from, text.slice(from), form, state, fiscalYear))
  return found
}

function nameFigure(
  paragraph: Paragraph,
  figure: ProseFigure,
  before: string,
  form: KeyFigureForm,
  classes: ClassNames,
  state: State,
  fiscalYear: number | null,
): NamedFigure | null {
  const relation = relationOf(before, figure)
  const none = figure.unit === '辆' && figure.digits === '0' ? paragraph.text.slice(figure.start, figure.end) : ''
  const own = before.slice(before.lastIndexOf('。') + 1) + none.replace(/^(?:无|没有)/, '').replace(/^0辆$/, '')
  const path = lastPath(before)
  if (path !== null) state.path = path
  const clause = withoutYears(relation === 'value' ? own : own.replaceAll(COMPARED, '').replace(CHANGE, ''))
  const kind = figure.kind === 'percent' ? null : figure.kind
  const subject =
    relation === 'share' || relation === 'execution'
      ? state.last
      : (subjectBefore(clause, paragraph, figure, form, classes, state, kind) ??
        (relation === 'value' ? null : state.last))
  const year = yearOf(own, relation, state, fiscalYear)
  if (subject === null) return null
  if (kind !== null && relation === 'value' && subject.kind !== kind) return null
  state.last = subject
  state.topics.add(subject.key)
  const isBought = /购置/.test(paragraph.text.slice(paragraph.text.lastIndexOf('。', figure.start) + 1, figure.start))
  const isThing = kind === 'vehicle' || subject.key === 'large_equipment'
  return {
    paragraph,
    figure,
    key: isThing && isBought && subject.key !== 'vehicles_purchased' ? `${subject.key}_purchased` : subject.key,
    name: subject.name,
    path: subject.path,
    relation,
    direction: directionOf(own, relation),
    year,
    stage: stageOf(own),
  }
}

/** The year that the clause names last, but for one that it is only compared with. */
function yearOf(before: string, relation: FigureRelation, state: State, fiscalYear: number | null): number | null {
  const told = relation === 'value' ? before.replaceAll(COMPARED, '') : ''
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

/** The subject that stands right before a figure, or that the paragraph or its heading is about when only filler does. */
function subjectBefore(
  clause: string,
  paragraph: Paragraph,
  figure: ProseFigure,
  form: KeyFigureForm,
  classes: ClassNames,
  state: State,
  kind: FigureKind | null,
): Subject | null {
  const tail = clause.slice(Math.max(clause.lastIndexOf(','), clause.lastIndexOf(';'), clause.lastIndexOf('。')) + 1)
  if (/^(?:支出|收入)?决算(?:数)?(?:为|是)?$/.test(tail) && tail.length < clause.length) return state.last ?? state.path
  const own = classBefore(tail, classes) ?? lastSubject(tail, form, kind, state)
  const project = projectBefore(tail, paragraph, figure, state)
  if (own !== null && (project === null || !YIELDING.includes(own.key))) return own
  if (project !== null) return project
  if (state.path !== null && (FILLER.test(tail) || PATH_END.test(tail))) return state.path
  if (FILLER.test(tail) && tail !== '') return (state.last?.kind === 'money' ? state.last : null) ?? state.heading
  return null
}

/** Subjects whose phrase may be the end of a project's name. */
const YIELDING = ['project_expenditure', 'total_budget', 'training', 'meeting']
const PATH_END = /\((?:款|项)\)$/

function classBefore(tail: string, { functions, economic }: ClassNames): Subject | null {
  for (const [names, key] of [
    [functions, 'function_class'],
    [economic, 'economic_class'],
  ] as const) {
    for (const name of names) {
      const at = tail.lastIndexOf(name)
      if (at === -1 || tail.includes('(款)') || !FILLER.test(tail.slice(at + name.length))) continue
      return { key, kind: 'money', name, path: [name] }
    }
  }
  return null
}

/** The listed phrase that ends nearest to the end of the text, with nothing but filler behind; the longest where several do. */
function lastSubject(tail: string, form: KeyFigureForm, kind: FigureKind | null, state: State): Subject | null {
  const text = tail.replaceAll(/\([^()]*(?:为准|不含|含)[^()]*\)(?!台)/g, (bracket) =>
    /不含车辆/.test(bracket) ? bracket : '',
  )
  let best: { readonly end: number; readonly start: number; readonly subject: Subject } | null = null
  for (const subject of form.subjects) {
    if (kind !== null && subject.kind !== kind) continue
    if (subject.within !== undefined && !state.topics.has(subject.within) && !speaksOf(text, subject.within, form))
      continue
    for (const phrase of subject.phrases) {
      const start = text.lastIndexOf(phrase)
      const end = start + phrase.length
      if (start === -1 || !FILLER.test(text.slice(end))) continue
      if (best !== null && (start > best.start || (start === best.start && end <= best.end))) continue
      best = { start, end, subject: { key: subject.key, kind: subject.kind, name: phrase, path: [] } }
    }
  }
  return best?.subject ?? null
}

function speaksOf(text: string, key: string, form: KeyFigureForm): boolean {
  return form.subjects.some((subject) => subject.key === key && subject.phrases.some((phrase) => text.includes(phrase)))
}

/** "1.党建工作经费3万元" under a heading that speaks of projects; "项目总预算1720万" under a title that names one. */
function projectBefore(tail: string, { text }: Paragraph, figure: ProseFigure, state: State): Subject | null {
  if (figure.kind !== 'money') return null
  if (/项目总?预算$/.test(tail) && /经费|专项|项目/.test(state.title)) {
    const name = state.title.replace(/(?:经费)?情况说明$/, '')
    return { key: 'project', kind: 'money', name, path: [] }
  }
  const head = /^\d{1,2}[.、]/.exec(text)
  if (head === null || !/项目/.test(state.headingText) || /绩效/.test(state.headingText)) return null
  const name = text.slice(head[0].length, figure.start).replace(/(?:预算|安排|共|为)+$/, '')
  const isFirst = !/[。;:]/.test(name) && name.length >= 3 && name.length <= 40
  return isFirst && PROJECT_NAME.test(name) ? { key: 'project', kind: 'money', name, path: [] } : null
}

/** "与上年持平" is a change of nothing. */
function flatFigures(
  paragraph: Paragraph,
  offset: number,
  text: string,
  form: KeyFigureForm,
  state: State,
  fiscalYear: number | null,
): readonly NamedFigure[] {
  return [...text.matchAll(FLAT)].flatMap((match): NamedFigure[] => {
    const clauseStart = Math.max(...[',', '。', ';'].map((sign) => text.lastIndexOf(sign, match.index - 1))) + 1
    const before = withoutYears(text.slice(clauseStart, match.index)).replaceAll(COMPARED, '')
    const own = lastSubject(before.replace(/(?:决算|预算)?数?(?:与|比|较)?$/, ''), form, 'money', state)
    const subject = own ?? state.last
    if (subject === null || subject.kind !== 'money') return []
    state.last = subject
    const start = offset + match.index
    const figure: ProseFigure = { start, end: start + match[0].length, digits: '0', unit: '元', kind: 'money' }
    const { key, name, path } = subject
    const year = state.year ?? fiscalYear
    return [{ paragraph, figure, key, name, path, relation: 'change', direction: 'flat', year, stage: null }]
  })
}
