import type { FigureKind } from '../forms/key-figure-form.ts'
import type { ProseFigure } from './find-figures.ts'
import type { Paragraph } from './to-paragraphs.ts'

/** What is spoken of: a listed subject, or a class or project that the document names. */
export interface Subject {
  readonly key: string
  readonly kind: FigureKind
  readonly name: string
  readonly path: readonly string[]
  /** The class's code where the text prints it. */
  readonly code?: string
}

/** Names of the classes of function and of economic use at the top level, and those of all levels. */
export interface ClassNames {
  readonly functions: readonly string[]
  readonly economic: readonly string[]
  readonly all: ReadonlySet<string>
}

/** What the text has spoken of so far. */
export interface ProseState {
  heading: Subject | null
  headingText: string
  title: string
  /** The project that the text named last as such (项目名称：…), until a heading. */
  project: string | null
  topics: Set<string>
  last: Subject | null
  /** The first subject of the last sentence that is no list of parts: what a sentence without one is about. */
  main: Subject | null
  sentence: number
  path: Subject | null
  /** What was spoken of before each bracket that is still open. */
  brackets: (Subject | null)[]
  year: number | null
  lastYear: number | null
}

/** A comparison that begins its sentence ("。与上年相比减少") is of what the sentence before was about, another of the last figure. */
export function comparedSubject({ text }: Paragraph, at: number, state: ProseState): Subject | null {
  const start = text.lastIndexOf('。', at - 1) + 1
  const isFirst = start > 0 && !/\d(?:万|亿)?元/.test(text.slice(start, at))
  return isFirst ? (state.main ?? state.last) : state.last
}

/** Behind a bracket the text speaks of what stood before it again. */
export function followBrackets(text: string, state: ProseState): void {
  for (const sign of text.replaceAll(/[^()]/g, '')) {
    if (sign === '(') state.brackets.push(state.last)
    else if (state.brackets.length > 0) state.last = state.brackets.pop() ?? state.last
  }
}

/** Keeps the first subject of a sentence, unless the sentence lists parts (其中). */
export function keepMain({ text }: Paragraph, figure: ProseFigure, subject: Subject, state: ProseState): void {
  const start = text.lastIndexOf('。', figure.start) + 1
  const isPart = /^其中/.test(text.slice(start))
  if (isPart || (state.main !== null && start === state.sentence)) return
  state.main = subject
  state.sentence = start
}
