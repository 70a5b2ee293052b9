import type { FigureKind, KeyFigureForm } from '../forms/key-figure-form.ts'
import { FILLER } from './figure-relation.ts'
import type { ProseFigure } from './find-figures.ts'
import { projectBefore } from './find-project.ts'
import type { ClassNames, ProseState, Subject } from './prose-state.ts'
import type { Paragraph } from './to-paragraphs.ts'

/** The subject that stands right before a figure, or that the paragraph or its heading is about when only filler does. */
export function subjectBefore(
  clause: string,
  paragraph: Paragraph,
  figure: ProseFigure,
  form: KeyFigureForm,
  classes: ClassNames,
  state: ProseState,
  kind: FigureKind | null,
): Subject | null {
  const tail = clause.slice(Math.max(clause.lastIndexOf(','), clause.lastIndexOf(';'), clause.lastIndexOf('。')) + 1)
  if (/^(?:支出|收入)?决算(?:数)?(?:为|是)?$/.test(tail) && tail.length < clause.length) return state.last ?? state.path
  const own =
    codedClass(clause, tail) ??
    classOrSource(tail, paragraph, figure, form, classes, state) ??
    lastSubject(tail, form, kind, state) ??
    aloneSubject(tail, form, kind)
  const project = projectBefore(tail, paragraph, figure, classes, state)
  if (own !== null && (project === null || !YIELDING.includes(own.key))) return own
  if (project !== null) return project
  if (state.path !== null && FILLER.test(tail.replace(BEFORE_PATH_END, ''))) return state.path
  const lead = leadSubject(tail, paragraph, figure, form, kind, state)
  if (lead !== null) return lead
  // 合计 behind a list of parts is of the whole again.
  if (FILLER.test(tail) && /合计|总计|共计/.test(tail) && state.main?.kind === 'money') return state.main
  if (FILLER.test(tail) && tail !== '') return (state.last?.kind === 'money' ? state.last : null) ?? state.heading
  return null
}

/** Subjects whose phrase may be the end of a project's name. */
const YIELDING = ['project_expenditure', 'total_budget', 'training', 'meeting']
/** A path and what stands before it. */
const BEFORE_PATH_END = /^.*\((?:款|项)\)/

const CLASS_NAME = String.raw`(\p{Script=Han}(?:[^,。;:\d()]|\((?:类|款|项|境|护|[一二三])\)){1,40})`
const NAME_WITH_CODE = new RegExp(
  String.raw`${CLASS_NAME}(?:\(([235]\d{2}|[23]\d{4}|2\d{6})\)|(2\d{6}|[23]\d{4}))$`,
  'u',
)

/** A class with its code: before its name ("2080201行政运行", "2080501-行政单位离退休", "(2080505)住房公积金") or behind it ("行政运行(2080201)", "行政运行2080201,"). */
function codedClass(clause: string, tail: string): Subject | null {
  const [, told = '', bracketed, bare] = NAME_WITH_CODE.exec(clause.replace(/[,:]$/, '')) ?? []
  const behind = bracketed ?? bare ?? ''
  const key = behind.startsWith('2') ? 'function_class' : 'economic_class'
  if (behind !== '') return { key, kind: 'money', name: told, path: [told], code: behind }
  const match =
    /(?<!\d)(?:\((2\d{6}|2\d{4}|2\d{2})\)|(2\d{6}|2\d{4}|2\d{2})[-—–]?)(\p{Script=Han}[^,。;:\d]{1,40})$/u.exec(tail)
  const [, bracketedBefore, bareBefore, words = ''] = match ?? []
  const code = bracketedBefore ?? bareBefore ?? ''
  const name = words.replace(/(?:预算数|预算|决算数|决算|安排|支出数|共|为)+$/, '')
  return match === null || name.length < 2 ? null : { key: 'function_class', kind: 'money', name, path: [name], code }
}

/** A short sentence right before, without figures, says what the next is about ("(一)公务接待费。2026年预算安排3.34万元"). */
function leadSubject(
  tail: string,
  { text }: Paragraph,
  figure: ProseFigure,
  form: KeyFigureForm,
  kind: FigureKind | null,
  state: ProseState,
): Subject | null {
  const end = text.lastIndexOf('。', figure.start - 1)
  if (end === -1 || /\d(?:万|亿)?元|其中/.test(text.slice(end, figure.start))) return null
  const lead = text.slice(text.lastIndexOf('。', end - 1) + 1, end)
  if (lead.length > LONGEST_LEAD || /\d(?:\.\d|万|亿|元|人|辆)/.test(lead)) return null
  const bare = lead.replace(/(?:支出|预算|安排|使用|占有)*(?:情况)?(?:说明)?$/, '')
  const subject = lastSubject(lead, form, kind, state) ?? lastSubject(bare, form, kind, state)
  if (subject === null) return null
  return FILLER.test(withoutEndOf(tail, subject.name)) ? subject : null
}

const LONGEST_LEAD = 40

/** The text without the words at its end that also end the subject's name (运行经费 of 机关运行经费). */
function withoutEndOf(text: string, name: string): string {
  for (let length = Math.min(text.length, name.length); length >= 2; length -= 1) {
    if (text.endsWith(name.slice(-length))) return text.slice(0, -length)
  }
  return text
}

/** What the words right behind a figure make of it ("7个项目纳入绩效目标管理"). */
export function subjectAfter(text: string, form: KeyFigureForm, kind: FigureKind | null): Subject | null {
  for (const subject of form.subjects) {
    const phrase = subject.kind === kind ? subject.following?.find((each) => text.startsWith(each)) : undefined
    if (phrase !== undefined) return { key: subject.key, kind: subject.kind, name: phrase, path: [] }
  }
  return null
}

/** A word that is a subject only where its clause says nothing else ("支出较去年增加43.63万元"). */
function aloneSubject(tail: string, form: KeyFigureForm, kind: FigureKind | null): Subject | null {
  for (const subject of form.subjects) {
    if (kind !== null && subject.kind !== kind) continue
    const word = subject.alone?.find((each) => tail.startsWith(each) && FILLER.test(tail.slice(each.length)))
    if (word !== undefined) return { key: subject.key, kind: subject.kind, name: word, path: [] }
  }
  return null
}

/**
 * The class that a text ends with. A few are called like a source of money (国有资本经营预算支出): those are classes only in a list of
 * classes.
 */
function classOrSource(
  tail: string,
  { text }: Paragraph,
  figure: ProseFigure,
  form: KeyFigureForm,
  classes: ClassNames,
  state: ProseState,
): Subject | null {
  const found = classBefore(tail, classes)
  const isSource = form.subjects.some(({ phrases }) => phrases.includes(found?.name ?? ''))
  if (found === null || !isSource) return found
  const before = text.slice(text.lastIndexOf('。', figure.start) + 1, figure.start)
  const isListed = state.last?.key === 'function_class' && /\d(?:万|亿)?元/.test(before)
  return isListed ? found : null
}

function classBefore(printed: string, { functions, economic }: ClassNames): Subject | null {
  const tail = printed.replace('(类)', '')
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
export function lastSubject(
  tail: string,
  form: KeyFigureForm,
  kind: FigureKind | null,
  state: ProseState,
): Subject | null {
  const text = foldSides(
    tail.replaceAll(/\([^()]*(?:为准|不含|含)[^()]*\)(?!台)/g, (bracket) => (/不含车辆/.test(bracket) ? bracket : '')),
  )
  let best: { readonly end: number; readonly start: number; readonly subject: Subject } | null = null
  for (const subject of form.subjects) {
    if (kind !== null && subject.kind !== kind) continue
    if (subject.within !== undefined && !state.topics.has(subject.within) && !speaksOf(text, subject.within, form))
      continue
    for (const phrase of foldedPhrases(subject)) {
      const start = text.lastIndexOf(phrase)
      const end = start + phrase.length
      if (start === -1 || !FILLER.test(text.slice(end))) continue
      if (best !== null && (start > best.start || (start === best.start && end <= best.end))) continue
      best = {
        start,
        end,
        subject: { key: subject.key, kind: subject.kind, name: asPrinted(subject, phrase, tail), path: [] },
      }
    }
  }
  return best?.subject ?? null
}

/** 收入、支出, 收、支 and 收入和支出 are 收支. */
function foldSides(text: string): string {
  return text
    .replaceAll(/收入总计(?:、|和|与|及)支出总计/g, '收支总计')
    .replaceAll(/收入?(?:、|和|与|及)?支出?(?!付|持|援|撑|农)/g, '收支')
}

const folded = new WeakMap<KeyFigureForm['subjects'][number], readonly string[]>()

function foldedPhrases(subject: KeyFigureForm['subjects'][number]): readonly string[] {
  const ready = folded.get(subject) ?? [...new Set(subject.phrases.map(foldSides))]
  folded.set(subject, ready)
  return ready
}

/** The listed phrase as the text spells it. */
function asPrinted({ phrases }: KeyFigureForm['subjects'][number], phrase: string, text: string): string {
  return phrases.find((each) => foldSides(each) === phrase && text.includes(each)) ?? phrase
}

function speaksOf(text: string, key: string, form: KeyFigureForm): boolean {
  return form.subjects.some((subject) => subject.key === key && subject.phrases.some((phrase) => text.includes(phrase)))
}
